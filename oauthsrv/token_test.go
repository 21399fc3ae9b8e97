package oauthsrv_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/stretchr/testify/require"
)

// A client proves who it is by Basic authentication and by nothing else.
func TestAuthentication(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	got := a.connect("ada")
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {got.Refresh}}
	inBody := url.Values{"client_id": {a.id}, "client_secret": {a.secret}}
	for name, values := range form {
		inBody[name] = values
	}
	basic := func(id, secret string) *http.Request {
		r := formRequest("/demo/oauth/token", form)
		r.SetBasicAuth(id, secret)
		return r
	}
	bearer := formRequest("/demo/oauth/token", form)
	bearer.Header.Set("Authorization", "Bearer "+got.Access)
	for why, r := range map[string]*http.Request{
		"nothing": formRequest("/demo/oauth/token", form), "in the body": formRequest("/demo/oauth/token", inBody), "a bearer": bearer,
		"another secret": basic(a.id, strings.Repeat("A", 43)), "no secret": basic(a.id, ""), "no client": basic("", a.secret),
		"an unknown client": basic(strings.Repeat("A", 22), a.secret), "a client of NUL": basic("\x00", a.secret),
		"the hash": basic(a.id, "x"),
	} {
		answer := w.tokens(r)
		require.Equal(t, http.StatusUnauthorized, answer.status, why)
		require.Equal(t, "invalid_client", answer.Error, why)
		require.Contains(t, answer.header.Get("WWW-Authenticate"), "Basic ", why)
	}
	escape := func(s string) string { return strings.NewReplacer("-", "%2D", "_", "%5F", "A", "%41").Replace(s) }
	require.Equal(t, http.StatusOK, w.tokens(basic(escape(a.id), escape(a.secret))).status, "RFC 6749, 2.3.1")
}

func TestTokenForms(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {a.connect("ada").Refresh}}.Encode()
	for why, c := range map[string]struct {
		media, body string
		status      int
	}{
		"JSON": {"application/json", `{}`, 400}, "no type": {"", form, 400}, "escapes": {"application/x-www-form-urlencoded", "a=%zz", 400},
		"no UTF-8": {"application/x-www-form-urlencoded", "a=%ff", 400}, "a semicolon": {"application/x-www-form-urlencoded", "a=1;b=2", 400},
		"too long":     {"application/x-www-form-urlencoded", form + "&a=" + strings.Repeat("a", 16<<10), 413},
		"with charset": {"application/x-www-form-urlencoded; charset=UTF-8", form, 200},
	} {
		r := httptest.NewRequest(http.MethodPost, "https://"+host+"/demo/oauth/token", strings.NewReader(c.body))
		r.Header.Set("Content-Type", c.media)
		r.SetBasicAuth(a.id, a.secret)
		answer := w.tokens(r)
		require.Equal(t, c.status, answer.status, why)
		if c.status != 200 {
			require.Equal(t, "invalid_request", answer.Error, why)
		}
	}
}

func TestScopeOfTokenRequests(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	ada := w.at("ada")
	code := a.allow(ada, url.Values{"scope": {read + " " + upsert}})
	got := a.exchange(code, url.Values{"scope": {read}})
	require.Equal(t, read, got.Scope)
	access, err := w.access("demo", got.Access)
	require.NoError(t, err)
	require.False(t, access.Permits(upsert))
	require.Equal(t, read+" "+upsert, a.refresh(got.Refresh).Scope, "what was approved")
	got = a.connect("ada")
	require.Equal(t, "invalid_scope", a.refresh(got.Refresh, upsert).Error)
	require.Equal(t, http.StatusOK, a.refresh(got.Refresh, read).status, "what fails replaces nothing")
}

// A refresh token is of the client that it was given to, and an access token is none.
func TestRefreshRefuses(t *testing.T) {
	w := newWorld(t)
	a, b := w.app("demo", nil), w.app("demo", nil)
	got := a.connect("ada")
	require.Equal(t, "invalid_grant", b.refresh(got.Refresh).Error)
	require.Equal(t, "invalid_grant", a.refresh(got.Access).Error)
	require.Equal(t, "invalid_request", a.refresh("").Error)
	require.Equal(t, http.StatusOK, a.refresh(got.Refresh).status, "nothing of it replaced the token")
}

// Who did not register for refresh tokens gets none, and the access ends by itself.
func TestWithoutRefresh(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", map[string]any{"grant_types": []string{"authorization_code"}})
	ada := w.at("ada")
	require.Contains(t, body(t, ada.get("/demo/oauth/authorize", a.query(nil))), "The access lasts one hour at most.")
	got := a.connect("ada")
	require.Empty(t, got.Refresh)
	require.Equal(t, "unauthorized_client", a.refresh(got.Access).Error)
	require.Contains(t, body(t, ada.get("/demo/connections", nil)), "app.example")
	w.wait(time.Hour)
	w.rejects("demo", got.Access)
	require.Contains(t, body(t, ada.get("/demo/connections", nil)), "No application has access")
}

// A grant lasts as long as it is used, and a year at most; its last tokens end with it.
func TestLifetimes(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	const day = 24 * time.Hour
	idle, got := a.connect("ada"), a.connect("ada")
	for range 4 {
		w.wait(90*day - time.Second)
		got = a.refresh(got.Refresh)
		require.Equal(t, http.StatusOK, got.status)
	}
	require.Equal(t, "invalid_grant", a.refresh(idle.Refresh).Error)
	w.wait(5*day - time.Minute)
	got = a.refresh(got.Refresh)
	require.Equal(t, 64, got.Expires)
	w.wait(64 * time.Second)
	require.Equal(t, "invalid_grant", a.refresh(got.Refresh).Error)
	w.rejects("demo", got.Access)
}

