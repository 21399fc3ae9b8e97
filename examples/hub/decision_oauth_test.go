package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// known is a stranger who has read the description.
func (r *running) known(t *testing.T) *stranger {
	t.Helper()
	s := newStranger(t, r.authority)
	s.discover(r.base + badgesAt)
	return s
}

// joined is one who has registered too.
func (r *running) joined(t *testing.T) *stranger {
	t.Helper()
	s := r.known(t)
	s.join()
	return s
}

// registering sends a registration in which members are changed; nil takes one out.
func (s *stranger) registering(change map[string]any) answer {
	s.t.Helper()
	all := map[string]any{
		"client_name": "A stranger", "client_uri": "https://app.example", "logo_uri": "https://app.example/logo.png",
		"tos_uri": "https://app.example/terms", "policy_uri": "https://app.example/privacy", "software_id": "stranger",
		"software_version": "1", "redirect_uris": []string{back}, "scope": strings.Join(s.scopes, " "),
	}
	for name, value := range change {
		if all[name] = value; value == nil && name != "client_name" {
			delete(all, name)
		}
	}
	text, err := json.Marshal(all)
	require.NoError(s.t, err)
	return s.registeringText(string(text))
}

func (s *stranger) registeringText(text string) answer {
	s.t.Helper()
	return s.read(s.http.Post(s.register, "application/json", bytes.NewReader([]byte(text))))
}

var registrationDecisions = []decision{
	{11, "11 metadata of another host or scheme is refused", func(t *testing.T, r *running) {
		s := r.known(t)
		got := s.registering(map[string]any{"redirect_uris": []string{"http://app.example/back"}})
		require.Equal(t, 400, got.status)
		require.Equal(t, "invalid_redirect_uri", got.object(t)["error"])
		for _, change := range []map[string]any{{"tos_uri": "https://evil.example"}, {"logo_uri": "http://app.example/logo.png"}} {
			got = s.registering(change)
			require.Equal(t, 400, got.status)
			require.Equal(t, "invalid_client_metadata", got.object(t)["error"])
		}
	}},
	{12, "12 nothing that is not supported is granted", func(t *testing.T, r *running) {
		s := r.known(t)
		for _, change := range []map[string]any{{"grant_types": []string{"client_credentials"}}, {"response_types": []string{"token"}},
			{"token_endpoint_auth_method": "client_secret_post"}} {
			got := s.registering(change)
			require.NotContains(t, string(got.body), "client_credentials")
			require.NotContains(t, string(got.body), "secret_post")
		}
	}},
	{13, "13 host names are compared without port and case", func(t *testing.T, r *running) {
		require.Equal(t, 201, r.known(t).registering(map[string]any{"redirect_uris": []string{"https://APP.example:8443/back"}}).status)
	}},
	{14, "14 null and empty are missing", func(t *testing.T, r *running) {
		s := r.known(t)
		require.Equal(t, 400, s.registering(map[string]any{"client_name": nil}).status)
		require.Equal(t, 400, s.registering(map[string]any{"client_name": ""}).status)
		require.Equal(t, 400, s.registering(map[string]any{"logo_uri": nil}).status)
	}},
	{15, "15 scopes that are not known are dropped", func(t *testing.T, r *running) {
		s := r.known(t)
		got := s.registering(map[string]any{"scope": s.scopes[0] + " https://purl.imsglobal.org/spec/clr/v2p0/scope/delete"})
		require.Equal(t, 201, got.status)
		require.Equal(t, s.scopes[0], got.object(t)["scope"])
		got = s.registering(map[string]any{"scope": "nothing known"})
		require.Equal(t, 400, got.status)
		require.Equal(t, "invalid_client_metadata", got.object(t)["error"])
	}},
	{16, "16 a registration has bounds", func(t *testing.T, r *running) {
		s := r.known(t)
		many := make([]string, 50)
		for i := range many {
			many[i] = back + strings.Repeat("x", i)
		}
		for _, got := range []answer{
			s.registering(map[string]any{"x": strings.Repeat("x", 1<<20)}), s.registering(map[string]any{"redirect_uris": many}),
			s.registering(map[string]any{"redirect_uris": []string{back + strings.Repeat("x", 5000)}}),
			s.registeringText(`{"client_name":"a","client_name":"b"}`), s.registeringText("{\"client_name\":\"\xff\"}"),
		} {
			require.Contains(t, []int{400, 413}, got.status)
		}
	}},
}

