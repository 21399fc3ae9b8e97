package rdf

import "cmp"

// Two nodes are twins when exchanging them leaves the dataset as it is and no
// statement names both: the equal anonymous entries of a list property, say.
//
// Wherever neither of two twins has a name, the algorithm cannot tell which of
// them it takes first: exchanging them maps the dataset and all names given so
// far to themselves, hence every path that begins with one of them to an equal
// path that begins with the other. The standard keeps the first of equal paths
// and leaves the order of trying open, so whoever tries only one of the two gets
// the outcome of the standard. Without this, twenty equal entries below a node
// that is itself in doubt would be tried in 20! orders.
//
// Nodes that name each other, as in a clique, are no twins here: such graphs are
// made to be expensive and are left to the work limit.

// findTwins sets node.kin of all nodes that share a first degree hash. Only these
// can be twins.
func (c *canonicalizer) findTwins() {
	members := c.search.members
	for from := 0; from < len(c.ranks); {
		to := c.groupEnd(from)
		members = members[:0]
		for _, r := range c.ranks[from:to] {
			members = append(members, r.node)
		}
		c.groupTwins(members)
		from = to
	}
	c.search.members = members
}

// groupTwins sorts nodes by what they are twins in and gives each run of equal
// ones its first node as kin.
func (c *canonicalizer) groupTwins(members []int32) {
	if len(members) > 1 {
		sortWatched(&c.watch, members, func(a, b int32) int { return cmp.Or(c.compareMentions(a, b), cmp.Compare(a, b)) })
	}
	for i, n := range members {
		c.nodes[n].kin = n
		if i > 0 && c.compareMentions(members[i-1], n) == 0 {
			c.nodes[n].kin = c.nodes[members[i-1]].kin
		}
	}
}

// compareMentions orders nodes of one first degree hash by the nodes that their
// statements name. Equal hashes mean equal lines, in the same order, so only the
// other nodes can differ; a statement with both of them makes them differ.
func (c *canonicalizer) compareMentions(a, b int32) int {
	p, q := c.mentionsOf(a), c.mentionsOf(b)
	for i := range min(len(p), len(q)) {
		if r := c.compareAround(a, p[i], b, q[i]); r != 0 {
			return r
		}
	}
	return cmp.Compare(len(p), len(q))
}

// allTwins reports whether every order of the nodes gives the same path: there is
// one node, or all are twins without a name. The list is sorted by node; one that
// stands in it twice has a name the second time, so that the order matters.
func (c *canonicalizer) allTwins(list []int32) bool {
	if len(list) == 1 {
		return true
	}
	for i, n := range list {
		if c.settled(n) || c.nodes[n].kin != c.nodes[list[0]].kin || i > 0 && n == list[i-1] {
			return false
		}
	}
	return true
}

// walkTwin adds the result of a node if a twin of it was walked from for the same
// group, and reports whether there was one. The hash is the twin's. The order of
// nodes is the twin's with the two exchanged; when its turn comes, after the
// twin's, everything in it has a canonical name except perhaps the node itself.
func (c *canonicalizer) walkTwin(n int32) bool {
	s := &c.search
	walked := c.nodes[c.nodes[n].kin].walked
	if walked == unnamed {
		return false
	}
	from := len(s.trails)
	s.trails = append(s.trails, n)
	s.results = append(s.results, result{s.results[walked].hash, from, len(s.trails)})
	return true
}
