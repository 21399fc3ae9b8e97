package rdf

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"slices"
	"strconv"
)

// digest is a hash of either size; the bytes that SHA-256 leaves are zero.
type digest [48]byte

// search is the state of the N degree step. The standard hands copies of an
// identifier issuer from call to call; here there is one issuer, node.temporary,
// with the list of what it issued, and going back means taking names away again.
type search struct {
	trail   []int32    // nodes with a temporary name, in the order of issue
	related []relation // of all calls that are open, innermost last
	frames  []*frame   // buffers by depth of call
	input   []byte     // of Hash Related Blank Node
	results []result
	trails  []int32 // of results
	members []int32 // of twins.go
}

// relation is an entry of the map Hn of the standard: a neighbour under its
// related hash.
type relation struct {
	hash digest
	node int32
}

// result is an entry of the standard's hash path list: the hash of a node's
// neighbourhood and the nodes in the order in which it was walked,
// trails[from:to].
type result struct {
	hash     digest
	from, to int
}

// maxDepth bounds the recursion for the sake of the stack. A chain of nodes that
// long costs more units than the default allows, unless it is one of few that
// are all alike.
const maxDepth = 1 << 14

// nameShared names the nodes that share their first degree hash with others
// (RDFC-1.0, 4.4, step 5).
func (c *canonicalizer) nameShared() error {
	c.findTwins()
	for from := 0; from < len(c.ranks); {
		to := c.groupEnd(from)
		if to > from+1 {
			if err := c.nameGroup(c.ranks[from:to]); err != nil {
				return err
			}
		}
		from = to
	}
	return nil
}

func (c *canonicalizer) nameGroup(group []ranked) error {
	s := &c.search
	s.results, s.trails, s.trail, s.related = s.results[:0], s.trails[:0], s.trail[:0], s.related[:0]
	s.results = slices.Grow(s.results, len(group))
	s.trails = slices.Grow(s.trails, len(group))
	for _, r := range group {
		if c.nodes[r.node].canonical != unnamed {
			continue
		}
		if err := c.walkFrom(r.node); err != nil {
			return err
		}
	}
	sortWatched(&c.watch, s.results, func(a, b result) int {
		return cmp.Or(bytes.Compare(a.hash[:], b.hash[:]), cmp.Compare(a.from, b.from))
	})
	for _, r := range s.results {
		for _, n := range s.trails[r.from:r.to] {
			c.issue(n)
		}
	}
	return nil
}

// walkFrom adds the result of one node of a group.
func (c *canonicalizer) walkFrom(n int32) error {
	s := &c.search
	if c.walkTwin(n) {
		return c.work.spend(1)
	}
	c.nodes[n].walked = int32(len(s.results))
	c.issueTemporary(n)
	hash, err := c.hashNDegree(n, 0)
	if err == nil {
		err = c.work.spendBytes(4 * len(s.trail))
	}
	from := len(s.trails)
	s.trails = append(s.trails, s.trail...)
	s.results = append(s.results, result{hash, from, len(s.trails)})
	c.takeBack(0)
	return err
}

// issueTemporary gives the node the next temporary name, unless it has one.
func (c *canonicalizer) issueTemporary(n int32) {
	if c.nodes[n].temporary == unnamed {
		c.nodes[n].temporary = int32(len(c.search.trail))
		c.search.trail = append(c.search.trail, n)
	}
}

// takeBack takes away all temporary names but the first so many.
func (c *canonicalizer) takeBack(keep int) {
	for _, n := range c.search.trail[keep:] {
		c.nodes[n].temporary = unnamed
	}
	c.search.trail = c.search.trail[:keep]
}

// settled reports whether the node has a name, canonical or temporary.
func (c *canonicalizer) settled(n int32) bool {
	return c.nodes[n].canonical != unnamed || c.nodes[n].temporary != unnamed
}

// appendName appends the name of a settled node, the canonical one if it has it.
func (c *canonicalizer) appendName(dst []byte, n int32) []byte {
	if number := c.nodes[n].canonical; number != unnamed {
		return strconv.AppendInt(append(dst, labelPrefix...), int64(number), 10)
	}
	return strconv.AppendInt(append(dst, "_:b"...), int64(c.nodes[n].temporary), 10)
}

// hashNDegree is Hash N-Degree Quads (RDFC-1.0, 4.8). The node has a temporary
// name; the neighbours that it reaches have one afterwards.
func (c *canonicalizer) hashNDegree(n int32, depth int) (hash digest, err error) {
	if depth > maxDepth {
		return hash, &Error{Code: CodeWorkLimit, Detail: "the blank nodes form a chain that is too long"}
	}
	s, f := &c.search, c.frame(depth)
	base := len(s.related)
	if err := c.collectRelated(n); err != nil {
		return hash, err
	}
	end := len(s.related)
	f.data = f.data[:0]
	for from := base; from < end; {
		to := from + 1
		for to < end && s.related[to].hash == s.related[from].hash {
			to++
		}
		f.data = hex.AppendEncode(f.data, s.related[from].hash[:c.size])
		f.list = f.list[:0]
		for _, r := range s.related[from:to] {
			f.list = append(f.list, r.node)
		}
		if err := c.choosePath(f, depth); err != nil {
			return hash, err
		}
		f.data = append(f.data, f.chosen...)
		from = to
	}
	s.related = s.related[:base]
	c.sum(hash[:], f.data)
	return hash, c.work.spendBytes(len(f.data))
}

// collectRelated adds the neighbours of a node, sorted by related hash and
// then by node. The mentions hold each statement once.
func (c *canonicalizer) collectRelated(n int32) error {
	s := &c.search
	base := len(s.related)
	graph := -1 // the related entry of the last graph: nothing but the name of a graph tells entries for it apart
	for _, i := range c.mentionsOf(n) {
		l := &c.lines[i]
		if err := c.work.spendBytes(len(c.predicate(l))); err != nil {
			return err
		}
		if l.subjectNode != NoNode && l.subjectNode != n {
			c.addRelated(l.subjectNode, l, 's')
		}
		if l.objectNode != NoNode && l.objectNode != n {
			c.addRelated(l.objectNode, l, 'o')
		}
		switch {
		case l.graphNode == NoNode || l.graphNode == n:
		case graph >= 0 && s.related[graph].node == l.graphNode:
			s.related = append(s.related, s.related[graph])
		default:
			graph = len(s.related)
			c.addRelated(l.graphNode, l, 'g')
		}
	}
	sortFew(&c.watch, s.related[base:], func(a, b relation) int {
		return cmp.Or(bytes.Compare(a.hash[:], b.hash[:]), cmp.Compare(a.node, b.node))
	})
	return nil
}

// addRelated is Hash Related Blank Node (RDFC-1.0, 4.7).
func (c *canonicalizer) addRelated(n int32, l *line, position byte) {
	s := &c.search
	input := append(s.input[:0], position)
	if position != 'g' {
		input = append(input, c.predicate(l)...)
	}
	if c.settled(n) {
		input = c.appendName(input, n)
	} else {
		input = hex.AppendEncode(input, c.hashOf(n))
	}
	s.input = input
	s.related = append(s.related, relation{node: n})
	c.sum(s.related[len(s.related)-1].hash[:], input)
}
