package rewrite

import (
	"math/rand/v2"
	"slices"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

func orderKinds() []Kind {
	return []Kind{
		{"order of members", true, func(m *maker) {
			m.objects(func(i int, s *Spot) {
				for _, change := range orders[Member]() {
					m.edit(i, func(c *Copy) { change(c.Nodes[i].Members) })
				}
			})
		}},
		{"order of items", true, func(m *maker) {
			for i := range m.Spots {
				if m.isSet(i) {
					for _, change := range orders[*Node]() {
						m.edit(i, func(c *Copy) { change(c.Nodes[i].Items) })
					}
				}
			}
		}},
		{"escapes in strings", true, func(m *maker) {
			for i := range m.Spots {
				m.edit(i, func(c *Copy) { c.Nodes[i].escaped = true })
			}
		}},
	}
}

// isSet reports whether a value is an array whose order nothing signs. Types are a
// set, too; they are a kind of their own.
func (t *Tree) isSet(i int) bool {
	s := &t.Spots[i]
	return s.Node.Kind == jsonx.Array && len(s.Node.Items) > 1 && s.Name != "type" && !isList(s.Name)
}

// isList reports whether some context keeps the order of a member's values.
func isList(name string) bool {
	return slices.ContainsFunc(known().meanings[name], func(m meaning) bool { return m.container == "@list" })
}

// orders are some ways to change an order: turned around, turned by one, shuffled.
func orders[T any]() []func([]T) {
	all := []func([]T){
		slices.Reverse[[]T],
		func(s []T) {
			if len(s) > 0 {
				copy(s, append(slices.Clone(s[1:]), s[0]))
			}
		},
	}
	for seed := range uint64(3) {
		all = append(all, func(s []T) {
			rand.New(rand.NewPCG(seed, 1)).Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
		})
	}
	return all
}

// Sets returns, for each array of a document that is a set, the document with the
// array turned around and with it shuffled, and the document with all of them
// turned around at once.
func Sets(t *Tree) []Edit {
	m := &maker{Tree: t}
	var all []int
	for i := range t.Spots {
		if t.isSet(i) {
			all = append(all, i)
			for _, change := range orders[*Node]() {
				m.edit(i, func(c *Copy) { change(c.Nodes[i].Items) })
			}
		}
	}
	m.edit(0, func(c *Copy) {
		for _, i := range all {
			slices.Reverse(c.Nodes[i].Items)
		}
	})
	return m.edits
}
