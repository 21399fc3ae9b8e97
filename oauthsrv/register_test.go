package oauthsrv_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/stretchr/testify/require"
)

// Everything that was registered comes back, with what a client needs.
func TestRegistration(t *testing.T) {
	w := newWorld(t)
	resp := w.register("demo", nil)
	require.Equal(t, http.StatusCreated, resp.StatusCode)
	require.Equal(t, "application/json", resp.Header.Get("Content-Type"))
	var got map[string]any
	require.NoError(t, json.Unmarshal([]byte(body(t, resp)), &got))
	want := map[string]any{
		"client_id": got["client_id"], "client_secret": got["client_secret"], "client_id_issued_at": float64(w.now.Unix()),
		"client_secret_expires_at": float64(0), "revocation_endpoint": "https://hub.example/demo/oauth/revoke",
	}
	text, err := json.Marshal(metadata())
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &want))
	require.Equal(t, want, got)
	require.Len(t, got["client_secret"], 43)

	again := w.app("demo", nil)
	require.NotEqual(t, got["client_id"], again.id)
}

// What is left out has the defaults of RFC 7591; what is not granted is not said to be.
func TestRegistrationReplaces(t *testing.T) {
	w := newWorld(t)
	for why, c := range map[string]struct{ change, want map[string]any }{
		"defaults": {map[string]any{"grant_types": nil, "response_types": nil, "token_endpoint_auth_method": nil, "contacts": nil},
			map[string]any{"grant_types": []any{"authorization_code"}, "response_types": []any{"code"},
				"token_endpoint_auth_method": "client_secret_basic", "contacts": nil}},
		"unknown scopes": {map[string]any{"scope": "admin " + read + "  " + read + " a\"b"}, map[string]any{"scope": read}},
		"other grants": {map[string]any{"grant_types": []string{"implicit", "authorization_code", "client_credentials"}},
			map[string]any{"grant_types": []any{"authorization_code"}}},
		"other responses":      {map[string]any{"response_types": []string{"token", "code"}}, map[string]any{"response_types": []any{"code"}}},
		"unknown members":      {map[string]any{"jwks_uri": "https://evil.example/", "x": 1}, map[string]any{"jwks_uri": nil, "x": nil}},
		"a software statement": {map[string]any{"software_statement": "a.b.c"}, map[string]any{"software_statement": nil}},
		"blanks":               {map[string]any{"client_name": "  Wallet "}, map[string]any{"client_name": "Wallet"}},
		"a port":               {map[string]any{"client_uri": "https://app.EXAMPLE:8443"}, map[string]any{"client_uri": "https://app.EXAMPLE:8443"}},
		"an empty list":        {map[string]any{"grant_types": []string{}}, map[string]any{"grant_types": []any{"authorization_code"}}},
		"null":                 {map[string]any{"contacts": json.RawMessage("null")}, map[string]any{"contacts": nil}},
		"the longest": {map[string]any{"client_name": strings.Repeat("ü", 100), "redirect_uris": []string{back, long(2000)}},
			map[string]any{"client_name": strings.Repeat("ü", 100)}},
	} {
		resp := w.register("demo", c.change)
		text := body(t, resp)
		require.Equal(t, http.StatusCreated, resp.StatusCode, why+text)
		var got map[string]any
		require.NoError(t, json.Unmarshal([]byte(text), &got))
		for member, value := range c.want {
			require.Equal(t, value, got[member], why)
		}
	}
}

// long is a URL of so many characters.
func long(n int) string {
	const start = "https://app.example/"
	return start + strings.Repeat("a", n-len(start))
}

