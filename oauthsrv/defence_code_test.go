package oauthsrv_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/stretchr/testify/require"
)

// 4: before client and redirect URI are known to belong together nobody is sent anywhere.
func TestNoOpenRedirect(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	for why, change := range map[string]url.Values{
		"no client":            {"client_id": nil},
		"unknown client":       {"client_id": {strings.Repeat("A", 22)}},
		"a client by SQL":      {"client_id": {"' OR 1=1 --\x00"}},
		"two clients":          {"client_id": {a.id, a.id}},
		"no URI":               {"redirect_uri": nil},
		"empty URI":            {"redirect_uri": {""}},
		"two URIs":             {"redirect_uri": {back, "https://evil.example/"}},
		"another host":         {"redirect_uri": {"https://evil.example/back?from=hub"}},
		"a longer path":        {"redirect_uri": {"https://app.example/back/x?from=hub"}},
		"a longer query":       {"redirect_uri": {back + "&x=1"}},
		"no query":             {"redirect_uri": {"https://app.example/back"}},
		"a fragment":           {"redirect_uri": {back + "#x"}},
		"another case":         {"redirect_uri": {"https://APP.example/back?from=hub"}},
		"a port":               {"redirect_uri": {"https://app.example:443/back?from=hub"}},
		"escaped":              {"redirect_uri": {"https://app.example/%62ack?from=hub"}},
		"dots":                 {"redirect_uri": {"https://app.example/x/../back?from=hub"}},
		"a user":               {"redirect_uri": {"https://app.example@evil.example/back?from=hub"}},
		"javascript":           {"redirect_uri": {"javascript:alert(1)"}},
		"plain http":           {"redirect_uri": {"http://app.example/back?from=hub"}},
		"with a blank":         {"redirect_uri": {" " + back}},
		"a client of a tenant": {"client_id": {w.app("other", nil).id}},
	} {
		resp := w.at("ada").get("/demo/oauth/authorize", a.query(change))
		require.Equal(t, http.StatusBadRequest, resp.StatusCode, why)
		require.Empty(t, resp.Header.Get("Location"), why)
		page := body(t, resp)
		require.NotContains(t, page, "evil.example", why)
		require.NotContains(t, page, "app.example", why)
		require.Contains(t, page, "<h1>", why)
	}
	for _, raw := range []string{"client_id=%zz", "client_id=" + strings.Repeat("a", 20<<10), "client_id=%ff"} {
		resp := w.do(httptest.NewRequest(http.MethodGet, "https://"+host+"/demo/oauth/authorize?"+raw, nil))
		require.Equal(t, http.StatusBadRequest, resp.StatusCode)
	}
}

// 5, 8, 19: what is wrong otherwise goes to the client, in characters that nobody reads as
// something else.
func TestRefusedRequests(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	long := strings.Repeat("a", 129)
	for why, c := range map[string]struct {
		change url.Values
		code   string
	}{
		"no response type":       {url.Values{"response_type": nil}, "invalid_request"},
		"implicit":               {url.Values{"response_type": {"token"}}, "unsupported_response_type"},
		"hybrid":                 {url.Values{"response_type": {"code token"}}, "unsupported_response_type"},
		"a fragment":             {url.Values{"response_mode": {"fragment"}}, "invalid_request"},
		"no state":               {url.Values{"state": nil}, "invalid_request"},
		"a state of two lines":   {url.Values{"state": {"a\r\nb"}}, "invalid_request"},
		"no challenge":           {url.Values{"code_challenge": nil}, "invalid_request"},
		"no method":              {url.Values{"code_challenge_method": nil}, "invalid_request"},
		"plain":                  {url.Values{"code_challenge_method": {"plain"}, "code_challenge": {verifier}}, "invalid_request"},
		"a short challenge":      {url.Values{"code_challenge": {challenge(verifier)[1:]}}, "invalid_request"},
		"a long challenge":       {url.Values{"code_challenge": {long}}, "invalid_request"},
		"a challenge in base64":  {url.Values{"code_challenge": {strings.Repeat("+", 43)}}, "invalid_request"},
		"no scope":               {url.Values{"scope": nil}, "invalid_scope"},
		"an unknown scope":       {url.Values{"scope": {"admin"}}, "invalid_scope"},
		"a scope not registered": {url.Values{"scope": {profile}}, "invalid_scope"},
		"a scope for nothing":    {url.Values{"scope": {"offline_access"}}, "invalid_scope"},
		"a request object":       {url.Values{"request": {"x"}}, "request_not_supported"},
		"a request by reference": {url.Values{"request_uri": {"https://evil.example"}}, "request_uri_not_supported"},
		"two scopes":             {url.Values{"scope": {read, upsert}}, "invalid_request"},
		"two challenges":         {url.Values{"code_challenge": {challenge(verifier), challenge("x")}}, "invalid_request"},
		"two states":             {url.Values{"state": {"a", "b"}}, "invalid_request"},
		"two of anything":        {url.Values{"nonce": {"a", "b"}}, "invalid_request"},
	} {
		for _, person := range []string{"ada", ""} { // nobody signs in for nothing
			resp := w.at(person).get("/demo/oauth/authorize", a.query(c.change))
			q := answered(t, resp)
			require.Equal(t, c.code, q.Get("error"), why)
			require.Empty(t, q.Get("code"), why)
			require.Equal(t, "https://hub.example/demo", q.Get("iss"), why)
			require.Regexp(t, `^[\x20\x21\x23-\x5B\x5D-\x7E]+$`, q.Get("error_description"), why)
			if _, about := c.change["state"]; !about {
				require.Equal(t, "st/a=te &1", q.Get("state"), why)
			} else {
				require.Empty(t, q["state"], why)
			}
		}
	}
}

