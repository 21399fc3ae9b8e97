package rewrite

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// nameKinds write names and the IRIs that values stand for in other ways.
func nameKinds() []Kind {
	return []Kind{
		{"member named by an IRI", false, func(m *maker) {
			m.renamed(func(name string, mean meaning) []term { return []term{{name: mean.iri}} })
		}},
		{"member named by a compact IRI or another term", false, func(m *maker) {
			m.renamed(func(name string, mean meaning) []term {
				return append(known().compacts(mean.iri), known().terms[mean.iri]...)
			})
		}},
		{"member named by two terms", false, func(m *maker) {
			m.members(func(i, v int, name string, value *Node) {
				for _, mean := range known().meaningsOf(name) {
					for _, t := range append(slices.Clone(known().terms[mean.iri]), term{name: mean.iri}) {
						if t.name == name {
							continue
						}
						for _, written := range []func(*Node) *Node{unchanged, explicit(mean)} {
							m.under(i, m.Spots[i].Scope, t.url, func(c *Copy) {
								c.Nodes[i].set(t.name, written(c.Nodes[v].Clone()))
							})
						}
					}
				}
			})
		}},
		{"keyword by another name", false, func(m *maker) {
			m.members(func(i, v int, name string, value *Node) {
				if name != "id" && name != "type" {
					return
				}
				for _, t := range append(slices.Clone(known().keywords["@"+name]), term{name: "@" + name}) {
					if t.name != name {
						m.under(i, m.Spots[i].Scope, t.url, func(c *Copy) { c.Nodes[i].rename(name, t.name) })
					}
				}
			})
		}},
		{"types under two names", false, func(m *maker) {
			m.objects(func(i int, s *Spot) {
				types := s.Node.Get("type").List()
				for first := range types {
					for _, t := range append(slices.Clone(known().keywords["@type"]), term{name: "@type"}) {
						if t.name == "type" {
							continue
						}
						m.under(i, s.Scope, t.url, func(c *Copy) { // one there, the rest here
							c.Nodes[i].set("type", arr(slices.Delete(slices.Clone(types), first, first+1)...))
							c.Nodes[i].set(t.name, types[first].Clone())
						})
						m.under(i, s.Scope, t.url, func(c *Copy) { // one there as well
							c.Nodes[i].set(t.name, types[first].Clone())
						})
					}
				}
			})
		}},
		{"type by an IRI", false, func(m *maker) {
			m.types(func(name string) (all []term) {
				for _, mean := range known().meaningsOf(name) {
					all = append(append(all, term{name: mean.iri}), known().compacts(mean.iri)...)
				}
				return all
			})
		}},
		{"type by another term", false, func(m *maker) {
			m.types(func(name string) (all []term) {
				for _, mean := range known().meaningsOf(name) {
					all = append(all, known().terms[mean.iri]...)
				}
				return all
			})
		}},
		{"object named by IRIs", false, func(m *maker) {
			m.objects(func(i int, s *Spot) {
				for choice := range 3 {
					for _, keepType := range []bool{true, false} {
						m.edit(i, func(c *Copy) { c.Nodes[i].byIRIs(choice, keepType) })
					}
				}
			})
		}},
		{"type by an IRI under another context", false, func(m *maker) {
			for i := range m.Spots {
				s := &m.Spots[i]
				if s.Name != "type" || s.Node.Content() == "" {
					continue
				}
				for _, iri := range irisOf(s.Node.Text) {
					for _, url := range known().urls {
						m.under(i, s.Scope, url, func(c *Copy) {
							c.Nodes[i].Text = iri
						})
					}
				}
			}
		}},
		{"equal type added", false, equalTypes},
		{"order of types", false, func(m *maker) {
			for i := range m.Spots {
				if s := &m.Spots[i]; s.Name == "type" && len(s.Node.Items) > 1 {
					for _, change := range orders[*Node]() {
						m.edit(i, func(c *Copy) { change(c.Nodes[i].Items) })
					}
				}
			}
		}},
		{"value by an IRI", false, valueIRIs},
	}
}

