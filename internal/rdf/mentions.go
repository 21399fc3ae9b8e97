package rdf

// node is what the algorithm knows of a blank node.
type node struct {
	from, to  int32 // its mentions: the quads numbered mentions[from:to]
	canonical int32 // number of its canonical name, or unnamed
	place     int32 // of its canonical name among all of them as text (output.go)
	temporary int32 // number of its name in the path being tried, or unnamed
	kin       int32 // first of its twins (twins.go)
	walked    int32 // index of its result in the group being named, or unnamed
}

const unnamed int32 = -1

// listMentions fills the list of quads of each node ("blank node to quads map",
// RDFC-1.0, 4.4, step 2). All lists share one slice. A quad stands once in a
// node's list, however often it names the node.
func (c *canonicalizer) listMentions() {
	total := int32(0)
	for i := range c.lines {
		for _, n := range named(&c.lines[i]) {
			if n != NoNode {
				c.nodes[n].to++
				total++
			}
		}
	}
	c.mentions = resize(c.mentions, int(total))
	at := int32(0)
	for i := range c.nodes {
		n := &c.nodes[i]
		n.from, at = at, at+n.to
		n.to = n.from
	}
	for i := range c.lines {
		for _, n := range named(&c.lines[i]) {
			if n != NoNode {
				c.mentions[c.nodes[n].to] = int32(i)
				c.nodes[n].to++
			}
		}
	}
}

// named gives the blank nodes of a quad without repetition, NoNode for the rest.
func named(l *line) [3]int32 {
	subject, object, graph := l.subjectNode, l.objectNode, l.graphNode
	if object == subject {
		object = NoNode
	}
	if graph == subject || graph == l.objectNode {
		graph = NoNode
	}
	return [3]int32{subject, object, graph}
}

func (c *canonicalizer) mentionsOf(n int32) []int32 {
	return c.mentions[c.nodes[n].from:c.nodes[n].to]
}
