package oauthsrv_test

import (
	"context"
	"errors"
	"html/template"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/stretchr/testify/require"
)

func config() oauthsrv.Config {
	return oauthsrv.Config{
		Store: &oauthsrv.MemoryStore{}, Tenant: tenantOf, Login: login, LoginURL: func(_, to string) string { return "/login?" + to },
	}
}

func TestNewRefuses(t *testing.T) {
	_, err := oauthsrv.New(config())
	require.NoError(t, err)
	for why, change := range map[string]func(*oauthsrv.Config){
		"Store":        func(c *oauthsrv.Config) { c.Store = nil },
		"Tenant":       func(c *oauthsrv.Config) { c.Tenant = nil },
		"Login":        func(c *oauthsrv.Config) { c.Login = nil },
		"LoginURL":     func(c *oauthsrv.Config) { c.LoginURL = nil },
		"RefreshIdle":  func(c *oauthsrv.Config) { c.RefreshIdle, c.RefreshLifetime = 48*time.Hour, 24*time.Hour },
		"consent":      func(c *oauthsrv.Config) { c.Pages = template.New("") },
		"CodeLifetime": func(c *oauthsrv.Config) { c.CodeLifetime = time.Hour },
	} {
		c := config()
		change(&c)
		_, err := oauthsrv.New(c)
		require.ErrorContains(t, err, why)
	}
}

// A lifetime is zero, which is its default, or within its range.
func TestLifetimesOfConfig(t *testing.T) {
	testkit.Numbers(t, config(), func(t *testing.T, field string, value int64, c oauthsrv.Config) {
		_, err := oauthsrv.New(c)
		if value == 0 || field == "Grace" && value <= 1 {
			require.NoError(t, err)
			return
		}
		require.ErrorContains(t, err, "oauthsrv: Config."+field)
	})
}

// Without a grace a refresh token that comes twice is stolen at once.
func TestNoGrace(t *testing.T) {
	w := newWorld(t, func(c *oauthsrv.Config) { c.Grace = -1 })
	a := w.app("demo", nil)
	got := a.connect("ada")
	next := a.refresh(got.Refresh)
	require.Equal(t, "invalid_grant", a.refresh(got.Refresh).Error)
	w.rejects("demo", next.Access)
}

