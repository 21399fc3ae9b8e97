package rdf

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"math/bits"
)

// subject is an IRI that is a subject, with the list of its lines, linked by
// canonicalizer.next.
type subject struct {
	key         uint64 // its hash, then eight bytes of it to sort by
	first, last int32
}

// noLine ends a list of lines.
const noLine int32 = -1

// gatherSubjects lists the subjects that are IRIs, sorted, each with its lines.
// Producers write about one subject, then about another that it refers to, and
// come back to the first: finding each again by its hash leaves a fraction to be
// sorted.
func (c *canonicalizer) gatherSubjects() {
	c.next = resize(c.next, len(c.lines))
	c.subjects = c.subjects[:0]
	c.slots = resize(c.slots, 64)
	clear(c.slots)
	current := noLine // index of the subject of the last such line
	for i := range c.lines {
		l := &c.lines[i]
		if l.subjectNode != NoNode {
			continue
		}
		c.next[i] = noLine
		iri := c.subject(int32(i))
		if current == noLine || !bytes.Equal(c.subjectOf(c.subjects[current]), iri) {
			current = c.findSubject(iri, int32(i))
		}
		if s := &c.subjects[current]; s.last != int32(i) {
			c.next[s.last] = int32(i)
			s.last = int32(i)
		}
	}
	c.sortSubjects(c.subjects, 0)
}

// findSubject returns the index of a subject, adding it with the line i where it
// is new. The table of slots holds indexes plus one and is at most half full. The
// hash is seeded, so that no document can be made to fill one place of it.
func (c *canonicalizer) findSubject(iri []byte, i int32) int32 {
	h := maphash.Bytes(c.seed, iri)
	slot := h & uint64(len(c.slots)-1)
	for ; c.slots[slot] != 0; slot = (slot + 1) & uint64(len(c.slots)-1) {
		k := c.slots[slot] - 1
		if c.subjects[k].key == h && bytes.Equal(c.subjectOf(c.subjects[k]), iri) {
			return k
		}
	}
	c.subjects = append(c.subjects, subject{h, i, i})
	c.slots[slot] = int32(len(c.subjects))
	if 2*len(c.subjects) > len(c.slots) {
		c.growSlots()
	}
	return int32(len(c.subjects)) - 1
}

func (c *canonicalizer) growSlots() {
	c.slots = resize(c.slots, 4<<bits.Len(uint(len(c.subjects))))
	clear(c.slots)
	for k, s := range c.subjects {
		slot := s.key & uint64(len(c.slots)-1)
		for c.slots[slot] != 0 {
			slot = (slot + 1) & uint64(len(c.slots)-1)
		}
		c.slots[slot] = int32(k) + 1
	}
}

// keyBytes is how many bytes subject.key sorts by.
const keyBytes = 8

// sortSubjects sorts different subjects, of which the first shared bytes are known to
// be the same. IRIs of one source begin alike, so what all of them share is looked
// at once; then they are sorted by the eight bytes that follow, and those that agree
// in these in the same way by themselves.
func (c *canonicalizer) sortSubjects(all []subject, shared int) {
	if len(all) <= few {
		sortFew(&c.watch, all, func(a, b subject) int { return bytes.Compare(c.subjectOf(a), c.subjectOf(b)) })
		return
	}
	shared = c.sharedPrefix(all, shared)
	for i := range all {
		all[i].key = wordAt(c.subjectOf(all[i]), shared)
	}
	sortWatched(&c.watch, all, func(a, b subject) int { return cmp.Compare(a.key, b.key) })
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && all[to].key == all[from].key {
			to++
		}
		if c.watch.ended() {
			return
		}
		c.sortSubjects(all[from:to], shared+keyBytes)
		from = to
	}
}

// subjectOf is a subject with its brackets: where one IRI ends and another goes
// on, ">" meets the next character as it does in the lines.
func (c *canonicalizer) subjectOf(s subject) []byte { return c.subject(s.first) }

// sharedPrefix is how many bytes all subjects begin with, of which so many are known.
// They differ, and none begins with another, so it is less than the length of each.
func (c *canonicalizer) sharedPrefix(all []subject, known int) int {
	first := c.subjectOf(all[0])
	shared := len(first)
	for _, s := range all[1:] {
		iri := c.subjectOf(s)
		shared = min(shared, len(iri))
		if !bytes.Equal(first[known:shared], iri[known:shared]) {
			for shared = known; first[shared] == iri[shared]; {
				shared++
			}
		}
	}
	return shared
}

// wordAt is the eight bytes of s from i on as a number that orders as they do,
// with zeros where s ends.
func wordAt(s []byte, i int) uint64 {
	if i+8 <= len(s) {
		return binary.BigEndian.Uint64(s[i:])
	}
	var w [8]byte
	copy(w[:], s[min(i, len(s)):])
	return binary.BigEndian.Uint64(w[:])
}
