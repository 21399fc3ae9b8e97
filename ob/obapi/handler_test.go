package obapi_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/clrapi"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/laurel-edu/laurel/ob/obapi"
	"github.com/laurel-edu/laurel/vc"
)

// operations are all of a service: what each needs, and a request that goes well.
func operations(t testing.TB, base string) []struct {
	method, url, scope, media string
	body                      []byte
} {
	ed := school.Ed(t, 1)
	credential := school.Sign(t, ed, ed.Badge(obtest.Badge{Number: 1}), nil)
	prefix := "https://purl.imsglobal.org/spec/ob/v3p0/scope/"
	if base == clrs {
		credential = school.Sign(t, ed, ed.Record(1, "did:example:ada", credential), nil)
		prefix = "https://purl.imsglobal.org/spec/clr/v2p0/scope/"
	}
	return []struct {
		method, url, scope, media string
		body                      []byte
	}{
		{http.MethodGet, base + "/credentials", prefix + "credential.readonly", "", nil},
		{http.MethodPost, base + "/credentials", prefix + "credential.upsert", "application/json", credential},
		{http.MethodPut, base + "/profile", prefix + "profile.update", "application/json", []byte(profile)},
		{http.MethodGet, base + "/profile", prefix + "profile.readonly", "", nil},
	}
}

// Each operation wants its own scope, and no other will do.
func TestScopes(t *testing.T) {
	for _, base := range []string{badges, clrs} {
		for _, op := range operations(t, base) {
			for _, other := range operations(t, base) {
				h := newHost(t, keeper(t, nil), func(c *obapi.Config) {
					c.Authorizer = tokens{"one": {Tenant: "demo", Subject: "ada", Scopes: []string{other.scope}}}
				})
				w := h.call(op.method, op.url, "one", op.body, "Content-Type", op.media)
				if other.scope == op.scope {
					require.NotEqual(t, http.StatusForbidden, w.Code, w.Body)
					continue
				}
				requireStatus(t, w, http.StatusForbidden, "forbidden")
				require.Equal(t, `Bearer error="insufficient_scope", scope="`+op.scope+`"`, w.Header().Get("WWW-Authenticate"))
			}
		}
	}
}

// A tenant that has the whole host is served, with or without a slash at the end.
func TestHostWithoutPath(t *testing.T) {
	for _, base := range []string{"", origin, origin + "/"} {
		h := newHost(t, keeper(t, nil), func(c *obapi.Config) { c.Tenant.Issuer, c.BaseURL = origin, base })
		w := h.call(http.MethodGet, origin+obapi.BasePath+"/credentials", "ada", nil)
		require.Equal(t, http.StatusOK, w.Code, w.Body)
	}
}

// Without a token that is good here nobody is let in, and is told no more than that.
func TestTokens(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	nobody := newHost(t, keeper(t, nil), func(c *obapi.Config) { c.Authorizer = nil })
	for _, op := range append(operations(t, badges), operations(t, clrs)...) {
		for _, at := range []*host{h, nobody} {
			w := at.call(op.method, op.url, "", op.body, "Content-Type", op.media)
			requireStatus(t, w, http.StatusUnauthorized, "unauthorizedrequest")
			require.Equal(t, "Bearer", w.Header().Get("WWW-Authenticate"), "no error where no token came")
		}
		for _, token := range []string{"unknown", "foreign", "ada ada", "Ada"} {
			w := h.call(op.method, op.url, token, op.body, "Content-Type", op.media)
			requireStatus(t, w, http.StatusUnauthorized, "unauthorizedrequest")
			require.Equal(t, `Bearer error="invalid_token"`, w.Header().Get("WWW-Authenticate"))
		}
		w := h.call(op.method, op.url+"?access_token=ada", "", op.body, "Content-Type", op.media)
		requireStatus(t, w, http.StatusUnauthorized, "unauthorizedrequest")
	}
}

