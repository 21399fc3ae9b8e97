package caseapi

import (
	"slices"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// preferred returns the place to serve from. An item that several frameworks have
// is served from its own: the others reuse it (implementation guide 1.1, 4.4.2). Of
// one that stands twice in a package the framework knows which counts.
func (p places) preferred(kind Kind) place {
	if kind != KindItem {
		return p[0]
	}
	for i, at := range p {
		t, ok := at.Find(at.At(int(at.at)).GUID())
		if !ok {
			continue
		}
		p[i].at = int32(t.Index())
		if len(p) == 1 || t.Standalone().CFDocumentURI.GUID() == at.GUID() {
			return p[i]
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
		rec := p.AssociationAt(int(p.at)).Standalone()
		return NewResource(rec, p.stamp(rec.LastChangeDateTime))
	case KindRubric:
		rec := &p.Rubrics()[p.at]
		var own stamps
		own.rubric(rec)
		return NewResource(rec, latest(p.floor, own.time()))
	}
	return p.definition(kind)
}

func (p place) stamp(d vc.DateTime) time.Time {
	var own stamps
	own.text(d)
	return latest(p.floor, own.time())
}

// item returns the stand-alone form of an item. A link to where it was reused from
// may name the uri alone.
func (p place) item() *casefw.CFItem {
	rec := p.At(int(p.at)).Standalone()
	if home := rec.CFDocumentURI; home != nil && home.Identifier == "" && !home.GUID().IsZero() {
		home.Identifier = home.GUID().String()
	}
	return rec
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
		return NewResource(p.ConceptSet(guid(d.CFConcepts[p.at].Identifier)), p.modified)
	case KindSubject:
		return NewResource(p.SubjectSet(guid(d.CFSubjects[p.at].Identifier)), p.modified)
	case KindItemType:
		return NewResource(p.ItemTypeSet(guid(d.CFItemTypes[p.at].Identifier)), p.modified)
	}
	return nil
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
		for _, i := range touchingItem(t) {
			add(p.held, p.AssociationAt(i))
		}
	}
	for _, p := range outer {
		if !done[p.held] {
			add(p.held, p.AssociationAt(int(p.at)))
		}
	}
	return NewResource(set, change)
}

// touchingItem returns the places of the associations that begin or end at an item,
// in the order of its package.
func touchingItem(t casefw.Item) []int {
	var at []int
	for a := range t.Outgoing() {
		at = append(at, a.Index())
	}
	for a := range t.Incoming() {
		at = append(at, a.Index())
	}
	slices.Sort(at)
	return slices.Compact(at) // one may lead to where it begins
}
