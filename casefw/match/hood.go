package match

import (
	"encoding/json"
	"slices"

	"github.com/laurel-edu/laurel/casefw"
)

// hood is all that is evidence for one requirement: for each competency nearby what
// holding it is worth. It is worked out once for a job, so that an applicant costs a
// look-up for each claim.
type hood struct {
	asked   int32 // whose it is
	first   int32 // place of its first cover among those of the job
	entries []entry
	covers  []cover
	budget  bool // there is more than the policy looks at
}

// entry says what a held node does for the requirement, or for a cover of it.
type entry struct {
	node   int32
	cover  int32   // -1: for the requirement itself
	leaves []int32 // those of the cover that it stands for
	worth  float64
	hops   int32
	beyond bool // the path is longer than the policy takes
	path   *step
}

// cover is a node whose parts are counted: it is held as far as its leaves are.
type cover struct {
	node   int32
	parent int32   // the cover whose leaves this one stands for, -1 for the requirement
	of     []int32 // those leaves
	worth  float64
	leaves *leafSet
}

// step is a path from the evidence to the requirement.
type step struct {
	link *link
	to   int32
	next *step
}

// state is a node that the search has come to.
type state struct {
	node   int32
	cover  int32
	anchor int32 // the node of the cover that it stands for
	leaves []int32
	worth  float64
	hops   int32
	once   bool // a link that may stand once was walked
	up     bool // the path went to something broader
	down   bool // it came to the node from its parent within the cover
	path   *step
}

// extension reads a number from the extensions of a link's association.
func (l *link) extension(name string) (float64, bool) {
	var all map[string]json.RawMessage
	if json.Unmarshal(l.by.Extensions(), &all) != nil {
		return 0, false
	}
	var n float64
	if json.Unmarshal(all[name], &n) != nil || !(n >= 0 && n <= 1) {
		return 0, false
	}
	return n, true
}

// beyondHops is how much farther than allowed the search looks, to say that a requirement
// would be met but for the limit.
const beyondHops = 2

// search works out the neighbourhood of a node, nearest first.
func (g *Graph) search(root int32, p *Policy) *hood {
	s := searcher{g: g, p: p, hood: &hood{}, best: map[seen]float64{}, sets: map[int32]*leafSet{}, left: p.MaxNodes - 1,
		leaves: leavesPerNode * p.MaxNodes}
	queue := []state{{node: root, cover: -1, worth: 1}}
	for ; len(queue) > 0; queue = queue[1:] {
		queue = s.expand(queue, &queue[0])
	}
	return s.hood
}

// leavesPerNode is how many leaves are noted for each node that is looked at: in a tree each
// leaf is noted once for each level above it.
const leavesPerNode = 8

type searcher struct {
	g    *Graph
	p    *Policy
	hood *hood
	best map[seen]float64
	sets map[int32]*leafSet // what is below a node, nil where it is too much
	// left are the states, and leaves the places of leaves, that may still be noted: who
	// writes a framework may link everything with everything.
	left, leaves int
}

// seen is what makes a second visit of a node one of the same kind.
type seen struct {
	node, cover, anchor int32
	once, up            bool
}

// expand records what a state is worth and adds what leads to it.
func (s *searcher) expand(queue []state, at *state) []state {
	now := *at                 // the queue may move
	most := int32(s.p.MaxHops) //nolint:gosec // at most 16
	s.hood.entries = append(s.hood.entries, entry{node: now.node, cover: now.cover, leaves: now.leaves, worth: now.worth,
		hops: now.hops, beyond: now.hops > most, path: now.path})
	if now.hops >= most+beyondHops || s.left == 0 {
		s.hood.budget = s.hood.budget || s.left == 0 && len(s.g.linksOf(now.node)) > 0
		return queue
	}
	links := s.g.linksOf(now.node)
	for i := range links {
		l := &links[i]
		switch {
		case s.left == 0:
			s.hood.budget = true
			return queue
		case l.kind != casefw.IsChildOf:
			queue = s.sideways(queue, &now, l)
		case l.inverse:
			queue = s.upwards(queue, &now, l)
		}
	}
	return s.downwards(queue, &now, links)
}