// Whatever is plugged in and does not do its work, the answer is one, the fault is told to
// the operator, and nobody gets anything.
func TestPlugInsThatFail(t *testing.T) {
	broken := errors.New("secret detail")
	for why, change := range map[string]func(*oauthsrv.Config){
		"a tenant's error": func(c *oauthsrv.Config) {
			c.Tenant = func(*http.Request) (oauthsrv.Tenant, error) { return oauthsrv.Tenant{}, broken }
		},
		"a tenant's panic": func(c *oauthsrv.Config) { c.Tenant = func(*http.Request) (oauthsrv.Tenant, error) { panic(broken) } },
		"an empty tenant": func(c *oauthsrv.Config) {
			c.Tenant = func(*http.Request) (oauthsrv.Tenant, error) { return oauthsrv.Tenant{}, nil }
		},
		"plain http": func(c *oauthsrv.Config) {
			c.Tenant = other(func(t *oauthsrv.Tenant) { t.Issuer = "http://hub.example/demo" })
		},
		"a slash":             func(c *oauthsrv.Config) { c.Tenant = other(func(t *oauthsrv.Tenant) { t.Issuer += "/" }) },
		"a query":             func(c *oauthsrv.Config) { c.Tenant = other(func(t *oauthsrv.Tenant) { t.Issuer += "?a=b" }) },
		"no scopes":           func(c *oauthsrv.Config) { c.Tenant = other(func(t *oauthsrv.Tenant) { t.Scopes = nil }) },
		"two scopes in one":   func(c *oauthsrv.Config) { c.Tenant = other(func(t *oauthsrv.Tenant) { t.Scopes[0].Name = "a b" }) },
		"a scope of no words": func(c *oauthsrv.Config) { c.Tenant = other(func(t *oauthsrv.Tenant) { t.Scopes[0].Words = "" }) },
		"a login's error": func(c *oauthsrv.Config) {
			c.Login = func(*http.Request, string) (oauthsrv.Person, error) { return oauthsrv.Person{}, broken }
		},
		"a login's panic": func(c *oauthsrv.Config) {
			c.Login = func(*http.Request, string) (oauthsrv.Person, error) { panic(broken) }
		},
		"a long subject": func(c *oauthsrv.Config) {
			c.Login = func(*http.Request, string) (oauthsrv.Person, error) {
				return oauthsrv.Person{Subject: strings.Repeat("a", 256)}, nil
			}
		},
		"nowhere to sign in": func(c *oauthsrv.Config) { c.Login, c.LoginURL = nobody, func(_, _ string) string { return "" } },
		"a panic there":      func(c *oauthsrv.Config) { c.Login, c.LoginURL = nobody, func(_, _ string) string { panic(broken) } },
		"a page's error": func(c *oauthsrv.Config) {
			c.Pages = template.Must(oauthsrv.Pages().Parse(`{{define "consent"}}half {{.Nothing}}{{end}}`))
		},
	} {
		w := newWorld(t)
		a := w.app("demo", nil)
		sick := newWorld(t, func(c *oauthsrv.Config) { c.Store = w.store; change(c) })
		resp := sick.at("ada").get("/demo/oauth/authorize", a.query(nil))
		require.Equal(t, http.StatusInternalServerError, resp.StatusCode, why)
		require.Empty(t, resp.Header.Get("Location"), why)
		page := body(t, resp)
		require.NotContains(t, page, "secret detail", why)
		require.NotContains(t, page, "half", why)
		require.Contains(t, sick.log.String(), "fault", why)
	}
}

func nobody(*http.Request, string) (oauthsrv.Person, error) { return oauthsrv.Person{}, nil }

func other(change func(*oauthsrv.Tenant)) func(*http.Request) (oauthsrv.Tenant, error) {
	return func(r *http.Request) (oauthsrv.Tenant, error) {
		t, err := tenantOf(r)
		change(&t)
		return t, err
	}
}

// sickStore answers as a good one, until it is told to fail.
type sickStore struct {
	oauthsrv.Store
	how string
}

var errStore = errors.New("secret detail of a store")

func (s *sickStore) fail() error {
	switch s.how {
	case "error":
		return errStore
	case "panic":
		panic(errStore)
	}
	return nil
}

func (s *sickStore) AddClient(ctx context.Context, c oauthsrv.Client) error {
	return errors.Join(s.fail(), s.Store.AddClient(ctx, c))
}

func (s *sickStore) Client(ctx context.Context, tenant, id string) (oauthsrv.Client, error) {
	c, err := s.Store.Client(ctx, tenant, id)
	if s.how == "another" {
		c.Tenant = "other"
	}
	return c, errors.Join(s.fail(), err)
}

func (s *sickStore) Request(ctx context.Context, tenant string, code oauthsrv.Hash) (oauthsrv.Request, error) {
	r, err := s.Store.Request(ctx, tenant, code)
	if s.how == "another request" {
		r.Code[0]++
	}
	return r, errors.Join(s.fail(), err)
}

func (s *sickStore) Token(ctx context.Context, tenant string, token oauthsrv.Hash) (oauthsrv.Token, oauthsrv.Grant, error) {
	t, g, err := s.Store.Token(ctx, tenant, token)
	if s.how == "another" {
		g.ID = "x"
	}
	return t, g, errors.Join(s.fail(), err)
}

func (s *sickStore) Grants(ctx context.Context, tenant, subject string, most int) ([]oauthsrv.Grant, error) {
	all, err := s.Store.Grants(ctx, tenant, subject, most)
	if s.how == "another" && len(all) > 0 {
		all[0].Subject = "eve"
	}
	return all, errors.Join(s.fail(), err)
}

