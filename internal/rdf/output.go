package rdf

import (
	"cmp"
	"slices"
)

// run is a stretch of canonicalizer.named whose quads have the same subject.
type run struct {
	subject  string
	from, to int32
}

// writeOutput writes the canonical form (RDFC-1.0, 5): the lines of all quads with
// canonical names, in code point order, each once. Code point order is byte order
// in UTF-8.
//
// Lines are ordered by subject first. "<" comes before "_", so IRIs come before
// blank nodes.
func (c *canonicalizer) writeOutput() {
	c.out = slices.Grow(c.out[:0], len(c.text)+len(c.text)/8)
	c.placeNames()
	c.gatherNamed()
	for i := 0; i < len(c.subjects); {
		c.batch = c.batch[:0]
		for subject := c.subjects[i].subject; i < len(c.subjects) && c.subjects[i].subject == subject; i++ {
			c.batch = append(c.batch, c.named[c.subjects[i].from:c.subjects[i].to]...)
		}
		c.writeBatch(nil)
	}
	for _, n := range c.byName {
		c.writeNode(n)
	}
}

// gatherNamed lists the quads with an IRI as subject in sorted runs. Producers
// write one subject after the other, so the runs are much fewer than the quads.
func (c *canonicalizer) gatherNamed() {
	c.named, c.subjects = c.named[:0], c.subjects[:0]
	for i := range c.quads {
		q := &c.quads[i]
		if q.SubjectNode != NoNode {
			continue
		}
		c.named = append(c.named, int32(i))
		to := int32(len(c.named))
		if last := len(c.subjects) - 1; last >= 0 && c.subjects[last].subject == q.Subject {
			c.subjects[last].to = to
		} else {
			c.subjects = append(c.subjects, run{q.Subject, to - 1, to})
		}
	}
	sortFew(c.subjects, func(a, b run) int {
		return cmp.Or(compareIRIs(a.subject, b.subject), cmp.Compare(a.from, b.from))
	})
}

// placeNames lists the named nodes in the order of their names as text: 0, 1, 10,
// 11, …, 2, 20, … and notes each node's place, so that names are compared as
// numbers. What follows a name in a line is a space, which comes before the
// digits, so this is the order of the lines too.
func (c *canonicalizer) placeNames() {
	c.byNumber = resize(c.byNumber, int(c.issued))
	for i := range c.nodes {
		if number := c.nodes[i].canonical; number != unnamed {
			c.byNumber[number] = int32(i)
		}
	}
	c.byName = c.byName[:0]
	for number := int32(0); len(c.byName) < int(c.issued); number = nextAsText(number, c.issued) {
		n := c.byNumber[number]
		c.nodes[n].place = int32(len(c.byName))
		c.byName = append(c.byName, n)
	}
}

// nextAsText is the number below limit that follows in the order of decimal text.
func nextAsText(number, limit int32) int32 {
	if number == 0 {
		return 1
	}
	if next := int64(number) * 10; next < int64(limit) {
		return int32(next)
	}
	for number%10 == 9 || number+1 >= limit {
		number /= 10
	}
	return number + 1
}

// writeNode writes the quads that have a blank node as subject. They stand
// together in its mentions, and nearly in order.
func (c *canonicalizer) writeNode(n int32) {
	c.batch = c.batch[:0]
	for _, i := range c.mentionsOf(n) {
		if c.quads[i].SubjectNode == n {
			c.batch = append(c.batch, i)
		}
	}
	c.label = c.appendName(c.label[:0], n)
	c.writeBatch(c.label)
}

// writeBatch sorts the quads of one subject and writes each once. The subject is
// the name of a blank node, or nil where the template holds it.
func (c *canonicalizer) writeBatch(subject []byte) {
	repeated := false
	sortFew(c.batch, func(a, b int32) int {
		r := c.compareRest(a, b, nobody)
		repeated = repeated || r == 0
		return r
	})
	// Any sort compares the elements that end up side by side, so it has seen
	// every repetition.
	for k, i := range c.batch {
		if repeated && k > 0 && c.compareRest(c.batch[k-1], i, nobody) == 0 {
			continue
		}
		l := &c.lines[i]
		if subject != nil {
			c.out = append(c.out, subject...)
		} else {
			c.out = append(c.out, c.text[l.start:l.rest]...)
		}
		c.writeRest(&c.quads[i], l)
	}
}

// writeRest writes a line from after the subject on.
func (c *canonicalizer) writeRest(q *Quad, l *line) {
	from := l.rest
	if q.ObjectNode != NoNode {
		c.out = append(c.out, c.text[from:l.object]...)
		c.out = c.appendName(c.out, q.ObjectNode)
		from = l.object + uint32(len(otherNode))
	}
	if q.GraphNode != NoNode {
		c.out = append(c.out, c.text[from:l.end-graphBack]...)
		c.out = c.appendName(c.out, q.GraphNode)
		from = l.end - uint32(len(lineEnd))
	}
	c.out = append(c.out, c.text[from:l.end]...)
}
