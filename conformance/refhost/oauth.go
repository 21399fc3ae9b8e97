package refhost

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// client is a registered application.
type client struct {
	id, secret string
	redirects  []string
}

// code is an authorization code.
type code struct {
	client, redirect, challenge, method, scope string
	grant                                      *grant // that it gave
}

// grant is what a person allowed.
type grant struct {
	client, scope string
	access        string
	refresh       string
	dead          bool // all of it
	deadRefresh   bool
}

// draw is a text that is new each time and the same for the same seed and order.
func (h *Host) draw(kind string) string {
	h.count++
	sum := sha256.Sum256([]byte(h.world.ID("drawn", kind, h.count)))
	return kind + "-" + hex.EncodeToString(sum[:16])
}

// texts of a registration, all required and of one host (Security Framework 1.1).
var registered = []string{"client_name", "client_uri", "logo_uri", "tos_uri", "policy_uri", "software_id", "software_version", "scope"}

func (h *Host) register(w http.ResponseWriter, r *http.Request, body []byte) {
	var m map[string]any
	if r.Method != http.MethodPost || json.Unmarshal(body, &m) != nil {
		send(w, http.StatusBadRequest, map[string]string{"error": "invalid_client_metadata"})
		return
	}
	redirects, fault := readRegistration(m)
	if fault != "" && !h.has("reg-anything") {
		send(w, http.StatusBadRequest, map[string]string{"error": fault})
		return
	}
	c := &client{h.draw("client"), h.draw("secret"), redirects}
	h.clients[c.id] = c
	m["client_id"], m["client_secret"], m["client_id_issued_at"], m["client_secret_expires_at"] = c.id, c.secret, h.now().Unix(), 0
	if h.has("reg-lossy") {
		delete(m, "client_uri")
		delete(m, "logo_uri")
	}
	status := http.StatusCreated
	if h.has("reg-200") {
		status = http.StatusOK
	}
	w.Header().Set("Cache-Control", "no-store")
	send(w, status, m)
}

// readRegistration judges metadata; fault is the error that it gets.
func readRegistration(m map[string]any) (redirects []string, fault string) {
	host := ""
	same := func(text string) bool {
		u, err := url.Parse(text)
		if err != nil || u.Scheme != "https" || u.Host == "" {
			return false
		}
		if host == "" {
			host = u.Hostname()
		}
		return strings.EqualFold(host, u.Hostname())
	}
	for _, name := range registered {
		text, _ := m[name].(string)
		if text == "" || strings.HasSuffix(name, "_uri") && !same(text) {
			fault = "invalid_client_metadata"
		}
	}
	list, _ := m["redirect_uris"].([]any)
	for _, v := range list {
		text, _ := v.(string)
		if redirects = append(redirects, text); !same(text) {
			fault = "invalid_redirect_uri"
		}
	}
	if len(list) == 0 {
		fault = "invalid_redirect_uri"
	}
	return redirects, fault
}

// authorize gives a code to whoever comes: the person of this host allows everything.
func (h *Host) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	c, to := h.clients[q.Get("client_id")], q.Get("redirect_uri")
	if c == nil || !slices.Contains(c.redirects, to) && !h.has("open-redirect") {
		sendText(w, http.StatusBadRequest, "text/html; charset=utf-8", []byte("<!doctype html><title>Reference "+
			"host</title><p>That application is not known."))
		return
	}
	back := url.Values{}
	switch {
	case h.has("state-wrong"):
		back.Set("state", "another-state")
	case !h.has("state-lost"):
		back.Set("state", q.Get("state"))
	}
	challenged := q.Get("code_challenge") != ""
	good := challenged && q.Get("code_challenge_method") == "S256" || !challenged && h.has("no-pkce") ||
		challenged && q.Get("code_challenge_method") == "plain" && h.has("pkce-plain")
	scope := h.allowed(q.Get("scope"))
	switch {
	case h.has("denied"):
		back.Set("error", "access_denied")
	case q.Get("response_type") != "code":
		back.Set("error", "unsupported_response_type")
	case !good || q.Get("state") == "":
		back.Set("error", "invalid_request")
	case scope == "":
		back.Set("error", "invalid_scope")
	default:
		text := h.draw("code")
		h.codes[text] = &code{client: c.id, redirect: to, challenge: q.Get("code_challenge"), method: q.Get("code_challenge_method"),
			scope: scope}
		back.Set("code", text)
		back.Set("scope", scope)
	}
	separator := "?"
	if strings.Contains(to, "?") {
		separator = "&"
	}
	w.Header().Set("Location", to+separator+back.Encode())
	w.WriteHeader(http.StatusSeeOther)
}

