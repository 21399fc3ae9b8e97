package rdf

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
)

// ranked is a node with the beginning of its first degree hash, to sort by.
type ranked struct {
	key  uint64
	node int32
}

// hashFirstDegree computes the node's hash from its mentions (RDFC-1.0, 4.6,
// Hash First Degree Quads). It leaves the mentions sorted and without repeated
// statements, which the later steps rely on.
func (c *canonicalizer) hashFirstDegree(n int32) {
	repeated := false
	sortFew(&c.watch, c.mentionsOf(n), func(a, b int32) int {
		r := c.compareMentioning(n, a, b)
		repeated = repeated || r == 0
		return r
	})
	if repeated { // equal quads end up side by side, so the sort has compared them
		c.dropRepeated(n)
	}
	if like := c.findLike(n); like != NoNode {
		copy(c.hashOf(n), c.hashOf(like))
		return
	}
	c.scratch = c.scratch[:0]
	for _, i := range c.mentionsOf(n) {
		if c.watch.ended() {
			return
		}
		c.copyMention(n, i)
	}
	c.sum(c.hashOf(n), c.scratch)
}

// copyMention adds the template of a quad to scratch with the node n as _:a.
func (c *canonicalizer) copyMention(n, i int32) {
	l := &c.lines[i]
	start := len(c.scratch)
	c.scratch = append(c.scratch, c.text[l.start:l.end]...)
	line := c.scratch[start:]
	if l.subjectNode == n {
		line[nameLetter] = 'a'
	}
	if l.objectNode == n {
		line[l.object-l.start+nameLetter] = 'a'
	}
	if l.graphNode == n {
		line[l.graph()-l.start+nameLetter] = 'a'
	}
}

// compareMentioning orders two quads by their first degree lines, and those with
// the same line by the nodes in them: only the same nodes in the same places are
// the same statement.
func (c *canonicalizer) compareMentioning(n, a, b int32) int {
	s := c.lines[a].subjectNode
	if r := cmp.Compare(subjectRank(s, n), subjectRank(c.lines[b].subjectNode, n)); r != 0 {
		return r
	}
	if s == NoNode {
		if r := bytes.Compare(c.subject(a), c.subject(b)); r != 0 {
			return r
		}
	}
	if r := c.compareRest(a, b, n); r != 0 {
		return r
	}
	return c.compareAround(n, a, n, b)
}

// subjectRank orders what a first degree line can begin with: "<", "_:a", "_:z".
func subjectRank(subject, n int32) int32 {
	switch subject {
	case NoNode:
		return 0
	case n:
		return 1
	}
	return 2
}

// dropRepeated shortens the node's mentions to one for each statement: a dataset
// is a set.
func (c *canonicalizer) dropRepeated(n int32) {
	kept := slices.CompactFunc(c.mentionsOf(n), func(a, b int32) bool { return c.compareMentioning(n, a, b) == 0 })
	c.nodes[n].to = c.nodes[n].from + int32(len(kept))
}

// rankNodes lists the mentioned nodes in the order of their hashes, equal ones
// in the order in which they were made.
func (c *canonicalizer) rankNodes() {
	sortWatched(&c.watch, c.ranks, func(a, b ranked) int {
		if r := cmp.Compare(a.key, b.key); r != 0 {
			return r
		}
		if r := bytes.Compare(c.hashOf(a.node), c.hashOf(b.node)); r != 0 {
			return r
		}
		return cmp.Compare(a.node, b.node)
	})
}

func (c *canonicalizer) rank(n int32) ranked {
	return ranked{binary.BigEndian.Uint64(c.hashOf(n)), n}
}

// groupEnd gives the end of the run of equal hashes that begins at ranks[from].
func (c *canonicalizer) groupEnd(from int) int {
	to := from + 1
	for to < len(c.ranks) && c.ranks[to].key == c.ranks[from].key &&
		bytes.Equal(c.hashOf(c.ranks[to].node), c.hashOf(c.ranks[from].node)) {
		to++
	}
	return to
}
