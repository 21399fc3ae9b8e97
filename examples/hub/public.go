package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/ob/show"
	"github.com/laurel-edu/laurel/vc"
)

// servePublic serves what a link leads to, to whoever has it. A link that was withdrawn and
// one that there never was look the same.
func (s *site) servePublic(w http.ResponseWriter, r *http.Request, p page, path string) {
	if !onlyRead(w, r) {
		return
	}
	w.Header().Set("X-Robots-Tag", "noindex, nofollow") // whoever has the link, and nobody who searches
	id, part, _ := strings.Cut(path, "/")
	l, err := s.store.Link(r.Context(), p.Tenant.ID, clip(id, hub.MaxName))
	var e hub.Stored
	if err == nil {
		e, err = s.store.Find(r.Context(), l.Owner, l.Key)
	}
	if errors.Is(err, hub.ErrInvalid) || err == nil && part != "" && (part != "file" || !l.File) {
		err = hub.ErrNotFound
	}
	switch {
	case errors.Is(err, hub.ErrNotFound):
		s.notice(w, r, p, http.StatusNotFound, "This link leads nowhere",
			"It was withdrawn by whoever made it, or it is not quite complete.")
	case err != nil:
		s.failed(w, r, p, err)
	case part == "file":
		sendFile(w, r, &e)
	default:
		o := show.Options{Address: s.linkURL(l)}
		if l.File {
			o.Download = "/" + p.Tenant.ID + "/b/" + l.ID + "/file"
		}
		s.showBadge(w, r, p, &e, o)
	}
}

// showBadge shows a credential, verified anew.
func (s *site) showBadge(w http.ResponseWriter, r *http.Request, p page, e *hub.Stored, o show.Options) {
	o.Languages = languages(r)
	v, err := s.view(r.Context(), e, o)
	if err != nil {
		text := "Whoever issued it cannot be asked at the moment. Try again later."
		if problem := vc.ProblemOf(err); problem != nil {
			text = problem.Message + ". " + text
		}
		s.notice(w, r, p, http.StatusServiceUnavailable, "It could not be checked", text)
		return
	}
	var b bytes.Buffer
	if err := show.Page(&b, v); err != nil {
		s.failed(w, r, p, err)
		return
	}
	guardHeaders(w, show.ContentSecurityPolicy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if r.Method != http.MethodHead {
		_, _ = w.Write(b.Bytes()) // nobody is left to tell
	}
}

// view verifies a credential as it is today, a few at a time.
func (s *site) view(ctx context.Context, e *hub.Stored, o show.Options) (*show.View, error) {
	select {
	case s.looks <- struct{}{}:
		defer func() { <-s.looks }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	good, err := s.verifier.Authenticate(ctx, e.Raw)
	if err != nil {
		if ctx.Err() == nil {
			s.log.Warn("what is kept is not authentic today", slog.String("kind", e.Kind.String()))
		}
		return nil, err
	}
	return show.NewView(good, o)
}

// files are the media types and the names of a credential as a file.
var files = map[vc.Form]struct{ media, name string }{
	vc.FormJSON: {"application/json", "credential.json"}, vc.FormJWT: {"text/plain; charset=utf-8", "credential.jwt"},
	vc.FormSDJWT: {"text/plain; charset=utf-8", "credential.sd-jwt"},
}

// sendFile sends a credential as it came.
func sendFile(w http.ResponseWriter, r *http.Request, e *hub.Stored) {
	f := files[e.Form]
	download(w, f.media, f.name)
	w.Header().Set("Content-Length", strconv.Itoa(len(e.Raw)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(e.Raw) // nobody is left to tell
	}
}
