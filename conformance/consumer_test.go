package conformance_test

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// wallet is a client of the standard, written from its text, with a fault.
type wallet struct {
	fault string
	badge []byte // that it sends
	clr   bool

	http                                         *http.Client
	origin, base, prefix                         string
	register, authorize, token                   string
	id, secret, access, refresh, state, verifier string
	drawn                                        int
	granted                                      string
}

const walletURL = "https://wallet.example"

func (w *wallet) has(fault string) bool { return w.fault == fault }

// start implements the hook: a new connection each time.
func (w *wallet) start(ctx context.Context, h conformance.Peer) error {
	one := &wallet{fault: w.fault, badge: w.badge, clr: w.clr, drawn: w.drawn}
	w.drawn++
	one.http = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: h.Roots, MinVersion: tls.VersionTLS12}}}
	if !w.has("follows redirects") {
		one.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	defer one.http.CloseIdleConnections()
	if w.has("does nothing") {
		return nil
	}
	return one.run(ctx, h.DiscoveryURL)
}

func (w *wallet) run(ctx context.Context, discovery string) error {
	for _, step := range []func(context.Context) error{
		func(ctx context.Context) error { return w.discover(ctx, discovery) }, w.join, w.connect, w.readAll, w.readProfile, w.send,
	} {
		if err := step(ctx); err != nil && !w.has("hides errors") {
			return err
		}
	}
	return nil
}

type reply struct {
	status int
	header http.Header
	body   []byte
}

func (r reply) object() (m map[string]any) {
	_ = json.Unmarshal(r.body, &m)
	return m
}

