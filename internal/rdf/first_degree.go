package rdf

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
)

// span is one line in the scratch text, and the quad that it was made of.
type span struct {
	start, end uint32
	quad       int32
}

// ranked is a node with the beginning of its first degree hash, to sort by.
type ranked struct {
	key  uint64
	node int32
}

// hashFirstDegree computes the node's hash from its mentions (RDFC-1.0, 4.6,
// Hash First Degree Quads). It leaves the mentions sorted and without repeated
// statements, which the later steps rely on.
func (c *canonicalizer) hashFirstDegree(n int32) {
	c.copyMentions(n)
	text := c.scratch
	if sorted, repeated := c.sortSpans(n); repeated {
		c.dropRepeated(n)
		text = c.gatherSpans()
	} else if !sorted {
		text = c.gatherSpans()
	}
	for i := range c.spans {
		c.mentions[int(c.nodes[n].from)+i] = c.spans[i].quad
	}
	c.sum(c.hashOf(n), text)
}

// copyMentions copies the templates of the node's quads to scratch and makes the
// node itself _:a in them.
func (c *canonicalizer) copyMentions(n int32) {
	c.scratch, c.spans = c.scratch[:0], c.spans[:0]
	for _, i := range c.mentionsOf(n) {
		q, l := &c.quads[i], &c.lines[i]
		start := uint32(len(c.scratch))
		c.scratch = append(c.scratch, c.text[l.start:l.end]...)
		end := uint32(len(c.scratch))
		if q.SubjectNode == n {
			c.scratch[start+nameLetter] = 'a'
		}
		if q.ObjectNode == n {
			c.scratch[start+l.object-l.start+nameLetter] = 'a'
		}
		if q.GraphNode == n {
			c.scratch[end-graphBack+nameLetter] = 'a'
		}
		c.spans = append(c.spans, span{start, end, i})
	}
}

// sortSpans sorts the lines of scratch and reports whether they stood in order
// already and whether a statement is repeated.
func (c *canonicalizer) sortSpans(n int32) (sorted, repeated bool) {
	compare := func(a, b span) int {
		r := bytes.Compare(c.scratch[a.start:a.end], c.scratch[b.start:b.end])
		if r == 0 {
			// The same line may come of different neighbours, which look alike
			// here: only the same nodes in the same places are a repetition.
			if r = c.compareNodes(n, a.quad, b.quad); r == 0 {
				repeated = true
			}
		}
		return r
	}
	sorted = true
	for i := 1; i < len(c.spans) && sorted; i++ {
		sorted = compare(c.spans[i-1], c.spans[i]) <= 0
	}
	if !sorted {
		sortFew(c.spans, compare)
	}
	return sorted, repeated
}

// compareNodes orders two quads by the nodes in them, the node n before all
// others: interchangeable nodes so get their mentions in the same order.
func (c *canonicalizer) compareNodes(n, a, b int32) int {
	p, q := &c.quads[a], &c.quads[b]
	return cmp.Or(
		cmp.Compare(selfFirst(p.SubjectNode, n), selfFirst(q.SubjectNode, n)),
		cmp.Compare(selfFirst(p.ObjectNode, n), selfFirst(q.ObjectNode, n)),
		cmp.Compare(selfFirst(p.GraphNode, n), selfFirst(q.GraphNode, n)))
}

func selfFirst(n, self int32) int32 {
	if n == self {
		return NoNode - 1
	}
	return n
}

// dropRepeated shortens the node's mentions to one for each statement: a dataset
// is a set. Repetitions stand side by side after sorting.
func (c *canonicalizer) dropRepeated(n int32) {
	c.spans = slices.CompactFunc(c.spans, func(a, b span) bool {
		return bytes.Equal(c.scratch[a.start:a.end], c.scratch[b.start:b.end]) && c.compareNodes(n, a.quad, b.quad) == 0
	})
	c.nodes[n].to = c.nodes[n].from + int32(len(c.spans))
}

// gatherSpans copies the lines of scratch in the order of the spans. The output
// buffer is free until the end, and serves here.
func (c *canonicalizer) gatherSpans() []byte {
	c.out = c.out[:0]
	for _, s := range c.spans {
		c.out = append(c.out, c.scratch[s.start:s.end]...)
	}
	return c.out
}

// rankNodes lists the mentioned nodes in the order of their hashes, equal ones
// in the order in which they were made.
func (c *canonicalizer) rankNodes() {
	slices.SortFunc(c.ranks, func(a, b ranked) int {
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

// few is the length up to which insertion sort is the fastest.
const few = 12

func sortFew[T any](s []T, compare func(a, b T) int) {
	if len(s) > few {
		slices.SortFunc(s, compare)
		return
	}
	for i := 1; i < len(s); i++ {
		x, j := s[i], i
		for j > 0 && compare(x, s[j-1]) < 0 {
			s[j] = s[j-1]
			j--
		}
		s[j] = x
	}
}
