package caseapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// TestStore holds a store against what [Store] promises. open returns a store with
// the frameworks given, in their order; it is called once. The error names all that
// was found wrong. Call it from a test of yours, with the race detector on:
//
//	if err := caseapi.TestStore(t.Context(), open); err != nil {
//		t.Fatal(err)
//	}
//
// It is a function and not a test, like testing/fstest.TestFS, so that products do
// not link package testing.
func TestStore(ctx context.Context, open func(frameworks ...*casefw.Framework) (Store, error)) error {
	frameworks, err := sampleFrameworks()
	if err != nil {
		return err
	}
	store, err := open(frameworks...)
	if err != nil {
		return fmt.Errorf("opening the store: %w", err)
	}
	s := &suite{ctx: ctx, store: store}
	s.finds()
	s.misses()
	s.lists()
	s.pages()
	s.together()
	return errors.Join(s.faults...)
}

// suite gathers the faults of a store.
type suite struct {
	ctx    context.Context
	store  Store
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
	kind Kind
	id   string
	want []string
}

var expectations = []expectation{
	{KindDocument, idMain, []string{idMain}}, {KindDocument, idCrosswalk, []string{idCrosswalk}},
	{KindPackage, idMain, []string{idMain, idRoot, idLeaf, idTop, idBelow, idResource}},
	{KindPackage, idCrosswalk, []string{idCrosswalk, idMatch}},
	{KindItem, idRoot, []string{idRoot}}, {KindItem, idOther, []string{idOther}},
	{KindItemAssociations, idRoot, []string{idRoot, idTop, idBelow, idMatch}},
	{KindItemAssociations, idLeaf, []string{idLeaf, idBelow, idResource, idAlias}},
	{KindItemAssociations, idOther, []string{idOther, idAlias, idMatch, idOtherTop}},
	{KindItemAssociations, idAlone, []string{idAlone}},
	{KindAssociation, idMatch, []string{idMatch}}, {KindAssociation, idBelow, []string{idBelow}},
	{KindAssociationGrouping, idGrouping, []string{idGrouping}}, {KindLicense, idLicense, []string{idLicense}},
	{KindRubric, idRubric, []string{idRubric}},
	{KindConcept, idConcept, []string{idConcept, idConceptBelow}}, {KindConcept, idConceptAside, []string{idConceptAside}},
	{KindSubject, idSubject, []string{idSubject, idSubjectBelow}}, {KindItemType, idType, []string{idType, idTypeBelow}},
	{KindItemType, idTypeBelow, []string{idTypeBelow}},
}

// finds asks for everything, in both versions.
func (s *suite) finds() {
	for _, e := range expectations {
		root := s.find(e.kind, e.id, V1p1)
		got := identifiers(root)
		if e.kind == KindItemAssociations && len(got) > 1 {
			slices.Sort(got[1:])
			e.want = slices.Clone(e.want)
			slices.Sort(e.want[1:])
		}
		if !slices.Equal(got, e.want) {
			s.fault("%v %s has %v, not %v", e.kind, e.id, got, e.want)
		}
	}
	if home := s.find(KindItem, idLeaf, V1p1).Get("CFDocumentURI").Get("identifier").Text(); home != idMain {
		s.fault("the item %s, which %s reuses, has the CFDocumentURI %q, not that of its own framework", idLeaf, idUser, home)
	}
	for _, m := range []string{"extensions", "caseVersion", "frameworkType"} {
		if s.find(KindDocument, idMain, V1p0).Get(m).Exists() {
			s.fault("a document of 1.0 has %s", m)
		}
	}
	for _, v := range []Version{V1p0, V1p1} {
		if !s.find(KindDocument, idMain, v).Get("CFPackageURI").Get("uri").Exists() {
			s.fault("a document has no CFPackageURI")
		}
	}
}

// find returns the JSON of a resource, nothing where there is none.
func (s *suite) find(kind Kind, id string, v Version) jsonx.Value {
	found, err := s.store.Find(s.ctx, kind, guid(id))
	if err != nil || found == nil {
		s.fault("%v %s: %v", kind, id, err)
		return jsonx.Value{}
	}
	return s.written(found, v)
}

