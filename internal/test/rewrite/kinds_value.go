package rewrite

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

const xsd = "http://www.w3.org/2001/XMLSchema#"

// valueKinds write texts, numbers and booleans in other ways.
func valueKinds() []Kind {
	return []Kind{
		{"value object", false, func(m *maker) {
			m.atoms(func(i int, s *Spot) {
				m.put(i, func(old *Node) *Node { return obj(mem("@value", old)) })
				m.put(i, func(old *Node) *Node { return arr(obj(mem("@value", old))) })
				m.put(i, func(old *Node) *Node { return obj(mem("@value", old), mem("@type", null())) })
			})
		}},
		{"value object with a type", false, func(m *maker) {
			m.atoms(func(i int, s *Spot) {
				for _, datatype := range datatypes(s.Name) {
					m.put(i, func(old *Node) *Node { return obj(mem("@value", old), mem("@type", str(datatype))) })
					m.put(i, func(old *Node) *Node { return obj(mem("type", str(datatype)), mem("@value", old)) })
					m.put(i, func(old *Node) *Node { return arr(obj(mem("@value", old), mem("@type", str(datatype)))) })
				}
			})
		}},
		{"value object with a language", false, func(m *maker) {
			m.atoms(func(i int, s *Spot) {
				m.put(i, func(old *Node) *Node { return obj(mem("@value", old), mem("@language", null())) })
				m.put(i, func(old *Node) *Node {
					return obj(mem("@value", old), mem("@language", null()), mem("@direction", null()))
				})
			})
			m.objects(func(i int, s *Spot) {
				language := s.Node.Get("@language").Content()
				if language == "" {
					return
				}
				for _, change := range []func(*Node){
					func(n *Node) { n.set("@language", str(strings.ToUpper(language))) },
					func(n *Node) { n.set("@language", str(strings.ToUpper(language[:1])+language[1:])) },
					func(n *Node) { n.set("@direction", null()) },
					func(n *Node) { n.set("@index", str("x")) },
					func(n *Node) { n.set("@type", null()) },
				} {
					m.edit(i, func(c *Copy) { change(c.Nodes[i]) })
					m.edit(i, func(c *Copy) {
						more := c.Nodes[i].Clone()
						change(more)
						m.beside(c, i, more)
					})
				}
			})
		}},
		{"number in another form", false, numbers},
		{"text for a number or boolean", false, texts},
	}
}

// atoms calls for each text, number and boolean but for ids and types.
func (m *maker) atoms(yield func(i int, s *Spot)) {
	for i := range m.Spots {
		if s := &m.Spots[i]; s.Node.isAtom() && s.Name != "id" && s.Name != "type" && s.Name[0] != '@' {
			yield(i, s)
		}
	}
}

// datatypes are the types that a member's value may have in RDF.
func datatypes(name string) []string {
	all := []string{xsd + "string", xsd + "boolean", xsd + "integer", xsd + "double", "xsd:string"}
	for _, m := range known().meaningsOf(name) {
		if m.coercion != "" && m.coercion[0] != '@' && !slices.Contains(all, m.coercion) {
			all = append(all, m.coercion)
			for _, t := range known().compacts(m.coercion) {
				all = append(all, t.name)
			}
		}
	}
	return all
}

// numbers write a number with another text of the same value.
func numbers(m *maker) {
	m.atoms(func(i int, s *Spot) {
		if s.Node.Kind != jsonx.Number {
			return
		}
		text := s.Node.Text
		forms := []string{text + "e0", text + "E+0", text + "e-0"}
		if strings.Contains(text, ".") {
			forms = append(forms, text+"0", text+"00e0", shifted(text))
		} else {
			forms = append(forms, text+".0", text+".000", text+"0e-1", text+".0e0", text+"00E-2")
		}
		for _, form := range forms {
			m.put(i, func(*Node) *Node { return num(form) })
			for _, datatype := range datatypes(s.Name) {
				m.put(i, func(*Node) *Node { return obj(mem("@value", num(form)), mem("@type", str(datatype))) })
			}
		}
	})
}

// shifted writes a fraction with its point moved by one place: 3.5 as 0.35e1 or
// 35e-1.
func shifted(text string) string {
	whole, fraction, _ := strings.Cut(text, ".")
	if whole == "0" {
		return text + "0"
	}
	return strings.TrimPrefix(whole, "0") + fraction + "e-" + string(rune('0'+len(fraction)))
}

// texts write numbers and booleans as the texts that RDF has for them.
func texts(m *maker) {
	m.atoms(func(i int, s *Spot) {
		var forms []string
		switch s.Node.Kind {
		case jsonx.Number:
			forms = []string{s.Node.Text, s.Node.Text + ".0", s.Node.Text + ".0E0", s.Node.Text + "E0"}
		case jsonx.True:
			forms = []string{"true", "1"}
		case jsonx.False:
			forms = []string{"false", "0"}
		}
		for _, form := range forms {
			m.put(i, func(*Node) *Node { return str(form) })
			m.put(i, func(*Node) *Node { return arr(str(form)) })
			for _, datatype := range datatypes(s.Name) {
				m.put(i, func(*Node) *Node { return obj(mem("@value", str(form)), mem("@type", str(datatype))) })
			}
		}
	})
}