// An Authorizer that cannot answer, or answers for somebody else, lets nobody in.
func TestAuthorizerFaults(t *testing.T) {
	for name, a := range map[string]asking{
		"it fails":       func() (oauthsrv.Access, error) { return oauthsrv.Access{}, errors.New("the store is down: secret") },
		"it panics":      func() (oauthsrv.Access, error) { panic("secret") },
		"nobody":         func() (oauthsrv.Access, error) { return oauthsrv.Access{Tenant: "demo"}, nil },
		"another tenant": func() (oauthsrv.Access, error) { return oauthsrv.Access{Tenant: "x", Subject: "ada"}, nil },
	} {
		h := newHost(t, keeper(t, nil), func(c *obapi.Config) { c.Authorizer = a })
		w := h.get(badges + "/credentials")
		requireStatus(t, w, http.StatusInternalServerError, "internal_server_error")
		require.NotContains(t, w.Body.String(), "secret", name)
	}
}

type asking func() (oauthsrv.Access, error)

// Authorize implements oauthsrv.Authorizer.
func (f asking) Authorize(*http.Request, string) (oauthsrv.Access, error) { return f() }

func TestPathsAndMethods(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	one, err := obapi.NewHandler(obapi.Config{Keeper: keeper(t, nil), Tenant: tenant()})
	require.NoError(t, err)
	for _, path := range []string{"/", "", "/credentials/", "/credentials/1", "/Credentials", "//credentials", "/x", "/../v3p0/credentials", "/%63redentials"} {
		requireStatus(t, h.get(badges+path), http.StatusNotFound, "not_found")
	}
	for _, path := range []string{"/ims/ob/v3p0/credentials", "/other/ims/ob/v3p0/credentials", "/", "/demo"} {
		w := httptest.NewRecorder()
		one.ServeHTTP(w, httptest.NewRequest(http.MethodGet, origin+path, nil))
		requireStatus(t, w, http.StatusNotFound, "not_found")
	}
	for path, allow := range map[string]string{
		"/discovery": "GET, HEAD, OPTIONS", "/credentials": "GET, HEAD, POST, OPTIONS", "/profile": "GET, HEAD, PUT, OPTIONS",
	} {
		for _, method := range []string{http.MethodDelete, http.MethodPatch, "BREW"} {
			w := h.call(method, badges+path, "ada", nil)
			requireStatus(t, w, http.StatusMethodNotAllowed, "not_allowed")
			require.Equal(t, allow, w.Header().Get("Allow"))
		}
		w := h.call(http.MethodOptions, badges+path, "", nil)
		require.Equal(t, http.StatusNoContent, w.Code)
		require.Equal(t, allow, w.Header().Get("Allow"))
	}
	requireStatus(t, h.call(http.MethodPost, badges+"/profile", "ada", []byte(profile)), http.StatusMethodNotAllowed, "not_allowed")
	requireStatus(t, h.call(http.MethodPost, badges+"/discovery", "ada", nil), http.StatusMethodNotAllowed, "not_allowed")
}

// A host that is only read has the operations that read, and says so.
func TestReadOnly(t *testing.T) {
	h := newHost(t, keeper(t, nil), func(c *obapi.Config) { c.Writes = false })
	w := h.post(badges, "ada", []byte("{}"))
	requireStatus(t, w, http.StatusMethodNotAllowed, "not_allowed")
	require.Equal(t, "GET, HEAD, OPTIONS", w.Header().Get("Allow"))
	text := h.call(http.MethodGet, badges+"/discovery", "", nil).Body.String()
	require.Contains(t, text, "credential.readonly")
	require.NotContains(t, text, "upsert")
	require.NotContains(t, text, "profile.update")
	require.Len(t, obapi.Scopes(false), 2)
	require.Len(t, clrapi.Scopes(true), 4)
}

func TestForeignHosts(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	for _, host := range []string{"evil.example", "hub.example.org:8443", "hub.example.org.evil.example", "127.0.0.1"} {
		for _, path := range []string{"/credentials", "/discovery", "/none"} {
			r := httptest.NewRequest(http.MethodGet, badges+path, nil)
			r.Host = host
			r.Header.Set("X-Forwarded-Host", "hub.example.org")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			requireStatus(t, w, http.StatusMisdirectedRequest, "misdirected_request")
		}
	}
}

