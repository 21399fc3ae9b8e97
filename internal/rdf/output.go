package rdf

import "slices"

// writeOutput writes the canonical form (RDFC-1.0, 5): the lines of all quads with
// canonical names, in code point order, each once. Code point order is byte order
// in UTF-8. It calls full whenever at least fullBytes are in out.
//
// Lines are ordered by subject first. "<" comes before "_", so IRIs come before
// blank nodes.
func (c *canonicalizer) writeOutput(full func()) {
	c.placeNames()
	c.gatherSubjects()
	for i := range c.subjects {
		c.batch = c.batch[:0]
		for k := c.subjects[i].first; k != noLine; k = c.next[k] {
			c.batch = append(c.batch, k)
		}
		c.sortBatch()
		out := c.out
		for _, k := range c.batch {
			if out = c.appendFrom(out, &c.lines[k], c.lines[k].start); len(out) >= fullBytes {
				c.out = out
				full()
				out = c.out
			}
		}
		if c.out = out; c.watch.ended() {
			return
		}
	}
	for _, n := range c.byName {
		if c.writeNode(n, full); c.watch.ended() {
			return
		}
	}
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
// together in its mentions, and nearly in order: the first degree step has sorted
// them, and only those can change places in which names of other nodes decide.
func (c *canonicalizer) writeNode(n int32, full func()) {
	c.batch = c.batch[:0]
	objects, graph, graphs := 0, NoNode, 0
	for _, i := range c.mentionsOf(n) {
		l := &c.lines[i]
		if l.subjectNode != n {
			continue
		}
		c.batch = append(c.batch, i)
		if l.objectNode != NoNode {
			objects++
		}
		if l.graphNode != graph {
			graphs++
			graph = l.graphNode
		}
	}
	if objects > 1 || graphs > 1 || len(c.ranks) == 0 { // with one node there was no first degree step
		c.sortBatch()
	}
	c.label = c.appendName(c.label[:0], n)
	out := c.out
	for _, i := range c.batch {
		out = append(out, c.label...)
		if out = c.appendFrom(out, &c.lines[i], c.lines[i].rest); len(out) >= fullBytes {
			c.out = out
			full()
			out = c.out
		}
	}
	c.out = out
}

// sortBatch sorts the quads of one subject and leaves each once.
func (c *canonicalizer) sortBatch() {
	repeated := false
	sortFew(&c.watch, c.batch, func(a, b int32) int {
		r := c.compareRest(a, b, nobody)
		repeated = repeated || r == 0
		return r
	})
	if repeated { // any sort compares the elements that end up side by side
		c.batch = slices.CompactFunc(c.batch, func(a, b int32) bool { return c.compareRest(a, b, nobody) == 0 })
	}
}

// appendFrom appends what a line holds after its subject, or the whole line where
// that is an IRI.
func (c *canonicalizer) appendFrom(out []byte, l *line, from uint32) []byte {
	if l.objectNode != NoNode {
		out = append(out, c.text[from:l.object]...)
		out = c.appendName(out, l.objectNode)
		from = l.object + uint32(len(otherNode))
	}
	if l.graphNode != NoNode {
		out = append(out, c.text[from:l.graph()]...)
		out = c.appendName(out, l.graphNode)
		from = l.end - uint32(len(lineEnd))
	}
	return append(out, c.text[from:l.end]...)
}
