package publish

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/internal/rest"
)

// HandlerConfig says how documents are served. Its zero value serves the document alone,
// to be kept for five minutes.
type HandlerConfig struct {
	// KeySetPath is the path of the JWK Set, such as "/.well-known/jwks.json"; "" serves none.
	KeySetPath string
	// MaxAge is how long others may keep an answer, 5 minutes by default, negative for not
	// without asking again. A revocation is seen that much later, and so is a new key:
	// publish it, wait as long, and sign then. Longer saves requests that cost nothing,
	// since an answer that did not change is 304.
	MaxAge time.Duration
	// Now is the clock, time.Now by default: key sets leave out what has ended.
	Now func() time.Time
}

const defaultMaxAge = 5 * time.Minute

// Handler serves the document of an issuer at the path of [Issuer.URL], and a key set
// where it is told to, to every web page and everybody else: in the media types that
// Accept names, with ETag and Cache-Control. It looks at paths and not at hosts; one that
// serves several issuers of a host has a Handler for each ([Handler.Paths]). It is safe
// for concurrent use. Make it with [NewHandler].
type Handler struct {
	config  HandlerConfig
	at      *url.URL
	origins *rest.Origins
	sender  rest.Sender
	serves  atomic.Pointer[Issuer]
}

// NewHandler returns a handler that serves an issuer. The error is a Config that cannot be
// used.
func NewHandler(issuer *Issuer, c HandlerConfig) (*Handler, error) {
	if err := issuer.made(); err != nil {
		return nil, err
	}
	at, err := url.Parse(issuer.URL())
	if err != nil {
		return nil, fmt.Errorf("publish: %w", err)
	}
	if at.Path == "" {
		at.Path = "/"
	}
	if c.KeySetPath != "" && (c.KeySetPath[0] != '/' || c.KeySetPath == at.Path || strings.ContainsAny(c.KeySetPath, "?#%")) {
		return nil, fmt.Errorf("publish: HandlerConfig.KeySetPath is no path of its own: %s", quote.Text(c.KeySetPath))
	}
	if c.MaxAge == 0 {
		c.MaxAge = defaultMaxAge
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	origins, err := rest.NewOrigins(nil, "GET, HEAD, OPTIONS", "Accept")
	if err != nil {
		return nil, fmt.Errorf("publish: %w", err)
	}
	h := &Handler{config: c, at: at, origins: origins,
		sender: rest.Sender{CacheControl: rest.CacheControl(false, c.MaxAge), Now: c.Now, NoGzip: true}}
	h.serves.Store(issuer)
	return h, nil
}

// Set serves another state of the same issuer from now on. The error is an Issuer that is
// none, or of another identifier.
func (h *Handler) Set(next *Issuer) error {
	if err := next.made(); err != nil {
		return err
	}
	if was := h.serves.Load().ID(); next.ID() != was {
		return errors.New("publish: the handler serves " + quote.Text(was) + ", not " + quote.Text(next.ID()))
	}
	h.serves.Store(next)
	return nil
}

// Issuer returns what is served.
func (h *Handler) Issuer() *Issuer { return h.serves.Load() }

// Paths returns the paths that are served, for a router: that of the document, and that of
// the key set where there is one.
func (h *Handler) Paths() []string {
	if h.config.KeySetPath == "" {
		return []string{h.at.Path}
	}
	return []string{h.at.Path, h.config.KeySetPath}
}

// ServeHTTP implements [http.Handler].
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.origins.Allow(w, r)
	answer, known := h.answer(r)
	switch {
	case !known:
		refuse(w, http.StatusNotFound)
	case r.Method == http.MethodOptions:
		h.origins.Preflight(w, r)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD, OPTIONS")
		refuse(w, http.StatusMethodNotAllowed)
	default:
		h.sender.Send(w, r, answer)
	}
}

func refuse(w http.ResponseWriter, status int) {
	w.Header().Set("Cache-Control", "no-store")
	http.Error(w, http.StatusText(status), status)
}

// answer is what stands under the URL of a request.
func (h *Handler) answer(r *http.Request) (rest.Answer, bool) {
	issuer := h.serves.Load()
	switch {
	case r.URL.Path == h.at.Path && (h.at.RawQuery == "" || r.URL.RawQuery == h.at.RawQuery):
		kind := negotiated(r.Header.Values("Accept"), mediaTypes(issuer))
		return answerOf(issuer.Document(), kind), true
	case h.config.KeySetPath != "" && r.URL.Path == h.config.KeySetPath:
		kind := negotiated(r.Header.Values("Accept"), []string{"application/jwk-set+json", "application/json"})
		return answerOf(issuer.KeySet(h.config.Now()), kind), true
	}
	return rest.Answer{}, false
}

// answerOf is a text in one of its media types, each of which is a representation with a
// tag of its own (RFC 9110, 8.8.3.3).
func answerOf(text []byte, kind string) rest.Answer {
	return rest.Answer{Body: text, MediaType: kind, Tag: rest.Tag(append([]byte(kind+"\n"), text...))}
}