func (s *suite) written(r *Resource, v Version) jsonx.Value {
	var b bytes.Buffer
	if err := r.WriteJSON(s.ctx, &b, v); err != nil {
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
	for _, kind := range Kinds() {
		for _, id := range []string{"99999999-aaaa-4aaa-8aaa-000000000001", elsewhere(kind), ""} {
			if found, err := s.store.Find(s.ctx, kind, guid(id)); !errors.Is(err, ErrNotFound) || found != nil {
				s.fault("%v %q: the error is %v, not ErrNotFound", kind, id, err)
			}
		}
	}
	if found, err := s.store.Find(s.ctx, 0, guid(idMain)); !errors.Is(err, ErrNotFound) || found != nil {
		s.fault("the zero kind: the error is %v, not ErrNotFound", err)
	}
}

// elsewhere returns the identifier of something that a kind does not have.
func elsewhere(kind Kind) string {
	if kind == KindRubric {
		return idRoot
	}
	return idRubric
}

// lists asks for the documents in the ways that there are.
func (s *suite) lists() {
	for _, c := range []struct {
		query string
		v     Version
		want  []string
	}{
		{"", V1p1, []string{idMain, idUser, idCrosswalk}},
		{"sort=title", V1p1, []string{idUser, idCrosswalk, idMain}},
		{"sort=title&orderBy=desc", V1p1, []string{idMain, idCrosswalk, idUser}},
		{"sort=lastChangeDateTime", V1p1, []string{idCrosswalk, idMain, idUser}},
		{"sort=lastChangeDateTime&orderBy=desc", V1p1, []string{idUser, idMain, idCrosswalk}},
		{"sort=adoptionStatus&orderBy=desc", V1p1, []string{idMain, idUser, idCrosswalk}},
		{"sort=version", V1p1, []string{idMain, idUser, idCrosswalk}},
		{"sort=nothing&orderBy=desc", V1p1, []string{idMain, idUser, idCrosswalk}},
		{"sort=frameworkType", V1p0, []string{idMain, idUser, idCrosswalk}},
		{"filter=title~'CO'", V1p1, []string{idUser}},
		{"filter=title~'CRO'", V1p1, []string{idCrosswalk}},
		{"filter=creator~'example'+AND+subject~'craft'", V1p1, []string{idMain, idUser}},
		{"filter=subject='craft,botany'", V1p1, []string{idMain}},
		{"filter=adoptionStatus!='draft'", V1p1, []string{idMain, idCrosswalk}},
		{"filter=lastChangeDateTime>='2024-05-01T08:00:00Z'", V1p1, []string{idMain, idUser}},
		{"filter=lastChangeDateTime<'2024-01-01T00:00:00%2B01:00'", V1p1, nil},
		{"filter=CFPackageURI.identifier='" + idUser + "'+OR+title='crosswalk'&sort=title&orderBy=desc", V1p1,
			[]string{idCrosswalk, idUser}},
		{"filter=extensions.board='7'", V1p1, []string{idMain}},
	} {
		got, total := s.list(c.query, c.v)
		if !slices.Equal(got, c.want) || total != len(c.want) {
			s.fault("the list of %q (%v) is %v of %d, not %v", c.query, c.v, got, total, c.want)
		}
	}
}

func (s *suite) list(query string, v Version) (got []string, total int) {
	q, err := NewQuery(query, v)
	if err != nil {
		s.fault("%q: %w", query, err)
		return nil, 0
	}
	page, err := s.store.Documents(s.ctx, q)
	if err != nil || page == nil {
		s.fault("the list of %q: %v", query, err)
		return nil, 0
	}
	for _, d := range page.Documents {
		got = append(got, s.written(d, v).Get("identifier").Text())
	}
	return got, page.Total
}

// pages walks over the list in parts.
func (s *suite) pages() {
	var all []string
	for offset := range 5 {
		got, total := s.list(fmt.Sprintf("limit=1&offset=%d", offset), V1p1)
		if total != 3 {
			s.fault("the total at offset %d is %d, not 3", offset, total)
		}
		all = append(all, got...)
	}
	if want := []string{idMain, idUser, idCrosswalk}; !slices.Equal(all, want) {
		s.fault("the pages of one have %v, not %v", all, want)
	}
	if got, total := s.list("filter=subject~'craft'&limit=5&offset=1", V1p1); !slices.Equal(got, []string{idUser}) || total != 2 {
		s.fault("a filtered page has %v of %d, not %v of 2", got, total, []string{idUser})
	}
}

// together asks from several sides at once.
func (s *suite) together() {
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for _, e := range expectations {
				s.find(e.kind, e.id, V1p0)
			}
			s.list("sort=title&filter=title~'a'", V1p1)
		})
	}
	group.Wait()
}
