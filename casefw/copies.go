package casefw

import "bytes"

// copyIndex groups the items that are copies of one another.
type copyIndex struct {
	source map[int32]GUID   // of a copy, the item that it was made from
	copies map[GUID][]int32 // the other way round
}

var sourceMember = []byte(`"sourceItemIdentifier"`)

func (f *Framework) buildCopies() *copyIndex {
	x := &copyIndex{source: map[int32]GUID{}, copies: map[GUID][]int32{}}
	for i := range f.items.ids {
		raw := (Item{f, int32(i)}).Extensions()
		if !bytes.Contains(raw, sourceMember) {
			continue
		}
		doc := parseStored(raw)
		if id, ok := looseGUID(doc.Get("sourceItemIdentifier").Text()); ok {
			x.source[int32(i)] = id
			x.copies[id] = append(x.copies[id], int32(i))
		}
	}
	return x
}

// Source returns the identifier of the item that this one was copied from, zero
// where it says nothing of the kind (implementation guide 1.1, 4.4.1).
func (t Item) Source() GUID {
	if t.f == nil {
		return GUID{}
	}
	return t.f.copies.get(t.f.buildCopies).source[t.i]
}

// SameCompetency returns the other items of the framework that are the same
// competency as t: its source, its copies, and other copies of its source.
func (t Item) SameCompetency() []Item {
	if t.f == nil {
		return nil
	}
	x := t.f.copies.get(t.f.buildCopies)
	origin, isCopy := x.source[t.i]
	if !isCopy {
		origin = t.GUID()
	}
	var same []Item
	if source, ok := t.f.Find(origin); ok && source != t {
		same = append(same, source)
	}
	for _, i := range x.copies[origin] {
		if i != t.i {
			same = append(same, Item{t.f, i})
		}
	}
	return same
}