// asking sends an authorization request in which parameters are changed.
func (s *stranger) asking(change url.Values) answer {
	s.t.Helper()
	q := url.Values{"response_type": {"code"}, "client_id": {s.id}, "redirect_uri": {back}, "state": {"st"}, "scope": {s.scopes[0]},
		"code_challenge_method": {"S256"}, "code_challenge": {strings.Repeat("a", 43)}}
	for name, values := range change {
		if q[name] = values; values == nil {
			delete(q, name)
		}
	}
	return s.read(s.browser.Get(s.authorize + "?" + q.Encode()))
}

// refusedAs wants a request to be answered with an error at the application.
func (s *stranger) refusedAs(change url.Values, errors ...string) {
	s.t.Helper()
	q := s.told(s.asking(change))
	require.Contains(s.t, errors, q.Get("error"))
	require.Equal(s.t, strings.TrimSuffix(s.authorize, "/oauth/authorize"), q.Get("iss"))
}

var authorizationDecisions = []decision{
	{17, "17 a response type that is none", func(t *testing.T, r *running) {
		s := r.joined(t)
		s.refusedAs(url.Values{"response_type": nil}, "invalid_request", "unsupported_response_type")
		s.refusedAs(url.Values{"response_type": {"code token"}}, "unsupported_response_type")
	}},
	{18, "18 no state", func(t *testing.T, r *running) { r.joined(t).refusedAs(url.Values{"state": nil}, "invalid_request") }},
	{19, "19 no scope, or part of one", func(t *testing.T, r *running) {
		s := r.joined(t)
		s.refusedAs(url.Values{"scope": nil}, "invalid_scope", "invalid_request")
		page := s.signIn(s.asking(url.Values{"scope": {s.scopes[0] + " unknown"}}), "ada", adasPassword)
		require.Equal(t, 200, page.status, "it is narrowed")
		require.NotContains(t, string(page.body), "unknown")
	}},
	{20, "20 request objects", func(t *testing.T, r *running) {
		r.joined(t).refusedAs(url.Values{"request": {"x.y.z"}}, "request_not_supported", "invalid_request")
	}},
	{21, "21 a client or an address that is not known is told to the person alone", func(t *testing.T, r *running) {
		s := r.joined(t)
		for _, change := range []url.Values{{"client_id": {"x"}}, {"redirect_uri": {"https://evil.example/"}}, {"redirect_uri": nil},
			{"redirect_uri": {back + "?x"}}, {"client_id": nil}} {
			got := s.asking(change)
			require.True(t, got.status >= 400 && got.status < 500)
			require.Empty(t, got.header.Get("Location"))
			require.NotContains(t, string(got.body), "evil.example/")
			pageHeaders(t, got)
		}
	}},
	{22, "22 a person is asked every time, and told who asks for what", func(t *testing.T, r *running) {
		s := r.joined(t)
		s.connect("ada", adasPassword, s.scopes[0])
		page := s.ask("ada", adasPassword, "st", randomText(), s.scopes[0])
		require.Equal(t, 200, page.status)
		for _, text := range []string{"A stranger", "app.example", "https://app.example/terms", "https://app.example/privacy", "ada"} {
			require.Contains(t, string(page.body), text)
		}
		f := page.forms(t)[0]
		require.Equal(t, 2, strings.Count(f.text, `name="decision"`))
		f.fields.Set("decision", "allow")
		require.NotEmpty(t, s.told(s.send(f)).Get("code"))
		require.NotEqual(t, 303, s.send(f).status, "one code a form")
	}},
	{23, "23 the policy of a page lets its form lead on", func(t *testing.T, r *running) {
		s := r.joined(t)
		for _, page := range []answer{s.asking(nil), s.ask("ada", adasPassword, "st", randomText(), s.scopes[0])} {
			require.NotContains(t, page.header.Get("Content-Security-Policy"), "form-action 'self'")
			pageHeaders(t, page)
		}
	}},
	{24, "24 a form of another site is not taken", func(t *testing.T, r *running) {
		s := r.joined(t)
		f := s.asking(nil).forms(t)[0]
		for _, from := range []string{"cross-site", "same-site"} {
			req, err := http.NewRequest(http.MethodPost, f.action, strings.NewReader("username=ada&password="+url.QueryEscape(adasPassword)))
			require.NoError(t, err)
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Header.Set("Sec-Fetch-Site", from)
			got := s.read(s.browser.Do(req))
			require.Equal(t, 403, got.status)
			require.Empty(t, got.header.Values("Set-Cookie"))
		}
		s.connect("ada", adasPassword, s.scopes[0]) // with Origin: null, as browsers do
	}},
	{25, "25 a name that is not known and a wrong password look alike", func(t *testing.T, r *running) {
		s := r.joined(t)
		for range 5 {
			a := s.signIn(s.asking(nil), "ada", "wrong")
			b := s.signIn(s.asking(nil), "nobody", "wrong")
			require.Equal(t, a.status, b.status)
			require.Equal(t, string(a.body), string(b.body))
			require.Empty(t, a.header.Values("Set-Cookie"))
		}
		s.connect("ada", adasPassword, s.scopes[0])
	}},
	{26, "26 cookies stay with the host, and a sign-in has its own", func(t *testing.T, r *running) {
		values := map[string]bool{}
		for range 2 {
			s := r.joined(t)
			s.browser.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
			f := form{action: r.base + "/demo/login", fields: url.Values{"username": {"ada"}, "password": {adasPassword}}}
			got := s.send(f)
			require.Equal(t, 303, got.status)
			require.Equal(t, "/demo/", got.header.Get("Location"))
			cookies := (&http.Response{Header: got.header}).Cookies()
			require.Len(t, cookies, 1)
			c := cookies[0]
			require.True(t, c.Secure && c.HttpOnly && c.Domain == "" && c.SameSite == http.SameSiteLaxMode && c.Path == "/")
			values[c.Value] = true
			require.NotContains(t, c.Value, "ada")
			for _, to := range []string{"https://evil.example/", "//evil.example/", "/\\evil.example", "/other/", "javascript:x", "/demo/..//x\t"} {
				f.fields.Set("return", to)
				require.Equal(t, "/demo/", s.send(f).header.Get("Location"), to)
			}
		}
		require.Len(t, values, 2)
	}},
}

