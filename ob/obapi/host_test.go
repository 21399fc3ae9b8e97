package obapi_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/clrapi"
	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/laurel-edu/laurel/ob/obapi"
)

const (
	origin = "https://hub.example.org"
	badges = origin + "/demo" + obapi.BasePath
	clrs   = origin + "/demo" + clrapi.BasePath
)

// tokens is an Authorizer of fixed tokens.
type tokens map[string]oauthsrv.Access

// Authorize implements oauthsrv.Authorizer.
func (all tokens) Authorize(r *http.Request, tenant string) (oauthsrv.Access, error) {
	text, ok := oauthsrv.BearerToken(r)
	if !ok {
		return oauthsrv.Access{}, oauthsrv.ErrNoToken
	}
	if a, ok := all[text]; ok && a.Tenant == tenant {
		return a, nil
	}
	return oauthsrv.Access{}, oauthsrv.ErrInvalidToken
}

// everybody are the tokens of tests: ada and bob may do everything, reader and writer
// less, and foreign is of another tenant.
func everybody() tokens {
	var all []string
	for _, s := range append(obapi.Scopes(true), clrapi.Scopes(true)...) {
		all = append(all, s.Name)
	}
	return tokens{
		"ada":     {Tenant: "demo", Subject: "ada", Scopes: all},
		"bob":     {Tenant: "demo", Subject: "bob", Scopes: all},
		"reader":  {Tenant: "demo", Subject: "ada", Scopes: []string{obapi.ScopeCredentialReadonly, obapi.ScopeProfileReadonly}},
		"writer":  {Tenant: "demo", Subject: "ada", Scopes: []string{obapi.ScopeCredentialUpsert}},
		"foreign": {Tenant: "other", Subject: "ada", Scopes: all},
	}
}

// tenant is a good one.
func tenant() oauthsrv.Tenant {
	return oauthsrv.Tenant{ID: "demo", Issuer: origin + "/demo", Name: "Demo", Terms: origin + "/terms", Policy: origin + "/privacy"}
}

// keeper makes a Keeper with a store of its own, at the clock of tests.
func keeper(t testing.TB, change func(*obapi.KeeperConfig)) *obapi.Keeper {
	t.Helper()
	c := obapi.KeeperConfig{Store: &hub.Memory{Now: testkit.Clock}, Now: testkit.Clock}
	if change != nil {
		change(&c)
	}
	k, err := obapi.NewKeeper(c)
	require.NoError(t, err)
	return k
}

// host serves both services of one tenant.
type host struct {
	t            testing.TB
	badges, clrs http.Handler
}

// ServeHTTP implements http.Handler.
func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/demo"+clrapi.BasePath) {
		h.clrs.ServeHTTP(w, r)
		return
	}
	h.badges.ServeHTTP(w, r)
}

// newHost makes a host that may be written to. change may change both services.
func newHost(t testing.TB, k *obapi.Keeper, change func(*obapi.Config)) *host {
	t.Helper()
	c := obapi.Config{Keeper: k, Tenant: tenant(), Authorizer: everybody(), Writes: true, Now: testkit.Clock}
	if change != nil {
		change(&c)
	}
	h, err := &host{t: t}, error(nil)
	h.badges, err = obapi.NewHandler(c)
	require.NoError(t, err)
	h.clrs, err = clrapi.NewHandler(c)
	require.NoError(t, err)
	return h
}

// call sends a request with a token; headers come as name and value by turns.
func (h *host) call(method, url, token string, body []byte, headers ...string) *httptest.ResponseRecorder {
	h.t.Helper()
	var from io.Reader
	if body != nil {
		from = bytes.NewReader(body)
	}
	r := httptest.NewRequest(method, url, from)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// post sends a credential as what it is.
func (h *host) post(base, token string, credential []byte) *httptest.ResponseRecorder {
	h.t.Helper()
	media := "application/json"
	if !bytes.HasPrefix(bytes.TrimSpace(credential), []byte("{")) {
		media = "text/plain"
	}
	return h.call(http.MethodPost, base+"/credentials", token, credential, "Content-Type", media)
}

// get asks as ada.
func (h *host) get(url string) *httptest.ResponseRecorder {
	h.t.Helper()
	return h.call(http.MethodGet, url, "ada", nil)
}

// requireStatus asserts a refusal with its status information in the words of the standard.
func requireStatus(t testing.TB, w *httptest.ResponseRecorder, status int, minor string) {
	t.Helper()
	require.Equal(t, status, w.Code, w.Body)
	require.True(t, strings.HasPrefix(w.Header().Get("Content-Type"), "application/json"))
	require.Contains(t, w.Body.String(), `"imsx_codeMajor":"failure"`)
	require.Contains(t, w.Body.String(), `"imsx_codeMinorFieldValue":"`+minor+`"`)
	require.Equal(t, "no-store", w.Header().Get("Cache-Control"))
	require.Equal(t, "nosniff", w.Header().Get("X-Content-Type-Options"))
}