// Pages of other origins read the description, and nothing else.
func TestOrigins(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	ask := func(method, path string) http.Header {
		return h.call(method, badges+path, "ada", nil, "Origin", "https://app.example", "Access-Control-Request-Method", "GET").Header()
	}
	require.Equal(t, "*", ask(http.MethodGet, "/discovery").Get("Access-Control-Allow-Origin"))
	require.Equal(t, "*", ask(http.MethodOptions, "/discovery").Get("Access-Control-Allow-Origin"))
	require.Equal(t, "GET, HEAD, OPTIONS", ask(http.MethodOptions, "/discovery").Get("Access-Control-Allow-Methods"))
	for _, path := range []string{"/credentials", "/profile"} {
		for _, method := range []string{http.MethodGet, http.MethodOptions} {
			for name := range ask(method, path) {
				require.False(t, strings.HasPrefix(name, "Access-Control"), "%s %s: %s", method, path, name)
			}
		}
	}
}

func TestDescriptionIsKept(t *testing.T) {
	h := newHost(t, keeper(t, nil), nil)
	w := h.call(http.MethodGet, badges+"/discovery", "", nil)
	require.Equal(t, http.StatusOK, w.Code)
	require.Equal(t, "public, max-age=3600", w.Header().Get("Cache-Control"))
	for _, tags := range []string{w.Header().Get("ETag"), `"x", W/` + w.Header().Get("ETag"), "*"} {
		require.Equal(t, http.StatusNotModified, h.call(http.MethodGet, badges+"/discovery", "", nil, "If-None-Match", tags).Code)
	}
}

// A store that fails is not told of, and OnRequest sees each request without what is
// personal in it.
func TestStoreFaultsAndEvents(t *testing.T) {
	var told []obapi.Request
	store := &failing{Store: &hub.Memory{}}
	h := newHost(t, keeper(t, func(c *obapi.KeeperConfig) { c.Store = store }), func(c *obapi.Config) {
		c.OnRequest = func(r obapi.Request) { told = append(told, r); panic("in a hook") }
	})
	for _, store.err = range []error{errors.New("disk full: secret"), context.DeadlineExceeded, hub.ErrInvalid} {
		for _, op := range operations(t, badges) {
			w := h.call(op.method, op.url, "ada", op.body, "Content-Type", op.media)
			requireStatus(t, w, http.StatusInternalServerError, "internal_server_error")
			require.NotContains(t, w.Body.String(), "secret")
		}
	}
	require.Len(t, told, 12)
	require.Equal(t, "upsertCredential", told[1].Operation)
	require.Equal(t, http.StatusInternalServerError, told[1].Status)
	require.NotZero(t, told[1].In)
	require.NotZero(t, told[1].Out)
	require.NotContains(t, fmt.Sprint(told), "ada")
	h.call("BREW", badges+"/credentials?secret", "ada", nil)
	require.Equal(t, obapi.Request{Service: "Open Badges", Method: "other", Status: http.StatusMethodNotAllowed, Out: told[12].Out}, told[12])
}

// failing is a store that fails.
type failing struct {
	hub.Store
	err error
}

func (f *failing) Upsert(context.Context, hub.Owner, hub.Credential) (hub.Stored, hub.Outcome, error) {
	return hub.Stored{}, 0, f.err
}

func (f *failing) List(context.Context, hub.Owner, hub.Query) (hub.Page, error) {
	return hub.Page{}, f.err
}

func (f *failing) Profile(context.Context, hub.Owner) (hub.Profile, error) {
	return hub.Profile{}, f.err
}

func (f *failing) PutProfile(context.Context, hub.Owner, []byte, *hub.Tag) (hub.Profile, error) {
	return hub.Profile{}, f.err
}

// A product may refuse what is authentic: what it says as a problem is told.
func TestAdmit(t *testing.T) {
	var err error
	h := newHost(t, keeper(t, func(c *obapi.KeeperConfig) {
		c.Admit = func(_ context.Context, o hub.Owner, doc *vc.Document) error {
			require.Equal(t, "ada", o.User)
			require.NotEmpty(t, doc.ID())
			return err
		}
	}), nil)
	ed := school.Ed(t, 1)
	badge := school.Sign(t, ed, ed.Badge(obtest.Badge{Number: 1}), nil)
	err = &vc.Problem{Code: "not-yours", Message: "the badge is somebody else's"}
	w := h.post(badges, "ada", badge)
	requireStatus(t, w, http.StatusBadRequest, "invalid_data")
	require.Contains(t, w.Body.String(), "somebody else's")
	err = errors.New("secret")
	requireStatus(t, h.post(badges, "ada", badge), http.StatusInternalServerError, "internal_server_error")
	err = nil
	require.Equal(t, http.StatusCreated, h.post(badges, "ada", badge).Code)
}

