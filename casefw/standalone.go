package casefw

import (
	"strings"

	"github.com/laurel-edu/laurel/vc"
)

// What a provider answers by itself has another form than the same thing inside a
// package: it says what it belongs to. The methods here give that form.

// Link returns a link to the document, nil where there is none.
func (f *Framework) Link() *LinkURI {
	d := f.head.CFDocument
	if d == nil {
		return nil
	}
	return &LinkURI{Title: d.Title, Identifier: d.Identifier, URI: d.URI}
}

// Standalone returns the item as getCFItem answers it: with the CFDocumentURI that
// it was sent with, else the document that it was reused from, else the
// framework's own (implementation guide 1.1, 4.4.2: a reused item keeps its own).
func (t Item) Standalone() *CFItem {
	rec := t.Record()
	if t.f == nil || rec.CFDocumentURI != nil {
		return rec
	}
	if rec.CFDocumentURI = t.sourceDocument(); rec.CFDocumentURI == nil {
		rec.CFDocumentURI = t.f.Link()
	}
	return rec
}

// sourceDocument reads from the links to its parents where a reused item comes from.
func (t Item) sourceDocument() *LinkURI {
	for a := range t.f.parentLinks(int(t.i)) {
		if source, known := t.f.sources()[a.i]; known {
			return &LinkURI{Title: source.Title, Identifier: source.Identifier, URI: source.URI}
		}
	}
	return nil
}

// sources are the documents that associations to parents name in their extensions, by
// the association: read once, since an item is asked for often.
func (f *Framework) sources() map[int32]LinkURI {
	return *f.homes.get(func() *map[int32]LinkURI {
		all := map[int32]LinkURI{}
		for i := range f.LenAssociations() {
			a := Association{f, int32(i)}
			if raw := a.Extensions(); raw != nil && f.isChild(uint32(i)) {
				v := parseStored(raw)
				text := func(name string) string { return strings.Clone(v.Get(name).Text()) }
				source := LinkURI{Title: text("sourceDocumentTitle"), Identifier: text("sourceDocumentIdentifier"),
					URI: vc.IRI(text("sourceDocumentURI"))}
				if source.Identifier != "" || source.URI != "" {
					all[a.i] = source
				}
			}
		}
		return &all
	})
}

// Standalone returns the association as getCFAssociation answers it.
func (a Association) Standalone() *CFAssociation {
	rec := a.Record()
	if a.f != nil && rec.CFDocumentURI == nil {
		rec.CFDocumentURI = a.f.Link()
	}
	return rec
}

// StandaloneDocument returns the document as getCFDocument answers it: with the
// CFPackageURI that it was sent with, else one made from its own uri. nil where
// there is no document.
func (f *Framework) StandaloneDocument() *CFDocument {
	if f.head.CFDocument == nil {
		return nil
	}
	d := *clonePackage(&CFPackage{CFDocument: f.head.CFDocument}).CFDocument
	if d.CFPackageURI == nil {
		d.CFPackageURI = &LinkURI{Title: d.Title, Identifier: d.Identifier,
			URI: vc.IRI(strings.Replace(string(d.URI), "/CFDocuments/", "/CFPackages/", 1))}
	}
	return &d
}

// AssociationSet returns the answer of getCFItemAssociations: the item and all
// associations that it is an end of, which is how the known servers read the
// standard.
func (t Item) AssociationSet() *CFAssociationSet {
	set := &CFAssociationSet{CFItem: t.Standalone(), CFAssociations: []CFAssociation{}}
	for a := range t.Outgoing() {
		set.CFAssociations = append(set.CFAssociations, *a.Record())
	}
	for a := range t.Incoming() {
		if a.Origin().Item() != t {
			set.CFAssociations = append(set.CFAssociations, *a.Record())
		}
	}
	for i := range set.CFAssociations {
		set.CFAssociations[i].CFDocumentURI = nil
	}
	return set
}

// hierarchy returns the element of an identifier and those whose hierarchyCode
// stands below its own, in their order.
func hierarchy[E any](list []E, id GUID, key func(*E) (identifier, code string)) []E {
	for i := range list {
		identifier, code := key(&list[i])
		if g, ok := looseGUID(identifier); !ok || g != id || id.IsZero() {
			continue
		}
		set := []E{list[i]}
		for j := range list {
			if _, below := key(&list[j]); j != i && UnderCode(below, code) {
				set = append(set, list[j])
			}
		}
		return set
	}
	return nil
}

// ConceptSet returns the answer of getCFConcept: the concept, then those below it.
// It is nil where the framework lacks the concept.
func (f *Framework) ConceptSet(id GUID) *CFConceptSet {
	if f.head.CFDefinitions == nil {
		return nil
	}
	found := hierarchy(f.head.CFDefinitions.CFConcepts, id, func(c *CFConcept) (string, string) { return c.Identifier, c.HierarchyCode })
	if found == nil {
		return nil
	}
	return &CFConceptSet{CFConcepts: found}
}

// SubjectSet returns the answer of getCFSubject; see [Framework.ConceptSet].
func (f *Framework) SubjectSet(id GUID) *CFSubjectSet {
	if f.head.CFDefinitions == nil {
		return nil
	}
	found := hierarchy(f.head.CFDefinitions.CFSubjects, id, func(s *CFSubject) (string, string) { return s.Identifier, s.HierarchyCode })
	if found == nil {
		return nil
	}
	return &CFSubjectSet{CFSubjects: found}
}

// ItemTypeSet returns the answer of getCFItemType; see [Framework.ConceptSet].
func (f *Framework) ItemTypeSet(id GUID) *CFItemTypeSet {
	if f.head.CFDefinitions == nil {
		return nil
	}
	found := hierarchy(f.head.CFDefinitions.CFItemTypes, id, func(t *CFItemType) (string, string) { return t.Identifier, t.HierarchyCode })
	if found == nil {
		return nil
	}
	return &CFItemTypeSet{CFItemTypes: found}
}
