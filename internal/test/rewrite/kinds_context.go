package rewrite

import (
	"slices"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// contextKinds change the lists of contexts.
func contextKinds() []Kind {
	return []Kind{
		{"context appended", false, func(m *maker) {
			m.contexts(func(i int, have *Node) {
				for _, url := range known().urls {
					m.edit(i, func(c *Copy) { c.know(i, url) })
				}
			})
		}},
		{"context inserted", false, func(m *maker) {
			m.contexts(func(i int, have *Node) {
				for at := range have.List() {
					for _, url := range known().urls {
						m.recontext(i, func(list []*Node) *Node { return arr(slices.Insert(list, at, str(url))...) })
					}
				}
			})
		}},
		{"context repeated", false, func(m *maker) {
			m.contexts(func(i int, have *Node) {
				for at := range have.List() {
					for to := range len(have.List()) + 1 {
						m.recontext(i, func(list []*Node) *Node { return arr(slices.Insert(list, to, list[at].Clone())...) })
					}
				}
				m.recontext(i, func(list []*Node) *Node { return arr(append(list, list...)...) })
			})
		}},
		{"contexts reordered", false, func(m *maker) {
			m.contexts(func(i int, have *Node) {
				for a := range have.List() {
					for b := range a {
						m.recontext(i, func(list []*Node) *Node {
							list[a], list[b] = list[b], list[a]
							return arr(list...)
						})
					}
				}
			})
		}},
		{"context left out", false, func(m *maker) {
			m.contexts(func(i int, have *Node) {
				for at := range have.List() {
					m.recontext(i, func(list []*Node) *Node { return arr(slices.Delete(list, at, at+1)...) })
				}
				if i > 0 {
					m.edit(i, func(c *Copy) { c.Nodes[i].remove("@context") })
				}
			})
		}},
		{"context below the top", false, func(m *maker) {
			root := m.Root.Get("@context")
			m.objects(func(i int, s *Spot) {
				if root == nil || s.Node.Get("@context") != nil {
					return
				}
				m.edit(i, func(c *Copy) { c.Nodes[i].set("@context", root.Clone()) })
				m.edit(i, func(c *Copy) { c.Nodes[i].set("@context", arr()) })
				for _, item := range root.List() {
					m.edit(i, func(c *Copy) { c.Nodes[i].set("@context", item.Clone()) })
					m.edit(i, func(c *Copy) { c.Nodes[i].set("@context", arr(item.Clone())) })
				}
			})
		}},
		{"context in another form", false, func(m *maker) {
			m.contexts(func(i int, have *Node) {
				m.recontext(i, func(list []*Node) *Node { return arr(arr(list...)) })
				m.recontext(i, func(list []*Node) *Node {
					if len(list) == 1 {
						return list[0]
					}
					return arr(list[0], arr(list[1:]...))
				})
				for _, inline := range []*Node{obj(), obj(mem("@version", num("1.1"))), obj(mem("@language", null())),
					obj(mem("@vocab", null())),
					obj(mem("unused", str("https://unused.example/"))), obj(mem("uid", str("@id"))), obj(mem("@base", null()))} {
					m.recontext(i, func(list []*Node) *Node { return arr(append(list, inline.Clone())...) })
					m.recontext(i, func(list []*Node) *Node { return arr(append([]*Node{inline.Clone()}, list...)...) })
				}
			})
		}},
	}
}

// contexts calls for each object that lists contexts.
func (m *maker) contexts(yield func(i int, have *Node)) {
	m.objects(func(i int, s *Spot) {
		if have := s.Node.Get("@context"); have != nil {
			yield(i, have)
		}
	})
}

// recontext replaces the contexts of an object.
func (m *maker) recontext(i int, change func([]*Node) *Node) {
	m.edit(i, func(c *Copy) { c.Nodes[i].set("@context", change(slices.Clone(c.Nodes[i].Get("@context").List()))) })
}

// proofKinds change how proofs stand in their member. What is within a proof is
// changed by all other kinds.
func proofKinds() []Kind {
	return []Kind{
		{"proof repeated", false, func(m *maker) {
			m.proofs(func(i int, s *Spot) {
				m.edit(i, func(c *Copy) { m.beside(c, i, c.Nodes[i].Clone()) })
				for _, name := range stated(s.Node) {
					m.edit(i, func(c *Copy) {
						again := c.Nodes[i].Clone()
						again.remove(name)
						m.beside(c, i, again)
					})
				}
			})
		}},
		{"proof in two objects", false, func(m *maker) {
			m.proofs(func(i int, s *Spot) {
				for _, name := range stated(s.Node) {
					for _, keepType := range []bool{true, false} {
						for _, wrap := range []func(a, b *Node) *Node{func(a, b *Node) *Node { return arr(a, b) },
							func(a, b *Node) *Node { return obj(mem("@graph", arr(a, b))) },
							func(a, b *Node) *Node { a.set("@included", arr(b)); return a }} {
							m.put(i, func(old *Node) *Node {
								if old.id() == "" {
									old.set("id", str("_:b0"))
								}
								names := []string{name}
								if keepType {
									names = append(names, "type")
								}
								second := part(old, names)
								old.remove(name)
								return wrap(old, second)
							})
						}
					}
				}
			})
		}},
		{"proof value at another proof", false, func(m *maker) {
			m.proofs(func(a int, s *Spot) {
				m.proofs(func(b int, o *Spot) {
					if a == b {
						return
					}
					for _, name := range stated(s.Node) {
						m.edit(a, func(c *Copy) { exchanged(c.Nodes[a], c.Nodes[b], name) })
						m.edit(a, func(c *Copy) { moved(c.Nodes[a], c.Nodes[b], name) })
					}
				})
			})
		}},
	}
}

func (m *maker) proofs(yield func(i int, s *Spot)) {
	m.objects(func(i int, s *Spot) {
		if s.Name == "proof" && s.Node.Kind == jsonx.Object {
			yield(i, s)
		}
	})
}
