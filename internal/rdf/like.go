package rdf

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// Records describe the same thing again and again: an issuer with its address in
// each credential, an achievement with its alignments. What has no id becomes a
// new blank node each time, with the same lines, hence the same first degree hash.
// Comparing lines costs a tenth of hashing them.
//
// likes is a table of nodes by their outline; a later node takes the place of an
// earlier one, so that no document can make it do more than one comparison a node.

// beginLikes empties the table. It has two places for each node.
func (c *canonicalizer) beginLikes() {
	c.likes = resize(c.likes, 2<<bits.Len(uint(len(c.nodes))))
	clear(c.likes)
}

// findLike returns an earlier node whose first degree lines are those of n, if the
// table has one, and adds n to it. The mentions of both are sorted.
func (c *canonicalizer) findLike(n int32) int32 {
	place := &c.likes[c.outline(n)>>(64-bits.TrailingZeros(uint(len(c.likes))))]
	earlier := *place - 1 // the zero of an empty place is no node
	*place = n + 1
	if earlier >= 0 && c.sameLines(earlier, n) {
		return earlier
	}
	return NoNode
}

// outline mixes how many lines a node has with the end of each, where lines of the
// same property differ.
func (c *canonicalizer) outline(n int32) uint64 {
	const k = 0x9e3779b97f4a7c15
	list := c.mentionsOf(n)
	h := uint64(len(list)) * k
	for _, i := range list {
		end := c.text[:c.lines[i].end-uint32(len(lineEnd))]
		h = bits.RotateLeft64(h^binary.LittleEndian.Uint64(end[len(end)-8:]), 29) * k
	}
	return h
}

// sameLines reports whether two nodes have the same first degree lines.
func (c *canonicalizer) sameLines(a, b int32) bool {
	p, q := c.mentionsOf(a), c.mentionsOf(b)
	if len(p) != len(q) {
		return false
	}
	for k := range p {
		l, m := &c.lines[p[k]], &c.lines[q[k]]
		same := l.object-l.start == m.object-m.start &&
			(l.subjectNode == a) == (m.subjectNode == b) &&
			(l.objectNode == a) == (m.objectNode == b) &&
			(l.graphNode == a) == (m.graphNode == b) &&
			bytes.Equal(c.text[l.start:l.end], c.text[m.start:m.end])
		if !same {
			return false
		}
	}
	return true
}
