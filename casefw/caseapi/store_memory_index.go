package caseapi

import (
	"iter"
	"maps"
	"slices"

	"github.com/laurel-edu/laurel/casefw"
)

// ref is a record in the framework of a slot: an item, an association, or one of
// the definitions of a kind, by its place.
type ref struct {
	slot uint32
	at   int32
}

// memoryIndex finds records by identifier over all frameworks. Most identifiers
// stand in one framework; those that several have (reused items, shared types) are
// in more as well.
type memoryIndex struct {
	first [len(kindPaths)]map[casefw.GUID]ref
	more  [len(kindPaths)]map[casefw.GUID][]ref
	// outer lists the associations of other frameworks that end at an item.
	outer map[casefw.GUID][]ref
}

// records calls visit with every record of a framework that has an endpoint.
func records(h *held, visit func(k Kind, id casefw.GUID, at int32)) {
	visit(KindDocument, h.GUID(), 0)
	visit(KindPackage, h.GUID(), 0)
	if p := h.document.CFPackageURI.GUID(); p != h.GUID() {
		visit(KindPackage, p, 0)
	}
	for t := range h.Items() {
		visit(KindItem, t.GUID(), int32(t.Index()))
	}
	for a := range h.Associations() {
		visit(KindAssociation, a.GUID(), int32(a.Index()))
	}
	for i := range h.Rubrics() {
		visit(KindRubric, guid(h.Rubrics()[i].Identifier), int32(i))
	}
	if d := h.Definitions(); d != nil {
		definitionRecords(d, visit)
	}
}

// Each yields what the store answers for: the kinds of which it keeps a record of its own,
// and each identifier of them once, in no order. KindItemAssociations is not among them,
// since an answer of that kind is made of the records of all frameworks.
func (m *Memory) Each() iter.Seq2[Kind, casefw.GUID] {
	return func(yield func(Kind, casefw.GUID) bool) {
		m.mu.RLock()
		var all []map[casefw.GUID]ref
		for _, of := range m.index.first {
			all = append(all, maps.Clone(of))
		}
		m.mu.RUnlock()
		for kind, of := range all {
			for id := range of {
				if !yield(Kind(kind), id) {
					return
				}
			}
		}
	}
}

func definitionRecords(d *casefw.CFDefinition, visit func(k Kind, id casefw.GUID, at int32)) {
	for i := range d.CFConcepts {
		visit(KindConcept, guid(d.CFConcepts[i].Identifier), int32(i))
	}
	for i := range d.CFSubjects {
		visit(KindSubject, guid(d.CFSubjects[i].Identifier), int32(i))
	}
	for i := range d.CFLicenses {
		visit(KindLicense, guid(d.CFLicenses[i].Identifier), int32(i))
	}
	for i := range d.CFItemTypes {
		visit(KindItemType, guid(d.CFItemTypes[i].Identifier), int32(i))
	}
	for i := range d.CFAssociationGroupings {
		visit(KindAssociationGrouping, guid(d.CFAssociationGroupings[i].Identifier), int32(i))
	}
}

func guid(identifier string) casefw.GUID {
	id, _ := casefw.ParseGUID(identifier)
	return id
}

// outside calls visit with every end of an association that the framework does not
// hold itself.
func outside(h *held, visit func(id casefw.GUID, at int32)) {
	for a := range h.Associations() {
		origin, destination := a.Origin(), a.Destination()
		if origin.Kind() == casefw.NodeExternal && !origin.GUID().IsZero() {
			visit(origin.GUID(), int32(a.Index()))
		}
		if destination.Kind() == casefw.NodeExternal && !destination.GUID().IsZero() && destination.GUID() != origin.GUID() {
			visit(destination.GUID(), int32(a.Index()))
		}
	}
}

func (x *memoryIndex) add(h *held, slot uint32) {
	if x.outer == nil {
		x.outer = map[casefw.GUID][]ref{}
		for k := range x.first {
			x.first[k], x.more[k] = map[casefw.GUID]ref{}, map[casefw.GUID][]ref{}
		}
	}
	records(h, func(k Kind, id casefw.GUID, at int32) {
		if id.IsZero() {
			return
		}
		r := ref{slot, at}
		if _, taken := x.first[k][id]; taken {
			x.more[k][id] = append(x.more[k][id], r)
			return
		}
		x.first[k][id] = r
	})
	outside(h, func(id casefw.GUID, at int32) { x.outer[id] = append(x.outer[id], ref{slot, at}) })
}

func (x *memoryIndex) remove(h *held, slot uint32) {
	gone := func(r ref) bool { return r.slot == slot }
	records(h, func(k Kind, id casefw.GUID, _ int32) {
		rest := slices.DeleteFunc(slices.Clone(x.more[k][id]), gone)
		if r, taken := x.first[k][id]; taken && gone(r) {
			delete(x.first[k], id)
			if len(rest) > 0 {
				x.first[k][id], rest = rest[0], rest[1:]
			}
		}
		if len(rest) == 0 {
			delete(x.more[k], id)
		} else {
			x.more[k][id] = rest
		}
	})
	outside(h, func(id casefw.GUID, _ int32) {
		rest := slices.DeleteFunc(slices.Clone(x.outer[id]), gone)
		if len(rest) == 0 {
			delete(x.outer, id)
		} else {
			x.outer[id] = rest
		}
	})
}

// place is a record in a framework that stays what it is.
type place struct {
	*held
	at int32
}

type places []place

// lookup returns the places of an identifier, in the order in which the frameworks
// came.
func (x *memoryIndex) lookup(all []*held, kind Kind, id casefw.GUID) places {
	if kind == KindItemAssociations {
		kind = KindItem
	}
	if int(kind) >= len(x.first) {
		return nil
	}
	r, found := x.first[kind][id]
	if !found {
		return nil
	}
	list := places{{all[r.slot], r.at}}
	for _, r := range x.more[kind][id] {
		list = append(list, place{all[r.slot], r.at})
	}
	return list
}

// touching returns the associations of frameworks that do not hold the item.
func (x *memoryIndex) touching(all []*held, kind Kind, id casefw.GUID) places {
	if kind != KindItemAssociations {
		return nil
	}
	list := make(places, 0, len(x.outer[id]))
	for _, r := range x.outer[id] {
		list = append(list, place{all[r.slot], r.at})
	}
	return list
}
