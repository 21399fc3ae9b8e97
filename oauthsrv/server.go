package oauthsrv

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/rest"
)

// endpoint answers the requests of a path.
type endpoint struct {
	allow string // the methods, as the header lists them
	serve func(*Server, http.ResponseWriter, *http.Request, *site)
}

// route returns the endpoint of a path below the issuer.
func route(path, method string) (e endpoint, ok bool) {
	switch path {
	case pathMetadata:
		return endpoint{"GET, HEAD", (*Server).metadata}, true
	case pathRegister:
		return endpoint{"POST", (*Server).register}, true
	case pathAuthorize:
		return endpoint{"GET, HEAD", (*Server).authorize}, true
	case pathConsent:
		return endpoint{"POST", (*Server).consent}, true
	case pathToken:
		return endpoint{"POST", (*Server).token}, true
	case pathRevoke:
		return endpoint{"POST", (*Server).revoke}, true
	case pathConnections:
		if method == http.MethodPost {
			return endpoint{"GET, HEAD, POST", (*Server).disconnect}, true
		}
		return endpoint{"GET, HEAD, POST", (*Server).connections}, true
	}
	return endpoint{}, false
}

// ServeHTTP serves the endpoints and pages of every tenant, and answers 404 at any other
// path and 421 at a foreign host. The body of such an answer is the status information of
// the standard's services.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header())
	at, err := s.site(r)
	switch {
	case errors.Is(err, errMisdirected):
		fail(w, r, http.StatusMisdirectedRequest, rest.Misdirected, "This host does not serve that name.")
		return
	case errors.Is(err, ErrNotFound):
		fail(w, r, http.StatusNotFound, rest.UnknownObject, "There is nothing at this path.")
		return
	case err != nil:
		s.fault(r, err)
		fail(w, r, http.StatusInternalServerError, rest.InternalServerError, "The server failed.")
		return
	}
	if wait := s.limit(r); wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
		fail(w, r, http.StatusTooManyRequests, rest.ServerBusy, "There were too many requests.")
		return
	}
	s.dispatch(w, r, at)
}

func (s *Server) dispatch(w http.ResponseWriter, r *http.Request, at *site) {
	e, ok := route(at.path, r.Method)
	switch {
	case !ok:
		fail(w, r, http.StatusNotFound, rest.UnknownObject, "There is nothing at this path.")
	case !listed(e.allow, r.Method):
		w.Header().Set("Allow", e.allow)
		fail(w, r, http.StatusMethodNotAllowed, rest.NotAllowed, "This path does not have that method.")
	default:
		e.serve(s, w, r, at)
	}
}

// limit asks Config.Limit. One that panics refuses, for a second.
func (s *Server) limit(r *http.Request) time.Duration {
	if s.c.Limit == nil {
		return 0
	}
	wait, err := guard.Call(context.WithoutCancel(r.Context()), func() (time.Duration, error) { return s.c.Limit(r), nil })
	if err != nil {
		s.fault(r, err)
		return time.Second
	}
	return wait
}

// secure sets the headers of every answer: nothing is kept, nothing is framed, no URL with
// a code in it is told to others.
func secure(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Pragma", "no-cache") // RFC 6749, 5.1
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'")
}

// fail answers as the standard's services do.
func fail(w http.ResponseWriter, r *http.Request, status int, minor rest.Minor, text string) {
	rest.SendStatus(w, r, status, rest.Badges.Failure("authorization", minor, text))
}

// fault tells the operator of what went wrong here. The query of a request is no part of it.
func (s *Server) fault(r *http.Request, err error) {
	s.log(r, slog.LevelError, "fault", slog.String("path", r.URL.Path), slog.String("error", err.Error()))
}

// log writes to Config.Log, which may be one's own and panic.
func (s *Server) log(r *http.Request, level slog.Level, event string, attrs ...slog.Attr) {
	if s.c.Log == nil {
		return
	}
	ctx := context.WithoutCancel(r.Context())
	_, _ = guard.Call(ctx, func() (struct{}, error) {
		s.c.Log.LogAttrs(ctx, level, "oauthsrv: "+event, attrs...)
		return struct{}{}, nil
	})
}

// redirect sends the browser on. 303 makes it a GET, so that no form goes along
// (RFC 9700, 4.12).
func redirect(w http.ResponseWriter, to string) {
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
}

// withQuery adds parameters to a URL whose query stays as it is.
func withQuery(to string, q url.Values) string {
	u, err := url.Parse(to)
	if err != nil {
		return to // was parsed when it was registered
	}
	if u.RawQuery != "" {
		u.RawQuery += "&"
	}
	u.RawQuery += q.Encode()
	return u.String()
}