// 9: the answer names who gives it, so that a client of several servers is not led to give
// the code of one to another.
func TestAnswersNameTheirIssuer(t *testing.T) {
	w := newWorld(t)
	for _, tenant := range []string{"demo", "other"} {
		a := w.app(tenant, nil)
		ada := w.at("ada")
		form := a.ask(ada, nil)
		form.Set("decision", "allow")
		q := answered(t, ada.post("/"+tenant+"/oauth/consent", form))
		require.Equal(t, []string{"https://hub.example/" + tenant}, q["iss"])
		require.Equal(t, []string{"st/a=te &1"}, q["state"])
		require.Len(t, q.Get("code"), 43)
	}
}

// 5 and 10: a code is for one client, URI, verifier and tenant, once, and not for long. What
// fails does not use it up.
func TestExchangeRefuses(t *testing.T) {
	w := newWorld(t)
	a, b := w.app("demo", nil), w.app("demo", nil)
	code := a.allow(w.at("ada"), nil)
	for why, c := range map[string]struct {
		change url.Values
		code   string
	}{
		"no code":              {url.Values{"code": nil}, "invalid_request"},
		"no URI":               {url.Values{"redirect_uri": nil}, "invalid_request"},
		"no verifier":          {url.Values{"code_verifier": nil}, "invalid_request"},
		"another code":         {url.Values{"code": {strings.Repeat("A", 43)}}, "invalid_grant"},
		"another own URI":      {url.Values{"redirect_uri": {"https://APP.example:8443/other"}}, "invalid_grant"},
		"another verifier":     {url.Values{"code_verifier": {verifier + "x"}}, "invalid_grant"},
		"the challenge itself": {url.Values{"code_verifier": {challenge(verifier)}}, "invalid_grant"},
		"two codes":            {url.Values{"code": {code, code}}, "invalid_request"},
		"two verifiers":        {url.Values{"code_verifier": {verifier, verifier}}, "invalid_request"},
		"a wider scope":        {url.Values{"scope": {read + " " + upsert}}, "invalid_scope"},
		"a scope of nothing":   {url.Values{"scope": {"offline_access"}}, "invalid_scope"},
		"no grant type":        {url.Values{"grant_type": nil}, "invalid_request"},
		"client credentials":   {url.Values{"grant_type": {"client_credentials"}}, "unsupported_grant_type"},
		"as a refresh token":   {url.Values{"grant_type": {"refresh_token"}, "refresh_token": {code}}, "invalid_grant"},
	} {
		got := a.exchange(code, c.change)
		require.Equal(t, http.StatusBadRequest, got.status, why)
		require.Equal(t, c.code, got.Error, why)
	}
	require.Equal(t, "invalid_grant", b.exchange(code, nil).Error, "another client")
	require.Equal(t, "invalid_client", (&app{w, "demo", a.id, b.secret}).exchange(code, nil).Error)
	require.Equal(t, "invalid_client", (&app{w, "other", a.id, a.secret}).exchange(code, nil).Error)
	w.wait(time.Minute - time.Second)
	late := a.allow(w.at("ada"), nil)
	require.Equal(t, http.StatusOK, a.exchange(code, nil).status, "nothing has used it up")
	w.wait(time.Minute)
	require.Equal(t, "invalid_grant", a.exchange(late, nil).Error, "its time is over")
}

