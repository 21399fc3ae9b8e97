package rewrite

import "slices"

// stateKinds state the same of one id in other objects.
func stateKinds() []Kind {
	return []Kind{
		{"member moved to a namesake", false, func(m *maker) { m.between(moved, false) }},
		{"member repeated at a namesake", false, func(m *maker) { m.between(repeated, false) }},
		{"all members moved to a namesake", false, func(m *maker) { m.whole(moved) }},
		{"all members repeated at a namesake", false, func(m *maker) { m.whole(repeated) }},
		{"repeated member left out", false, func(m *maker) { m.between(leftOut, true) }},
		{"repeated value left out", false, func(m *maker) {
			m.namesakes(func(a, b int) {
				for v := a + 1; v < len(m.Spots); v++ {
					s := &m.Spots[v]
					if s.Holder != a || s.Item < 0 || m.Spots[b].Node.Get(s.Name) == nil {
						continue
					}
					m.edit(v, func(c *Copy) {
						from := c.Nodes[s.Parent]
						from.Items = slices.DeleteFunc(from.Items, func(n *Node) bool { return n == c.Nodes[v] })
					})
				}
			})
		}},
		{"namesakes exchanged, or a member of theirs", false, func(m *maker) {
			m.between(exchanged, false)
			m.namesakes(func(a, b int) {
				if a < b && !m.within(b, a) {
					m.edit(a, func(c *Copy) { *c.Nodes[a], *c.Nodes[b] = *c.Nodes[b], *c.Nodes[a] })
				}
			})
		}},
		{"value moved to a namesake", false, valueMoved},
		{"object repeated at a reference", false, func(m *maker) {
			m.references(func(text, object int) {
				for _, parts := range fractions(m.Spots[object].Node) {
					m.edit(text, func(c *Copy) { *c.Nodes[text] = *part(c.Nodes[object], parts) })
				}
			})
		}},
		{"object or its members moved to a reference", false, func(m *maker) {
			m.references(func(text, object int) {
				for _, names := range fractions(m.Spots[object].Node) {
					m.edit(text, func(c *Copy) {
						*c.Nodes[text] = *part(c.Nodes[object], names)
						for _, name := range names {
							c.Nodes[object].remove(name)
						}
					})
				}
				if m.within(text, object) {
					return
				}
				id := m.Spots[text].Node.Text
				for _, left := range []*Node{str(id), obj(mem("id", str(id)))} {
					m.edit(object, func(c *Copy) {
						*c.Nodes[text] = *c.Nodes[object].Clone()
						*c.Nodes[object] = *left
					})
				}
			})
		}},
		{"namesake made a reference", false, func(m *maker) {
			m.namesakes(func(a, b int) {
				if m.within(b, a) || a == 0 {
					return
				}
				id := m.Spots[a].Node.id()
				for _, left := range []*Node{str(id), obj(mem("id", str(id)))} {
					m.edit(a, func(c *Copy) {
						for _, name := range stated(c.Nodes[a]) {
							moved(c.Nodes[a], c.Nodes[b], name)
						}
						*c.Nodes[a] = *left
					})
				}
			})
		}},
	}
}

// stated are the names of an object's members but for its id and contexts.
func stated(n *Node) (names []string) {
	for _, m := range n.Members {
		if m.Name != "id" && m.Name != "@context" {
			names = append(names, m.Name)
		}
	}
	return names
}

// part is an object's id with some of its members.
func part(n *Node, names []string) *Node {
	out := obj()
	for _, m := range n.Members {
		if m.Name == "id" || slices.Contains(names, m.Name) {
			out.Members = append(out.Members, mem(m.Name, m.Value.Clone()))
		}
	}
	return out
}

// fractions are sets of an object's members: each alone, each with the type, all.
func fractions(n *Node) (all [][]string) {
	names := stated(n)
	for _, name := range names {
		all = append(all, []string{name}, []string{"type", name})
	}
	return append(all, names, nil)
}

// moved, repeated, leftOut and exchanged change how two objects of one id state a
// member.
func moved(a, b *Node, name string) {
	if v := a.Get(name); v != nil {
		a.remove(name)
		repeated(&Node{Kind: a.Kind, Members: []Member{{name, v}}}, b, name)
	}
}

func repeated(a, b *Node, name string) {
	have := b.Get(name)
	for _, v := range a.Get(name).List() {
		if !slices.ContainsFunc(have.List(), func(h *Node) bool { return string(h.Bytes()) == string(v.Bytes()) }) {
			b.add(name, v.Clone())
		}
	}
}

func leftOut(a, _ *Node, name string) { a.remove(name) }

func exchanged(a, b *Node, name string) {
	v, w := a.Get(name), b.Get(name)
	a.remove(name)
	b.remove(name)
	if w != nil {
		a.set(name, w)
	}
	if v != nil {
		b.set(name, v)
	}
}

// between changes single members of two objects of one id. both asks that each of
// them has the member.
func (m *maker) between(change func(a, b *Node, name string), both bool) {
	m.namesakes(func(a, b int) {
		for v := a + 1; v < len(m.Spots); v++ {
			s := &m.Spots[v]
			if s.Parent != a || s.Item >= 0 || s.Name == "id" || m.within(b, v) || both && m.Spots[b].Node.Get(s.Name) == nil ||
				holds(m.Spots[b].Node.Get(s.Name), m.Spots[a].Node) {
				continue
			}
			m.edit(a, func(c *Copy) { change(c.Nodes[a], c.Nodes[b], s.Name) })
		}
	})
}

// whole changes all members of two objects at once.
func (m *maker) whole(change func(a, b *Node, name string)) {
	m.namesakes(func(a, b int) {
		for _, keepType := range []bool{true, false} {
			m.edit(a, func(c *Copy) {
				for _, name := range stated(c.Nodes[a]) {
					if keepType && name == "type" || m.within(b, a) && holds(c.Nodes[a].Get(name), c.Nodes[b]) {
						continue
					}
					change(c.Nodes[a], c.Nodes[b], name)
				}
			})
		}
	})
}

// holds reports whether a value is another or has it within.
func holds(n, other *Node) bool {
	if n == nil {
		return false
	}
	if n == other {
		return true
	}
	for _, m := range n.Members {
		if holds(m.Value, other) {
			return true
		}
	}
	return slices.ContainsFunc(n.Items, func(item *Node) bool { return holds(item, other) })
}

// valueMoved moves single items of an array to the member of that name of a
// namesake.
func valueMoved(m *maker) {
	m.namesakes(func(a, b int) {
		for v := a + 1; v < len(m.Spots); v++ {
			s := &m.Spots[v]
			if s.Holder != a || s.Item < 0 || m.within(b, v) {
				continue
			}
			m.edit(v, func(c *Copy) {
				item, from := c.Nodes[v].Clone(), c.Nodes[s.Parent]
				from.Items = slices.DeleteFunc(from.Items, func(n *Node) bool { return n == c.Nodes[v] })
				c.Nodes[b].add(s.Name, item)
			})
		}
	})
}
