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
// RDFC-1.0, 4.4, step 2), and sees that quads name only nodes that the dataset made.
// All lists share one slice. A quad stands once in a node's list, however often it
// names the node.
func (c *canonicalizer) listMentions() error {
	if err := c.countMentions(); err != nil {
		return err
	}
	at := int32(0)
	for i := range c.nodes {
		n := &c.nodes[i]
		n.from, at = at, at+n.to
		n.to = n.from
	}
	c.mentions = resize(c.mentions, int(at))
	for i := range c.lines {
		s, o, g := c.lines[i].subjectNode, c.lines[i].objectNode, c.lines[i].graphNode
		if s != NoNode {
			c.mention(s, i)
		}
		if o != NoNode && o != s {
			c.mention(o, i)
		}
		if g != NoNode && g != s && g != o {
			c.mention(g, i)
		}
	}
	return nil
}

// countMentions sets node.to of each node to the number of its mentions.
func (c *canonicalizer) countMentions() error {
	nodes := c.nodes
	for i := range c.lines {
		s, o, g := c.lines[i].subjectNode, c.lines[i].objectNode, c.lines[i].graphNode
		if most := int32(len(nodes)); s >= most || o >= most || g >= most || min(s, o, g) < NoNode {
			return errDataset
		}
		if s != NoNode {
			nodes[s].to++
		}
		if o != NoNode && o != s {
			nodes[o].to++
		}
		if g != NoNode && g != s && g != o {
			nodes[g].to++
		}
	}
	return nil
}

func (c *canonicalizer) mention(n int32, line int) {
	node := &c.nodes[n]
	c.mentions[node.to] = int32(line)
	node.to++
}

func (c *canonicalizer) mentionsOf(n int32) []int32 {
	return c.mentions[c.nodes[n].from:c.nodes[n].to]
}
