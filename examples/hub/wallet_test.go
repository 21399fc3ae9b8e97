package main

import (
	"context"
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/clrapi"
	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/test/browser"
	"github.com/laurel-edu/laurel/oauthclient"
	"github.com/laurel-edu/laurel/ob/obapi"
)

// wallet is an application that is made with this library, at an origin of its own.
type wallet struct {
	t      testing.TB
	base   string // of the service that it connects to
	app    *httptest.Server
	client *oauthclient.Client
	mu     sync.Mutex
	said   error // of the last answer
}

func newWallet(t testing.TB, r *running, service string) *wallet {
	t.Helper()
	w := &wallet{t: t, base: r.base + service}
	w.app = httptest.NewTLSServer(w)
	t.Cleanup(w.app.Close)
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(r.authority))
	at := strings.Replace(w.app.URL, "127.0.0.1", "localhost", 1)
	var scopes []string
	for _, s := range append(obapi.Scopes(true), clrapi.Scopes(true)...) {
		scopes = append(scopes, s.Name)
	}
	var err error
	w.client, err = oauthclient.New(oauthclient.Config{
		Application: oauthclient.Application{Name: "Wallet", URL: at, Logo: at + "/logo.png", Terms: at + "/terms", Policy: at + "/privacy",
			SoftwareID: "wallet", SoftwareVersion: "1", RedirectURI: at + "/back"},
		Scopes: scopes, Store: &oauthclient.MemoryStore{}, RootCAs: pool, InsecureAllowLoopback: true,
	})
	require.NoError(t, err)
	return w
}

// ServeHTTP is the redirect URI, and the page that it shows.
func (w *wallet) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/back" {
		_, err := w.client.Finish(r.Context(), "ada", r.URL.Query())
		w.mu.Lock()
		w.said = err
		w.mu.Unlock()
	}
	out.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = out.Write([]byte(`<!doctype html><html lang="en"><title>Wallet</title><link rel="icon" href="data:,"><main><h1>Back in the wallet</h1></main></html>`))
}

// begin returns the address that a person's browser is sent to.
func (w *wallet) begin() string {
	w.t.Helper()
	host, err := w.client.Discover(context.Background(), w.base)
	require.NoError(w.t, err)
	to, err := w.client.Begin(context.Background(), "ada", host, host.Scopes...)
	require.NoError(w.t, err)
	return to
}

// connection is what came of it.
func (w *wallet) connection() *oauthclient.Connection {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	require.NoError(w.t, w.said)
	host, err := w.client.Discover(context.Background(), w.base)
	require.NoError(w.t, err)
	k, err := w.client.Connection(context.Background(), "ada", host.Discovery)
	require.NoError(w.t, err)
	return k
}

// Our clients do with our hub what they are for: connect, write, read everything, take
// over what is new, and end it.
func TestWallet(t *testing.T) {
	r := start(t, "-store", "memory")
	i := newIssuer("wallet")
	badge := i.sign(i.badge(numbered(1), "2025-01-01T00:00:00Z", nil))
	for service, credentials := range map[string][]string{
		badgesAt:  {badge, i.token(i.badge(numbered(2), "2025-01-01T00:00:00Z", nil))},
		recordsAt: {i.sign(i.record(numbered(3), badge))},
	} {
		w := newWallet(t, r, service)
		s := newStranger(t, r.authority)
		s.browser.CheckRedirect = func(next *http.Request, _ []*http.Request) error {
			if next.URL.Hostname() == "localhost" {
				return http.ErrUseLastResponse
			}
			return nil
		}
		page := s.signIn(s.read(s.browser.Get(w.begin())), "ada", adasPassword)
		f := page.forms(t)[0]
		f.fields.Set("decision", "allow")
		back := s.send(f)
		require.Equal(t, http.StatusSeeOther, back.status, string(back.body))
		_, err := w.app.Client().Get(strings.Replace(back.header.Get("Location"), "localhost", "127.0.0.1", 1))
		require.NoError(t, err)

		k := w.connection()
		host, err := k.Host(t.Context())
		require.NoError(t, err)
		make := obapi.NewClient
		if service == recordsAt {
			make = clrapi.NewClient
		}
		cl, err := make(obapi.ClientConfig{BaseURL: host.Base, Do: k})
		require.NoError(t, err)
		for _, text := range credentials {
			done, err := cl.Upsert(t.Context(), []byte(text))
			require.NoError(t, err)
			require.Equal(t, obapi.AcceptedCreated, done)
		}
		store := &hub.Memory{}
		keeper, err := obapi.NewKeeper(obapi.KeeperConfig{Store: store})
		require.NoError(t, err)
		n := 0
		_, err = cl.Sync(t.Context(), obapi.Synced{}, obapi.SyncOptions{}, func(ctx context.Context, c obapi.Credential) error {
			_, outcome, err := keeper.Keep(ctx, hub.Owner{User: "ada"}, c.Raw)
			require.Equal(t, hub.OutcomeCreated, outcome)
			n++
			return err
		})
		require.NoError(t, err)
		require.Equal(t, len(credentials), n)
		_, err = cl.PutProfile(t.Context(), []byte(adasProfile), obapi.PutOptions{})
		require.NoError(t, err)
		require.NoError(t, k.Revoke(t.Context()))
		_, err = cl.Profile(t.Context())
		require.ErrorIs(t, err, oauthclient.ErrNotConnected)
	}
}

// A person goes through it in a browser: signs in, allows, is back in the application, sees
// what is connected, takes it back, and signs out.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("drives Chromium")
	}
	b := browser.Start(t)
	r := start(t, "-store", "memory")
	w := newWallet(t, r, badgesAt)
	p := b.Open(t, browser.Desk)
	p.Go(w.begin())
	require.Contains(t, p.Title(), "Sign in")
	signIn(p, "ada", "wrong")
	require.Contains(t, p.Text(), "not right")
	signIn(p, "ada", adasPassword)
	require.Contains(t, p.Text(), "Wallet")
	require.Contains(t, p.Text(), "See your badges.")
	require.Contains(t, p.Text(), "localhost")
	p.Submit("[name=decision][value=allow]")
	require.Contains(t, p.Text(), "Back in the wallet")
	token, err := w.connection().Token(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, token)

	p.Go(r.base + "/demo/")
	require.Contains(t, p.Text(), "signed in as ada")
	p.Go(r.base + "/demo/connections")
	require.Contains(t, p.Text(), "Wallet")
	p.Submit("[name=revoke]")
	cl, err := obapi.NewClient(obapi.ClientConfig{BaseURL: w.base, Do: w.connection()})
	require.NoError(t, err)
	_, err = cl.Profile(t.Context())
	require.ErrorIs(t, err, oauthclient.ErrReconnect)
	p.Go(r.base + "/demo/")
	p.Submit("form button")
	require.NotContains(t, p.Text(), "signed in as ada")
}

func signIn(p *browser.Page, name, password string) {
	p.Fill("[name=username]", name)
	p.Fill("[name=password]", password)
	p.Submit("form button")
}
