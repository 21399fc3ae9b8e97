// Package storetest holds stores of CASE against what caseapi.Store promises, and has
// the frameworks that it does so with, for tests of what stands on a store.
package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Test holds a store against what [caseapi.Store] promises. open returns a store with
// the frameworks given, in their order; it is called once. The error names all that
// was found wrong. Call it from a test of yours, with the race detector on:
//
//	if err := storetest.Test(t.Context(), open); err != nil {
//		t.Fatal(err)
//	}
//
// It is a function and not a test, like testing/fstest.TestFS, so that a command of
// yours can use it too.
func Test(ctx context.Context, open func(frameworks ...*casefw.Framework) (caseapi.Store, error)) error {
	frameworks, err := Frameworks()
	if err != nil {
		return err
	}
	store, err := guard.Call(ctx, func() (caseapi.Store, error) { return guard.Legible(open(frameworks...)) })
	if err != nil {
		return fmt.Errorf("opening the store: %w", err)
	}
	if store == nil {
		return errors.New("opening the store: there is none")
	}
	s := &suite{ctx: ctx, store: store}
	s.finds()
	s.serves()
	s.misses()
	s.lists()
	s.pages()
	s.together()
	return errors.Join(s.faults...)
}

// suite gathers the faults of a store. A store that panics has a fault, and so has one that
// returns nothing.
type suite struct {
	ctx    context.Context
	store  caseapi.Store
	mu     sync.Mutex
	faults []error
}

func (s *suite) fault(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, fmt.Errorf(format, args...))
}

// expectation is what a kind's endpoint has under an identifier: the identifiers
// that stand in the answer. In sorted ones the order is free.
type expectation struct {
	kind caseapi.Kind
	id   string
	want []string
}

var expectations = []expectation{
	{caseapi.KindDocument, IDMain, []string{IDMain}}, {caseapi.KindDocument, IDCrosswalk, []string{IDCrosswalk}},
	{caseapi.KindPackage, IDMain, []string{IDMain, IDRoot, IDLeaf, IDTop, IDBelow, IDResource}},
	{caseapi.KindPackage, IDCrosswalk, []string{IDCrosswalk, IDMatch}},
	{caseapi.KindItem, IDRoot, []string{IDRoot}}, {caseapi.KindItem, IDOther, []string{IDOther}},
	{caseapi.KindItemAssociations, IDRoot, []string{IDRoot, IDTop, IDBelow, IDMatch}},
	{caseapi.KindItemAssociations, IDLeaf, []string{IDLeaf, IDBelow, IDResource, IDAlias}},
	{caseapi.KindItemAssociations, IDOther, []string{IDOther, IDAlias, IDMatch, IDOtherTop}},
	{caseapi.KindItemAssociations, IDAlone, []string{IDAlone}},
	{caseapi.KindAssociation, IDMatch, []string{IDMatch}}, {caseapi.KindAssociation, IDBelow, []string{IDBelow}},
	{caseapi.KindAssociationGrouping, IDGrouping, []string{IDGrouping}}, {caseapi.KindLicense, IDLicense, []string{IDLicense}},
	{caseapi.KindRubric, IDRubric, []string{IDRubric}},
	{caseapi.KindConcept, IDConcept, []string{IDConcept, IDConceptBelow}}, {caseapi.KindConcept, IDConceptAside, []string{IDConceptAside}},
	{caseapi.KindSubject, IDSubject, []string{IDSubject, IDSubjectBelow}}, {caseapi.KindItemType, IDType, []string{IDType, IDTypeBelow}},
	{caseapi.KindItemType, IDTypeBelow, []string{IDTypeBelow}},
}

// finds asks for everything, in both versions.
func (s *suite) finds() {
	for _, e := range expectations {
		root := s.find(e.kind, e.id, caseapi.V1p1)
		got := identifiers(root)
		if e.kind == caseapi.KindItemAssociations && len(got) > 1 {
			slices.Sort(got[1:])
			e.want = slices.Clone(e.want)
			slices.Sort(e.want[1:])
		}
		if !slices.Equal(got, e.want) {
			s.fault("%v %s has %v, not %v", e.kind, e.id, got, e.want)
		}
	}
	if home := s.find(caseapi.KindItem, IDLeaf, caseapi.V1p1).Get("CFDocumentURI").Get("identifier").Text(); home != IDMain {
		s.fault("the item %s, which %s reuses, has the CFDocumentURI %q, not that of its own framework", IDLeaf, IDUser, home)
	}
	for _, m := range []string{"extensions", "caseVersion", "frameworkType"} {
		if s.find(caseapi.KindDocument, IDMain, caseapi.V1p0).Get(m).Exists() {
			s.fault("a document of 1.0 has %s", m)
		}
	}
	for _, v := range []caseapi.Version{caseapi.V1p0, caseapi.V1p1} {
		if !s.find(caseapi.KindDocument, IDMain, v).Get("CFPackageURI").Get("uri").Exists() {
			s.fault("a document has no CFPackageURI")
		}
	}
}

