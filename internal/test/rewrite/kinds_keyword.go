package rewrite

import "github.com/laurel-edu/laurel/internal/jsonx"

// keywordKinds use what JSON-LD has beside plain members.
func keywordKinds() []Kind {
	return []Kind{
		{"object included", false, included},
		{"member included", false, func(m *maker) {
			m.objects(func(i int, s *Spot) {
				if s.Node.id() == "" {
					return
				}
				for _, name := range stated(s.Node) {
					m.edit(i, func(c *Copy) {
						apart := part(c.Nodes[i], []string{"type", name})
						c.Nodes[i].remove(name)
						c.Nodes[s.Scope].add("@included", arr(apart))
					})
				}
			})
		}},
		{"members nested", false, func(m *maker) {
			m.objects(func(i int, s *Spot) {
				for _, names := range append(fractions(s.Node), []string{"id"}) {
					m.edit(i, func(c *Copy) {
						n, apart := c.Nodes[i], obj()
						for _, name := range names {
							if v := n.Get(name); v != nil {
								apart.add(name, v)
								n.remove(name)
							}
						}
						n.set("@nest", apart)
					})
				}
			})
		}},
		{"link reversed", false, reversed},
		{"graph around the document", false, func(m *maker) {
			for _, many := range []bool{true, false} {
				for _, proofOut := range []bool{true, false} {
					m.edit(0, func(c *Copy) {
						root := c.Root
						out := obj()
						out.set("@context", root.Get("@context"))
						inner := root.Clone()
						inner.remove("@context")
						if proofOut {
							inner.remove("proof")
							out.set("proof", root.Get("proof"))
						}
						if many {
							inner = arr(inner)
						}
						out.set("@graph", inner)
						*root = *out
					})
				}
			}
		}},
		{"index", false, func(m *maker) {
			for i := range m.Spots {
				s := &m.Spots[i]
				switch {
				case s.Node.Kind == jsonx.Object:
					m.edit(i, func(c *Copy) { c.Nodes[i].set("@index", str("x")) })
				case s.Node.isAtom() && s.Name != "id" && s.Name != "type":
					m.put(i, func(old *Node) *Node { return obj(mem("@value", old), mem("@index", str("x"))) })
				}
			}
		}},
		{"set", false, func(m *maker) {
			for i := range m.Spots {
				if m.Spots[i].Name == "id" || i == 0 {
					continue
				}
				m.put(i, func(old *Node) *Node { return obj(mem("@set", old)) })
				m.put(i, func(old *Node) *Node { return arr(obj(mem("@set", old))) })
				m.put(i, func(old *Node) *Node { return obj(mem("@set", arr(old.List()...))) })
				m.put(i, func(old *Node) *Node { return obj(mem("@set", arr(obj(mem("@set", old))))) })
			}
		}},
		{"list", false, func(m *maker) {
			for i := range m.Spots {
				s := &m.Spots[i]
				if !isList(s.Name) || s.Item >= 0 {
					continue
				}
				m.put(i, func(old *Node) *Node { return obj(mem("@list", old)) })
				m.put(i, func(old *Node) *Node { return arr(obj(mem("@list", old))) })
				m.put(i, func(old *Node) *Node { return obj(mem("@list", arr(old.List()...)), mem("@index", str("x"))) })
				m.put(i, func(old *Node) *Node {
					return obj(mem("@list", old.each(func(v *Node) *Node { return obj(mem("@value", v)) })))
				})
				m.put(i, func(old *Node) *Node {
					return old.each(func(v *Node) *Node { return obj(mem("@value", v)) })
				})
				m.put(i, func(old *Node) *Node { return obj(mem("@list", arr(append(old.List(), null())...))) })
			}
		}},
	}
}

// included leaves a reference where an object stood and includes the object.
func included(m *maker) {
	m.objects(func(i int, s *Spot) {
		if i == 0 || s.Graph == i {
			return
		}
		for _, bare := range []bool{true, false} {
			for _, at := range []int{0, s.Scope, s.Holder} {
				m.edit(i, func(c *Copy) {
					apart := c.Nodes[i].Clone()
					if apart.id() == "" {
						apart.set("id", str("_:b0"))
					}
					*c.Nodes[i] = *str(apart.id())
					if bare {
						*c.Nodes[i] = *obj(mem("id", str(apart.id())))
					}
					c.Nodes[at].add("@included", arr(apart))
				})
			}
		}
	})
}

// reversed states a link at its end.
func reversed(m *maker) {
	m.objects(func(i int, s *Spot) {
		if i == 0 || s.Holder < 0 || s.Graph != 0 || m.Spots[s.Holder].Node.id() == "" {
			return
		}
		from := m.Spots[s.Holder].Node.id()
		for _, name := range append([]string{s.Name}, irisOf(s.Name)...) {
			m.edit(i, func(c *Copy) {
				end := c.Nodes[i].Clone()
				end.set("@reverse", obj(mem(name, obj(mem("id", str(from))))))
				if s.Item >= 0 {
					*c.Nodes[i] = *arr()
				} else {
					c.Nodes[s.Holder].remove(s.Name)
				}
				c.Nodes[s.Scope].add("@included", arr(end))
			})
		}
	})
	m.namesakes(func(a, b int) {
		s := m.Spots[a]
		if s.Holder < 0 || s.Graph != 0 || m.Spots[s.Holder].Node.id() == "" || m.within(b, a) || s.Item >= 0 {
			return
		}
		m.edit(a, func(c *Copy) {
			c.Nodes[b].set("@reverse", obj(mem(s.Name, obj(mem("id", str(m.Spots[s.Holder].Node.id()))))))
			c.Nodes[s.Holder].remove(s.Name)
		})
	})
}

func irisOf(name string) (all []string) {
	for _, m := range known().meaningsOf(name) {
		all = append(all, m.iri)
	}
	return all
}