func (s *searcher) sideways(queue []state, now *state, l *link) []state {
	worth, once := s.p.worth(l)
	if worth == 0 || once && now.once {
		return queue
	}
	return s.push(queue, now, l, state{cover: now.cover, anchor: now.anchor, leaves: now.leaves,
		worth: now.worth * worth, once: now.once || once, up: now.up})
}

// upwards: whoever holds the whole may hold the part. Inside a cover the whole is the cover
// itself, or another one, and neither proves a part of this.
func (s *searcher) upwards(queue []state, now *state, l *link) []state {
	if worth, _ := s.p.worth(l); now.cover < 0 && worth > 0 {
		return s.push(queue, now, l, state{cover: -1, worth: now.worth * worth, once: now.once, up: true})
	}
	return queue
}

// downwards: the parts of a node count by how many of its leaves they are. What is beside
// the requirement below something broader is no evidence for it.
func (s *searcher) downwards(queue []state, now *state, links []link) []state {
	if now.up || len(s.g.children[now.node]) == 0 {
		return queue
	}
	in := now.cover
	if !now.down {
		if in = s.open(now); in < 0 {
			return queue
		}
	}
	leaves := s.hood.covers[in].leaves
	for i := range links {
		l := &links[i]
		if s.left == 0 {
			s.hood.budget = true
			return queue
		}
		if l.kind != casefw.IsChildOf || l.inverse {
			continue
		}
		queue = s.push(queue, now, l, state{cover: in, anchor: l.from, leaves: leaves.of[l.from], worth: 1, once: now.once, down: true})
	}
	return queue
}

// open begins a cover at a node, unless one of the node is open already.
func (s *searcher) open(now *state) int32 {
	for c := now.cover; c >= 0; c = s.hood.covers[c].parent {
		if s.hood.covers[c].node == now.node {
			return -1
		}
	}
	leaves := s.leavesOf(now.node)
	if leaves == nil || leaves.count == 0 {
		return -1
	}
	s.hood.covers = append(s.hood.covers, cover{node: now.node, parent: now.cover, of: now.leaves, worth: now.worth, leaves: leaves})
	return int32(len(s.hood.covers) - 1) //nolint:gosec // bounded by MaxNodes
}

// push adds the state behind a link, unless its node was reached as well before, or stands on
// its path already: what comes back to itself proves nothing more.
func (s *searcher) push(queue []state, now *state, l *link, next state) []state {
	next.node, next.hops = l.from, now.hops+1
	for p := now.path; p != nil; p = p.next {
		if p.to == next.node {
			return queue
		}
	}
	key := seen{next.node, next.cover, next.anchor, next.once, next.up}
	if worth, ok := s.best[key]; ok && worth >= next.worth {
		return queue
	}
	s.best[key] = next.worth
	s.left--
	next.path = &step{l, now.node, now.path}
	return append(queue, next)
}

// leafSet numbers the leaves below a node, and says which of them are below each node
// between.
type leafSet struct {
	count int
	nodes []int32 // by number
	of    map[int32][]int32
}

// leavesOf are the leaves below a node, nil where they are too many: a share of a part of
// them would be too large.
func (s *searcher) leavesOf(n int32) *leafSet {
	if set, ok := s.sets[n]; ok {
		return set
	}
	set := &leafSet{of: map[int32][]int32{}}
	if set.walk(s.g, n, map[int32]bool{}, &s.leaves); s.leaves < 0 {
		set, s.hood.budget = nil, true
	}
	s.sets[n] = set
	return set
}

// walk returns the leaves below a node, sorted. A node in a circle is below itself once.
func (l *leafSet) walk(g *Graph, n int32, on map[int32]bool, left *int) []int32 {
	if known, ok := l.of[n]; ok {
		return known
	}
	if *left--; *left < 0 || on[n] {
		return nil
	}
	on[n] = true
	defer delete(on, n)
	if len(g.children[n]) == 0 {
		l.of[n] = []int32{int32(l.count)} //nolint:gosec // bounded by MaxNodes
		l.count++
		l.nodes = append(l.nodes, n)
		return l.of[n]
	}
	var below []int32
	for _, child := range g.children[n] {
		if below = append(below, l.walk(g, child, on, left)...); *left < 0 {
			return nil
		}
	}
	slices.Sort(below)
	l.of[n] = slices.Compact(below)
	*left -= len(l.of[n])
	return l.of[n]
}
