package oauthclient_test

import (
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/oauthclient"
	"github.com/stretchr/testify/require"
)

const (
	read   = "https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly"
	upsert = "https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.upsert"
)

// fake is a host that somebody else wrote: it answers by the texts of the standard alone,
// and does what a test tells it to.
type fake struct {
	*httptest.Server
	mu       sync.Mutex
	seen     []string          // method and path of each request
	bodies   map[string]string // what came last to a path, as text
	auth     map[string]string // Authorization, likewise
	document func(base string) string
	metadata string
	answers  map[string][]reply // by path, the next first; the last one stays
}

type reply struct {
	status int
	body   string
	header map[string]string
}

func newFake(t *testing.T) *fake {
	f := &fake{bodies: map[string]string{}, auth: map[string]string{}, answers: map[string][]reply{}, document: document}
	f.Server = httptest.NewTLSServer(f)
	t.Cleanup(f.Close)
	f.answer("/register", reply{201, `{"client_id":"id 1","client_secret":"s+1","client_id_issued_at":1,"client_secret_expires_at":0}`, nil})
	f.answer("/token", granted("access-1", "refresh-1"))
	f.answer("/t/ims/ob/v3p0/credentials", reply{200, `{}`, nil})
	f.answer("/revoke", reply{200, "", nil})
	return f
}

func granted(access, refresh string) reply {
	return reply{200, fmt.Sprintf(`{"access_token":%q,"token_type":"Bearer","expires_in":3600,"scope":%q,"refresh_token":%q}`,
		access, read, refresh), nil}
}

// document is a service description as the standard has it.
func document(base string) string {
	return fmt.Sprintf(`{"openapi":"3.0.1","info":{"title":"Host","version":"1","termsOfService":"https://h.example/terms",
	"x-imssf-privacyPolicyUrl":"https://h.example/privacy"},"components":{"securitySchemes":{"OAuth2ACG":{"type":"oauth2",
	"x-imssf-registrationUrl":"%[1]s/register","flows":{"authorizationCode":{"authorizationUrl":"%[1]s/authorize","tokenUrl":"%[1]s/token",
	"refreshUrl":"%[1]s/token","scopes":{%[2]q:"read","offline_access":""}}}}}},"paths":{}}`, base, read)
}

// answer says what the next requests of a path get.
func (f *fake) answer(path string, replies ...reply) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers[path] = replies
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seen = append(f.seen, r.Method+" "+r.URL.Path)
	body, _ := io.ReadAll(r.Body)
	f.bodies[r.URL.Path], f.auth[r.URL.Path] = string(body), r.Header.Get("Authorization")
	switch r.URL.Path {
	case "/t/ims/ob/v3p0/discovery":
		_, _ = fmt.Fprint(w, f.document(f.URL))
		return
	case "/.well-known/oauth-authorization-server/t":
		if f.metadata != "" {
			_, _ = fmt.Fprint(w, f.metadata)
			return
		}
	}
	queue := f.answers[r.URL.Path]
	if len(queue) == 0 {
		http.NotFound(w, r)
		return
	}
	if len(queue) > 1 {
		f.answers[r.URL.Path] = queue[1:]
	}
	for name, value := range queue[0].header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(queue[0].status)
	_, _ = fmt.Fprint(w, queue[0].body)
}

// count is how often a path was asked.
func (f *fake) count(path string) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, one := range f.seen {
		if strings.HasSuffix(one, " "+path) {
			n++
		}
	}
	return n
}

// form is what came last to a path.
func (f *fake) form(t *testing.T, path string) url.Values {
	f.mu.Lock()
	defer f.mu.Unlock()
	q, err := url.ParseQuery(f.bodies[path])
	require.NoError(t, err)
	return q
}

func application() oauthclient.Application {
	return oauthclient.Application{
		Name: "Wallet", URL: "https://app.example/", Logo: "https://app.example/logo.png", Terms: "https://app.example/terms",
		Policy: "https://app.example/privacy", SoftwareID: "id", SoftwareVersion: "1", RedirectURI: "https://app.example/back",
	}
}

// clock is a clock that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) wait(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// desk is a client before a fake host.
type desk struct {
	*testing.T
	*clock
	host   *fake
	client *oauthclient.Client
	store  *oauthclient.MemoryStore
}

func newDesk(t *testing.T) *desk {
	d := &desk{T: t, clock: &clock{now: testkit.Now}, host: newFake(t), store: &oauthclient.MemoryStore{}}
	d.client = d.process()
	return d
}

// process is another process of the application.
func (d *desk) process() *oauthclient.Client {
	pool := x509.NewCertPool()
	pool.AddCert(d.host.Certificate())
	client, err := oauthclient.New(oauthclient.Config{
		Application: application(), Scopes: []string{read, upsert}, Store: d.store, RootCAs: pool, Now: d.Now, InsecureAllowLoopback: true,
	})
	require.NoError(d, err)
	return client
}

func (d *desk) discover() *oauthclient.Host {
	h, err := d.client.Discover(d.Context(), d.host.URL+"/t")
	require.NoError(d, err)
	return h
}

// begin sends a person off, and returns what the host is asked.
func (d *desk) begin(person string) url.Values {
	to, err := d.client.Begin(d.Context(), person, d.discover(), read, upsert)
	require.NoError(d, err)
	u, err := url.Parse(to)
	require.NoError(d, err)
	require.Equal(d, d.host.URL+"/authorize", u.Scheme+"://"+u.Host+u.Path)
	return u.Query()
}

// connect goes the whole way.
func (d *desk) connect() *oauthclient.Connection {
	q := d.begin("ada")
	k, err := d.client.Finish(d.Context(), "ada", url.Values{"state": {q.Get("state")}, "code": {"code-1"}, "scope": {read}})
	require.NoError(d, err)
	return k
}

func (d *desk) get(k *oauthclient.Connection, path string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(d.Context(), http.MethodGet, d.host.URL+path, nil)
	require.NoError(d, err)
	resp, err := k.Do(req)
	if err == nil {
		require.NoError(d, resp.Body.Close())
	}
	return resp, err
}

func (d *desk) state(k *oauthclient.Connection) oauthclient.Standing {
	s, err := k.Standing(d.Context())
	require.NoError(d, err)
	return s
}

func member(t *testing.T, text, name string) any {
	var m map[string]any
	require.NoError(t, json.Unmarshal([]byte(text), &m))
	return m[name]
}
