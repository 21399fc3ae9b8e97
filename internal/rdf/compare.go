package rdf

import (
	"bytes"
	"cmp"
)

// nobody stands for the node of compareRest where canonical names are meant.
const nobody = NoNode

// compareRest orders two quads by their lines from after the subject on. With a
// node n, the lines are those of its first degree hash; with nobody, those with
// canonical names. The predicates' Order says it where they have one and differ, and
// else the templates, unless they agree up to a place where both have a blank node.
func (c *canonicalizer) compareRest(a, b, n int32) int {
	l, m := &c.lines[a], &c.lines[b]
	from, other := l.rest, m.rest
	if l.order != 0 && m.order != 0 {
		if l.order != m.order {
			return cmp.Compare(l.order, m.order)
		}
		from, other = l.object, m.object
	}
	if l.objectNode != m.objectNode && l.objectNode != NoNode && m.objectNode != NoNode {
		if r := bytes.Compare(c.text[from:l.object], c.text[other:m.object]); r != 0 {
			return r
		}
		if r := cmp.Compare(c.standing(l.objectNode, n), c.standing(m.objectNode, n)); r != 0 {
			return r
		}
	}
	if r := bytes.Compare(c.text[from:l.end], c.text[other:m.end]); r != 0 || l.graphNode == m.graphNode {
		return r
	}
	return cmp.Compare(c.standing(l.graphNode, n), c.standing(m.graphNode, n))
}

// standing orders blank nodes by what stands for them in a line: _:a before _:z,
// or canonical names.
func (c *canonicalizer) standing(m, n int32) int32 {
	switch n {
	case nobody:
		return c.nodes[m].place
	case m:
		return 0
	}
	return 1
}

// compareAround orders the quad i, as a mention of the node a, and the quad j, as
// one of b, by the nodes that they name; the mentioned node comes before others.
func (c *canonicalizer) compareAround(a, i, b, j int32) int {
	l, m := &c.lines[i], &c.lines[j]
	return cmp.Or(
		cmp.Compare(selfFirst(l.subjectNode, a), selfFirst(m.subjectNode, b)),
		cmp.Compare(selfFirst(l.objectNode, a), selfFirst(m.objectNode, b)),
		cmp.Compare(selfFirst(l.graphNode, a), selfFirst(m.graphNode, b)))
}

func selfFirst(n, self int32) int32 {
	if n == self {
		return NoNode - 1
	}
	return n
}

// few is the length up to which insertion sort is the fastest.
const few = 12

// sortFew sorts slices that are short as a rule. Like any sort it compares those
// elements that end up side by side.
func sortFew[T any](w *watch, s []T, compare func(a, b T) int) {
	if len(s) > few {
		sortWatched(w, s, compare)
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