// pageHeaders are those that every page has.
func pageHeaders(t *testing.T, page answer) {
	t.Helper()
	require.Contains(t, page.header.Get("Content-Security-Policy"), "frame-ancestors 'none'")
	require.Equal(t, "DENY", page.header.Get("X-Frame-Options"))
	require.Equal(t, "no-referrer", page.header.Get("Referrer-Policy"))
	require.Equal(t, "nosniff", page.header.Get("X-Content-Type-Options"))
	require.Equal(t, "no-store", page.header.Get("Cache-Control"))
}

// allowed returns a code and its verifier.
func (s *stranger) allowed() (code, verifier string) {
	s.t.Helper()
	verifier = randomText()
	f := s.ask("ada", adasPassword, "st", verifier, s.scopes...).forms(s.t)[0]
	f.fields.Set("decision", "allow")
	return s.told(s.send(f)).Get("code"), verifier
}

// exchanging sends a code with parameters changed.
func (s *stranger) exchanging(code, verifier string, change url.Values) answer {
	s.t.Helper()
	f := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {back}, "code_verifier": {verifier}}
	for name, values := range change {
		if f[name] = values; values == nil {
			delete(f, name)
		}
	}
	return s.post(s.token, f)
}

func (s *stranger) fails(got answer, status int, code string) {
	s.t.Helper()
	require.Equal(s.t, status, got.status, string(got.body))
	require.Equal(s.t, code, got.object(s.t)["error"])
}

