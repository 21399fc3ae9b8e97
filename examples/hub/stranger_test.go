package main

// A client of the standard that knows nothing of this library: it goes by the service
// description, the forms of the pages, and the answers. Nothing in this file imports
// anything of this module.

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"math/big"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// stranger is an application at https://app.example, and the browser of a person.
type stranger struct {
	t       testing.TB
	http    *http.Client // of the application
	browser *http.Client

	service, authorize, token, refresh, register, revoke string
	scopes                                               []string
	id, secret                                           string
	access, renew                                        string
}

// back is where the application is told what a person decided.
const back = "https://app.example/back"

// newStranger makes one that trusts an authority.
func newStranger(t testing.TB, authority []byte) *stranger {
	t.Helper()
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(authority))
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}
	t.Cleanup(transport.CloseIdleConnections)
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	stay := func(r *http.Request, _ []*http.Request) error {
		if r.URL.Hostname() == "app.example" {
			return http.ErrUseLastResponse // the test is the application
		}
		return nil
	}
	return &stranger{t: t, http: &http.Client{Transport: transport},
		browser: &http.Client{Transport: transport, Jar: jar, CheckRedirect: stay}}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
	url    *url.URL
}

func (s *stranger) read(resp *http.Response, err error) answer {
	s.t.Helper()
	require.NoError(s.t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(s.t, err)
	return answer{resp.StatusCode, resp.Header, body, resp.Request.URL}
}

// object reads an answer as an object of JSON.
func (a answer) object(t testing.TB) (o map[string]any) {
	t.Helper()
	require.NoError(t, json.Unmarshal(a.body, &o), string(a.body))
	return o
}

// discover reads the service description at a base.
func (s *stranger) discover(base string) {
	s.t.Helper()
	got := s.read(s.http.Get(base + "/discovery"))
	require.Equal(s.t, http.StatusOK, got.status, string(got.body))
	all := got.object(s.t)
	scheme := all["components"].(map[string]any)["securitySchemes"].(map[string]any)["OAuth2ACG"].(map[string]any)
	flow := scheme["flows"].(map[string]any)["authorizationCode"].(map[string]any)
	s.service = all["servers"].([]any)[0].(map[string]any)["url"].(string)
	s.authorize, s.token = flow["authorizationUrl"].(string), flow["tokenUrl"].(string)
	s.refresh, s.register = flow["refreshUrl"].(string), scheme["x-imssf-registrationUrl"].(string)
	s.revoke = scheme["x-laurel-revocationUrl"].(string)
	s.scopes = nil
	for name := range flow["scopes"].(map[string]any) {
		s.scopes = append(s.scopes, name)
	}
}

// join registers the application.
func (s *stranger) join() {
	s.t.Helper()
	text, err := json.Marshal(map[string]any{
		"client_name": "A stranger", "client_uri": "https://app.example", "logo_uri": "https://app.example/logo.png",
		"tos_uri": "https://app.example/terms", "policy_uri": "https://app.example/privacy", "software_id": "stranger",
		"software_version": "1", "redirect_uris": []string{back}, "token_endpoint_auth_method": "client_secret_basic",
		"grant_types": []string{"authorization_code", "refresh_token"}, "response_types": []string{"code"},
		"scope": strings.Join(s.scopes, " ") + " offline_access",
	})
	require.NoError(s.t, err)
	got := s.read(s.http.Post(s.register, "application/json", bytes.NewReader(text)))
	require.Equal(s.t, http.StatusCreated, got.status, string(got.body))
	all := got.object(s.t)
	s.id, s.secret = all["client_id"].(string), all["client_secret"].(string)
}

var (
	formTag   = regexp.MustCompile(`(?s)<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>`)
	inputTag  = regexp.MustCompile(`<input[^>]*>`)
	nameAttr  = regexp.MustCompile(`name="([^"]*)"`)
	valueAttr = regexp.MustCompile(`value="([^"]*)"`)
)

// form is a form of a page with what is filled in already.
type form struct {
	action string
	fields url.Values
	text   string
}

// forms are those of a page.
func (a answer) forms(t testing.TB) (all []form) {
	t.Helper()
	for _, m := range formTag.FindAllStringSubmatch(string(a.body), -1) {
		to, err := a.url.Parse(html.UnescapeString(m[1]))
		require.NoError(t, err)
		one := form{to.String(), url.Values{}, m[2]}
		for _, tag := range inputTag.FindAllString(m[2], -1) {
			if name := nameAttr.FindStringSubmatch(tag); name != nil {
				value := ""
				if v := valueAttr.FindStringSubmatch(tag); v != nil {
					value = html.UnescapeString(v[1])
				}
				one.fields.Set(html.UnescapeString(name[1]), value)
			}
		}
		all = append(all, one)
	}
	return all
}

// send sends a form as a browser does from a page that tells no referrer.
func (s *stranger) send(f form) answer {
	s.t.Helper()
	r, err := http.NewRequest(http.MethodPost, f.action, strings.NewReader(f.fields.Encode()))
	require.NoError(s.t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "null")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return s.read(s.browser.Do(r))
}

// signIn fills in the login page where one came.
func (s *stranger) signIn(page answer, user, password string) answer {
	s.t.Helper()
	forms := page.forms(s.t)
	if len(forms) == 0 || !strings.Contains(forms[0].text, `name="password"`) {
		return page
	}
	forms[0].fields.Set("username", user)
	forms[0].fields.Set("password", password)
	return s.send(forms[0])
}

// ask opens the consent page for scopes, signing in where that is asked for.
func (s *stranger) ask(user, password, state, verifier string, scopes ...string) answer {
	s.t.Helper()
	sum := sha256.Sum256([]byte(verifier))
	q := url.Values{"response_type": {"code"}, "client_id": {s.id}, "redirect_uri": {back}, "state": {state},
		"scope": {strings.Join(scopes, " ")}, "code_challenge_method": {"S256"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}}
	return s.signIn(s.read(s.browser.Get(s.authorize+"?"+q.Encode())), user, password)
}

// connect goes the whole way to a token.
func (s *stranger) connect(user, password string, scopes ...string) {
	s.t.Helper()
	state, verifier := randomText(), randomText()
	page := s.ask(user, password, state, verifier, scopes...)
	require.Equal(s.t, http.StatusOK, page.status, string(page.body))
	f := page.forms(s.t)[0]
	f.fields.Set("decision", "allow")
	q := s.told(s.send(f))
	require.Equal(s.t, state, q.Get("state"))
	require.Equal(s.t, strings.TrimSuffix(s.authorize, "/oauth/authorize"), q.Get("iss"))
	got := s.post(s.token, url.Values{"grant_type": {"authorization_code"}, "code": {q.Get("code")}, "redirect_uri": {back},
		"code_verifier": {verifier}, "scope": {strings.Join(scopes, " ")}})
	require.Equal(s.t, http.StatusOK, got.status, string(got.body))
	s.take(got)
}

// told is what the application is told at its redirect URI.
func (s *stranger) told(a answer) url.Values {
	s.t.Helper()
	require.Equal(s.t, http.StatusSeeOther, a.status, string(a.body))
	to, err := url.Parse(a.header.Get("Location"))
	require.NoError(s.t, err)
	require.Equal(s.t, back, to.Scheme+"://"+to.Host+to.Path)
	return to.Query()
}

// post sends a form with the application's credentials.
func (s *stranger) post(to string, f url.Values) answer {
	s.t.Helper()
	r, err := http.NewRequest(http.MethodPost, to, strings.NewReader(f.Encode()))
	require.NoError(s.t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.SetBasicAuth(url.QueryEscape(s.id), url.QueryEscape(s.secret))
	return s.read(s.http.Do(r))
}

func (s *stranger) take(got answer) {
	s.t.Helper()
	all := got.object(s.t)
	require.Equal(s.t, "Bearer", all["token_type"])
	require.Equal(s.t, "no-store", got.header.Get("Cache-Control"))
	s.access, s.renew = all["access_token"].(string), all["refresh_token"].(string)
}

// refreshed renews the token.
func (s *stranger) refreshed() answer {
	s.t.Helper()
	got := s.post(s.refresh, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {s.renew}})
	if got.status == http.StatusOK {
		s.take(got)
	}
	return got
}

// call sends a request to the service with the token.
func (s *stranger) call(method, path string, body []byte, media string) answer {
	s.t.Helper()
	to := path
	if !strings.HasPrefix(path, "https://") {
		to = s.service + path
	}
	r, err := http.NewRequestWithContext(context.Background(), method, to, bytes.NewReader(body))
	require.NoError(s.t, err)
	r.Header.Set("Authorization", "Bearer "+s.access)
	if media != "" {
		r.Header.Set("Content-Type", media)
	}
	return s.read(s.http.Do(r))
}

func (s *stranger) post1(credential string) answer {
	s.t.Helper()
	if strings.HasPrefix(credential, "{") {
		return s.call(http.MethodPost, "/credentials", []byte(credential), "application/json")
	}
	return s.call(http.MethodPost, "/credentials", []byte(credential), "text/plain")
}

var nextLink = regexp.MustCompile(`<([^>]*)>; rel="next"`)

// all follows the links of the list and returns what it holds.
func (s *stranger) all(query string) (found []string) {
	s.t.Helper()
	for at := s.service + "/credentials" + query; at != ""; {
		got := s.call(http.MethodGet, at, nil, "")
		require.Equal(s.t, http.StatusOK, got.status, string(got.body))
		var page struct {
			Credential       []json.RawMessage `json:"credential"`
			CompactJwsString []string          `json:"compactJwsString"`
		}
		require.NoError(s.t, json.Unmarshal(got.body, &page))
		for _, c := range page.Credential {
			found = append(found, string(c))
		}
		found = append(found, page.CompactJwsString...)
		at = ""
		if m := nextLink.FindStringSubmatch(got.header.Get("Link")); m != nil {
			at = m[1]
		}
	}
	return found
}

func randomText() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

// issuer signs credentials, with nothing but the standard library.
type issuer struct {
	key ed25519.PrivateKey
	did string
}

// issuers are those that there are, by name.
var issuers sync.Map

// newIssuer returns the issuer of a name, whose key is its identifier.
func newIssuer(name string) *issuer {
	public, key, _ := ed25519.GenerateKey(nil) // never fails
	i, _ := issuers.LoadOrStore(name, &issuer{key, "did:key:z" + base58(append([]byte{0xed, 0x01}, public...))})
	return i.(*issuer)
}

// method is the name of the key.
func (i *issuer) method() string { return i.did + "#" + strings.TrimPrefix(i.did, "did:key:") }

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

func base58(b []byte) string {
	n, base, rest := new(big.Int).SetBytes(b), big.NewInt(58), new(big.Int)
	var out []byte
	for n.Sign() > 0 {
		n.DivMod(n, base, rest)
		out = append([]byte{alphabet[rest.Int64()]}, out...)
	}
	zeros := len(b) - len(bytes.TrimLeft(b, "\x00"))
	return strings.Repeat(alphabet[:1], zeros) + string(out)
}

// One signature in 256 begins with a zero, which the number that follows does not tell.
func TestBase58(t *testing.T) {
	for want, b := range map[string][]byte{"": {}, "1": {0}, "112": {0, 0, 1}, "5Q": {0xff}, "2NEpo7TZRRrLZSi2U": []byte("Hello World!")} {
		if got := base58(b); got != want {
			t.Errorf("base58(%x) is %q, want %q", b, got, want)
		}
	}
}

// badge is one of the issuer, as what is signed. change may set anything.
func (i *issuer) badge(id, from string, change func(map[string]any)) map[string]any {
	all := map[string]any{
		"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		"id":       id, "type": []any{"VerifiableCredential", "OpenBadgeCredential"}, "name": "Knots",
		"issuer": map[string]any{"id": i.did, "type": []any{"Profile"}, "name": "Sailing school"}, "validFrom": from,
		"credentialSubject": map[string]any{"id": "did:example:ada", "type": []any{"AchievementSubject"}, "achievement": map[string]any{
			"id": "https://sail.example/knots", "type": []any{"Achievement"}, "name": "Knots", "description": "Ties ten knots.",
			"criteria": map[string]any{"narrative": "Tie ten knots."}}},
	}
	if change != nil {
		change(all)
	}
	return all
}

// record is a learner record of the issuer with badges in it.
func (i *issuer) record(id string, badges ...string) map[string]any {
	var inside []any
	for _, b := range badges {
		inside = append(inside, json.RawMessage(b))
	}
	return i.badge(id, "2025-06-01T00:00:00Z", func(all map[string]any) {
		all["@context"] = []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
			"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"}
		all["type"] = []any{"VerifiableCredential", "ClrCredential"}
		all["credentialSubject"] = map[string]any{"id": "did:example:ada", "type": []any{"ClrSubject"}, "verifiableCredential": inside}
	})
}