func (s *sickStore) Rotate(ctx context.Context, r oauthsrv.Rotation) (bool, error) {
	if s.how == "never" {
		return false, nil
	}
	return s.Store.Rotate(ctx, r)
}

func (s *sickStore) Touch(context.Context, string, string, time.Time) error { return errStore }

// A store that fails, or answers another question, is a fault of the server, and is not
// told to strangers.
func TestStoreThatFails(t *testing.T) {
	store := &sickStore{Store: &oauthsrv.MemoryStore{}}
	w := newWorld(t, func(c *oauthsrv.Config) { c.Store = store })
	a := w.app("demo", nil)
	ada := w.at("ada")
	got := a.connect("ada")
	form := a.ask(ada, nil)
	form.Set("decision", "allow")
	failed := func(why string, status int, text string) {
		t.Helper()
		require.Equal(t, http.StatusInternalServerError, status, why)
		require.NotContains(t, text, "secret detail", why)
	}
	for _, how := range []string{"error", "panic", "another"} {
		store.how = how
		token := a.refresh(got.Refresh)
		failed(how, token.status, token.Error)
		require.Equal(t, "server_error", token.Error)
		resp := ada.get("/demo/oauth/authorize", a.query(nil))
		failed(how, resp.StatusCode, body(t, resp))
		resp = ada.get("/demo/connections", nil)
		failed(how, resp.StatusCode, body(t, resp))
		if how != "another" {
			resp = w.register("demo", nil)
			failed(how, resp.StatusCode, body(t, resp))
			resp = ada.post("/demo/oauth/consent", form)
			failed(how, resp.StatusCode, body(t, resp))
		}
		_, err := w.access("demo", got.Access)
		require.ErrorContains(t, err, "oauthsrv: Token: ", how)
		require.NotErrorIs(t, err, oauthsrv.ErrInvalidToken, how)
	}
	store.how = "another request"
	resp := ada.post("/demo/oauth/consent", form)
	failed("another request", resp.StatusCode, body(t, resp))
	store.how = "never"
	require.Equal(t, "server_error", a.refresh(got.Refresh).Error)
	store.how = ""
	w.wait(time.Hour - time.Second)
	w.permits("demo", got.Access)
	require.Equal(t, http.StatusOK, a.refresh(got.Refresh).status)
}

// A scope that a tenant offers no more is named by itself where somebody still has it, and
// asked for by nobody.
func TestScopeThatIsNoLongerOffered(t *testing.T) {
	gone := false
	w := newWorld(t, func(c *oauthsrv.Config) {
		c.Tenant = other(func(t *oauthsrv.Tenant) {
			if gone && t.ID == "demo" {
				t.Scopes = t.Scopes[1:]
			}
		})
	})
	a := w.app("demo", nil)
	a.connect("ada")
	gone = true
	require.Contains(t, body(t, w.at("ada").get("/demo/connections", nil)), "<li>"+read+"</li>")
	require.Equal(t, "invalid_scope", answered(t, w.at("ada").get("/demo/oauth/authorize", a.query(nil))).Get("error"))
}

// plainStore is a database that takes no text which it cannot keep.
type plainStore struct{ oauthsrv.Store }

func (s plainStore) Client(ctx context.Context, tenant, id string) (oauthsrv.Client, error) {
	if strings.ContainsFunc(id, func(r rune) bool { return r < ' ' || r > '~' }) || len(id) > 64 {
		return oauthsrv.Client{}, errStore
	}
	return s.Store.Client(ctx, tenant, id)
}

