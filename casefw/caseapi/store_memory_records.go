package caseapi

import (
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// preferred returns the place to serve from. An item that several frameworks have
// is served from its own: the others hold an alias (implementation guide, 4.4.2).
func (p places) preferred(kind Kind) place {
	if kind == KindItem && len(p) > 1 {
		for _, at := range p {
			// Of an item that stands twice in its package the framework knows which counts.
			t, _ := at.Find(at.At(int(at.at)).GUID())
			if home := at.home(t, t.Record()); home.GUID() == at.GUID() {
				return place{at.held, int32(t.Index())}
			}
		}
	}
	if kind == KindItem {
		if t, ok := p[0].Find(p[0].At(int(p[0].at)).GUID()); ok {
			return place{p[0].held, int32(t.Index())}
		}
	}
	return p[0]
}

// resource returns the record at a place as its endpoint serves it.
func (p place) resource(kind Kind) *Resource {
	switch kind {
	case KindDocument:
		return p.entry
	case KindPackage:
		return p.pack
	case KindItem:
		rec := p.item()
		return NewResource(rec, p.stamp(rec.LastChangeDateTime))
	case KindAssociation:
		rec := p.AssociationAt(int(p.at)).Record()
		if rec.CFDocumentURI == nil {
			self := p.self
			rec.CFDocumentURI = &self
		}
		return NewResource(rec, p.stamp(rec.LastChangeDateTime))
	case KindRubric:
		rec := &p.Rubrics()[p.at]
		return NewResource(rec, latest(p.floor, rubricChange(rec)))
	}
	return p.definition(kind)
}

func (p place) stamp(d vc.DateTime) time.Time {
	at, ok := instant(d.String())
	if !ok {
		return time.Time{}
	}
	return latest(p.floor, at)
}

// item returns the stand-alone form of an item.
func (p place) item() *casefw.CFItem {
	t := p.At(int(p.at))
	rec := t.Record()
	home := p.home(t, rec)
	rec.CFDocumentURI = &home
	return rec
}

// home returns CFDocumentURI of an item: its own, else for an alias the document
// that its link names as the source, else this one.
func (h *held) home(t casefw.Item, rec *casefw.CFItem) casefw.LinkURI {
	if rec.CFDocumentURI != nil {
		return *rec.CFDocumentURI
	}
	for a := range t.Outgoing(casefw.IsChildOf) {
		if source, ok := sourceDocument(a.Extensions()); ok && source.GUID() != h.GUID() {
			return source
		}
	}
	return h.self
}

// sourceDocument reads what the guide puts on the link of an alias.
func sourceDocument(extensions []byte) (l casefw.LinkURI, ok bool) {
	if len(extensions) == 0 {
		return l, false
	}
	doc, err := jsonx.Parse(extensions, extensionLimits, nil)
	if err != nil {
		return l, false
	}
	id, err := casefw.ParseGUID(doc.Root().Get("sourceDocumentIdentifier").Text())
	uri := doc.Root().Get("sourceDocumentURI").Text()
	if err != nil || uri == "" {
		return l, false
	}
	return casefw.LinkURI{Title: uri, Identifier: id.String(), URI: vc.IRI(uri)}, true
}

// definition returns one of the vocabularies' entries; for those in sets with what
// is below it by hierarchyCode.
func (p place) definition(kind Kind) *Resource {
	d := p.Definitions()
	switch kind {
	case KindAssociationGrouping:
		rec := &d.CFAssociationGroupings[p.at]
		return NewResource(rec, p.stamp(rec.LastChangeDateTime))
	case KindLicense:
		rec := &d.CFLicenses[p.at]
		return NewResource(rec, p.stamp(rec.LastChangeDateTime))
	case KindConcept:
		set := branch(d.CFConcepts, p.at, func(c *casefw.CFConcept) string { return c.HierarchyCode })
		return NewResource(&casefw.CFConceptSet{CFConcepts: set}, p.modified)
	case KindSubject:
		set := branch(d.CFSubjects, p.at, func(s *casefw.CFSubject) string { return s.HierarchyCode })
		return NewResource(&casefw.CFSubjectSet{CFSubjects: set}, p.modified)
	case KindItemType:
		set := branch(d.CFItemTypes, p.at, func(t *casefw.CFItemType) string { return t.HierarchyCode })
		return NewResource(&casefw.CFItemTypeSet{CFItemTypes: set}, p.modified)
	}
	return nil
}

// branch returns the entry at a place and those below it.
func branch[R any](list []R, at int32, code func(*R) string) []R {
	set := []R{list[at]}
	for i := range list {
		if int32(i) != at && casefw.UnderCode(code(&list[i]), code(&list[at])) {
			set = append(set, list[i])
		}
	}
	return set
}

// associationsOf gathers what begins or ends at an item: from the frameworks that
// hold it, then from others. An association that two frameworks have comes once.
func associationsOf(found, outer places, id casefw.GUID, change time.Time) *Resource {
	set := &casefw.CFAssociationSet{CFItem: found.preferred(KindItem).item(), CFAssociations: []casefw.CFAssociation{}}
	seen := map[casefw.GUID]*held{}
	add := func(h *held, a casefw.Association) {
		if from, known := seen[a.GUID()]; known && from != h && !a.GUID().IsZero() {
			return
		}
		seen[a.GUID()] = h
		rec := a.Record()
		rec.CFDocumentURI = nil // in the set they have the form that they have in a package
		set.CFAssociations = append(set.CFAssociations, *rec)
	}
	done := map[*held]bool{}
	for _, p := range found {
		t, ok := p.Find(id)
		if !ok || done[p.held] {
			continue
		}
		done[p.held] = true
		for a := range t.Outgoing() {
			add(p.held, a)
		}
		for a := range t.Incoming() {
			if a.Origin().Item() != t {
				add(p.held, a)
			}
		}
	}
	for _, p := range outer {
		if !done[p.held] {
			add(p.held, p.AssociationAt(int(p.at)))
		}
	}
	return NewResource(set, change)
}