func (w *wallet) do(ctx context.Context, method, to string, body []byte, head ...string) (reply, error) {
	r, err := http.NewRequestWithContext(ctx, method, to, strings.NewReader(string(body)))
	if err != nil {
		return reply{}, err
	}
	for k := 0; k+1 < len(head); k += 2 {
		r.Header.Set(head[k], head[k+1])
	}
	resp, err := w.http.Do(r)
	if err != nil {
		return reply{}, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return reply{resp.StatusCode, resp.Header, text}, err
}

func (w *wallet) discover(ctx context.Context, discovery string) error {
	got, err := w.do(ctx, http.MethodGet, discovery, nil)
	if err != nil {
		return err
	}
	var d struct {
		Components struct {
			SecuritySchemes struct{ OAuth2ACG map[string]any }
		}
	}
	if err := json.Unmarshal(got.body, &d); err != nil {
		return err
	}
	acg := d.Components.SecuritySchemes.OAuth2ACG
	flow, _ := acg["flows"].(map[string]any)["authorizationCode"].(map[string]any)
	at, _ := url.Parse(discovery)
	w.origin, w.base = at.Scheme+"://"+at.Host, strings.TrimSuffix(discovery, "/discovery")
	w.prefix = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"
	if w.clr {
		w.prefix = "https://purl.imsglobal.org/spec/clr/v2p0/scope/"
	}
	for into, v := range map[*string]any{&w.register: acg["x-imssf-registrationUrl"], &w.authorize: flow["authorizationUrl"], &w.token: flow["tokenUrl"]} {
		text, _ := v.(string)
		if !strings.Contains(text, "://") {
			text = "https://" + text
		}
		u, err := url.Parse(text)
		if err != nil || (u.Scheme != "https" || u.Hostname() != at.Hostname()) && !w.has("takes any URL") {
			return fmt.Errorf("the host names %q", text)
		}
		*into = text
	}
	return nil
}

func (w *wallet) join(ctx context.Context) error {
	m := map[string]any{"client_name": "Wallet", "client_uri": walletURL, "logo_uri": walletURL + "/logo.png", "tos_uri": walletURL + "/terms",
		"policy_uri": walletURL + "/privacy", "software_id": "w", "software_version": "1", "redirect_uris": []string{walletURL + "/back"},
		"scope": strings.Join(w.scopes(), " "), "grant_types": []string{"authorization_code", "refresh_token"}}
	if w.has("registers too little") {
		delete(m, "policy_uri")
	}
	text, _ := json.Marshal(m)
	got, err := w.do(ctx, http.MethodPost, w.register, text, "Content-Type", "application/json")
	if err != nil {
		return err
	}
	w.id, _ = got.object()["client_id"].(string)
	w.secret, _ = got.object()["client_secret"].(string)
	if w.id == "" {
		return fmt.Errorf("the registration was refused: %d", got.status)
	}
	return nil
}

func (w *wallet) scopes() (all []string) {
	names := []string{"credential.readonly"}
	if !w.has("asks for no profile") {
		names = append(names, "profile.readonly")
	}
	if w.badge != nil || w.has("asks for everything") {
		names = append(names, "credential.upsert", "profile.update")
	}
	for _, name := range names {
		all = append(all, w.prefix+name)
	}
	return append(all, "offline_access")
}

func (w *wallet) draw(kind string) string {
	n := w.drawn
	if w.has("draws once") {
		n = 0
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", kind, n))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func (w *wallet) connect(ctx context.Context) error {
	w.state, w.verifier = w.draw("state"), w.draw("verifier")
	sum := sha256.Sum256([]byte(w.verifier))
	q := url.Values{"response_type": {"code"}, "client_id": {w.id}, "redirect_uri": {walletURL + "/back"}, "scope": {strings.Join(w.scopes(), " ")},
		"state": {w.state}, "code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"}}
	browser := *w.http
	browser.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	mine := w.http
	w.http = &browser
	got, err := w.do(ctx, http.MethodGet, w.authorize+"?"+q.Encode(), nil)
	w.http = mine
	if err != nil {
		return err
	}
	to, _ := url.Parse(got.header.Get("Location"))
	back := to.Query()
	iss := back.Get("iss")
	switch {
	case back.Get("state") != w.state && !w.has("ignores state"):
		return errors.New("another state")
	case iss != "" && !strings.HasPrefix(iss, w.origin) && !w.has("ignores iss"):
		return errors.New("another issuer")
	case back.Get("code") == "" && !w.has("goes on without a code"):
		return errors.New("not allowed: " + back.Get("error"))
	}
	f := url.Values{"grant_type": {"authorization_code"}, "code": {back.Get("code")}, "redirect_uri": {walletURL + "/back"},
		"code_verifier": {w.verifier}, "scope": {strings.Join(w.scopes(), " ")}}
	return w.take(w.ask(ctx, f))
}

func (w *wallet) ask(ctx context.Context, f url.Values) (reply, error) {
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte(w.id+":"+w.secret))
	got, err := w.do(ctx, http.MethodPost, w.token, []byte(f.Encode()), "Content-Type", "application/x-www-form-urlencoded", "Authorization", basic)
	if to := got.header.Get("Location"); err == nil && got.status == http.StatusTemporaryRedirect && w.has("follows redirects") {
		return w.do(ctx, http.MethodPost, to, []byte(f.Encode()), "Authorization", basic)
	}
	return got, err
}

func (w *wallet) take(got reply, err error) error {
	if err != nil {
		return err
	}
	m := got.object()
	w.access, _ = m["access_token"].(string)
	w.refresh, _ = m["refresh_token"].(string)
	kind, _ := m["token_type"].(string)
	if w.granted, _ = m["scope"].(string); w.granted == "" {
		w.granted = strings.Join(w.scopes(), " ")
	}
	switch {
	case w.access == "":
		return fmt.Errorf("no token: %d", got.status)
	case w.has("wants Bearer") && kind != "Bearer":
		return errors.New("no Bearer")
	case w.has("wants expires_in") && m["expires_in"] == nil:
		return errors.New("no expires_in")
	case w.has("wants scope") && m["scope"] == nil:
		return errors.New("no scope")
	}
	return nil
}

// may reports whether the person allowed an operation.
func (w *wallet) may(name string) bool {
	return w.has("oversteps") || strings.Contains(w.granted+" ", w.prefix+name+" ")
}