// What no client can be called is not asked of a store, which may choke on it.
func TestStoreIsNotAskedForAnything(t *testing.T) {
	w := newWorld(t, func(c *oauthsrv.Config) { c.Store = plainStore{c.Store} })
	a := w.app("demo", nil)
	for _, id := range []string{"\x00", "ä", strings.Repeat("a", 65)} {
		resp := w.at("ada").get("/demo/oauth/authorize", a.query(url.Values{"client_id": {id}}))
		require.Equal(t, http.StatusBadRequest, resp.StatusCode)
		require.Equal(t, "invalid_client", (&app{w, "demo", id, a.secret}).refresh("x").Error)
	}
}

// A product's own pages stand in the place of ours, with its own style and brand.
func TestPagesOfAProduct(t *testing.T) {
	own := template.Must(oauthsrv.Pages().Parse(
		`{{define "brand"}}<img src="/logo.svg" alt="Hub">{{end}}{{define "more-style"}}:root { --accent: #070; }{{end}}`))
	w := newWorld(t, func(c *oauthsrv.Config) { c.Pages = own })
	template.Must(own.New("brand").Parse(`changed later`))
	a := w.app("demo", nil)
	page := body(t, w.at("ada").get("/demo/oauth/authorize", a.query(nil)))
	require.Contains(t, page, `<header class="brand"><img src="/logo.svg" alt="Hub"></header>`)
	require.Contains(t, page, ":root { --accent: #070; }")
}

func TestPaths(t *testing.T) {
	w := newWorld(t)
	for path, c := range map[string]struct {
		method, allow string
		status        int
	}{
		"/": {"GET", "", 404}, "/demo": {"GET", "", 404}, "/demo/": {"GET", "", 404}, "/nobody/oauth/token": {"POST", "", 404},
		"/demo/oauth/token/": {"POST", "", 404}, "/demo/oauth": {"GET", "", 404}, "/demo/oauth/register": {"GET", "POST", 405},
		"/demo/oauth/token": {"GET", "POST", 405}, "/demo/oauth/revoke": {"PUT", "POST", 405}, "/demo/oauth/authorize": {"POST", "GET, HEAD", 405},
		"/demo/connections": {"DELETE", "GET, HEAD, POST", 405}, "/.well-known/oauth-authorization-server": {"GET", "", 404},
		"/.well-known/oauth-authorization-server/demo/x": {"GET", "", 404}, "/.well-known/oauth-authorization-server/demo": {"POST", "GET, HEAD", 405},
		"/demo/.well-known/oauth-authorization-server": {"GET", "", 404},
	} {
		resp := w.do(httptest.NewRequest(c.method, "https://"+host+path, nil))
		require.Equal(t, c.status, resp.StatusCode, path)
		require.Equal(t, c.allow, resp.Header.Get("Allow"), path)
		require.Contains(t, body(t, resp), `"imsx_codeMajor":"failure"`, path)
	}
}

func TestLoginComesBack(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	resp := w.at("").get("/demo/oauth/authorize", a.query(nil))
	require.Equal(t, http.StatusSeeOther, resp.StatusCode)
	to, err := url.Parse(resp.Header.Get("Location"))
	require.NoError(t, err)
	require.Equal(t, "/demo/login", to.Path)
	require.Equal(t, "/demo/oauth/authorize?"+a.query(nil).Encode(), to.Query().Get("return"))
	require.Empty(t, resp.Cookies())
}

// The cookie is the browser's own, and cannot be read or set by others.
func TestCookie(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	ada := w.at("ada")
	resp := ada.get("/demo/oauth/authorize", a.query(nil))
	require.Len(t, resp.Cookies(), 1)
	c := resp.Cookies()[0]
	require.Equal(t, "__Host-oauth-form="+c.Value+"; Path=/; HttpOnly; Secure; SameSite=Lax", resp.Header.Get("Set-Cookie"))
	require.Empty(t, ada.get("/demo/connections", nil).Cookies(), "one is enough")
	ada.cookies[c.Name] = "chosen"
	require.NotEqual(t, "chosen", ada.get("/demo/connections", nil).Cookies()[0].Value, "none that somebody chose")
}
