package rest

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// Origins says which web origins' pages may read a service, and answers the
// questions of browsers about it (Fetch, 3.2). Credentials are never allowed. Make it
// with [NewOrigins].
type Origins struct {
	known   map[string]bool // nil for every origin
	vary    string
	methods string
}

// NewOrigins checks a list of origins ("https://app.example.org"). Nil means every
// origin, an empty list none. methods are those that the service has, as a header
// lists them, and vary the headers of requests by which its answers differ besides.
func NewOrigins(list []string, methods string, vary ...string) (*Origins, error) {
	o := &Origins{methods: methods}
	if list != nil {
		vary = append(vary, "Origin")
		o.known = map[string]bool{}
	}
	o.vary = strings.Join(vary, ", ")
	for _, origin := range list {
		u, err := url.Parse(origin)
		if err != nil || u.Scheme == "" || u.Host == "" || origin != u.Scheme+"://"+u.Host {
			return nil, errors.New("an origin is scheme://host")
		}
		o.known[origin] = true
	}
	return o, nil
}

// readable are the headers of answers that scripts of other origins may read.
const readable = "ETag, Last-Modified, Link, Retry-After, X-Total-Count"

// askable are the headers of requests that scripts of other origins may set.
const askable = "Accept, Authorization, Content-Type, If-Modified-Since, If-None-Match"

// Allow says whether the pages of the request's origin may read the answer. It comes
// before anything of the answer, the errors too: scripts may read why.
func (o *Origins) Allow(w http.ResponseWriter, r *http.Request) {
	head := w.Header()
	head.Set("Vary", o.vary)
	origin := r.Header.Get("Origin")
	switch {
	case o.known == nil:
		head.Set("Access-Control-Allow-Origin", "*")
	case o.known[origin]:
		head.Set("Access-Control-Allow-Origin", origin)
	default:
		return
	}
	head.Set("Access-Control-Expose-Headers", readable)
}

// IsPreflight reports whether a request is the question of a browser what its pages may
// ask (Fetch, 3.2.2), which has no credentials.
func IsPreflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header.Get("Origin") != "" && r.Header.Get("Access-Control-Request-Method") != ""
}

// Preflight answers OPTIONS, behind [Origins.Allow]: what may be asked, and of whom.
func (o *Origins) Preflight(w http.ResponseWriter, r *http.Request) {
	head := w.Header()
	head.Set("Allow", o.methods)
	if r.Header.Get("Access-Control-Request-Method") != "" && head.Get("Access-Control-Allow-Origin") != "" {
		head.Set("Access-Control-Allow-Methods", o.methods)
		head.Set("Access-Control-Allow-Headers", askable)
		head.Set("Access-Control-Max-Age", "86400")
	}
	w.WriteHeader(http.StatusNoContent)
}
