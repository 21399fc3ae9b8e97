package oauthsrv_test

import (
	"crypto/x509"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/laurel-edu/laurel/internal/test/browser"
	"github.com/laurel-edu/laurel/oauthclient"
	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/stretchr/testify/require"
)

// town is a hub, an application and the application's own front, each of an origin of its
// own, as people meet them in a browser.
type town struct {
	t      *testing.T
	hub    *httptest.Server
	app    *httptest.Server // at localhost, where the hub is at 127.0.0.1
	front  *httptest.Server // where the application leads people after its redirect URI
	client *oauthclient.Client
	mu     sync.Mutex
	said   string // what the application met last
	form   string // what the browser said of the consent form
	token  *oauthclient.Connection
}

func newTown(t *testing.T) *town {
	v := &town{t: t}
	serve := func(h http.HandlerFunc) *httptest.Server {
		s := httptest.NewTLSServer(h)
		t.Cleanup(s.Close)
		return s
	}
	v.front = serve(func(w http.ResponseWriter, r *http.Request) { v.page(w, "Back at the application", r.URL.RawQuery) })
	v.app = serve(v.serveApp)
	var server *oauthsrv.Server
	v.hub = serve(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/demo/ims/ob/v3p0/discovery":
			v.discovery(w)
		case "/demo/login":
			v.login(w, r)
		case "/demo/oauth/consent":
			v.mu.Lock()
			v.form = r.Header.Get("Origin") + " " + r.Header.Get("Sec-Fetch-Site")
			v.mu.Unlock()
			fallthrough
		default:
			server.ServeHTTP(w, r)
		}
	})
	var err error
	server, err = oauthsrv.New(oauthsrv.Config{
		Store: &oauthsrv.MemoryStore{}, Login: login, Tenant: v.tenant,
		LoginURL: func(tenant, to string) string { return "/" + tenant + "/login?return=" + url.QueryEscape(to) },
	})
	require.NoError(t, err)
	v.connectable()
	return v
}

func (v *town) tenant(*http.Request) (oauthsrv.Tenant, error) {
	return oauthsrv.Tenant{
		ID: "demo", Issuer: v.hub.URL + "/demo", Name: "Example Backpack", Terms: v.hub.URL + "/terms", Policy: v.hub.URL + "/privacy",
		Scopes: []oauthsrv.Scope{{Name: read, Words: "See the credentials in your backpack."},
			{Name: upsert, Words: "Put credentials into your backpack, and replace those it has put there."}},
	}, nil
}

func (v *town) discovery(w http.ResponseWriter) {
	t, _ := v.tenant(nil)
	e := t.Endpoints()
	_, _ = fmt.Fprintf(w, `{"info":{"title":"Hub"},"components":{"securitySchemes":{"OAuth2ACG":{"x-imssf-registrationUrl":%q,"flows":
		{"authorizationCode":{"authorizationUrl":%q,"tokenUrl":%q,"scopes":{%q:"",%q:""}}}}}}}`,
		e.Registration, e.Authorization, e.Token, read, upsert)
}

// login is the product's: it believes everybody.
func (v *town) login(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		http.SetCookie(w, &http.Cookie{Name: "login", Value: r.PostFormValue("username") + ".1", Path: "/", Secure: true, HttpOnly: true,
			SameSite: http.SameSiteLaxMode})
		http.Redirect(w, r, r.URL.Query().Get("return"), http.StatusSeeOther)
		return
	}
	w.Header().Set("Referrer-Policy", "no-referrer")
	_, _ = fmt.Fprint(w, `<!doctype html><html lang="en"><title>Sign in</title><link rel="icon" href="data:,"><main><h1>Sign in</h1>
		<form method="post"><label>Name <input name="username"></label><button>Sign in</button></form></main>`)
}

func (v *town) page(w http.ResponseWriter, title, text string) {
	_, _ = fmt.Fprintf(w, `<!doctype html><html lang="en"><title>%s</title><link rel="icon" href="data:,"><main><h1>%s</h1><p>%s</p></main>`,
		title, title, text)
}

// appURL is the address of the application.
func (v *town) appURL() string { return strings.Replace(v.app.URL, "127.0.0.1", "localhost", 1) }

