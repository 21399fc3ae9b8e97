package caseapi

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/rest"
)

// ask calls a store: its panics are errors, and so is an error that cannot be read.
func ask[T any](ctx context.Context, f func() (T, error)) (T, error) {
	return guard.Call(ctx, func() (T, error) { return guard.Legible(f()) })
}

// one serves the resource of a kind.
func (h *handler) one(r *request, kind Kind, text string) error {
	id, err := parseID(text)
	if err != nil {
		return err
	}
	found, err := h.find(r, kind, id)
	if errors.Is(err, ErrNotFound) && (!id.Standard() || text != id.String()) {
		return errInvalidUUID
	}
	if err != nil {
		return err
	}
	return h.sendResource(r, found)
}

// find asks the store, and holds its answer against the question.
func (h *handler) find(r *request, kind Kind, id casefw.GUID) (*Resource, error) {
	found, err := ask(r.Context(), func() (*Resource, error) { return h.Store.Find(r.Context(), kind, id) })
	if err != nil {
		return nil, err
	}
	if found == nil {
		return nil, errNothing
	}
	return found, found.answers(kind, id)
}

// canonicalKinds are those that have a uri, in the order in which they are looked for.
var canonicalKinds = []Kind{KindItem, KindDocument, KindAssociation, KindItemType, KindConcept, KindSubject, KindLicense,
	KindAssociationGrouping, KindRubric}

// canonical serves what an identifier names, of whatever kind: at a uri that has no version
// in it, and so stays what it is, as links and alignments need it (implementation guide 1.1
// on Open Badges). Content-Location says which endpoint answers so.
func (h *handler) canonical(r *request, text string) error {
	id, err := parseID(text)
	if err != nil {
		return err
	}
	for _, kind := range canonicalKinds {
		found, err := h.find(r, kind, id)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		r.w.Header().Set("Content-Location", h.base+BasePath(r.v)+"/"+kind.Path()+"/"+id.String())
		return h.sendResource(r, found)
	}
	return ErrNotFound
}

var errInvalidUUID = errors.New("caseapi: not a UUID")

// parseID reads an identifier as a path has it: 36 characters, in either case. A
// UUID of a version that CASE does not allow is looked for, since frameworks have
// them, and is called invalid where it is not found.
func parseID(text string) (casefw.GUID, error) {
	if len(text) != len(casefw.GUID{}.String()) {
		return casefw.GUID{}, errInvalidUUID
	}
	id, err := casefw.ParseGUID(text)
	if err != nil || !strings.EqualFold(text, id.String()) || id.IsZero() {
		return id, errInvalidUUID
	}
	return id, nil
}

// list serves the documents.
func (h *handler) list(r *request) error {
	values, err := rest.ParseQuery(r.URL.RawQuery, h.query)
	if err != nil {
		return err
	}
	q, selected, err := h.compile(values, r.v)
	if err != nil {
		return err
	}
	page, err := ask(r.Context(), func() (*Page, error) { return h.Store.Documents(r.Context(), q) })
	switch {
	case err != nil:
		return err
	case page == nil:
		return errNothing
	}
	if err := page.answers(q); err != nil {
		return err
	}
	return h.sendPage(r, page, q, selected)
}

// compile reads what a client asks of the list, within the limits of the Config.
func (h *handler) compile(values url.Values, v Version) (*Query, []string, error) {
	q, err := compileQuery(values, v, rest.PageLimits{Default: h.DefaultLimit, Max: h.MaxLimit},
		rest.FilterLimits{Bytes: h.MaxFilterBytes, Terms: h.MaxFilterTerms})
	if err != nil {
		return nil, nil, err
	}
	selected, err := rest.ParseSelection(values, q.fields)
	return q, selected, err
}

// answers holds a page against the question that a store was asked.
func (p *Page) answers(q *Query) error {
	if n := len(p.Documents); n > q.Limit || p.Total < 0 || n > 0 && p.Total-n < q.Offset {
		return fmt.Errorf("caseapi: the store returned %d documents of %d for a page of %d from %d", n, p.Total, q.Limit, q.Offset)
	}
	for _, d := range p.Documents {
		if d == nil || d.kind != KindDocument {
			return errors.New("caseapi: the store returned a page with something else than a document")
		}
	}
	return nil
}
