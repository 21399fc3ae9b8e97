package caseapi

import (
	"log/slog"
	"net/http"
)

// readable are the headers of answers that scripts of other origins may read.
const readable = "ETag, Last-Modified, Link, Retry-After, X-Total-Count"

// allowOrigin says whether the pages of the request's origin may read the answer.
func (h *handler) allowOrigin(r request) {
	head := r.w.Header()
	head.Set("Vary", h.vary)
	origin := r.Header.Get("Origin")
	switch {
	case h.origins == nil:
		head.Set("Access-Control-Allow-Origin", "*")
	case h.origins[origin]:
		head.Set("Access-Control-Allow-Origin", origin)
	default:
		return
	}
	head.Set("Access-Control-Expose-Headers", readable)
}

// preflight answers OPTIONS: what may be asked, and of whom.
func (h *handler) preflight(r request) {
	head := r.w.Header()
	head.Set("Allow", allowed)
	if r.Header.Get("Access-Control-Request-Method") != "" && head.Get("Access-Control-Allow-Origin") != "" {
		head.Set("Access-Control-Allow-Methods", allowed)
		head.Set("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, If-Modified-Since, If-None-Match")
		head.Set("Access-Control-Max-Age", "86400")
	}
	r.w.WriteHeader(http.StatusNoContent)
}

// attrs are what the log says of a request: no query, for it may hold anything.
func attrs(r request, err error) []slog.Attr {
	return []slog.Attr{slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Any("error", err)}
}
