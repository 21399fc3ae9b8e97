package oauthsrv_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/stretchr/testify/require"
)

const (
	host     = "hub.example"
	scopeOB  = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"
	read     = scopeOB + "credential.readonly"
	upsert   = scopeOB + "credential.upsert"
	profile  = scopeOB + "profile.readonly"
	back     = "https://app.example/back?from=hub"
	verifier = "correct-horse.battery~staple_0123456789-ABCDEFG"
)

// world is a server with two tenants, and a person who may be signed in at a browser: a
// cookie "login" says who, and in which session.
type world struct {
	t      testing.TB
	server *oauthsrv.Server
	store  *oauthsrv.MemoryStore
	log    bytes.Buffer
	mu     sync.Mutex
	now    time.Time
}

// newWorld makes a world. change may change the Config.
func newWorld(t testing.TB, change ...func(*oauthsrv.Config)) *world {
	w := &world{t: t, store: &oauthsrv.MemoryStore{}, now: testkit.Now}
	c := oauthsrv.Config{
		Store: w.store, Tenant: tenantOf, Login: login, Now: w.clock, Log: slog.New(slog.NewTextHandler(&w.log, nil)),
		LoginURL: func(tenant, returnTo string) string {
			return "/" + tenant + "/login?return=" + url.QueryEscape(returnTo)
		},
	}
	for _, f := range change {
		f(&c)
	}
	var err error
	w.server, err = oauthsrv.New(c)
	require.NoError(t, err)
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) wait(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func tenantOf(r *http.Request) (oauthsrv.Tenant, error) {
	id, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if id != "demo" && id != "other" {
		return oauthsrv.Tenant{}, oauthsrv.ErrNotFound
	}
	return oauthsrv.Tenant{
		ID: id, Issuer: "https://" + host + "/" + id, Name: "Example Backpack", Terms: "https://hub.example/terms",
		Policy: "https://hub.example/privacy",
		Scopes: []oauthsrv.Scope{{read, "See the credentials in your backpack."}, {upsert, "Put credentials into your backpack."},
			{profile, "See your profile."}},
	}, nil
}

func login(r *http.Request, _ string) (oauthsrv.Person, error) {
	c, err := r.Cookie("login")
	if err != nil {
		return oauthsrv.Person{}, nil
	}
	name, session, _ := strings.Cut(c.Value, ".")
	return oauthsrv.Person{Subject: name, Name: strings.ToUpper(name[:1]) + name[1:] + " Lovelace", Session: session}, nil
}

// visitor is where a person sits.
type visitor struct {
	w       *world
	cookies map[string]string
}

func (w *world) at(person string) *visitor {
	b := &visitor{w, map[string]string{}}
	if person != "" {
		b.cookies["login"] = person + ".1"
	}
	return b
}

// do sends a request as the browser does, and keeps its cookies.
func (b *visitor) do(r *http.Request) *http.Response {
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	resp := b.w.do(r)
	for _, c := range resp.Cookies() {
		b.cookies[c.Name] = c.Value
	}
	return resp
}

func (b *visitor) get(path string, q url.Values) *http.Response {
	return b.do(httptest.NewRequest(http.MethodGet, "https://"+host+path+"?"+q.Encode(), nil))
}

func (b *visitor) post(path string, form url.Values) *http.Response {
	r := formRequest(path, form)
	r.Header.Set("Origin", "null") // what browsers say of a form on a page without referrer
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.do(r)
}

func formRequest(path string, form url.Values) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "https://"+host+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func (w *world) do(r *http.Request) *http.Response {
	rec := httptest.NewRecorder()
	w.server.ServeHTTP(rec, r)
	return rec.Result()
}

func body(t testing.TB, resp *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return string(b)
}

// app is a client that has registered at a tenant.
type app struct {
	w                  *world
	tenant, id, secret string
}

// metadata is a registration that is as the standard has it.
func metadata() map[string]any {
	return map[string]any{
		"client_name": "Wallet", "client_uri": "https://app.example/", "logo_uri": "https://app.example/logo.png",
		"tos_uri": "https://app.example/terms", "policy_uri": "https://app.example/privacy",
		"software_id": "8b1f5e5c-1d8e-4d7c-a5f0-7a9d1e9b3c11", "software_version": "1.0",
		"redirect_uris": []string{back, "https://APP.example:8443/other"}, "scope": read + " " + upsert + " offline_access",
		"grant_types": []string{"authorization_code", "refresh_token"}, "response_types": []string{"code"},
		"token_endpoint_auth_method": "client_secret_basic", "contacts": []string{"admin@app.example"},
	}
}

// register posts a registration of which members are changed: nil takes one out.
func (w *world) register(tenant string, change map[string]any) *http.Response {
	m := metadata()
	for name, value := range change {
		if m[name] = value; value == nil {
			delete(m, name)
		}
	}
	text, err := json.Marshal(m)
	require.NoError(w.t, err)
	return w.registerText(tenant, string(text))
}

func (w *world) registerText(tenant, text string) *http.Response {
	r := httptest.NewRequest(http.MethodPost, "https://"+host+"/"+tenant+"/oauth/register", strings.NewReader(text))
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	return w.do(r)
}

func (w *world) app(tenant string, change map[string]any) *app {
	w.t.Helper()
	resp := w.register(tenant, change)
	var got struct {
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
	}
	text := body(w.t, resp)
	require.Equal(w.t, http.StatusCreated, resp.StatusCode, text)
	require.NoError(w.t, json.Unmarshal([]byte(text), &got))
	return &app{w, tenant, got.ID, got.Secret}
}

func challenge(verifier string) string {
	h := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(h[:])
}

// query is a good authorization request of which parameters are changed.
func (a *app) query(change url.Values) url.Values {
	q := url.Values{
		"response_type": {"code"}, "client_id": {a.id}, "redirect_uri": {back}, "scope": {read + " offline_access"}, "state": {"st/a=te &1"},
		"code_challenge": {challenge(verifier)}, "code_challenge_method": {"S256"},
	}
	for name, values := range change {
		if q[name] = values; values == nil {
			delete(q, name)
		}
	}
	return q
}

// ask opens the consent page and returns its form.
func (a *app) ask(b *visitor, change url.Values) url.Values {
	a.w.t.Helper()
	resp := b.get("/"+a.tenant+"/oauth/authorize", a.query(change))
	text := body(a.w.t, resp)
	require.Equal(a.w.t, http.StatusOK, resp.StatusCode, text)
	return fields(text)
}

var hidden = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// fields are the hidden fields of a page.
func fields(page string) url.Values {
	form := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(page, -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	return form
}

// answered is what the client is told at its redirect URI.
func answered(t testing.TB, resp *http.Response) url.Values {
	t.Helper()
	require.Equal(t, http.StatusSeeOther, resp.StatusCode)
	to, err := url.Parse(resp.Header.Get("Location"))
	require.NoError(t, err)
	require.Equal(t, "https://app.example/back", to.Scheme+"://"+to.Host+to.Path)
	q := to.Query()
	require.Equal(t, []string{"hub"}, q["from"], "the query of the redirect URI")
	return q
}

// allow has a person allow what the app asks for, and returns the code.
func (a *app) allow(b *visitor, change url.Values) string {
	a.w.t.Helper()
	form := a.ask(b, change)
	form.Set("decision", "allow")
	q := answered(a.w.t, b.post("/"+a.tenant+"/oauth/consent", form))
	require.NotEmpty(a.w.t, q.Get("code"), q)
	return q.Get("code")
}

// tokens is the answer of the token endpoint.
type tokens struct {
	status  int
	header  http.Header
	Access  string `json:"access_token"`
	Type    string `json:"token_type"`
	Expires int    `json:"expires_in"`
	Refresh string `json:"refresh_token"`
	Scope   string `json:"scope"`
	Error   string `json:"error"`
}

// post sends a form to an endpoint with the app's credentials.
func (a *app) post(path string, form url.Values) (got tokens) {
	a.w.t.Helper()
	r := formRequest("/"+a.tenant+path, form)
	r.SetBasicAuth(url.QueryEscape(a.id), url.QueryEscape(a.secret))
	return a.w.tokens(r)
}

func (w *world) tokens(r *http.Request) (got tokens) {
	w.t.Helper()
	resp := w.do(r)
	text := body(w.t, resp)
	if text != "" {
		require.NoError(w.t, json.Unmarshal([]byte(text), &got), text)
	}
	got.status, got.header = resp.StatusCode, resp.Header
	return got
}

// exchange exchanges a code, with parameters of the request changed.
func (a *app) exchange(code string, change url.Values) tokens {
	a.w.t.Helper()
	form := url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {back}, "code_verifier": {verifier},
	}
	for name, values := range change {
		if form[name] = values; values == nil {
			delete(form, name)
		}
	}
	return a.post("/oauth/token", form)
}

func (a *app) refresh(token string, scope ...string) tokens {
	a.w.t.Helper()
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}}
	if scope != nil {
		form["scope"] = scope
	}
	return a.post("/oauth/token", form)
}

// connect goes the whole way.
func (a *app) connect(person string) tokens {
	a.w.t.Helper()
	got := a.exchange(a.allow(a.w.at(person), nil), nil)
	require.Equal(a.w.t, http.StatusOK, got.status, got.Error)
	return got
}

// access asks the server as what is protected does.
func (w *world) access(tenant, token string) (oauthsrv.Access, error) {
	r := httptest.NewRequest(http.MethodGet, "https://"+host+"/"+tenant+"/ims/ob/v3p0/credentials", nil)
	r.Header.Set("Authorization", "Bearer "+token)
	return w.server.Authorize(r, tenant)
}

// permits wants a token to be good.
func (w *world) permits(tenant, token string) {
	w.t.Helper()
	_, err := w.access(tenant, token)
	require.NoError(w.t, err)
}

// rejects wants tokens not to be good.
func (w *world) rejects(tenant string, all ...string) {
	w.t.Helper()
	for _, token := range all {
		_, err := w.access(tenant, token)
		require.ErrorIs(w.t, err, oauthsrv.ErrInvalidToken)
	}
}