// canonical writes a value by RFC 8785, as far as texts of ASCII go: names in order, no
// white space.
func canonical(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	var plain any
	text, _ := json.Marshal(v)
	_ = json.Unmarshal(text, &plain)
	_ = e.Encode(plain)
	return bytes.TrimSpace(b.Bytes())
}

// sign puts a proof of eddsa-jcs-2022 into a credential.
func (i *issuer) sign(credential map[string]any) string {
	proof := map[string]any{"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "created": "2025-06-01T00:00:00Z",
		"verificationMethod": i.method(), "proofPurpose": "assertionMethod", "@context": credential["@context"]}
	options, document := sha256.Sum256(canonical(proof)), sha256.Sum256(canonical(credential))
	proof["proofValue"] = "z" + base58(ed25519.Sign(i.key, append(options[:], document[:]...)))
	signed := map[string]any{"proof": []any{proof}}
	for name, value := range credential {
		signed[name] = value
	}
	return string(canonical(signed))
}

// token signs a credential as a compact JWS (Open Badges 3.0, 8.2).
func (i *issuer) token(credential map[string]any) string {
	from, _ := time.Parse(time.RFC3339, credential["validFrom"].(string))
	claims := map[string]any{"iss": i.did, "jti": credential["id"], "sub": "did:example:ada", "nbf": from.Unix()}
	for name, value := range credential {
		claims[name] = value
	}
	header := canonical(map[string]any{"alg": "EdDSA", "typ": "JWT", "kid": i.method()})
	input := base64.RawURLEncoding.EncodeToString(header) + "." + base64.RawURLEncoding.EncodeToString(canonical(claims))
	return input + "." + base64.RawURLEncoding.EncodeToString(ed25519.Sign(i.key, []byte(input)))
}

// numbered names a credential.
func numbered(n int) string {
	sum := sha256.Sum256([]byte(fmt.Sprint("credential ", n)))
	text := hex.EncodeToString(sum[:16])
	return fmt.Sprintf("urn:uuid:%s-%s-4%s-8%s-%s", text[:8], text[8:12], text[13:16], text[17:20], text[20:])
}