// allowed are the scopes of a request that there are.
func (h *Host) allowed(asked string) string {
	var all []string
	for _, base := range []string{badgesAt, recordsAt} {
		s, _, _ := h.serviceOf(base)
		all = append(all, h.offered(s)...)
	}
	all = append(all, offline)
	return strings.Join(slices.DeleteFunc(strings.Fields(asked), func(s string) bool { return !slices.Contains(all, s) }), " ")
}

// authenticated is the client of a token request.
func (h *Host) authenticated(w http.ResponseWriter, r *http.Request) *client {
	id, secret, ok := r.BasicAuth()
	id, _ = url.QueryUnescape(id)
	secret, _ = url.QueryUnescape(secret)
	c := h.clients[id]
	if !ok || c == nil || subtle.ConstantTimeCompare([]byte(c.secret), []byte(secret)) != 1 || h.has("token-401-basic") {
		w.Header().Set("WWW-Authenticate", "Basic")
		send(w, http.StatusUnauthorized, map[string]string{"error": "invalid_client"})
		return nil
	}
	if h.has("token-400") {
		send(w, http.StatusBadRequest, map[string]string{"error": "invalid_client"})
		return nil
	}
	return c
}

func (h *Host) token(w http.ResponseWriter, r *http.Request, body []byte) {
	f, err := url.ParseQuery(string(body))
	if err != nil || r.Method != http.MethodPost {
		send(w, http.StatusBadRequest, map[string]string{"error": "invalid_request"})
		return
	}
	c := h.authenticated(w, r)
	if c == nil {
		return
	}
	switch f.Get("grant_type") {
	case "authorization_code":
		h.exchange(w, c, f)
	case "refresh_token":
		h.refresh(w, c, f)
	default:
		send(w, http.StatusBadRequest, map[string]string{"error": "unsupported_grant_type"})
	}
}

func (h *Host) exchange(w http.ResponseWriter, c *client, f url.Values) {
	z := h.codes[f.Get("code")]
	refused := "invalid_grant"
	if h.has("grant-error") {
		refused = "invalid_request"
	}
	switch {
	case z == nil, z.client != c.id && !h.has("client-unchecked"), z.redirect != f.Get("redirect_uri") && !h.has("redirect-unchecked"),
		!z.opens(f.Get("code_verifier")) && !h.has("verifier-unchecked"):
		send(w, http.StatusBadRequest, map[string]string{"error": refused})
		return
	case z.grant != nil && !h.has("code-twice"):
		z.grant.dead = z.grant.dead || !h.has("code-reuse-lives")
		send(w, http.StatusBadRequest, map[string]string{"error": refused})
		return
	}
	z.grant = h.grant(c, z.scope)
	h.sendGrant(w, z.grant)
}

// verifiers are legal ones (RFC 7636, 4.1).
var verifiers = regexp.MustCompile(`^[A-Za-z0-9._~-]{43,128}$`)

// opens reports whether a verifier is that of the code.
func (z *code) opens(verifier string) bool {
	switch {
	case z.challenge == "":
		return true
	case z.method == "plain":
		return z.challenge == verifier
	}
	sum := sha256.Sum256([]byte(verifier))
	return verifiers.MatchString(verifier) && base64.RawURLEncoding.EncodeToString(sum[:]) == z.challenge
}

