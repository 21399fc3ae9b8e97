package refhost

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Config says where a Host stands and what it does wrong.
type Config struct {
	// Origin is where it is served, such as https://localhost:8443. It must be https.
	Origin string
	// Fault is the name of what it does wrong, see [Faults]. "" is nothing.
	Fault string
	// Seed decides its keys, codes and tokens.
	Seed string
	// Now is the clock, time.Now by default.
	Now func() time.Time
}

// Host is a host of both standards. It is safe for concurrent use.
type Host struct {
	origin string
	fault  string
	now    func() time.Time
	world  *obtest.World
	verify *verify.Verifier

	mu      sync.Mutex
	count   int // of what was drawn
	clients map[string]*client
	codes   map[string]*code
	tokens  map[string]*grant // access and refresh tokens
	kept    map[string][]*entry
	profile []byte
	revoked []string // entries of the list of ids
	seen    []Request
}

// New makes a Host. Its lists are not empty: they hold what its issuers have issued.
func New(c Config) (*Host, error) {
	u, err := url.Parse(c.Origin)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.Path != "" {
		return nil, fmt.Errorf("refhost: no origin with https: %q", c.Origin)
	}
	if c.Fault != "" && !slices.ContainsFunc(faults, func(f Fault) bool { return f.Name == c.Fault }) {
		return nil, fmt.Errorf("refhost: no fault is called %q", c.Fault)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	h := &Host{origin: c.Origin, fault: c.Fault, now: c.Now, clients: map[string]*client{}, codes: map[string]*code{},
		tokens: map[string]*grant{}, kept: map[string][]*entry{},
		world: obtest.New(obtest.Config{Seed: "reference " + c.Seed, At: c.Now().UTC().Truncate(time.Second), Origin: c.Origin})}
	if h.verify, err = verify.New(verify.Config{Now: c.Now}); err != nil {
		return nil, fmt.Errorf("refhost: %w", err)
	}
	h.profile = []byte(`{"id":"https://people.example/ada","type":["Profile"],"name":"Ada"}`)
	if err := h.begin(); err != nil {
		return nil, fmt.Errorf("refhost: %w", err)
	}
	return h, nil
}

// The base paths of the two services.
const (
	badgesAt  = "/ref/ims/ob/v3p0"
	recordsAt = "/ref/ims/clr/v2p0"
)

// Discovery is the URL of the service description of Open Badges, or of CLR.
func (h *Host) Discovery(clr bool) string {
	if clr {
		return h.origin + recordsAt + "/discovery"
	}
	return h.origin + badgesAt + "/discovery"
}

// Request is what a client asked.
type Request struct {
	Method, Path, Query, Authorization, ContentType string
	Body                                            []byte // the first 64 KiB
}

// Seen are the requests so far, in their order, those for keys and status lists among them.
func (h *Host) Seen() []Request {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.seen)
}

// service is one of the two, as a request finds it.
type service struct{ base, scopes, version string }

func (h *Host) serviceOf(path string) (s service, rest string, ok bool) {
	for _, s := range []service{
		{badgesAt, "https://purl.imsglobal.org/spec/ob/v3p0/scope/", "3.0"},
		{recordsAt, "https://purl.imsglobal.org/spec/clr/v2p0/scope/", "2.0"},
	} {
		if rest, ok := strings.CutPrefix(path, s.base); ok {
			return s, rest, true
		}
	}
	return service{}, "", false
}

// ServeHTTP implements http.Handler. Whatever has no path here is a page of the issuers.
func (h *Host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body := h.note(w, r)
	if body == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if s, rest, ok := h.serviceOf(r.URL.Path); ok {
		h.serve(w, r, s, rest, body)
		return
	}
	switch r.URL.Path {
	case "/oauth/register":
		h.register(w, r, body)
	case "/oauth/authorize":
		h.authorize(w, r)
	case "/oauth/token":
		h.token(w, r, body)
	case "/oauth/revoke":
		h.revoke(w, r, body)
	case "/.well-known/oauth-authorization-server/ref":
		send(w, http.StatusOK, map[string]any{"issuer": h.origin + "/ref", "revocation_endpoint": h.origin + "/oauth/revoke"})
	default:
		h.world.Web.ServeHTTP(w, r)
	}
}

// serve answers for one of the services.
func (h *Host) serve(w http.ResponseWriter, r *http.Request, s service, rest string, body []byte) {
	if h.has("503-always") && rest != "/discovery" {
		refuse(w, http.StatusServiceUnavailable, "server_busy", "come again later")
		return
	}
	switch r.Method + " " + rest {
	case "GET /discovery":
		h.describe(w, r, s)
	case "GET /credentials":
		h.list(w, r, s)
	case "POST /credentials":
		h.upsert(w, r, s, body)
	case "GET /profile":
		h.getProfile(w, r, s)
	case "PUT /profile":
		h.putProfile(w, r, s, body)
	case "POST /profile", "PUT /credentials", "DELETE /credentials", "POST /discovery":
		w.Header().Set("Allow", "GET, PUT")
		refuse(w, http.StatusMethodNotAllowed, "not_allowed", "not here")
	default:
		refuse(w, http.StatusNotFound, "not_found", "nothing stands here")
	}
}

// mostBody is the longest body that is read: a record of many badges.
const mostBody = 16 << 20

// note reads the body and keeps what was asked. It answers by itself, and returns nil, where the
// body is too long.
func (h *Host) note(w http.ResponseWriter, r *http.Request) []byte {
	most := mostBody
	if strings.HasPrefix(r.URL.Path, badgesAt) {
		most = 1 << 20
	}
	body, err := readAll(r, most)
	h.mu.Lock()
	h.seen = append(h.seen, Request{r.Method, r.URL.Path, r.URL.RawQuery, r.Header.Get("Authorization"), r.Header.Get("Content-Type"),
		slices.Clone(body[:min(len(body), 64<<10)])})
	h.mu.Unlock()
	if err != nil {
		refuse(w, http.StatusRequestEntityTooLarge, "invalid_data", "the body is too long")
		return nil
	}
	return body
}

// send answers with JSON.
func send(w http.ResponseWriter, status int, v any) {
	text, _ := json.Marshal(v) // of texts, numbers and lists
	sendText(w, status, "application/json", text)
}

func sendText(w http.ResponseWriter, status int, media string, text []byte) {
	w.Header().Set("Content-Type", media)
	w.WriteHeader(status)
	_, _ = w.Write(text) // nobody is left to tell
}

// refuse answers with Imsx_StatusInfo.
func refuse(w http.ResponseWriter, status int, minor, words string) {
	send(w, status, map[string]any{
		"imsx_codeMajor": "failure", "imsx_severity": "error", "imsx_description": words,
		"imsx_codeMinor": map[string]any{"imsx_codeMinorField": []any{map[string]any{
			"imsx_codeMinorFieldName": "sourcedId-or-TargetEndSystem", "imsx_codeMinorFieldValue": minor}}},
	})
}