func TestConfig(t *testing.T) {
	good := obapi.Config{Keeper: keeper(t, nil), Tenant: tenant()}
	_, err := obapi.NewHandler(good)
	require.NoError(t, err)
	for text, change := range map[string]func(*obapi.Config){
		"Keeper":          func(c *obapi.Config) { c.Keeper = nil },
		"BaseURL":         func(c *obapi.Config) { c.Tenant.Issuer = "http://hub.example.org" },
		"Tenant.Terms":    func(c *obapi.Config) { c.Tenant.Terms = "" },
		"Tenant.Policy":   func(c *obapi.Config) { c.Tenant.Policy = "http://x.example" },
		"Authorization":   func(c *obapi.Config) { c.Endpoints.Token = origin + "/token" },
		"Endpoints.Token": func(c *obapi.Config) { c.Endpoints.Authorization = origin + "/authorize" },
		"Tenant.Name":     func(c *obapi.Config) { c.Tenant.Name = "" },
		"MaxLimit":        func(c *obapi.Config) { c.MaxLimit = 1001 },
		"MaxBody":         func(c *obapi.Config) { c.MaxBody = 1 << 40 },
		"Kind":            func(c *obapi.Config) { c.Kind = 7 },
		"Since":           func(c *obapi.Config) { c.Since = 9 },
		"negative":        func(c *obapi.Config) { c.MaxPage = -1 },
	} {
		c := good
		change(&c)
		_, err := obapi.NewHandler(c)
		require.ErrorContains(t, err, text)
	}
	_, err = clrapi.NewHandler(obapi.Config{Kind: hub.KindBadge})
	require.ErrorContains(t, err, "Kind")
	for text, c := range map[string]obapi.KeeperConfig{
		"Store": {}, "negative": {Store: &hub.Memory{}, MaxAhead: -1},
	} {
		_, err := obapi.NewKeeper(c)
		require.ErrorContains(t, err, text)
	}
	c := obapi.KeeperConfig{Store: &hub.Memory{}}
	c.Verify.Kinds = []string{"x"}
	_, err = obapi.NewKeeper(c)
	require.ErrorContains(t, err, "Kinds")
}

func TestGate(t *testing.T) {
	passed := 0
	next := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { passed++ })
	wait := time.Duration(0)
	gate, err := obapi.NewGate(obapi.GateConfig{BaseURL: origin, Limit: func(*http.Request) time.Duration { return wait }}, next)
	require.NoError(t, err)
	ask := func(url string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		gate.ServeHTTP(w, httptest.NewRequest(http.MethodGet, url, nil))
		return w
	}
	ask(origin + "/login")
	require.Equal(t, 1, passed)
	requireStatus(t, ask("https://evil.example/login"), http.StatusMisdirectedRequest, "misdirected_request")
	wait = 1500 * time.Millisecond
	w := ask(origin + "/login")
	requireStatus(t, w, http.StatusTooManyRequests, "server_busy")
	require.Equal(t, "2", w.Header().Get("Retry-After"))
	require.Equal(t, 1, passed)

	broken, err := obapi.NewGate(obapi.GateConfig{BaseURL: origin, Limit: func(*http.Request) time.Duration { panic("x") }}, next)
	require.NoError(t, err)
	gate = broken
	requireStatus(t, ask(origin), http.StatusTooManyRequests, "server_busy")
	_, err = obapi.NewGate(obapi.GateConfig{BaseURL: origin}, nil)
	require.ErrorContains(t, err, "behind the gate")
	_, err = obapi.NewGate(obapi.GateConfig{}, next)
	require.ErrorContains(t, err, "BaseURL")
	w = httptest.NewRecorder()
	obapi.NotFound(w, httptest.NewRequest(http.MethodGet, origin, nil))
	requireStatus(t, w, http.StatusNotFound, "not_found")
}
