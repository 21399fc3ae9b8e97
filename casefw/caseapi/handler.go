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
	// too. It is asked before anything is answered, also for paths and methods that do
	// not exist; only preflight requests, which have no credentials, and the service
	// description do not pass it. A panic in it is answered with 500.
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
	// recommends. With more terms they must be joined by the same word. The whole query
	// may have 8,192 bytes, or four times MaxFilterBytes where that is more.
	MaxFilterBytes, MaxFilterTerms int
	// CacheBytes is how much memory the texts of packages may take that are kept, 256 MiB
	// by default. A package of more than half of it is written anew for each request.
	CacheBytes int64
	// SendBytes is how much memory answers may take together from when they are made until
	// they are sent, 256 MiB by default: whoever asks and does not read keeps his answer
	// in memory. A package that several read counts once. One answer alone may be larger.
	// Where there is no room a request is answered with 503 and Retry-After; the timeouts
	// of the http.Server end those who do not read.
	SendBytes int64
	// NoGzip leaves compression to a proxy.
	NoGzip bool

	// System names this service in code minor fields, "TargetEndSystem" by default.
	System string
	// Description is served as the service description of 1.1 instead of the one
	// that the handler makes: 1EdTech's file, say, with the host put in.
	Description []byte
	// Logger gets what clients are not told: the causes of answers 500, and of answers
	// that were broken off since their status was sent already. Nil is silent.
	Logger *slog.Logger
	// Now is the clock, time.Now by default.
	Now func() time.Time
}

const (
	defaultCacheBytes = 256 << 20
	defaultSendBytes  = 256 << 20
	defaultSystem     = "TargetEndSystem"
)

// handler serves a store. It is immutable but for its cache.
type handler struct {
	Config
	base        string   // BaseURL without a slash at the end
	prefix      []string // the segments of its path
	query       rest.QueryLimits
	origins     *rest.Origins
	send        *rest.Sender
	room        *rest.Room  // of answers until they are sent
	texts       *rest.Texts // of packages
	description rest.Answer
}

// NewHandler returns a handler for all endpoints of both versions, each under its
// base path. The error says what of the Config cannot be.
func NewHandler(c Config) (http.Handler, error) {
	if c.Store == nil {
		return nil, errors.New("caseapi: Config.Store is not set")
	}
	if c.DefaultLimit < 0 || c.MaxLimit < 0 || c.MaxFilterBytes < 0 || c.MaxFilterTerms < 0 || c.CacheBytes < 0 ||
		c.SendBytes < 0 || c.MaxAge < 0 {
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
	if err := h.describe(); err != nil {
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
	h.prefix = segments(u.EscapedPath(), longestPath)
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
	if h.SendBytes == 0 {
		h.SendBytes = defaultSendBytes
	}
	if h.Logger == nil {
		h.Logger = slog.New(slog.DiscardHandler)
	}
	h.query.Bytes = max(8192, 4*min(h.MaxFilterBytes, 1<<28))
	h.texts, h.room = rest.NewTexts(h.CacheBytes), rest.NewRoom(h.SendBytes)
	h.send = &rest.Sender{CacheControl: rest.CacheControl(h.Authorize != nil, h.MaxAge), Now: h.Now, NoGzip: h.NoGzip}
}

// describe makes the service description, or takes the one of the Config.
func (h *handler) describe() error {
	if h.Description == nil {
		made, err := describe(h.base + BasePath(V1p1))
		if err != nil {
			return err
		}
		h.Description = made
	}
	h.description = rest.Answer{Body: h.Description, Tag: rest.Tag(h.Description)}
	return nil
}