// call sends a request with the token, and refreshes that once.
func (w *wallet) call(ctx context.Context, method, to string, body []byte, media string) (reply, error) {
	for tries := 0; ; tries++ {
		head := []string{"Authorization", "Bearer " + w.access, "Content-Type", media}
		if w.has("token in the URL") {
			to += map[bool]string{true: "&", false: "?"}[strings.Contains(to, "?")] + "access_token=" + w.access
		}
		got, err := w.do(ctx, method, to, body, head...)
		most := 1
		if w.has("refreshes for ever") {
			most = 9
		}
		if err != nil || got.status != http.StatusUnauthorized || tries >= most || w.has("never refreshes") {
			return got, err
		}
		refreshed := w.take(w.ask(ctx, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {w.refresh}}))
		if refreshed != nil && !w.has("refreshes for ever") {
			return got, refreshed
		}
	}
}

var nextLink = regexp.MustCompile(`<([^>]*)>; rel="next"`)

func (w *wallet) readAll(ctx context.Context) error {
	if w.has("does not list") || !w.may("credential.readonly") {
		return nil
	}
	seen, n := map[string]bool{}, 0
	for at := w.base + "/credentials?limit=10&offset=0"; at != ""; {
		if !strings.HasPrefix(at, w.origin) && !w.has("follows abroad") {
			return errors.New("the list leads to another host")
		}
		if seen[at] && (!w.has("walks in a circle") || n > 12) {
			return errors.New("the list leads in a circle")
		}
		seen[at] = true
		got, err := w.call(ctx, http.MethodGet, at, nil, "")
		if err != nil || got.status != http.StatusOK {
			return fmt.Errorf("the list: %d, %w", got.status, err)
		}
		var page struct {
			Credential                          []json.RawMessage
			CompactJwsString, CompactJwsStrings []string
		}
		if err := json.Unmarshal(got.body, &page); err != nil {
			return err
		}
		items := len(page.Credential) + len(page.CompactJwsString) + len(page.CompactJwsStrings)
		n += max(items, 1)
		at = ""
		if m := nextLink.FindStringSubmatch(strings.Join(got.header.Values("Link"), ", ")); m != nil && !w.has("reads one page") {
			at = m[1]
		} else if total := got.header.Get("X-Total-Count"); total != "" && m == nil && fmt.Sprint(n) < total && items > 0 && !w.has("reads one page") && !w.has("wants Link") {
			at = fmt.Sprintf("%s/credentials?limit=10&offset=%d", w.base, n)
		}
		if w.has("wants X-Total-Count") && got.header.Get("X-Total-Count") == "" {
			return errors.New("no X-Total-Count")
		}
	}
	return nil
}

func (w *wallet) readProfile(ctx context.Context) error {
	if w.has("asks for no profile") || !w.may("profile.readonly") {
		return nil
	}
	_, err := w.call(ctx, http.MethodGet, w.base+"/profile", nil, "")
	return err
}

func (w *wallet) send(ctx context.Context) error {
	if w.badge == nil || !w.may("credential.upsert") {
		return nil
	}
	media := "application/json"
	if w.has("sends as text") {
		media = "text/plain"
	}
	got, err := w.call(ctx, http.MethodPost, w.base+"/credentials", w.badge, media)
	good := got.status/100 == 2 || got.status == http.StatusNotModified
	if w.has("wants 201") {
		good = got.status == http.StatusCreated
	}
	if (err != nil || !good) && !w.has("sends as text") {
		return fmt.Errorf("sending: %d, %w", got.status, err)
	}
	profile := `{"id":"https://1edtech.org/issuers/cert","type":["Profile"],"name":"Test"}`
	if w.has("sends half a profile") {
		profile = `{"id":"https://1edtech.org/issuers/cert","type":["Thing"]}`
	}
	_, err = w.call(ctx, http.MethodPut, w.base+"/profile", []byte(profile), "application/json")
	return err
}

// consuming tests the wallet as a consumer of Open Badges, or of CLR.
func consuming(t testing.TB, w *wallet, only ...string) *conformance.Report {
	s := conformance.Suite{Roles: []conformance.Role{conformance.RoleOBConsumerRead, conformance.RoleOBConsumerWrite}, Only: only,
		Seed: "one", Now: testkit.Clock, Consumer: &conformance.Consumer{Start: w.start}}
	if w.clr {
		s.Roles = []conformance.Role{conformance.RoleCLRConsumerRead, conformance.RoleCLRConsumerWrite}
	}
	report, err := s.Run(t.Context())
	require.NoError(t, err)
	return report
}