// A verifier has the form of RFC 7636, 4.1, even where its hash fits.
func TestVerifierForm(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	for v, want := range map[string]int{
		strings.Repeat("a", 42): 400, strings.Repeat("a", 43): 200, strings.Repeat("~", 128): 200, strings.Repeat("a", 129): 400,
		strings.Repeat("a", 50) + "+": 400, strings.Repeat("a", 50) + "=": 400, strings.Repeat("ä", 30): 400,
	} {
		code := a.allow(w.at("ada"), url.Values{"code_challenge": {challenge(v)}})
		require.Equal(t, want, a.exchange(code, url.Values{"code_verifier": {v}}).status, v)
	}
}

// 10: a code that comes twice was stolen, and all that came of it ends.
func TestCodeTwice(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	ada := w.at("ada")
	code := a.allow(ada, nil)
	first, other := a.exchange(code, nil), a.connect("ada")
	next := a.refresh(first.Refresh)
	w.permits("demo", next.Access)
	w.wait(2 * time.Minute)
	require.Equal(t, "invalid_grant", a.exchange(code, nil).Error)
	w.rejects("demo", first.Access, next.Access)
	require.Equal(t, "invalid_grant", a.refresh(next.Refresh).Error)
	w.permits("demo", other.Access)
	require.Contains(t, w.log.String(), "code came again")
}

// meeting lets so many callers read a request before any of them goes on.
type meeting struct {
	oauthsrv.Store
	all sync.WaitGroup
}

func (m *meeting) Request(ctx context.Context, tenant string, code oauthsrv.Hash) (oauthsrv.Request, error) {
	r, err := m.Store.Request(ctx, tenant, code)
	if r.Stage == oauthsrv.StageApproved {
		m.all.Done()
		m.all.Wait()
	}
	return r, err
}

// 10: of many exchanges at a time one wins.
func TestConcurrentExchange(t *testing.T) {
	store := &meeting{Store: &oauthsrv.MemoryStore{}}
	w := newWorld(t, func(c *oauthsrv.Config) { c.Store, c.Log = store, nil })
	a := w.app("demo", nil)
	code := a.allow(w.at("ada"), nil)
	var wg sync.WaitGroup
	got := make([]tokens, 16)
	store.all.Add(len(got))
	for i := range got {
		wg.Go(func() { got[i] = a.exchange(code, nil) })
	}
	wg.Wait()
	won := 0
	for _, one := range got {
		if one.status == http.StatusOK {
			won++
			continue
		}
		require.Equal(t, "invalid_grant", one.Error)
	}
	require.Equal(t, 1, won)
}

// 10: a refresh token is replaced when it is used. Answers get lost, so it is taken again
// for a moment; after that somebody has stolen it.
func TestRefreshAgain(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	first, other := a.connect("ada"), a.connect("ada")
	next := a.refresh(first.Refresh)
	require.NotEqual(t, first.Refresh, next.Refresh)
	w.wait(30 * time.Second)
	again := a.refresh(first.Refresh)
	require.Equal(t, http.StatusOK, again.status)
	w.permits("demo", next.Access)
	w.permits("demo", again.Access)
	w.wait(time.Microsecond)
	require.Equal(t, "invalid_grant", a.refresh(first.Refresh).Error)
	w.rejects("demo", first.Access, next.Access, again.Access)
	require.Equal(t, "invalid_grant", a.refresh(next.Refresh).Error)
	w.permits("demo", other.Access)
	require.Contains(t, w.log.String(), "refresh token came again")
}

