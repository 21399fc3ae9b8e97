package oauthclient_test

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/laurel-edu/laurel/oauthclient"
)

// An application connects the people who are signed in to the hosts that they name.
func Example() {
	client, err := oauthclient.New(oauthclient.Config{
		Application: oauthclient.Application{
			Name: "Wallet", URL: "https://wallet.example/", Logo: "https://wallet.example/logo.png", Terms: "https://wallet.example/terms",
			Policy: "https://wallet.example/privacy", SoftwareID: "c1f0f4c6-2a3e-4c5e-9b57-6f5c5d1a7e10", SoftwareVersion: "2.1",
			RedirectURI: "https://wallet.example/connected",
		},
		Scopes: []string{"https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly"},
		Store:  &oauthclient.MemoryStore{}, // a database, in a product
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	mux := http.NewServeMux()
	person := func(*http.Request) string { return "ada" } // who is signed in
	mux.HandleFunc("/connect", func(w http.ResponseWriter, r *http.Request) {
		host, err := client.Discover(r.Context(), r.PostFormValue("host"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		to, err := client.Begin(r.Context(), person(r), host, "https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly")
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
	})
	mux.HandleFunc("/connected", func(w http.ResponseWriter, r *http.Request) {
		connection, err := client.Finish(r.Context(), person(r), r.URL.Query())
		switch {
		case errors.Is(err, oauthclient.ErrDenied):
			_, _ = fmt.Fprintln(w, "You did not allow it.")
			return
		case err != nil:
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		standing, _ := connection.Standing(r.Context())
		_, _ = fmt.Fprintln(w, standing.Scopes)
	})
	// Output:
}
