package main

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/ob/show"
	"github.com/laurel-edu/laurel/vc"
)

// thingPage is one credential of somebody's wallet.
type thingPage struct {
	page
	Row     row
	Name    string
	Path    string // of the page
	State   string // a word for the style
	Words   string
	Reasons []string
	Links   []madeLink
}

// madeLink is a link that somebody made.
type madeLink struct {
	ID, URL, Day string
	File         bool
}

// serveThing serves the pages of one credential of somebody.
func (s *site) serveThing(w http.ResponseWriter, r *http.Request, p page, o hub.Owner, path string) {
	text, part, _ := strings.Cut(path, "/")
	k, ok := parseKey(text)
	e, err := hub.Stored{}, hub.ErrNotFound
	if ok {
		e, err = s.store.Find(r.Context(), o, k)
	}
	switch {
	case errors.Is(err, hub.ErrNotFound):
		s.notice(w, r, p, http.StatusNotFound, "There is nothing here", "What stood here is no longer in your wallet.")
	case err != nil:
		s.failed(w, r, p, err)
	case part == "" && r.Method == http.MethodPost:
		s.change(w, r, p, o, k)
	case !onlyRead(w, r):
	case part == "":
		s.showThing(w, r, p, o, &e)
	case part == "page":
		at := "/" + p.Tenant.ID + "/wallet/" + text
		s.showBadge(w, r, p, &e, show.Options{Identifiers: true, Download: at + "/file", Back: at})
	case part == "file":
		sendFile(w, r, &e)
	default:
		s.notice(w, r, p, http.StatusNotFound, "There is nothing here", "The address is not quite right.")
	}
}

// showThing shows a credential with the links to it.
func (s *site) showThing(w http.ResponseWriter, r *http.Request, p page, o hub.Owner, e *hub.Stored) {
	links, err := s.store.Links(r.Context(), o)
	if err != nil {
		s.failed(w, r, p, err)
		return
	}
	options := show.Options{Languages: languages(r)}
	b, err := show.NewBriefUnverified(e.Raw, options)
	if err != nil {
		s.failed(w, r, p, err)
		return
	}
	t := &thingPage{page: p, Row: rowOf(e.Key(), b, s.now()), Path: "/" + p.Tenant.ID + "/wallet/" + keyText(e.Key())}
	t.Name = t.Row.Name.Value
	t.State, t.Words, t.Reasons = s.stateOf(r.Context(), e, options)
	for _, l := range links {
		if l.Key == e.Key() {
			t.Links = append(t.Links, madeLink{l.ID, s.linkURL(l), day(l.Created), l.File})
		}
	}
	s.show(w, r, http.StatusOK, "thing", t)
}

// stateOf says whether a credential counts today.
func (s *site) stateOf(ctx context.Context, e *hub.Stored, o show.Options) (name, words string, reasons []string) {
	v, err := s.view(ctx, e, o)
	if err == nil {
		return v.State.Name(), v.State.String(), v.Reasons
	}
	if p := vc.ProblemOf(err); p != nil {
		reasons = []string{p.Message}
	}
	return show.StateUnknown.Name(), show.StateUnknown.String(), reasons
}

// linkURL is the address that a link is.
func (s *site) linkURL(l hub.Link) string { return s.base + "/" + l.Owner.Tenant + "/b/" + l.ID }

// change makes a link to a credential, withdraws one, or removes the credential.
func (s *site) change(w http.ResponseWriter, r *http.Request, p page, o hub.Owner, k hub.Key) {
	if !s.posted(w, r) {
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, longestForm)
	to := "/" + p.Tenant.ID + "/wallet"
	var err error
	switch r.PostFormValue("do") {
	case "remove":
		err = s.store.Delete(r.Context(), o, k)
	case "share":
		to += "/" + keyText(k) + "#links"
		err = s.share(r.Context(), o, k, r.PostFormValue("file") == "yes")
	case "withdraw":
		to += "/" + keyText(k) + "#links"
		err = s.store.EndLink(r.Context(), o, r.PostFormValue("link"))
	default:
		err = hub.ErrInvalid
	}
	switch {
	case errors.Is(err, errManyLinks):
		s.notice(w, r, p, http.StatusConflict, "There are too many links", "Withdraw some that nobody needs any more.")
	case errors.Is(err, hub.ErrInvalid):
		s.notice(w, r, p, http.StatusBadRequest, "That did not work", "The form was not complete. Go back, and try again.")
	case err != nil && !errors.Is(err, hub.ErrNotFound): // withdrawn or removed already
		s.failed(w, r, p, err)
	default:
		http.Redirect(w, r, to, http.StatusSeeOther)
	}
}

var errManyLinks = errors.New("there are as many links as a page lists")

func (s *site) share(ctx context.Context, o hub.Owner, k hub.Key, file bool) error {
	links, err := s.store.Links(ctx, o)
	switch {
	case err != nil:
		return err
	case len(links) >= hub.MaxLinks:
		return errManyLinks
	}
	return s.store.AddLink(ctx, hub.Link{ID: hub.NewLinkID(), Owner: o, Key: k, File: file, Created: s.now()})
}
