package rewrite

import "github.com/laurel-edu/laurel/internal/jsonx"

// arrayKinds put values into arrays, take them out, and put nothing beside them.
func arrayKinds() []Kind {
	return []Kind{
		{"array of one", false, func(m *maker) {
			for i := range m.Spots {
				if s := &m.Spots[i]; i > 0 && s.Item < 0 && s.Node.Kind != jsonx.Array {
					m.put(i, func(old *Node) *Node { return arr(old) })
				}
			}
		}},
		{"value for an array of one", false, func(m *maker) {
			for i := range m.Spots {
				if s := &m.Spots[i]; s.Node.Kind == jsonx.Array && len(s.Node.Items) == 1 {
					m.put(i, func(old *Node) *Node { return old.Items[0] })
				}
			}
		}},
		{"array in an array", false, func(m *maker) {
			for i := range m.Spots {
				if i == 0 {
					continue
				}
				m.put(i, func(old *Node) *Node { return arr(arr(old.List()...)) })
				if m.Spots[i].Item >= 0 {
					m.put(i, func(old *Node) *Node { return arr(old) })
				}
				if n := m.Spots[i].Node; len(n.Items) > 1 {
					m.put(i, func(old *Node) *Node { return arr(old.Items[0], arr(old.Items[1:]...)) })
				}
			}
		}},
		{"null item", false, func(m *maker) {
			for i := range m.Spots {
				if s := &m.Spots[i]; i == 0 || s.Item >= 0 {
					continue
				}
				for _, nothing := range []*Node{null(), obj(mem("@value", null())), arr()} {
					m.put(i, func(old *Node) *Node { return arr(append(old.List(), nothing.Clone())...) })
					m.put(i, func(old *Node) *Node { return arr(append([]*Node{nothing.Clone()}, old.List()...)...) })
				}
			}
		}},
		{"member of nothing", false, func(m *maker) {
			m.objects(func(i int, s *Spot) {
				for _, name := range absentees {
					if s.Node.Get(name) != nil {
						continue
					}
					for _, nothing := range []*Node{null(), arr(), arr(null()), obj(mem("@value", null())), obj(mem("@set", arr()))} {
						m.edit(i, func(c *Copy) { c.Nodes[i].set(name, nothing.Clone()) })
					}
				}
			})
		}},
		{"member without a meaning", false, func(m *maker) {
			m.objects(func(i int, s *Spot) {
				for _, name := range append([]string{"statusListIndex", "achievedLevel", "value", "creditsAvailable"}, absentees...) {
					if s.Node.Get(name) != nil {
						continue
					}
					for _, some := range []*Node{str("x"), num("7"), str("2030-01-01T00:00:00Z"), obj(mem("id", str("urn:x"))), arr(str("x"), str("y"))} {
						m.edit(i, func(c *Copy) { c.Nodes[i].set(name, some.Clone()) })
					}
				}
			})
		}},
		{"text doubled in an array", false, func(m *maker) {
			for i := range m.Spots {
				if s := &m.Spots[i]; i > 0 && s.Node.isAtom() && s.Name != "id" {
					m.edit(i, func(c *Copy) { m.beside(c, i, c.Nodes[i].Clone()) })
				}
			}
		}},
	}
}

// absentees are members that decide something and that most objects lack.
var absentees = []string{"validUntil", "expirationDate", "credentialStatus", "name", "description", "evidence", "image", "creator", "creditsEarned", "awardedDate",
	"result", "tag", "url", "expires", "domain", "challenge", "previousProof", "narrative", "endorsement", "credentialSchema", "statusSize", "id"}
