package oauthsrv_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/stretchr/testify/require"
)

// Whatever is posted, either nothing is registered, or a client whose URLs are https, of one
// host and without user or fragment, whose texts have no character that hides, and which
// may ask for what the tenant has.
func FuzzRegistration(f *testing.F) {
	good, err := json.Marshal(metadata())
	require.NoError(f, err)
	f.Add(string(good))
	f.Add(strings.Replace(string(good), "app.example/back", "app.example:444/b@ck?x=%2F", 1))
	f.Add(strings.Replace(string(good), "Wallet", `\u202eW`, 1))
	f.Add(`{"redirect_uris":["https://a"],"client_name":null}`)
	f.Fuzz(func(t *testing.T, text string) {
		w := newWorld(t, silent)
		resp := w.registerText("demo", text)
		if resp.StatusCode != http.StatusCreated {
			require.Contains(t, []int{http.StatusBadRequest, http.StatusRequestEntityTooLarge}, resp.StatusCode)
			return
		}
		var got struct {
			Name      string   `json:"client_name"`
			Redirects []string `json:"redirect_uris"`
			URI       string   `json:"client_uri"`
			Scope     string   `json:"scope"`
		}
		require.NoError(t, json.Unmarshal([]byte(body(t, resp)), &got))
		require.NotEmpty(t, got.Redirects)
		host := ""
		for _, text := range append(got.Redirects, got.URI) {
			u, err := url.Parse(text)
			require.NoError(t, err)
			require.True(t, u.Scheme == "https" && u.User == nil && u.Fragment == "" && u.Hostname() != "", text)
			if host == "" {
				host = strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
			}
			require.Equal(t, host, strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")))
		}
		require.NotContains(t, got.Name, "\u202e")
		for _, scope := range strings.Fields(got.Scope) {
			require.Contains(t, []string{read, upsert, profile, "offline_access"}, scope)
		}
	})
}

// Whatever a link says, a browser is led to the redirect URI that was registered, or to
// sign in, or nowhere; never with a code.
func FuzzAuthorizationQuery(f *testing.F) {
	fixed := newWorld(f, silent).app("demo", nil)
	f.Add(fixed.query(nil).Encode(), true)
	f.Add(fixed.query(url.Values{"redirect_uri": {back + "&x"}}).Encode(), true)
	f.Add(fixed.query(url.Values{"state": {"\r\nSet-Cookie: a"}}).Encode(), false)
	f.Add("client_id="+fixed.id+"&redirect_uri="+url.QueryEscape(back)+"&state=%0d&state", false)
	f.Fuzz(func(t *testing.T, query string, signedIn bool) {
		r := httptest.NewRequest(http.MethodGet, "https://"+host+"/demo/oauth/authorize", nil)
		r.URL.RawQuery = query
		if signedIn {
			r.AddCookie(&http.Cookie{Name: "login", Value: "ada.1"})
		}
		resp := fixed.w.do(r)
		switch resp.StatusCode {
		case http.StatusOK, http.StatusBadRequest:
			require.Empty(t, resp.Header.Get("Location"))
		case http.StatusSeeOther:
			to, err := url.Parse(resp.Header.Get("Location"))
			require.NoError(t, err)
			if to.Host == "" {
				require.Equal(t, "/demo/login", to.Path)
				return
			}
			require.Contains(t, []string{"https://app.example/back", "https://APP.example:8443/other"}, to.Scheme+"://"+to.Host+to.Path)
			require.NotEmpty(t, to.Query().Get("error"))
			require.Empty(t, to.Query().Get("code"))
			require.Regexp(t, `^[\x20-\x7e]*$`, to.Query().Get("state"))
		default:
			t.Fatal(resp.StatusCode)
		}
	})
}

// Whatever a client posts for tokens, it gets an error of the protocol, and the grant that
// it has stays; no string but the one it was given is a token.
func FuzzTokenForm(f *testing.F) {
	fixed := newWorld(f, silent).app("demo", nil)
	f.Add("grant_type=authorization_code&code=x&redirect_uri=" + url.QueryEscape(back) + "&code_verifier=" + verifier)
	f.Add("grant_type=refresh_token&refresh_token=x&scope=" + url.QueryEscape(read))
	f.Add("grant_type=refresh_token&grant_type=&refresh_token=%00")
	f.Add("token=%ff&a;b")
	f.Fuzz(func(t *testing.T, form string) {
		for _, path := range []string{"/demo/oauth/token", "/demo/oauth/revoke"} {
			r := httptest.NewRequest(http.MethodPost, "https://"+host+path, strings.NewReader(form))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.SetBasicAuth(fixed.id, fixed.secret)
			resp := fixed.w.do(r)
			if path == "/demo/oauth/revoke" && resp.StatusCode == http.StatusOK {
				continue
			}
			require.Contains(t, []int{http.StatusBadRequest, http.StatusRequestEntityTooLarge}, resp.StatusCode)
			var got struct {
				Error  string `json:"error"`
				Access string `json:"access_token"`
			}
			require.NoError(t, json.Unmarshal([]byte(body(t, resp)), &got))
			require.NotEmpty(t, got.Error)
			require.Empty(t, got.Access)
		}
	})
}

func silent(c *oauthsrv.Config) { c.Log = nil }