var tokenDecisions = []decision{
	{27, "27 a client that is not known, or its secret", func(t *testing.T, r *running) {
		s := r.joined(t)
		code, verifier := s.allowed()
		good := s.secret
		s.secret = "wrong"
		got := s.exchanging(code, verifier, nil)
		s.fails(got, 401, "invalid_client")
		require.Contains(t, got.header.Get("WWW-Authenticate"), "Basic")
		s.secret = good
		require.Equal(t, 200, s.exchanging(code, verifier, nil).status)
	}},
	{28, "28 a failed exchange does not use up the code", func(t *testing.T, r *running) {
		s, other := r.joined(t), r.joined(t)
		code, verifier := s.allowed()
		s.fails(s.exchanging(code, randomText(), nil), 400, "invalid_grant")
		s.fails(s.exchanging(code, verifier, url.Values{"redirect_uri": {back + "/"}}), 400, "invalid_grant")
		s.fails(s.exchanging(code, verifier, url.Values{"code": {code, code}}), 400, "invalid_request")
		other.fails(other.exchanging(code, verifier, nil), 400, "invalid_grant")
		require.Equal(t, 200, s.exchanging(code, verifier, nil).status)
	}},
	{29, "29 a verifier has its form, even where its hash fits", func(t *testing.T, r *running) {
		s := r.joined(t)
		for _, verifier := range []string{"short", strings.Repeat("a", 129), strings.Repeat("a", 42) + "=", strings.Repeat("ä", 43)} {
			f := s.ask("ada", adasPassword, "st", verifier, s.scopes[0]).forms(t)[0]
			f.fields.Set("decision", "allow")
			code := s.told(s.send(f)).Get("code")
			require.Equal(t, 400, s.exchanging(code, verifier, nil).status)
		}
	}},
	{30, "30 a code is for a minute or two", func(t *testing.T, r *running) {
		require.Equal(t, 200, func() int { s := r.joined(t); c, v := s.allowed(); return s.exchanging(c, v, nil).status }())
	}},
	{31, "31 a code that comes twice ends what it led to", func(t *testing.T, r *running) {
		s := r.joined(t)
		code, verifier := s.allowed()
		s.take(s.exchanging(code, verifier, nil))
		require.Equal(t, 200, s.refreshed().status)
		s.fails(s.exchanging(code, verifier, nil), 400, "invalid_grant")
		require.Equal(t, 401, s.call("GET", "/credentials", nil, "").status)
		s.fails(s.refreshed(), 400, "invalid_grant")
	}},
	{32, "32 the scope of a token request", func(t *testing.T, r *running) {
		s := r.joined(t)
		code, verifier := s.allowed()
		got := s.exchanging(code, verifier, nil)
		require.ElementsMatch(t, s.scopes, strings.Fields(got.object(t)["scope"].(string)), "as approved")
	}},
	{33, "33 an old refresh token is taken once more, for a moment", func(t *testing.T, r *running) {
		s, twin := r.connected(t, badgesAt), r.connected(t, badgesAt)
		old := s.renew
		require.Equal(t, 200, s.refreshed().status)
		s.renew = old
		require.Equal(t, 200, s.refreshed().status)
		require.Equal(t, 200, twin.refreshed().status)
	}},
	{34, "34 a refresh cannot widen the scope", func(t *testing.T, r *running) {
		s := r.joined(t)
		s.connect("ada", adasPassword, s.scopes[0])
		s.fails(s.post(s.refresh, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {s.renew}, "scope": {strings.Join(s.scopes, " ")}}),
			400, "invalid_scope")
	}},
	{35, "35 who did not register for it gets no refresh token", func(t *testing.T, r *running) {
		s := r.known(t)
		got := s.registering(map[string]any{"grant_types": []string{"authorization_code"}}).object(t)
		s.id, s.secret = got["client_id"].(string), got["client_secret"].(string)
		code, verifier := s.allowed()
		require.NotContains(t, s.exchanging(code, verifier, nil).object(t), "refresh_token")
	}},
	{36, "36 revocation", func(t *testing.T, r *running) {
		s, other := r.connected(t, badgesAt), r.connected(t, badgesAt)
		access, renew := s.access, s.renew
		got := other.post(other.revoke, url.Values{"token": {access}})
		require.True(t, got.status == 200 || got.status >= 400 && got.status < 500)
		require.Equal(t, 200, s.call("GET", "/credentials", nil, "").status, "a foreign token is not revoked")
		require.Equal(t, 200, s.post(s.revoke, url.Values{"token": {"unknown"}}).status)
		require.Equal(t, 200, s.post(s.revoke, url.Values{"token": {renew}, "token_type_hint": {"access_token"}}).status)
		require.Equal(t, 401, s.call("GET", "/credentials", nil, "").status, "it ends the access too")
	}},
	{37, "37 how long an access token lives", func(t *testing.T, r *running) {
		s := r.joined(t)
		code, verifier := s.allowed()
		life := s.exchanging(code, verifier, nil).object(t)["expires_in"].(float64)
		require.True(t, life >= 60 && life <= 86400)
	}},
	{66, "66 the page of connected applications", func(t *testing.T, r *running) {
		s := r.connected(t, badgesAt)
		page := s.signIn(s.read(s.browser.Get(r.base+"/demo/connections")), "ada", adasPassword)
		require.Equal(t, 200, page.status)
		fresh := r.known(t)
		page = fresh.signIn(fresh.read(fresh.browser.Get(r.base+"/demo/connections")), "ada", adasPassword)
		require.Contains(t, string(page.body), "A stranger")
		ended := 0
		for _, f := range page.forms(t) {
			if f.fields.Get("client") == s.id {
				require.Contains(t, f.text, `name="revoke"`)
				f.fields.Set("revoke", "revoke")
				require.Equal(t, 200, fresh.send(f).status)
				ended++
			}
		}
		require.Equal(t, 1, ended)
		require.Equal(t, 401, s.call("GET", "/credentials", nil, "").status)
	}},
}