// A thief who is as fast as the client has a token of his own, and is found out when the
// second of them comes with it.
func TestThiefWithinTheGrace(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	first := a.connect("ada")
	client, thief := a.refresh(first.Refresh), a.refresh(first.Refresh)
	require.Equal(t, http.StatusOK, thief.status)
	w.wait(time.Hour)
	thief = a.refresh(thief.Refresh)
	require.Equal(t, http.StatusOK, thief.status)
	w.wait(time.Hour)
	require.Equal(t, "invalid_grant", a.refresh(client.Refresh).Error)
	w.rejects("demo", thief.Access)
	require.Equal(t, "invalid_grant", a.refresh(thief.Refresh).Error)
}

// Two workers who share a token, and refresh at the same moment each time, go on.
func TestTwoWorkers(t *testing.T) {
	w := newWorld(t, func(c *oauthsrv.Config) { c.Log = nil })
	a := w.app("demo", nil)
	first := a.connect("ada")
	got := []tokens{first, first}
	for range 5 {
		w.wait(time.Hour)
		var wg sync.WaitGroup
		for i := range got {
			wg.Go(func() { got[i] = a.refresh(got[i].Refresh) })
		}
		wg.Wait()
		for _, one := range got {
			require.Equal(t, http.StatusOK, one.status, one.Error)
			w.permits("demo", one.Access)
		}
	}
}

// 11: whoever reads the store can do nothing with it.
func TestStoreHoldsHashesAlone(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	ada := w.at("ada")
	form := a.ask(ada, nil)
	code := a.allow(ada, nil)
	got := a.exchange(code, nil)
	next := a.refresh(got.Refresh)
	dump := fmt.Sprintf("%+v", w.store)
	require.Contains(t, dump, a.id, "the control")
	for _, secret := range []string{a.secret, form.Get("request"), form.Get("token"), ada.cookies["__Host-oauth-form"], code,
		got.Access, got.Refresh, next.Access, next.Refresh, verifier} {
		require.Greater(t, len(secret), 16)
		require.NotContains(t, dump, secret)
		require.NotContains(t, dump, strings.Trim(fmt.Sprint([]byte(secret)[:16]), "[]"), "as bytes, which a dump has as numbers")
	}
}

// 12: secrets are looked up by their hash, or compared in constant time.
func TestSecretsAreComparedInConstantTime(t *testing.T) {
	for file, what := range map[string]string{
		"clientauth.go": "subtle.ConstantTimeCompare(client.Secret[:]", "form.go": `subtle.ConstantTimeCompare([]byte(form.get("token"))`,
		"token_code.go": "subtle.ConstantTimeCompare([]byte(base64",
	} {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Contains(t, string(text), what, file)
	}
}

// 13: nothing of one tenant is anything to another.
func TestTenants(t *testing.T) {
	w := newWorld(t)
	a, b := w.app("demo", nil), w.app("other", nil)
	ada := w.at("ada")
	got := a.connect("ada")
	w.permits("demo", got.Access)
	w.rejects("other", got.Access)
	there := func(form url.Values) tokens { return b.post("/oauth/token", form) }
	require.Equal(t, "invalid_grant", there(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {got.Refresh}}).Error)
	code := a.allow(ada, nil)
	require.Equal(t, "invalid_grant", b.exchange(code, nil).Error)
	require.Equal(t, "invalid_client", (&app{w, "other", a.id, a.secret}).refresh(got.Refresh).Error)
	require.Equal(t, http.StatusOK, b.post("/oauth/revoke", url.Values{"token": {got.Refresh}}).status)
	w.permits("demo", got.Access)
	form := a.ask(ada, nil)
	form.Set("decision", "allow")
	require.Equal(t, http.StatusForbidden, ada.post("/other/oauth/consent", form).StatusCode)
	form.Set("token", b.ask(ada, nil).Get("token"))
	require.Equal(t, http.StatusBadRequest, ada.post("/other/oauth/consent", form).StatusCode)
	require.NotContains(t, body(t, ada.get("/other/connections", nil)), "app.example")
}