func (h *Host) grant(c *client, scope string) *grant {
	g := &grant{client: c.id, scope: scope, access: h.draw("access"), refresh: h.draw("refresh")}
	h.tokens[g.access], h.tokens[g.refresh] = g, g
	return g
}

func (h *Host) sendGrant(w http.ResponseWriter, g *grant) {
	m := map[string]any{"access_token": g.access, "token_type": "Bearer", "expires_in": 3600, "scope": g.scope, "refresh_token": g.refresh}
	switch {
	case h.has("scope-overstated"):
		m["scope"] = g.scope + " https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.update"
	case h.has("token-no-scope"):
		delete(m, "scope")
	case h.has("token-untyped"):
		delete(m, "token_type")
	case h.has("bearer-lowercase"):
		m["token_type"] = "bearer"
	case h.has("no-expires"):
		delete(m, "expires_in")
	}
	if !h.has("token-stored") {
		w.Header().Set("Cache-Control", "no-store")
	}
	send(w, http.StatusOK, m)
}

func (h *Host) refresh(w http.ResponseWriter, c *client, f url.Values) {
	g := h.tokens[f.Get("refresh_token")]
	if g == nil || g.refresh != f.Get("refresh_token") || g.client != c.id || g.dead || g.deadRefresh || h.has("refresh-dead") {
		send(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
		return
	}
	scope := g.scope
	if asked := f.Get("scope"); asked != "" {
		scope = h.allowed(asked)
		for _, name := range strings.Fields(scope) {
			if !slices.Contains(strings.Fields(g.scope), name) && !h.has("refresh-wider") {
				send(w, http.StatusBadRequest, map[string]string{"error": "invalid_scope"})
				return
			}
		}
	}
	g.deadRefresh = true
	h.sendGrant(w, h.grant(c, scope))
}

func (h *Host) revoke(w http.ResponseWriter, r *http.Request, body []byte) {
	f, err := url.ParseQuery(string(body))
	c := h.authenticated(w, r)
	if c == nil {
		return
	}
	g := h.tokens[f.Get("token")]
	switch {
	case err != nil || g == nil && h.has("revoke-400"):
		send(w, http.StatusBadRequest, map[string]string{"error": "invalid_request"})
		return
	case g == nil || g.client != c.id || h.has("revoke-ignored"):
	case g.refresh == f.Get("token") && h.has("revoke-refresh-alone"):
		g.deadRefresh = true
	default:
		g.dead = true
	}
	w.WriteHeader(http.StatusOK)
}

// permits looks whether a request has a token with a scope. It answers by itself where not.
// loose is the fault by which any token of the host's own does.
func (h *Host) permits(w http.ResponseWriter, r *http.Request, scope, loose string) bool {
	text, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	g := h.tokens[text]
	switch {
	case !ok:
		w.Header().Set("WWW-Authenticate", "Bearer")
		h.deny(w, http.StatusUnauthorized, "unauthorizedrequest", "invalid_request")
	case g == nil || g.access != text || g.dead:
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		h.deny(w, http.StatusUnauthorized, "unauthorizedrequest", "invalid_token")
	case !slices.Contains(strings.Fields(g.scope), scope) && !h.has(loose):
		w.Header().Set("WWW-Authenticate", fmt.Sprintf(`Bearer error="insufficient_scope", scope=%q`, scope))
		h.deny(w, http.StatusForbidden, "forbidden", "insufficient_scope")
	default:
		return true
	}
	return false
}

func (h *Host) deny(w http.ResponseWriter, status int, minor, oauth string) {
	if h.has("oauth-errors") {
		send(w, status, map[string]string{"error": oauth})
		return
	}
	refuse(w, status, minor, "a token with the scope of the operation is needed")
}
