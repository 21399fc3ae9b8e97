package oauthsrv_test

import (
	"flag"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write testdata anew")

var drawn = regexp.MustCompile(`(nonce=|value=)"[A-Za-z0-9_-]{22,43}"`)

// golden holds a page, without what is drawn for it and without its style, against a file.
func golden(t *testing.T, name, page string) {
	t.Helper()
	from, to := strings.Index(page, "<style"), strings.Index(page, "</style>")
	require.Positive(t, from)
	got := drawn.ReplaceAllString(page[:from]+page[to+len("</style>"):], `$1"…"`)
	want, err := os.ReadFile("testdata/" + name)
	if *update {
		require.NoError(t, os.WriteFile("testdata/"+name, []byte(got), 0o644))
		return
	}
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// 1: a client may call itself anything. What the page shows largest is where the answer goes.
func TestConsentShowsTheHost(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", map[string]any{"client_name": "PayPal"})
	resp := w.at("ada").get("/demo/oauth/authorize", a.query(nil))
	page := body(t, resp)
	require.Contains(t, page, `<h1><span class="host">app.example</span>`)
	require.Contains(t, page, `calls itself <q><bdi>PayPal</bdi></q>`)
	require.Contains(t, page, "It is not reviewed by Example Backpack.")
	require.NotContains(t, page, "Put credentials", "a scope that was not asked for")
	sizes := regexp.MustCompile(`font-size: (?:clamp\()?([\d.]+)rem`)
	largest := page[strings.Index(page, "h1 .host"):]
	host := sizes.FindStringSubmatch(largest)[1]
	for _, m := range sizes.FindAllStringSubmatch(page, -1) {
		require.LessOrEqual(t, m[1], host, "nothing is larger than the host")
	}
	golden(t, "consent.html", page)
}

// 2: nothing that a client names is fetched, by the server or by the page.
func TestNothingOfAClientIsFetched(t *testing.T) {
	var asked atomic.Int32
	site := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer site.Close()
	w := newWorld(t)
	a := w.app("demo", map[string]any{
		"client_uri": site.URL, "logo_uri": site.URL + "/logo.png", "tos_uri": site.URL + "/terms", "policy_uri": site.URL + "/privacy",
		"redirect_uris": []string{site.URL + "/back"},
	})
	resp := w.at("ada").get("/demo/oauth/authorize", a.query(url.Values{"redirect_uri": {site.URL + "/back"}}))
	page := body(t, resp)
	require.Equal(t, http.StatusOK, resp.StatusCode)
	require.NotContains(t, page, "logo.png")
	require.NotContains(t, page, "<img")
	require.Contains(t, resp.Header.Get("Content-Security-Policy"), "default-src 'none'")
	require.Contains(t, resp.Header.Get("Content-Security-Policy"), "img-src 'self' data:;")
	require.Zero(t, asked.Load())
}

// 6: an answer counts that this person gave on this page in this browser.
func TestForgedConsent(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	ada, eve := w.at("ada"), w.at("eve")
	allowed := func(change func(form url.Values)) url.Values {
		form := a.ask(ada, nil)
		form.Set("decision", "allow")
		change(form)
		return form
	}
	evil := a.ask(eve, nil)
	forged := func(why string, b *visitor, form url.Values, headers ...string) {
		t.Helper()
		r := formRequest("/demo/oauth/consent", form)
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		resp := b.do(r)
		require.Contains(t, []int{http.StatusForbidden, http.StatusBadRequest}, resp.StatusCode, why)
		require.Empty(t, resp.Header.Get("Location"), why)
		page := body(t, resp)
		require.NotContains(t, page, "app.example", why)
	}
	none := func(url.Values) {}
	forged("no token", ada, allowed(func(f url.Values) { f.Del("token") }))
	forged("a token of another", ada, allowed(func(f url.Values) { f.Set("token", evil.Get("token")) }))
	forged("a page of another", ada, allowed(func(f url.Values) { f.Set("request", evil.Get("request")) }))
	forged("from another site", ada, allowed(none), "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example")
	forged("from a sister site", ada, allowed(none), "Sec-Fetch-Site", "same-site")
	forged("no such page", ada, allowed(func(f url.Values) { f.Set("request", strings.Repeat("A", 43)) }))
	forged("no decision", ada, allowed(func(f url.Values) { f.Del("decision") }))
	forged("two decisions", ada, allowed(func(f url.Values) { f.Add("decision", "deny") }))
	forged("anything twice", ada, allowed(func(f url.Values) { f["x"] = []string{"1", "2"} }))
	forged("nobody is signed in", w.at(""), allowed(none))
	forged("another browser", w.at("ada"), allowed(none))
	good := allowed(none)
	forged("another person", &visitor{w, map[string]string{"login": "eve.1", "__Host-oauth-form": ada.cookies["__Host-oauth-form"]}}, good)
	forged("another session", &visitor{w, map[string]string{"login": "ada.2", "__Host-oauth-form": ada.cookies["__Host-oauth-form"]}}, good)
	require.NotEmpty(t, answered(t, ada.post("/demo/oauth/consent", good)).Get("code"), "the control")
	forged("once more", ada, good)
}

// 6: what a form says besides changes nothing.
func TestHiddenFieldsAreNotTrusted(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	ada := w.at("ada")
	form := a.ask(ada, nil)
	for name, value := range map[string]string{
		"decision": "allow", "redirect_uri": "https://evil.example/", "client_id": "x", "scope": upsert, "state": "x", "code_challenge": "x",
		"subject": "eve",
	} {
		form.Set(name, value)
	}
	q := answered(t, ada.post("/demo/oauth/consent", form))
	require.Equal(t, []string{read + " offline_access"}, q["scope"])
	require.Equal(t, []string{"st/a=te &1"}, q["state"])
	got := a.exchange(q.Get("code"), nil)
	access, err := w.access("demo", got.Access)
	require.NoError(t, err)
	require.Equal(t, "ada", access.Subject)
	require.False(t, access.Permits(upsert))
}

// 7, 8, 17, 20: headers of every answer, whatever it is.
func TestHeaders(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	ada := w.at("ada")
	form := a.ask(ada, nil)
	form.Set("decision", "deny")
	withOrigin := func(r *http.Request) *http.Response {
		r.Header.Set("Origin", "https://evil.example")
		return ada.do(r)
	}
	pages := map[string]*http.Response{
		"consent":     ada.get("/demo/oauth/authorize", a.query(nil)),
		"error":       ada.get("/demo/oauth/authorize", nil),
		"connections": ada.get("/demo/connections", nil),
	}
	all := map[string]*http.Response{
		"to login": w.at("").get("/demo/oauth/authorize", a.query(nil)), "refusal": ada.get("/demo/oauth/authorize", a.query(url.Values{"scope": nil})),
		"denied": ada.post("/demo/oauth/consent", form), "registration": w.register("demo", nil), "refused": w.register("demo", map[string]any{"scope": "x"}),
		"token":   withOrigin(formRequest("/demo/oauth/token", nil)),
		"options": withOrigin(httptest.NewRequest(http.MethodOptions, "https://"+host+"/demo/oauth/authorize", nil)),
		"nothing": withOrigin(httptest.NewRequest(http.MethodGet, "https://"+host+"/demo/x", nil)),
		"foreign": withOrigin(httptest.NewRequest(http.MethodGet, "https://evil.example/demo/oauth/authorize", nil)),
		"meta":    withOrigin(httptest.NewRequest(http.MethodGet, "https://"+host+"/.well-known/oauth-authorization-server/demo", nil)),
	}
	for name, resp := range pages {
		all[name] = resp
		require.Contains(t, resp.Header.Get("Content-Type"), "text/html", name)
		require.Regexp(t, `style-src 'nonce-[A-Za-z0-9_-]{22}'`, resp.Header.Get("Content-Security-Policy"), name)
		require.NotContains(t, resp.Header.Get("Content-Security-Policy"), "unsafe", name)
		require.NotContains(t, resp.Header.Get("Content-Security-Policy"), "script-src", name)
	}
	for name, resp := range all {
		require.Equal(t, "DENY", resp.Header.Get("X-Frame-Options"), name)
		require.Equal(t, "no-referrer", resp.Header.Get("Referrer-Policy"), name)
		require.Equal(t, "nosniff", resp.Header.Get("X-Content-Type-Options"), name)
		if name == "meta" {
			require.Equal(t, "max-age=300", resp.Header.Get("Cache-Control"))
		} else {
			require.Equal(t, "no-store", resp.Header.Get("Cache-Control"), name)
		}
		require.Contains(t, resp.Header.Get("Content-Security-Policy"), "default-src 'none'; base-uri 'none'; frame-ancestors 'none'", name)
		require.Empty(t, resp.Header.Get("Access-Control-Allow-Origin"), name)
	}
	// Chromium holds the redirect to the client, and those of the client, against form-action.
	require.NotContains(t, pages["consent"].Header.Get("Content-Security-Policy"), "form-action")
	require.Contains(t, pages["connections"].Header.Get("Content-Security-Policy"), "form-action 'self'")
}

// 8: no text of a client becomes markup, in any place where one stands.
func TestTextsOfAClientAreTexts(t *testing.T) {
	for _, name := range []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</q></bdi><h1>bank.example</h1>`, `{{.Token}}`, `&lt;b&gt;`,
		"\u202emoc.knab", "a\x00b", "two\nlines",
	} {
		w := newWorld(t)
		resp := w.register("demo", map[string]any{"client_name": name})
		if strings.ContainsAny(name, "\u202e\x00\n") {
			require.Equal(t, http.StatusBadRequest, resp.StatusCode, name)
			continue
		}
		a := w.app("demo", map[string]any{"client_name": name})
		ada := w.at("ada")
		page := body(t, ada.get("/demo/oauth/authorize", a.query(nil)))
		require.Equal(t, 1, strings.Count(page, "<h1>"), name)
		require.NotContains(t, page, "<script", name)
		require.NotContains(t, page, "<img", name)
		require.Contains(t, page, "calls itself <q><bdi>"+escaped(name)+"</bdi></q>", name)
		a.exchange(a.allow(ada, nil), nil)
		page = body(t, ada.get("/demo/connections", nil))
		require.Contains(t, page, "Calls itself <q><bdi>"+escaped(name)+"</bdi></q>", name)
	}
}

func escaped(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;").Replace(text)
}

// 15 and 16: a person is asked each time, and a GET never gives a code, whatever was
// allowed before.
func TestConsentEachTime(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	ada := w.at("ada")
	for range 3 {
		resp := ada.get("/demo/oauth/authorize", a.query(nil))
		require.Equal(t, http.StatusOK, resp.StatusCode)
		require.Empty(t, resp.Header.Get("Location"))
		require.Equal(t, http.StatusOK, a.exchange(a.allow(ada, nil), nil).status)
	}
	form := a.ask(ada, nil)
	form.Set("decision", "allow")
	resp := ada.get("/demo/oauth/consent", form)
	require.Equal(t, http.StatusMethodNotAllowed, resp.StatusCode)
	require.Equal(t, "POST", resp.Header.Get("Allow"))
}

func TestDeny(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	ada := w.at("ada")
	form := a.ask(ada, nil)
	form.Set("decision", "deny")
	require.Equal(t, url.Values{
		"error": {"access_denied"}, "error_description": {"The person did not allow it."}, "state": {"st/a=te &1"}, "from": {"hub"},
		"iss": {"https://hub.example/demo"},
	}, answered(t, ada.post("/demo/oauth/consent", form)))
}

// A consent page that was open for too long is answered no more.
func TestConsentEnds(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	ada := w.at("ada")
	form := a.ask(ada, nil)
	form.Set("decision", "allow")
	w.wait(10*time.Minute - time.Second)
	early := a.ask(ada, nil)
	w.wait(time.Second)
	require.Equal(t, http.StatusBadRequest, ada.post("/demo/oauth/consent", form).StatusCode)
	early.Set("decision", "allow")
	require.NotEmpty(t, answered(t, ada.post("/demo/oauth/consent", early)).Get("code"))
}

// 18: no URL is made of what a request says of its host.
func TestForgedHost(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	for _, forged := range []string{"evil.example", "hub.example.evil.example", "hub.example:8443", ""} {
		r := httptest.NewRequest(http.MethodGet, "/demo/oauth/authorize?"+a.query(nil).Encode(), nil)
		r.Host = forged
		resp := w.do(r)
		require.Equal(t, http.StatusMisdirectedRequest, resp.StatusCode, forged)
		require.Contains(t, body(t, resp), `"misdirected_request"`)
	}
	for _, own := range []string{"hub.example", "HUB.example", "hub.example:443"} {
		r := httptest.NewRequest(http.MethodGet, "/.well-known/oauth-authorization-server/demo", nil)
		r.Host = own
		r.Header.Set("X-Forwarded-Host", "evil.example")
		r.Header.Set("Forwarded", "host=evil.example")
		resp := w.do(r)
		require.Equal(t, http.StatusOK, resp.StatusCode, own)
		require.NotContains(t, body(t, resp), "evil.example")
	}
}

// 21: PKCE does not stop a client that registered in order to steal. A person can.
func TestConnections(t *testing.T) {
	w := newWorld(t)
	a := w.app("demo", nil)
	b := w.app("demo", map[string]any{"client_name": "Other", "scope": upsert})
	ada, bob := w.at("ada"), w.at("bob")
	first := a.connect("ada")
	w.wait(time.Minute)
	second := a.connect("ada")
	w.wait(time.Minute)
	other := b.exchange(b.allow(ada, url.Values{"scope": {upsert}}), nil)
	bobs := a.connect("bob")
	w.wait(48 * time.Hour)
	fresh := a.refresh(second.Refresh)
	page := body(t, ada.get("/demo/connections", nil))
	golden(t, "connections.html", page)
	require.Equal(t, 2, strings.Count(page, `name="revoke"`), "one form an application")

	form := url.Values{"client": {a.id}, "revoke": {"revoke"}, "token": fields(page)["token"]}
	refused := func(why string, b *visitor, form url.Values) {
		t.Helper()
		require.Contains(t, []int{400, 403}, b.post("/demo/connections", form).StatusCode, why)
		w.permits("demo", fresh.Access)
	}
	refused("another's token", bob, form)
	refused("no token", ada, url.Values{"client": {a.id}, "revoke": {"revoke"}})
	refused("not revoke", ada, url.Values{"client": {a.id}, "token": form["token"]})
	refused("no client", ada, url.Values{"revoke": {"revoke"}, "token": form["token"]})
	resp := ada.post("/demo/connections", form)
	require.Equal(t, http.StatusSeeOther, resp.StatusCode)
	require.Equal(t, "https://hub.example/demo/connections?revoked", resp.Header.Get("Location"))
	w.rejects("demo", fresh.Access)
	require.Equal(t, "invalid_grant", a.refresh(first.Refresh).Error, "all that it was allowed")
	require.Equal(t, http.StatusOK, a.refresh(bobs.Refresh).status, "another person's stays")
	require.Equal(t, http.StatusOK, b.refresh(other.Refresh).status, "another application's stays")

	r := httptest.NewRequest(http.MethodGet, "https://"+host+"/demo/connections?revoked", nil)
	page = body(t, ada.do(r))
	require.Contains(t, page, "Access was withdrawn.")
	require.Contains(t, page, "Other")
	require.NotContains(t, page, "Wallet")
	require.Equal(t, "/demo/login?return=%2Fdemo%2Fconnections", w.at("").do(
		httptest.NewRequest(http.MethodGet, "https://"+host+"/demo/connections", nil)).Header.Get("Location"))
}