// A wallet that is written from the standard passes all that can be run.
func TestConsumerPasses(t *testing.T) {
	shop := newWorkshop(t)
	for _, w := range []*wallet{{badge: shop.sign(obtest.Ed25519, shop.badge(obtest.Ed25519), "")},
		{badge: shop.sign(obtest.Ed25519, shop.record(), ""), clr: true}} {
		n := 0
		for _, r := range consuming(t, w).Results {
			if r.Unbuilt != "" {
				require.Equal(t, conformance.OutcomeNotRun, r.Outcome)
				continue
			}
			n++
			require.Equal(t, conformance.OutcomePass, r.Outcome, r.Text())
		}
		require.Greater(t, n, 30)
	}
}

// caughtConsumers are the checks that tell of each fault of a consumer.
var caughtConsumers = map[string]string{
	"registers too little":   "CR-1",
	"draws once":             "CR-1",
	"oversteps":              "CX-scope-narrowed",
	"asks for no profile":    "CR-4",
	"does not list":          "CR-2 CR-3 CX-bearer-lowercase CX-both-arrays CX-garbage CX-html CX-jws-plural CX-no-expires CX-page-loop CX-page-no-link CX-page-no-total CX-page-short CX-token-no-scope",
	"token in the URL":       "CR-2",
	"reads one page":         "CR-3 CX-page-no-link CX-page-short",
	"wants Link":             "CX-page-no-link",
	"wants X-Total-Count":    "CX-page-no-total",
	"walks in a circle":      "CX-page-loop",
	"follows abroad":         "CX-next-foreign",
	"follows redirects":      "CX-redirect-307",
	"takes any URL":          "CX-sdd-foreign",
	"ignores state":          "CX-state-wrong",
	"ignores iss":            "CX-iss-wrong",
	"goes on without a code": "CX-denied",
	"wants Bearer":           "CX-bearer-lowercase",
	"wants expires_in":       "CX-no-expires",
	"wants scope":            "CX-token-no-scope",
	"never refreshes":        "CX-expired-401",
	"refreshes for ever":     "CX-refresh-dead",
	"hides errors":           "CX-403 CX-503-always CX-denied CX-garbage CX-html CX-iss-wrong CX-refresh-dead CX-sdd-http CX-state-wrong CX-token-400 CX-token-401-basic",
	"sends as text":          "CW-2",
	"wants 201":              "CX-upsert-200 CX-upsert-304",
	"sends half a profile":   "CW-3",
}

// Each fault of a consumer is told of by exactly the checks that it breaks.
func TestConsumerMutants(t *testing.T) {
	shop := newWorkshop(t)
	badge := shop.sign(obtest.Ed25519, shop.badge(obtest.Ed25519), "")
	for fault, want := range caughtConsumers {
		t.Run(fault, func(t *testing.T) {
			require.Equal(t, want, strings.Join(told(consuming(t, &wallet{fault: fault, badge: badge})), " "))
		})
	}
}

// Who only reads has no use for scopes that write.
func TestConsumerThatAsksForEverything(t *testing.T) {
	s := conformance.Suite{Roles: []conformance.Role{conformance.RoleOBConsumerRead}, Only: []string{"OB-H-CR-*"}, Now: testkit.Clock,
		Consumer: &conformance.Consumer{Start: (&wallet{fault: "asks for everything"}).start}}
	report, err := s.Run(t.Context())
	require.NoError(t, err)
	require.Equal(t, "OB-H-CR-1", wrong(report))
}

// Who asks nothing was not tested.
func TestConsumerThatDoesNothing(t *testing.T) {
	for _, r := range consuming(t, &wallet{fault: "does nothing"}).Results {
		require.Equal(t, conformance.OutcomeNotRun, r.Outcome, r.ID)
	}
}