// byIRIs names an object's members, and its types, by IRIs. Where a name has several
// meanings choice says which.
func (n *Node) byIRIs(choice int, keepType bool) {
	for _, name := range stated(n) {
		v := n.Get(name)
		if name == "type" && !keepType {
			n.set(name, v.each(func(t *Node) *Node {
				for _, iri := range irisOf(t.Content()) {
					return str(iri)
				}
				return t
			}))
			continue
		}
		if all := known().meaningsOf(name); len(all) > 0 {
			mean := all[min(choice, len(all)-1)]
			n.set(name, explicit(mean)(v))
			n.rename(name, mean.iri)
		}
	}
}

func unchanged(v *Node) *Node { return v }

// explicit writes values with the type that their term gives them.
func explicit(mean meaning) func(*Node) *Node {
	one := func(v *Node) *Node {
		switch {
		case mean.coercion == "@json":
			return obj(mem("@value", v), mem("@type", str("@json")))
		case !v.isAtom():
			return v
		case mean.coercion == "@id":
			return obj(mem("@id", v))
		case mean.coercion == "@vocab" && v.Kind == jsonx.String:
			for _, m := range known().meaningsOf(v.Text) {
				return obj(mem("@id", str(m.iri)))
			}
			return obj(mem("@id", v))
		case mean.coercion != "":
			return obj(mem("@value", v), mem("@type", str(mean.coercion)))
		}
		return v
	}
	return func(v *Node) *Node {
		switch mean.container {
		case "@list":
			return obj(mem("@list", v.each(one)))
		case "@graph":
			return obj(mem("@graph", v))
		}
		return v.each(one)
	}
}

// renamed gives members other names, with their values as they are and with what
// the old name made of them written out.
func (m *maker) renamed(names func(name string, mean meaning) []term) {
	m.members(func(i, v int, name string, value *Node) {
		for _, mean := range known().meaningsOf(name) {
			for _, t := range names(name, mean) {
				if t.name == name {
					continue
				}
				for _, written := range []func(*Node) *Node{unchanged, explicit(mean)} {
					m.under(i, m.Spots[i].Scope, t.url, func(c *Copy) {
						*c.Nodes[v] = *written(c.Nodes[v].Clone())
						c.Nodes[i].rename(name, t.name)
					})
				}
			}
		}
	})
}

func (m *maker) types(names func(string) []term) {
	for i := range m.Spots {
		s := &m.Spots[i]
		if s.Name != "type" || s.Node.Content() == "" {
			continue
		}
		for _, t := range names(s.Node.Text) {
			if t.name != s.Node.Text {
				m.under(i, s.Scope, t.url, func(c *Copy) {
					c.Nodes[i].Text = t.name
				})
			}
		}
	}
}

// equalTypes adds a type by another of its names, before and behind it.
func equalTypes(m *maker) {
	for i := range m.Spots {
		s := &m.Spots[i]
		if s.Name != "type" || s.Node.Content() == "" {
			continue
		}
		for _, mean := range known().meaningsOf(s.Node.Text) {
			for _, t := range append(slices.Clone(known().terms[mean.iri]), term{name: mean.iri}, term{name: s.Node.Text}) {
				for _, before := range []bool{true, false} {
					m.under(i, s.Scope, t.url, func(c *Copy) {
						types := c.Nodes[s.Holder].Get("type")
						more := append(slices.Clone(types.List()), str(t.name))
						if before {
							more = append([]*Node{str(t.name)}, slices.Clone(types.List())...)
						}
						c.Nodes[s.Holder].set("type", arr(more...))
					})
				}
			}
		}
	}
}

// valueIRIs write IRIs and terms that are values in the other ways that JSON-LD has
// for them.
func valueIRIs(m *maker) {
	for i := range m.Spots {
		s := &m.Spots[i]
		text := s.Node.Content()
		if text == "" || s.Name == "type" || i == 0 {
			continue
		}
		iris := []string{text}
		if !strings.Contains(text, ":") {
			iris = irisOf(text)
		}
		for _, iri := range iris {
			for _, t := range append(known().compacts(iri), append(slices.Clone(known().terms[iri]), term{name: iri})...) {
				writings := []func(string) *Node{str}
				if s.Name != "id" {
					writings = append(writings, func(s string) *Node { return obj(mem("id", str(s))) },
						func(s string) *Node { return obj(mem("@id", str(s))) })
				}
				for n, written := range writings {
					if t.name == text && n == 0 {
						continue
					}
					m.under(i, s.Scope, t.url, func(c *Copy) {
						*c.Nodes[i] = *written(t.name)
					})
				}
			}
		}
	}
}
