package caseapi

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/rest"
)

// request is one request in the hands of the handler.
type request struct {
	*http.Request
	w     *rest.Writer
	v     Version // in whose words it is answered
	lease *rest.Lease
}

// ServeHTTP implements http.Handler. Whatever goes wrong is answered, be it a panic in a
// store; where the status was sent already the connection is broken.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	to := h.route(r.URL)
	req := &request{Request: r, w: &rest.Writer{ResponseWriter: w}, v: to.version(), lease: h.room.Lease()}
	defer req.lease.Release()
	_, err := guard.Call(context.Background(), func() (struct{}, error) { return struct{}{}, h.serve(req, to) })
	switch {
	case err == nil:
	case req.w.Sent():
		h.report(req, err)
		panic(http.ErrAbortHandler)
	default:
		h.answerFault(req, err)
	}
}

// answerFault refuses a request. An error of a plug-in that panics when it is looked at is
// a fault like any other.
func (h *handler) answerFault(r *request, err error) {
	_, worse := guard.Call(context.Background(), func() (struct{}, error) {
		h.refuse(r, err)
		return struct{}{}, nil
	})
	if worse != nil && !r.w.Sent() {
		h.refuse(r, worse)
	}
}

// serve answers a request: a preflight and the service description at once, anything else
// once it is let in.
func (h *handler) serve(r *request, to target) error {
	h.origins.Allow(r.w, r.Request)
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	switch {
	case rest.IsPreflight(r.Request):
		h.origins.Preflight(r.w, r.Request)
		return nil
	case reads && to.v == V1p1 && slices.Equal(to.rest, discovery):
		return h.sendDescription(r)
	}
	if err := h.authorize(r); err != nil {
		return err
	}
	switch {
	case r.Method == http.MethodOptions:
		h.origins.Preflight(r.w, r.Request)
		return nil
	case !reads:
		r.w.Header().Set("Allow", allowed)
		rest.SendStatus(r.w, r.Request, http.StatusMethodNotAllowed,
			rest.Status{CodeMajor: rest.Unsupported, Severity: rest.SeverityError, Description: "this service is read only"})
		return nil
	}
	if err := h.query.Check(r.URL.RawQuery); err != nil {
		return err
	}
	return h.endpoint(r, to)
}

const allowed = "GET, HEAD, OPTIONS"

// authorize asks who may read.
func (h *handler) authorize(r *request) error {
	if h.Authorize == nil {
		return nil
	}
	// In this goroutine: the request is not for others to keep.
	ctx, err := guard.Call(context.WithoutCancel(r.Context()), func() (context.Context, error) {
		return guard.Legible(h.Authorize(r.Request))
	})
	if err == nil && ctx != nil {
		r.Request = r.WithContext(ctx)
	}
	return err
}

// endpoint calls what stands at a path.
func (h *handler) endpoint(r *request, to target) error {
	switch {
	case to.v == 0 && len(to.rest) == 2 && to.rest[0] == canonicalPath:
		return h.canonical(r, to.rest[1])
	case to.v == 0:
		return ErrNotFound
	case len(to.rest) == 1 && to.rest[0] == KindDocument.Path():
		return h.list(r)
	case len(to.rest) != 2 || to.rest[1] == "":
		return ErrNotFound
	}
	for _, kind := range Kinds() {
		if to.rest[0] == kind.Path() {
			return h.one(r, kind, to.rest[1])
		}
	}
	return ErrNotFound
}

// target is where a request leads to.
type target struct {
	v    Version  // 0 for what stands below no base path
	rest []string // the segments below the base path, unescaped
}

// version is the one in whose words the path is answered.
func (t target) version() Version {
	if t.v == 0 {
		return V1p1
	}
	return t.v
}

// longestPath is how many segments of a path are looked at: more than any endpoint has.
const longestPath = 64

// route finds where a URL leads to. Paths are taken as they are written, segment by
// segment: one with empty ones, dots or a slash at its end is another path, and nothing
// stands there. Nobody is sent elsewhere, so nobody is answered before he is let in.
func (h *handler) route(u *url.URL) target {
	all := segments(u.EscapedPath(), longestPath)
	if len(all) < len(h.prefix) || !slices.Equal(all[:len(h.prefix)], h.prefix) {
		return target{}
	}
	all = all[len(h.prefix):]
	for _, base := range bases {
		if n := len(base.rest); len(all) >= n && slices.Equal(all[:n], base.rest) {
			return target{base.v, all[n:]}
		}
	}
	return target{0, all}
}

// canonicalPath is the segment below which all that has an identifier is served, whatever
// it is and whatever version is the newest.
const canonicalPath = "uri"

// bases are the base paths of the versions, and discovery the path below one.
var (
	bases     = []target{{V1p0, segments(BasePath(V1p0), longestPath)}, {V1p1, segments(BasePath(V1p1), longestPath)}}
	discovery = segments(DiscoveryPath, longestPath)
)

// segments splits a path, most segments at the most, and unescapes each: a slash that is
// escaped parts nothing. What cannot be unescaped stays as it is.
func segments(escaped string, most int) []string {
	escaped, absolute := strings.CutPrefix(escaped, "/")
	if !absolute {
		return nil
	}
	all := strings.SplitN(escaped, "/", most)
	for i, s := range all {
		if whole, err := url.PathUnescape(s); err == nil {
			all[i] = whole
		}
	}
	return all
}

// sendDescription answers with the service description.
func (h *handler) sendDescription(r *request) error {
	if err := h.query.Check(r.URL.RawQuery); err != nil {
		return err
	}
	if err := r.lease.Share(descriptionText, int64(2*len(h.Description))); err != nil {
		return err
	}
	h.send.Send(r.w, r.Request, h.description)
	return nil
}

// descriptionText is what the leases of those who read the description hold.
const descriptionText = "description"

var errNothing = errors.New("caseapi: the store returned nothing, and no error")