// 14: what a token permits was asked for, registered, offered and approved.
func TestScopesNarrow(t *testing.T) {
	w := newWorld(t)
	all := []string{read, upsert, profile, "offline_access", "admin", "a b"}
	r := rand.New(rand.NewPCG(1, 2))
	draw := func() (some []string) {
		for _, scope := range all {
			if r.IntN(2) == 0 {
				some = append(some, strings.Fields(scope)...)
			}
		}
		return some
	}
	within := func(some, of []string) bool {
		return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(of, s) })
	}
	seen := 0
	for range 300 {
		registered, asked, exchanged, refreshed := draw(), draw(), draw(), draw()
		if !slices.Contains(registered, read) || !slices.Contains(asked, read) {
			continue
		}
		a := w.app("demo", map[string]any{"scope": strings.Join(registered, " ")})
		page := body(t, w.at("ada").get("/demo/oauth/authorize", a.query(url.Values{"scope": {strings.Join(asked, " ")}})))
		code := a.allow(w.at("ada"), url.Values{"scope": {strings.Join(asked, " ")}})
		got := a.exchange(code, url.Values{"scope": {strings.Join(exchanged, " ")}})
		if got.status != http.StatusOK {
			require.Equal(t, "invalid_scope", got.Error)
			got = a.exchange(code, nil)
		}
		next := a.refresh(got.Refresh, strings.Join(refreshed, " "))
		if next.status != http.StatusOK {
			require.Equal(t, "invalid_scope", next.Error)
			next = a.refresh(got.Refresh)
		}
		for _, answer := range []tokens{got, next} {
			scopes := strings.Fields(answer.Scope)
			require.NotEmpty(t, scopes)
			require.True(t, within(scopes, asked) && within(scopes, registered) && within(scopes, all[:4]), scopes)
			access, err := w.access("demo", answer.Access)
			require.NoError(t, err)
			require.Equal(t, scopes, access.Scopes)
		}
		require.Equal(t, slices.Contains(registered, upsert) && slices.Contains(asked, upsert), strings.Contains(page, "Put credentials"))
		seen++
	}
	require.Greater(t, seen, 30)
}

// 19: a parameter that comes twice is not read by anybody's choice.
func TestRepeatedParameters(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	got := a.connect("ada")
	require.Equal(t, "invalid_request", a.post("/oauth/token",
		url.Values{"grant_type": {"refresh_token", "refresh_token"}, "refresh_token": {got.Refresh}}).Error)
	require.Equal(t, "invalid_request", a.post("/oauth/token",
		url.Values{"grant_type": {"refresh_token"}, "refresh_token": {got.Refresh}, "x": {"1", "2"}}).Error, "whatever it is")
	require.Equal(t, "invalid_request", a.post("/oauth/revoke", url.Values{"token": {got.Refresh, got.Access}}).Error)
	w.permits("demo", got.Access)
	r := formRequest("/demo/oauth/token", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {got.Refresh}})
	r.SetBasicAuth(a.id, a.secret)
	r.Header.Add("Authorization", r.Header.Get("Authorization"))
	require.Equal(t, "invalid_request", w.tokens(r).Error)
	r = formRequest("/demo/oauth/token?refresh_token="+got.Refresh, url.Values{"grant_type": {"refresh_token"}})
	r.SetBasicAuth(a.id, a.secret)
	require.Equal(t, "invalid_request", w.tokens(r).Error, "the query is no part of a form")
}

// 20: the log tells what happened, and nothing that anybody could use.
func TestLogHasNoSecrets(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	ada := w.at("ada")
	form := a.ask(ada, nil)
	code := a.allow(ada, nil)
	got := a.exchange(code, nil)
	next := a.refresh(got.Refresh)
	a.exchange(code, nil)
	w.wait(time.Hour)
	a.refresh(got.Refresh)
	a.exchange(code, url.Values{"code_verifier": {"x"}})
	a.post("/oauth/revoke", url.Values{"token": {next.Refresh}})
	(&app{w, "demo", a.id, "wrong-secret"}).refresh(next.Refresh)
	ada.post("/demo/connections", form)
	log := w.log.String()
	basic := base64.StdEncoding.EncodeToString([]byte(a.id + ":" + a.secret))
	for _, said := range []string{"client registered", "client approved", "code came again", "refused", a.id} {
		require.Contains(t, log, said)
	}
	for _, secret := range []string{a.secret, "wrong-secret", form.Get("request"), form.Get("token"), ada.cookies["__Host-oauth-form"], code,
		got.Access, got.Refresh, next.Access, next.Refresh, verifier, basic, "st/a=te", url.QueryEscape("st/a=te"), "ada"} {
		require.NotContains(t, log, secret)
	}
}
