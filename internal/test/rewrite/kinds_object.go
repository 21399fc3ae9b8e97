package rewrite

import "slices"

// objectKinds make two objects of one, one of two, and objects of references.
func objectKinds() []Kind {
	return []Kind{
		{"object split in two", false, func(m *maker) { m.split("") }},
		{"object split in two under a blank id", false, func(m *maker) { m.split("_:b0") }},
		{"object doubled", false, func(m *maker) {
			m.objects(func(i int, s *Spot) {
				if i > 0 {
					m.edit(i, func(c *Copy) { m.beside(c, i, c.Nodes[i].Clone()) })
				}
			})
		}},
		{"object doubled under a blank id", false, func(m *maker) {
			m.objects(func(i int, s *Spot) {
				if i > 0 && s.Node.id() == "" {
					m.edit(i, func(c *Copy) {
						c.Nodes[i].set("id", str("_:b0"))
						m.beside(c, i, c.Nodes[i].Clone())
					})
				}
			})
		}},
		{"reference beside its object", false, func(m *maker) {
			m.objects(func(i int, s *Spot) {
				id := s.Node.id()
				if i == 0 || id == "" {
					return
				}
				for _, more := range []*Node{str(id), obj(mem("id", str(id))), obj(mem("@id", str(id)))} {
					m.edit(i, func(c *Copy) { m.beside(c, i, more.Clone()) })
				}
				for _, names := range fractions(s.Node) {
					m.edit(i, func(c *Copy) { m.beside(c, i, part(c.Nodes[i], names)) })
				}
			})
		}},
		{"blank id given", false, func(m *maker) {
			m.objects(func(i int, s *Spot) {
				if s.Node.id() != "" {
					return
				}
				for _, name := range []string{"id", "@id"} {
					for _, label := range []string{"_:b0", "_:x", "_:"} {
						m.edit(i, func(c *Copy) { c.Nodes[i].set(name, str(label)) })
					}
				}
			})
		}},
		{"embedded credential repeated", false, func(m *maker) {
			for i := range m.Spots {
				if s := &m.Spots[i]; isEmbedded(s.Name) && s.Node.Get("type") != nil {
					m.edit(i, func(c *Copy) { m.beside(c, i, c.Nodes[i].Clone()) })
					m.edit(i, func(c *Copy) { m.beside(c, i, c.Nodes[i].Clone(), c.Nodes[i].Clone()) })
					m.edit(i, func(c *Copy) {
						again := c.Nodes[i].Clone()
						slices.Reverse(again.Members)
						m.beside(c, i, again)
					})
					for _, name := range stated(s.Node) {
						m.edit(i, func(c *Copy) {
							again := c.Nodes[i].Clone()
							again.remove(name)
							m.beside(c, i, again)
						})
					}
				}
			}
		}},
		{"reference in another form", false, func(m *maker) {
			for i := range m.Spots {
				s := &m.Spots[i]
				if text := s.Node.Content(); text != "" && s.Name != "id" && s.Name != "type" {
					for _, name := range []string{"id", "@id"} {
						m.put(i, func(old *Node) *Node { return obj(mem(name, old)) })
					}
				}
				if id := s.Node.id(); id != "" && len(s.Node.Members) == 1 {
					m.put(i, func(*Node) *Node { return str(id) })
					m.put(i, func(*Node) *Node { return obj(mem("@id", str(id))) })
					m.put(i, func(*Node) *Node { return arr(str(id)) })
				}
			}
		}},
	}
}

// split puts a part of each object's members into a second object beside it. An
// object without an id gets the label.
func (m *maker) split(label string) {
	m.objects(func(i int, s *Spot) {
		if i == 0 || (s.Node.id() == "") != (label != "") {
			return
		}
		for _, names := range fractions(s.Node) {
			for _, keepType := range []bool{true, false} {
				m.edit(i, func(c *Copy) {
					n := c.Nodes[i]
					if label != "" {
						n.set("id", str(label))
					}
					second := part(n, names)
					for _, name := range names {
						if name != "type" || !keepType {
							n.remove(name)
						}
					}
					m.beside(c, i, second)
				})
			}
		}
	})
}