// 3, 4, 22: what is not within the profile or the limits is refused, and nothing is kept.
func TestRegistrationRefuses(t *testing.T) {
	w := newWorld(t)
	refused := func(why, code string, resp *http.Response) {
		t.Helper()
		text := body(t, resp)
		require.Contains(t, []int{http.StatusBadRequest, http.StatusRequestEntityTooLarge}, resp.StatusCode, why+text)
		require.Contains(t, text, `"error":"`+code+`"`, why)
		require.NotContains(t, text, "client_secret\"", why)
	}
	for _, member := range []string{"client_name", "client_uri", "logo_uri", "tos_uri", "policy_uri", "software_id", "software_version", "scope",
		"redirect_uris"} {
		code := "invalid_client_metadata"
		if member == "redirect_uris" {
			code = "invalid_redirect_uri"
		}
		refused("no "+member, code, w.register("demo", map[string]any{member: nil}))
		refused(member+" null", code, w.register("demo", map[string]any{member: json.RawMessage("null")}))
		refused(member+" empty", code, w.register("demo", map[string]any{member: ""}))
		refused(member+" a number", code, w.register("demo", map[string]any{member: 1}))
		refused(member+" an object", code, w.register("demo", map[string]any{member: map[string]any{}}))
	}
	for _, uri := range []string{
		"http://app.example/", "ftp://app.example/", "app.example/", "//app.example/", "https:app.example", "https://", "https:///x",
		"https://user@app.example/", "https://app.example@evil.example/", "https://app.example/#x", "https://app.example/#",
		"https://evil.example/", "https://sub.app.example/", "https://app.example.evil.example/", "javascript:alert(1)//https://app.example",
		"com.example.app:/back", "http://127.0.0.1/back", "http://localhost/back", "https://app.example/\u00e9", "https://app.ex\u0430mple/",
		"https://app.example/a b", "https://app.example/\\evil", "https://app.example:/", "https://app.example:999999/", long(2001), " " + back,
		"https://app.example/<script>", "data:text/html,x", "https://app.example\\@evil.example/",
	} {
		refused(uri, "invalid_redirect_uri", w.register("demo", map[string]any{"redirect_uris": []string{uri}}))
		refused(uri, "invalid_redirect_uri", w.register("demo", map[string]any{"redirect_uris": []string{back, uri}}))
		refused(uri, "invalid_client_metadata", w.register("demo", map[string]any{"policy_uri": uri}))
	}
	for why, change := range map[string]map[string]any{
		"a long name":        {"client_name": strings.Repeat("a", 201)},
		"a hidden character": {"client_name": "a\u202eb"},
		"a long version":     {"software_version": strings.Repeat("1", 201)},
		"many contacts":      {"contacts": slices.Repeat([]string{"a@b.example"}, 11)},
		"a long contact":     {"contacts": []string{strings.Repeat("a", 201)}},
		"a contact alone":    {"contacts": "a@b.example"},
		"implicit":           {"grant_types": []string{"implicit"}},
		"refresh alone":      {"grant_types": []string{"refresh_token"}},
		"token":              {"response_types": []string{"token"}},
		"public":             {"token_endpoint_auth_method": "none"},
		"post":               {"token_endpoint_auth_method": "client_secret_post"},
		"unknown scope":      {"scope": "admin"},
		"nothing permitted":  {"scope": "offline_access"},
		"many grants":        {"grant_types": slices.Repeat([]string{"authorization_code"}, 17)},
	} {
		refused(why, "invalid_client_metadata", w.register("demo", change))
	}
	many := []string{}
	for i := range 11 {
		many = append(many, fmt.Sprintf("https://app.example/%d", i))
	}
	refused("11 URIs", "invalid_redirect_uri", w.register("demo", map[string]any{"redirect_uris": many}))
	require.Equal(t, http.StatusCreated, w.register("demo", map[string]any{"redirect_uris": many[:10]}).StatusCode)

	text, err := json.Marshal(metadata())
	require.NoError(t, err)
	for why, body := range map[string]string{
		"empty": "", "an array": "[]", "half": string(text[:100]), "more": string(text) + "{}", "too long": string(text) + strings.Repeat(" ", 8<<10),
		"twice": strings.Replace(string(text), "{", `{"client_name":"x",`, 1), "no UTF-8": strings.Replace(string(text), "Wallet", "\xff", 1),
		"a surrogate": strings.Replace(string(text), "Wallet", `\ud800`, 1),
	} {
		refused(why, "invalid_client_metadata", w.registerText("demo", body))
	}
	for _, media := range []string{"", "text/plain", "application/x-www-form-urlencoded", "application/json+x"} {
		r := httptest.NewRequest(http.MethodPost, "https://"+host+"/demo/oauth/register", strings.NewReader(string(text)))
		r.Header.Set("Content-Type", media)
		refused(media, "invalid_client_metadata", w.do(r))
	}
}

// 3: a flood meets the limiter of the product, and what nobody uses is swept.
func TestRegistrationFlood(t *testing.T) {
	left := 100
	w := newWorld(t, func(c *oauthsrv.Config) {
		c.Log = nil
		c.Limit = func(r *http.Request) time.Duration {
			if left--; strings.HasSuffix(r.URL.Path, "/register") && left < 0 {
				return 1500 * time.Millisecond
			}
			return 0
		}
	})
	taken := 0
	for range 1000 {
		resp := w.register("demo", nil)
		if resp.StatusCode == http.StatusCreated {
			taken++
			continue
		}
		require.Equal(t, http.StatusTooManyRequests, resp.StatusCode)
		require.Equal(t, "2", resp.Header.Get("Retry-After"))
		require.Contains(t, body(t, resp), `"server_busy"`)
	}
	require.Equal(t, 100, taken)
}

func TestSweep(t *testing.T) {
	w := newWorld(t)
	unused, used := w.app("demo", nil), w.app("demo", nil)
	got := used.connect("ada")
	w.wait(30*24*time.Hour + time.Second)
	require.NoError(t, w.server.Sweep(t.Context()))
	require.Equal(t, "invalid_client", unused.refresh("x").Error)
	require.Equal(t, http.StatusOK, used.refresh(got.Refresh).status)
	require.Equal(t, http.StatusBadRequest, w.at("ada").get("/demo/oauth/authorize", unused.query(nil)).StatusCode)
}

// A secret that ends is refused from the instant that the client was told.
func TestSecretEnds(t *testing.T) {
	w := newWorld(t, func(c *oauthsrv.Config) { c.SecretLifetime = time.Hour })
	a := w.app("demo", nil)
	code := a.allow(w.at("ada"), nil)
	w.wait(time.Hour - time.Second)
	require.Equal(t, "invalid_grant", a.exchange(code, nil).Error)
	w.wait(time.Second)
	require.Equal(t, "invalid_client", a.exchange(code, nil).Error)
	require.Equal(t, http.StatusBadRequest, w.at("ada").get("/demo/oauth/authorize", a.query(nil)).StatusCode)
}
