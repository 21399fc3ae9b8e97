package reading

import (
	"cmp"
	"slices"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
)

// comparison is what is worked out of the objects of one id; it is empty but for a
// document that has such.
type comparison struct {
	places places
	spots  []spot
	said   []statement
	keys   map[string]int32
	states map[uint64]bool
	begun  bool
}

// spot is an object, or a text that refers to one, with its place.
type spot struct {
	node
	value jsonx.Value
	class shape.Place
	place int32
	step  string // the member that leads to it
}

// statement is a member of a spot that says something.
type statement struct {
	key   int32 // of the member's IRI
	spot  int32
	value jsonx.Value
	says  uint64
}

func (c *comparison) end() {
	if !c.begun {
		return
	}
	c.places.end()
	if cap(c.spots) > mostKept || cap(c.said) > mostKept || len(c.keys) > mostKept {
		*c = comparison{places: c.places}
		return
	}
	clear(c.spots)
	clear(c.said)
	clear(c.keys)
	clear(c.states)
	c.begun = false
}

// compare judges the objects of each id that has several, within one graph.
func (j *judge) compare() {
	if len(j.nodes) < 2 || j.stopped {
		return
	}
	slices.SortFunc(j.nodes, func(a, b node) int {
		return cmp.Or(cmp.Compare(a.digest, b.digest), cmp.Compare(a.graph, b.graph), cmp.Compare(a.value, b.value))
	})
	for i := 0; i < len(j.nodes) && !j.stopped; {
		end := i + 1
		for end < len(j.nodes) && j.nodes[end].digest == j.nodes[i].digest && j.nodes[end].graph == j.nodes[i].graph {
			end++
		}
		if end > i+1 {
			j.oneID(j.nodes[i:end])
		}
		i = end
	}
}

// oneID judges the objects of one id.
func (j *judge) oneID(nodes []node) {
	j.gather(nodes)
	c := &j.same
	own := len(c.spots)
	for own > 0 && c.spots[own-1].signed { // those stand last
		own--
	}
	shared := j.sharedSubjects(c.spots[:own])
	group := group{judge: j, spots: c.spots[:own], shared: shared, minor: allMinor(c.spots[:own])}
	for i := 0; i < len(c.said) && j.step(); {
		end := i + 1
		for end < len(c.said) && c.said[end].key == c.said[i].key {
			end++
		}
		group.member(c.said[i:end])
		i = end
	}
}

// gather lists the spots, the nearest first, and what they state.
func (j *judge) gather(nodes []node) {
	c := &j.same
	if !c.begun {
		c.places.begin()
		c.begun = true
		if c.keys == nil {
			c.keys, c.states = map[string]int32{}, map[uint64]bool{}
		}
	}
	c.spots, c.said = c.spots[:0], c.said[:0]
	clear(c.keys)
	for _, n := range nodes {
		v := j.value32(n.value)
		s := spot{node: n, value: v, class: j.in.Schema.Numbered(int(n.class)), place: c.places.at(j.in.Root, v)}
		s.step = c.places.list[s.place].name
		c.spots = append(c.spots, s)
	}
	slices.SortFunc(c.spots, func(a, b spot) int {
		if a.signed != b.signed {
			if b.signed {
				return -1
			}
			return 1
		}
		return cmp.Or(c.places.compare(a.place, b.place), cmp.Compare(a.node.value, b.node.value))
	})
	for i := range c.spots {
		j.statements(int32(i))
	}
	slices.SortFunc(c.said, func(a, b statement) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.spot, b.spot))
	})
}

// statements notes what a spot states of what any model has.
func (j *judge) statements(at int32) {
	c := &j.same
	s := &c.spots[at]
	if s.text {
		return
	}
	for m := s.value.First(); m.Exists() && j.step(); m = m.Next() {
		meaning := j.in.Trace.Name(m)
		if m == j.in.Skip || !meaning.Exists() || meaning.IsKeyword() || !j.in.Schema.NamesMember(m.Name()) ||
			isProof(s.class.Member(m.Name())) || saysNothing(m) {
			continue
		}
		key, known := c.keys[meaning.IRI()]
		if !known {
			key = int32(len(c.keys))
			c.keys[meaning.IRI()] = key
		}
		d := shown
		if meaning.IsList() {
			d = list
		}
		c.said = append(c.said, statement{key, at, m, j.content(m, d)})
	}
}

func saysNothing(v jsonx.Value) bool {
	return v.Kind() == jsonx.Null || v.Kind() == jsonx.Array && v.Len() == 0
}
