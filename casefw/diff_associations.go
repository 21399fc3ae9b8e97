package casefw

import (
	"bytes"
	"hash/maphash"
)

// associationIndex finds associations by identifier, and those without one, or
// with one that is not theirs alone, by what they say.
type associationIndex struct {
	byID   map[GUID]int32 // -1 where several share it
	byHash map[uint64][]int32
}

func indexAssociations(f *Framework, e encoder) associationIndex {
	x := associationIndex{byID: make(map[GUID]int32, f.LenAssociations()), byHash: map[uint64][]int32{}}
	for i := range f.links.ids {
		id := f.links.ids[i]
		if _, taken := x.byID[id]; taken || id.IsZero() {
			x.byID[id] = -1
		} else {
			x.byID[id] = int32(i)
		}
	}
	for i := range f.links.ids {
		if x.byID[f.links.ids[i]] == -1 {
			h := hashAssociation(f, int32(i), e)
			x.byHash[h] = append(x.byHash[h], int32(i))
		}
	}
	return x
}

func hashAssociation(f *Framework, i int32, e encoder) uint64 {
	return maphash.Bytes(seed, e.record(nil, associationClass, (Association{f, i}).Record()))
}

// associations compares links: those with an identifier of their own by it, the
// others as wholes.
func (c *Changes) associations() {
	var e encoder
	old, now := indexAssociations(c.Old, e), indexAssociations(c.New, e)
	var x, y []byte
	for a := range c.New.Associations() {
		id := a.GUID()
		if now.byID[id] == -1 {
			continue
		}
		i, ok := old.byID[id]
		if !ok || i == -1 {
			c.AddedAssociations = append(c.AddedAssociations, a)
			continue
		}
		before := Association{c.Old, i}
		p, q := before.Record(), a.Record()
		x, y = e.record(x[:0], associationClass, p), e.record(y[:0], associationClass, q)
		if !bytes.Equal(x, y) {
			if members := compare(associationClass, p, q); len(members) > 0 {
				c.ChangedAssociations = append(c.ChangedAssociations, AssociationChange{before, a, members})
			}
		}
	}
	for a := range c.Old.Associations() {
		id := a.GUID()
		if i, ok := now.byID[id]; old.byID[id] != -1 && (!ok || i == -1) {
			c.RemovedAssociations = append(c.RemovedAssociations, a)
		}
	}
	c.AddedAssociations = append(c.AddedAssociations, leftOver(c.New, now, old, e)...)
	c.RemovedAssociations = append(c.RemovedAssociations, leftOver(c.Old, old, now, e)...)
}

// leftOver returns the associations of f without an identifier of their own that
// the other side has fewer of.
func leftOver(f *Framework, own, other associationIndex, e encoder) []Association {
	var left []Association
	met := map[uint64]int{}
	for i := range f.links.ids {
		if own.byID[f.links.ids[i]] != -1 {
			continue
		}
		h := hashAssociation(f, int32(i), e)
		met[h]++
		if met[h] > len(other.byHash[h]) {
			left = append(left, Association{f, int32(i)})
		}
	}
	return left
}
