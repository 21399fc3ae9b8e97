package oauthsrv_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"time"

	"github.com/laurel-edu/laurel/oauthsrv"
)

// A product serves one tenant beside its own pages, sweeps now and then, and asks the
// server what a request may do.
func Example() {
	tenant := oauthsrv.Tenant{
		ID: "main", Issuer: "https://backpack.example", Name: "Example Backpack",
		Scopes: []oauthsrv.Scope{{
			Name: "https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly", Words: "See the badges in your backpack.",
		}},
	}
	server, err := oauthsrv.New(oauthsrv.Config{
		Store:    &oauthsrv.MemoryStore{}, // a database, in a product
		Tenant:   func(*http.Request) (oauthsrv.Tenant, error) { return tenant, nil },
		LoginURL: func(_, returnTo string) string { return "/login?return=" + url.QueryEscape(returnTo) },
		Login: func(r *http.Request, _ string) (oauthsrv.Person, error) {
			session, err := r.Cookie("__Host-session") // which is looked up, in a product
			if err != nil {
				return oauthsrv.Person{}, nil
			}
			return oauthsrv.Person{Subject: "1815", Name: "Ada Lovelace", Session: session.Value}, nil
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	mux := http.NewServeMux()
	mux.Handle("/oauth/", server)
	mux.Handle("/connections", server)
	mux.Handle("/.well-known/oauth-authorization-server", server)
	mux.HandleFunc("/badges", func(w http.ResponseWriter, r *http.Request) {
		access, err := server.Authorize(r, tenant.ID)
		fmt.Println(access.Permits(tenant.Scopes[0].Name), err)
	})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		for ; ctx.Err() == nil; time.Sleep(time.Hour) {
			_ = server.Sweep(ctx)
		}
	}()

	mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "https://backpack.example/badges", nil))
	fmt.Println(tenant.Endpoints().Authorization)
	// Output:
	// false oauthsrv: the request has no bearer token
	// https://backpack.example/oauth/authorize
}