// serves asks a handler over the store, which holds answers against the questions: what it
// answers with 500 is a fault, and is said as its Logger hears it.
func (s *suite) serves() {
	var log bytes.Buffer
	h, err := caseapi.NewHandler(caseapi.Config{Store: s.store, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		s.fault("%w", err)
		return
	}
	for _, v := range []caseapi.Version{caseapi.V1p0, caseapi.V1p1} {
		for _, e := range expectations {
			s.serve(h, &log, caseapi.BasePath(v)+"/"+e.kind.Path()+"/"+e.id)
		}
		s.serve(h, &log, caseapi.BasePath(v)+"/"+caseapi.KindDocument.Path()+"?limit=2&offset=1&fields=title")
	}
}

func (s *suite) serve(h http.Handler, log *bytes.Buffer, target string) {
	log.Reset()
	w := httptest.NewRecorder()
	_, err := guard.Call(context.WithoutCancel(s.ctx), func() (struct{}, error) {
		h.ServeHTTP(w, httptest.NewRequestWithContext(s.ctx, http.MethodGet, target, nil))
		return struct{}{}, nil
	})
	if err != nil || w.Code == http.StatusInternalServerError || log.Len() > 0 {
		s.fault("%s is answered with %d: %v %s", target, w.Code, err, strings.TrimSpace(log.String()))
	}
}

// find returns the JSON of a resource, nothing where there is none.
func (s *suite) find(kind caseapi.Kind, id string, v caseapi.Version) jsonx.Value {
	found, err := s.ask(kind, guid(id))
	switch {
	case err != nil:
		s.fault("%v %s: %w", kind, id, err)
		return jsonx.Value{}
	case found == nil:
		s.fault("%v %s: there is neither a resource nor an error", kind, id)
		return jsonx.Value{}
	}
	return s.written(found, v)
}

// ask calls Find.
func (s *suite) ask(kind caseapi.Kind, id casefw.GUID) (*caseapi.Resource, error) {
	return guard.Call(s.ctx, func() (*caseapi.Resource, error) { return guard.Legible(s.store.Find(s.ctx, kind, id)) })
}

func (s *suite) written(r *caseapi.Resource, v caseapi.Version) jsonx.Value {
	var b bytes.Buffer
	_, err := guard.Call(context.WithoutCancel(s.ctx), func() (struct{}, error) {
		return guard.Legible(struct{}{}, r.WriteJSON(s.ctx, &b, v))
	})
	if err != nil {
		s.fault("writing: %w", err)
		return jsonx.Value{}
	}
	doc, err := jsonx.Parse(b.Bytes(), jsonx.Limits{}, nil)
	if err != nil {
		s.fault("what was written is no JSON: %w", err)
		return jsonx.Value{}
	}
	return doc.Root()
}

// identifiers returns those of a record, or of the records in its members.
func identifiers(v jsonx.Value) []string {
	if id := v.Get("identifier"); id.Exists() {
		return []string{id.Text()}
	}
	var all []string
	for m := v.First(); m.Exists(); m = m.Next() {
		if m.Name() == "CFDefinitions" || m.Name() == "CFRubrics" {
			continue
		}
		for _, e := range m.Items() {
			all = append(all, e.Get("identifier").Text())
		}
	}
	return all
}

// misses asks for what is not there: nothing, and a thing of another kind.
func (s *suite) misses() {
	for _, kind := range caseapi.Kinds() {
		for _, id := range []string{"99999999-aaaa-4aaa-8aaa-000000000001", elsewhere(kind), ""} {
			if found, err := s.ask(kind, guid(id)); !errors.Is(err, caseapi.ErrNotFound) || found != nil {
				s.fault("%v %q: the error is %v, not ErrNotFound", kind, id, err)
			}
		}
	}
	if found, err := s.ask(0, guid(IDMain)); !errors.Is(err, caseapi.ErrNotFound) || found != nil {
		s.fault("the zero kind: the error is %v, not ErrNotFound", err)
	}
}

// elsewhere returns the identifier of something that a kind does not have.
func elsewhere(kind caseapi.Kind) string {
	if kind == caseapi.KindRubric {
		return IDRoot
	}
	return IDRubric
}

// lists asks for the documents in the ways that there are.
func (s *suite) lists() {
	for _, c := range []struct {
		query string
		v     caseapi.Version
		want  []string
	}{
		{"", caseapi.V1p1, []string{IDMain, IDUser, IDCrosswalk}},
		{"sort=title", caseapi.V1p1, []string{IDUser, IDCrosswalk, IDMain}},
		{"sort=title&orderBy=desc", caseapi.V1p1, []string{IDMain, IDCrosswalk, IDUser}},
		{"sort=lastChangeDateTime", caseapi.V1p1, []string{IDCrosswalk, IDMain, IDUser}},
		{"sort=lastChangeDateTime&orderBy=desc", caseapi.V1p1, []string{IDUser, IDMain, IDCrosswalk}},
		{"sort=adoptionStatus&orderBy=desc", caseapi.V1p1, []string{IDMain, IDUser, IDCrosswalk}},
		{"sort=version", caseapi.V1p1, []string{IDMain, IDUser, IDCrosswalk}},
		{"sort=nothing&orderBy=desc", caseapi.V1p1, []string{IDMain, IDUser, IDCrosswalk}},
		{"sort=frameworkType", caseapi.V1p0, []string{IDMain, IDUser, IDCrosswalk}},
		{"filter=title~'CO'", caseapi.V1p1, []string{IDUser}},
		{"filter=title~'CRO'", caseapi.V1p1, []string{IDCrosswalk}},
		{"filter=creator~'example'+AND+subject~'craft'", caseapi.V1p1, []string{IDMain, IDUser}},
		{"filter=subject='craft,botany'", caseapi.V1p1, []string{IDMain}},
		{"filter=adoptionStatus!='draft'", caseapi.V1p1, []string{IDMain, IDCrosswalk}},
		{"filter=lastChangeDateTime>='2024-05-01T08:00:00Z'", caseapi.V1p1, []string{IDMain, IDUser}},
		{"filter=lastChangeDateTime<'2024-01-01T00:00:00%2B01:00'", caseapi.V1p1, nil},
		{"filter=CFPackageURI.identifier='" + IDUser + "'+OR+title='crosswalk'&sort=title&orderBy=desc", caseapi.V1p1,
			[]string{IDCrosswalk, IDUser}},
		{"filter=extensions.board='7'", caseapi.V1p1, []string{IDMain}},
	} {
		got, total := s.list(c.query, c.v)
		if !slices.Equal(got, c.want) || total != len(c.want) {
			s.fault("the list of %q (%v) is %v of %d, not %v", c.query, c.v, got, total, c.want)
		}
	}
}

func (s *suite) list(query string, v caseapi.Version) (got []string, total int) {
	q, err := caseapi.NewQuery(query, v)
	if err != nil {
		s.fault("%q: %w", query, err)
		return nil, 0
	}
	page, err := guard.Call(s.ctx, func() (*caseapi.Page, error) { return guard.Legible(s.store.Documents(s.ctx, q)) })
	switch {
	case err != nil:
		s.fault("the list of %q: %w", query, err)
		return nil, 0
	case page == nil:
		s.fault("the list of %q: there is neither a page nor an error", query)
		return nil, 0
	}
	for i, d := range page.Documents {
		if d == nil {
			s.fault("the list of %q: document %d is nil", query, i)
			continue
		}
		got = append(got, s.written(d, v).Get("identifier").Text())
	}
	return got, page.Total
}

// pages walks over the list in parts.
func (s *suite) pages() {
	var all []string
	for offset := range 5 {
		got, total := s.list(fmt.Sprintf("limit=1&offset=%d", offset), caseapi.V1p1)
		if total != 3 {
			s.fault("the total at offset %d is %d, not 3", offset, total)
		}
		all = append(all, got...)
	}
	if want := []string{IDMain, IDUser, IDCrosswalk}; !slices.Equal(all, want) {
		s.fault("the pages of one have %v, not %v", all, want)
	}
	if got, total := s.list("filter=subject~'craft'&limit=5&offset=1", caseapi.V1p1); !slices.Equal(got, []string{IDUser}) || total != 2 {
		s.fault("a filtered page has %v of %d, not %v of 2", got, total, []string{IDUser})
	}
}

// together asks from several sides at once.
func (s *suite) together() {
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for _, e := range expectations {
				s.find(e.kind, e.id, caseapi.V1p0)
			}
			s.list("sort=title&filter=title~'a'", caseapi.V1p1)
		})
	}
	group.Wait()
}

// guid is an identifier as one, the zero one where the text is none.
func guid(text string) casefw.GUID {
	id, _ := casefw.ParseGUID(text)
	return id
}