func TestRevocation(t *testing.T) {
	w := newWorld(t)
	a, b := w.app("demo", nil), w.app("demo", nil)
	revoke := func(a *app, form url.Values) tokens { return a.post("/oauth/revoke", form) }
	got, other := a.connect("ada"), a.connect("ada")
	require.Equal(t, http.StatusOK, revoke(a, url.Values{"token": {got.Access}}).status)
	w.rejects("demo", got.Access)
	next := a.refresh(got.Refresh)
	require.Equal(t, http.StatusOK, next.status, "the refresh token stays")
	for _, hint := range []string{"access_token", "saml", ""} {
		one := a.connect("ada")
		require.Equal(t, http.StatusOK, revoke(a, url.Values{"token": {one.Refresh}, "token_type_hint": {hint}}).status)
		w.rejects("demo", one.Access)
		require.Equal(t, "invalid_grant", a.refresh(one.Refresh).Error)
	}
	require.Equal(t, "invalid_grant", revoke(b, url.Values{"token": {next.Refresh}}).Error, "another client's")
	require.Equal(t, "invalid_grant", revoke(b, url.Values{"token": {next.Access}}).Error)
	w.permits("demo", next.Access)
	w.permits("demo", other.Access)
	require.Equal(t, http.StatusOK, revoke(a, url.Values{"token": {"unknown"}}).status)
	require.Equal(t, "invalid_request", revoke(a, nil).Error)
	require.Equal(t, http.StatusUnauthorized, w.tokens(formRequest("/demo/oauth/revoke", url.Values{"token": {next.Refresh}})).status)
}

// What is not a valid access token of the tenant in the one place for it lets nobody in.
func TestAuthorize(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	got := a.connect("ada")
	with := func(headers ...string) error {
		r := httptest.NewRequest(http.MethodGet, "https://"+host+"/demo/ims/ob/v3p0/credentials?access_token="+got.Access, nil)
		for _, h := range headers {
			r.Header.Add("Authorization", h)
		}
		_, err := w.server.Authorize(r, "demo")
		return err
	}
	require.NoError(t, with("Bearer "+got.Access))
	require.NoError(t, with("bearer  "+got.Access))
	for _, none := range [][]string{nil, {"Bearer"}, {"Bearer "}, {"Basic " + got.Access}, {got.Access}, {"Bearer " + got.Access, "Bearer " + got.Access}} {
		require.ErrorIs(t, with(none...), oauthsrv.ErrNoToken, none)
	}
	for _, bad := range []string{"x", got.Refresh, got.Access + "x", got.Access[1:], "\x00", got.Access + " " + got.Access} {
		require.ErrorIs(t, with("Bearer "+bad), oauthsrv.ErrInvalidToken, bad)
	}
	var zero oauthsrv.Access
	require.False(t, zero.Permits(""))
}

// The last use of a grant is kept to the hour.
func TestLastUse(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	got := a.connect("ada")
	at := func() time.Time {
		all, err := w.store.Grants(t.Context(), "demo", "ada", 1)
		require.NoError(t, err)
		return all[0].Used
	}
	start := w.now
	w.wait(59 * time.Minute)
	w.permits("demo", got.Access)
	require.Equal(t, start, at())
	got = a.refresh(got.Refresh)
	require.Equal(t, start.Add(59*time.Minute), at())
	w.wait(time.Hour - time.Second)
	w.permits("demo", got.Access)
	require.Equal(t, start.Add(59*time.Minute), at())
}

func TestMetadataOfTheServer(t *testing.T) {
	w := newWorld(t)
	resp := w.do(httptest.NewRequest(http.MethodGet, "https://"+host+"/.well-known/oauth-authorization-server/demo", nil))
	var got map[string]any
	require.NoError(t, json.Unmarshal([]byte(body(t, resp)), &got))
	require.Equal(t, map[string]any{
		"issuer": "https://hub.example/demo", "authorization_endpoint": "https://hub.example/demo/oauth/authorize",
		"token_endpoint": "https://hub.example/demo/oauth/token", "registration_endpoint": "https://hub.example/demo/oauth/register",
		"revocation_endpoint": "https://hub.example/demo/oauth/revoke", "scopes_supported": []any{read, upsert, profile, "offline_access"},
		"response_types_supported": []any{"code"}, "response_modes_supported": []any{"query"},
		"grant_types_supported":                          []any{"authorization_code", "refresh_token"},
		"token_endpoint_auth_methods_supported":          []any{"client_secret_basic"},
		"revocation_endpoint_auth_methods_supported":     []any{"client_secret_basic"},
		"code_challenge_methods_supported":               []any{"S256"},
		"authorization_response_iss_parameter_supported": true, "request_uri_parameter_supported": false,
		"op_tos_uri": "https://hub.example/terms", "op_policy_uri": "https://hub.example/privacy",
	}, got)
	tenant, err := tenantOf(httptest.NewRequest(http.MethodGet, "/demo", nil))
	require.NoError(t, err)
	require.Equal(t, oauthsrv.Endpoints{
		Registration: "https://hub.example/demo/oauth/register", Authorization: "https://hub.example/demo/oauth/authorize",
		Token: "https://hub.example/demo/oauth/token", Revocation: "https://hub.example/demo/oauth/revoke",
		Connections: "https://hub.example/demo/connections", Metadata: "https://hub.example/.well-known/oauth-authorization-server/demo",
	}, tenant.Endpoints())
	require.Equal(t, "https://h.example/.well-known/oauth-authorization-server", oauthsrv.Tenant{Issuer: "https://h.example"}.Endpoints().Metadata)
	require.Zero(t, oauthsrv.Tenant{Issuer: "http://h.example"}.Endpoints())
}
