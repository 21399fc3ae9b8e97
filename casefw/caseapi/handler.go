package caseapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/rest"
)

// Config says what a handler serves and how. Only Store must be set; the zero
// value of everything else is the usual provider: both versions, open to read.
type Config struct {
	// Store is what is served. It must be set.
	Store Store
	// BaseURL is the URL at which the service is reached, without the path of the
	// version: "https://case.example.edu" or "https://example.edu/server". It
	// stands in the Link headers and in the service description. Without it both
	// have references relative to the host, which is correct but which not every
	// client resolves; the Host header of a request is never believed. A path alone
	// ("/server") is taken too. The handler expects requests with the whole path.
	BaseURL string
	// Authorize lets a request in or refuses it, with one of [ErrUnauthorised],
	// [ErrForbidden], [ErrNotFound] and [*BusyError]; any other error is answered
	// with 500. The context that it returns goes to the store. Nil lets everybody
	// read, which is usual for public frameworks. It is the place of a rate limit
	// too. Preflight requests and the service description do not pass it.
	Authorize func(*http.Request) (context.Context, error)

	// Origins are the web origins ("https://app.example.edu") whose pages may read.
	// Nil means every origin: answers hold nothing that depends on cookies, and
	// credentials are never allowed. An empty list means none.
	Origins []string
	// MaxAge is how long a client may use an answer without asking again. By
	// default it must ask, which costs an answer 304 where nothing changed.
	MaxAge time.Duration

	// DefaultLimit and MaxLimit bound the pages of the document list: 100, as the
	// binding says, and 1,000.
	DefaultLimit, MaxLimit int
	// MaxFilterBytes and MaxFilterTerms bound filters: 2,048 and 2, as the binding
	// recommends. With more terms they must be joined by the same word.
	MaxFilterBytes, MaxFilterTerms int
	// CacheBytes is how much memory the texts of packages may take, 256 MiB by
	// default. A package of more than half of it is written anew for each request.
	CacheBytes int64
	// NoGzip leaves compression to a proxy.
	NoGzip bool

	// System names this service in code minor fields, "TargetEndSystem" by default.
	System string
	// Description is served as the service description of 1.1 instead of the one
	// that the handler makes: 1EdTech's file, say, with the host put in.
	Description []byte
	// Logger gets what clients are not told: the causes of answers 500. Nil is silent.
	Logger *slog.Logger
	// Now is the clock, time.Now by default.
	Now func() time.Time
}

const (
	defaultCacheBytes = 256 << 20
	defaultSystem     = "TargetEndSystem"
)

// handler serves a store. It is immutable but for its cache.
type handler struct {
	Config
	base    string // BaseURL without a slash at the end
	prefix  string // the path of BaseURL
	origins *rest.Origins
	send    *rest.Sender
	texts   *rest.Texts // of packages
	routes  *http.ServeMux
}

// ServeHTTP implements http.Handler.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.routes.ServeHTTP(w, r) }

// NewHandler returns a handler for all endpoints of both versions, each under its
// base path. The error says what of the Config cannot be.
func NewHandler(c Config) (http.Handler, error) {
	if c.Store == nil {
		return nil, errors.New("caseapi: Config.Store is not set")
	}
	if c.DefaultLimit < 0 || c.MaxLimit < 0 || c.MaxFilterBytes < 0 || c.MaxFilterTerms < 0 || c.CacheBytes < 0 || c.MaxAge < 0 {
		return nil, errors.New("caseapi: a limit of the Config is negative")
	}
	h := &handler{Config: c}
	if err := h.setBase(); err != nil {
		return nil, err
	}
	h.setDefaults()
	if err := h.setOrigins(); err != nil {
		return nil, err
	}
	if err := h.setRoutes(); err != nil {
		return nil, err
	}
	return h, nil
}

func (h *handler) setBase() error {
	h.base = strings.TrimSuffix(h.BaseURL, "/")
	u, err := url.Parse(h.base)
	if err != nil || u.RawQuery != "" || u.Fragment != "" || u.User != nil || strings.ContainsAny(u.Path, "{}") ||
		(u.Host == "") != (u.Scheme == "") || u.Scheme != "" && u.Scheme != "https" && u.Scheme != "http" ||
		u.Path != "" && u.Path[0] != '/' {
		return errors.New("caseapi: Config.BaseURL is neither an http(s) URL without query nor a path")
	}
	h.prefix = u.EscapedPath()
	return nil
}

func (h *handler) setOrigins() (err error) {
	vary := []string{"Accept-Encoding"}
	if h.Authorize != nil {
		vary = append(vary, "Authorization")
	}
	if h.origins, err = rest.NewOrigins(h.Origins, allowed, vary...); err != nil {
		return fmt.Errorf("caseapi: Config.Origins: %w", err)
	}
	return nil
}