// connectable makes the client.
func (v *town) connectable() {
	pool := x509.NewCertPool()
	pool.AddCert(v.hub.Certificate())
	at := v.appURL()
	var err error
	v.client, err = oauthclient.New(oauthclient.Config{
		Application: oauthclient.Application{
			Name: "My Wallet", URL: at + "/", Logo: at + "/logo.png", Terms: at + "/terms", Policy: at + "/privacy", SoftwareID: "wallet",
			SoftwareVersion: "1", RedirectURI: at + "/back",
		},
		Scopes: []string{read, upsert}, Store: &oauthclient.MemoryStore{}, RootCAs: pool, InsecureAllowLoopback: true,
	})
	require.NoError(v.t, err)
}

// serveApp is the application: it begins at its start page, and leads on from its redirect
// URI to another origin.
func (v *town) serveApp(w http.ResponseWriter, r *http.Request) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch r.URL.Path {
	case "/start":
		host, err := v.client.Discover(r.Context(), v.hub.URL+"/demo")
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		to, err := v.client.Begin(r.Context(), "ada", host, read, upsert)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
	case "/back":
		k, err := v.client.Finish(r.Context(), "ada", r.URL.Query())
		v.said = "connected"
		if err != nil {
			v.said = err.Error()
		}
		v.token = k
		http.Redirect(w, r, v.front.URL+"/done", http.StatusSeeOther)
	default:
		http.NotFound(w, r)
	}
}

// met returns what the application met last.
func (v *town) met() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.said
}

func (v *town) consented() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.form
}

// views are those that are looked at: a desk and a phone, or all of them.
func views(t *testing.T) map[string]browser.Options {
	all := browser.Views()
	if os.Getenv("LAUREL_LONG") == "" {
		all = map[string]browser.Options{"desk-light": all["desk-light"], "phone-dark": all["phone-dark"]}
	}
	if testing.Short() {
		delete(all, "desk-light")
	}
	require.NotEmpty(t, all)
	return all
}

// People sign in, allow, deny, and withdraw what they allowed, in the browser that they
// have, with an application at another origin that leads them on to a third.
func TestPagesInABrowser(t *testing.T) {
	v := newTown(t)
	b := browser.Start(t)
	for name, view := range views(t) {
		t.Run(name, func(t *testing.T) {
			p := b.Open(t, view)
			p.Go(v.appURL() + "/start")
			require.Equal(t, "Sign in", p.Title())
			p.Fill("input", "ada")
			p.Submit("button")
			require.Equal(t, "Allow access for localhost?", p.Title())
			p.Sound()
			p.Shot("consent-" + name)
			p.Submit("button[value=allow]")
			require.Equal(t, "Back at the application", p.Title())
			require.Equal(t, v.front.URL+"/done", p.URL())
			require.Equal(t, "connected", v.met())
			require.Equal(t, "null same-origin", v.consented(), "what browsers say of the form")
			k := v.token
			token, err := k.Token(t.Context())
			require.NoError(t, err)

			p.Go(v.appURL() + "/start")
			require.Equal(t, "Allow access for localhost?", p.Title(), "each time")
			p.Submit("button[value=deny]")
			require.Equal(t, "Back at the application", p.Title())
			require.Contains(t, v.met(), "access_denied")

			p.Go(v.hub.URL + "/demo/connections")
			require.Contains(t, p.Text(), "My Wallet")
			p.Sound()
			p.Shot("connections-" + name)
			p.Submit("button[name=revoke]")
			require.Contains(t, p.Text(), "Access was withdrawn.")
			require.Contains(t, p.Text(), "No application has access")
			p.Sound()
			p.Shot("withdrawn-" + name)
			k.Reject(token)
			_, err = k.Token(t.Context())
			require.ErrorIs(t, err, oauthclient.ErrReconnect)
			require.Empty(t, p.Console())

			p.Go(v.hub.URL + "/demo/oauth/authorize?client_id=x")
			require.Equal(t, "Unknown application", p.Title())
			p.Shot("error-" + name)
		})
	}
}

// By the keyboard alone, in the order in which the page is read; Enter does what has the
// focus and nothing by itself.
func TestConsentByKeyboard(t *testing.T) {
	v := newTown(t)
	p := browser.Start(t).Open(t, browser.Phone)
	p.Go(v.appURL() + "/start")
	p.Press("Tab")
	p.Type("ada")
	p.Loads(func() { p.Press("Enter") })
	p.Press("Tab")
	require.Equal(t, "a connected applications", p.Focused())
	for _, want := range []string{"deny", "allow"} {
		p.Press("Tab")
		var value string
		p.Eval("document.activeElement.value", &value)
		require.Equal(t, want, value)
	}
	p.Loads(func() { p.Press("Enter") })
	require.Equal(t, "Back at the application", p.Title())
	require.Equal(t, "connected", v.met())
}