func (h *handler) setDefaults() {
	if h.System == "" {
		h.System = defaultSystem
	}
	if h.Now == nil {
		h.Now = time.Now
	}
	if h.CacheBytes == 0 {
		h.CacheBytes = defaultCacheBytes
	}
	if h.Logger == nil {
		h.Logger = slog.New(slog.DiscardHandler)
	}
	h.texts = rest.NewTexts(h.CacheBytes)
	h.send = &rest.Sender{CacheControl: rest.CacheControl(h.Authorize != nil, h.MaxAge), Now: h.Now, NoGzip: h.NoGzip}
}

func (h *handler) setRoutes() error {
	mux := http.NewServeMux()
	for _, v := range []Version{V1p0, V1p1} {
		base := h.prefix + BasePath(v)
		mux.Handle(base+"/CFDocuments", h.endpoint(v, h.list))
		for _, kind := range Kinds() {
			mux.Handle(base+"/"+kind.Path()+"/{sourcedId}", h.endpoint(v, h.one(kind)))
		}
		mux.Handle(base+"/", h.endpoint(v, nowhere))
	}
	mux.Handle("/", h.endpoint(V1p1, nowhere))
	if h.Description == nil {
		made, err := describe(h.base + BasePath(V1p1))
		if err != nil {
			return err
		}
		h.Description = made
	}
	mux.Handle(h.prefix+BasePath(V1p1)+DiscoveryPath, h.discovery())
	h.routes = mux
	return nil
}

// request is one request in the hands of an endpoint.
type request struct {
	*http.Request
	w http.ResponseWriter
	v Version
}

// endpoint puts around an endpoint what all have in common: methods, origins,
// permission, and errors in the shape of the version.
func (h *handler) endpoint(v Version, serve func(request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		req := request{r, w, v}
		if !h.begin(req) {
			return
		}
		if h.Authorize != nil {
			ctx, err := h.Authorize(r)
			if err != nil {
				h.refuse(req, err)
				return
			}
			if ctx != nil {
				req.Request = r.WithContext(ctx)
			}
		}
		if err := serve(req); err != nil {
			h.refuse(req, err)
		}
	})
}

// discovery serves the service description, to everybody.
func (h *handler) discovery() http.Handler {
	a := rest.Answer{Body: h.Description, Tag: rest.Tag(h.Description)}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if req := (request{r, w, V1p1}); h.begin(req) {
			h.send.Send(w, r, a)
		}
	})
}

const allowed = "GET, HEAD, OPTIONS"

// begin answers what needs no endpoint; it reports whether the request goes on.
func (h *handler) begin(r request) bool {
	h.origins.Allow(r.w, r.Request)
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return true
	case http.MethodOptions:
		h.origins.Preflight(r.w, r.Request)
	default:
		r.w.Header().Set("Allow", allowed)
		rest.SendStatus(r.w, r.Request, http.StatusMethodNotAllowed,
			rest.Status{CodeMajor: rest.Unsupported, Severity: rest.SeverityError, Description: "this service is read only"})
	}
	return false
}

func nowhere(request) error { return ErrNotFound }

// one serves the resource of a kind.
func (h *handler) one(kind Kind) func(request) error {
	return func(r request) error {
		id, err := parseID(r.PathValue("sourcedId"))
		if err != nil {
			return err
		}
		found, err := h.Store.Find(r.Context(), kind, id)
		if err == nil && found == nil {
			err = ErrNotFound
		}
		if errors.Is(err, ErrNotFound) && (!id.Standard() || r.PathValue("sourcedId") != id.String()) {
			return errInvalidUUID
		}
		if err != nil {
			return err
		}
		return h.sendResource(r, found)
	}
}

var errInvalidUUID = errors.New("caseapi: not a UUID")

// parseID reads an identifier as a path has it: 36 characters, in either case. A
// UUID of a version that CASE does not allow is looked for, since frameworks have
// them, and is called invalid where it is not found.
func parseID(text string) (casefw.GUID, error) {
	id, err := casefw.ParseGUID(text)
	if err != nil || !strings.EqualFold(text, id.String()) || id.IsZero() {
		return id, errInvalidUUID
	}
	return id, nil
}

// list serves the documents.
func (h *handler) list(r request) error {
	values, err := rest.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return err
	}
	q, selected, err := h.query(values, r.v)
	if err != nil {
		return err
	}
	page, err := h.Store.Documents(r.Context(), q)
	if err == nil && page == nil {
		err = errors.New("caseapi: the store returned no page")
	}
	if err != nil {
		return err
	}
	return h.sendPage(r, page, q, values, selected)
}

// query reads what a client asks of the list, within the limits of the Config.
func (h *handler) query(values url.Values, v Version) (*Query, []string, error) {
	q, err := compileQuery(values, v, rest.PageLimits{Default: h.DefaultLimit, Max: h.MaxLimit},
		rest.FilterLimits{Bytes: h.MaxFilterBytes, Terms: h.MaxFilterTerms})
	if err != nil {
		return nil, nil, err
	}
	selected, err := rest.ParseSelection(values, q.fields)
	return q, selected, err
}
