package rewrite

import "slices"

// Kind is one way of rewriting.
type Kind struct {
	Name string
	// Order says that the rewriting changes only the order of members or items or
	// the spelling of JSON, which no verifier may refuse.
	Order bool
	make  func(m *maker)
}

// Edits returns every rewriting of a document in this way.
func (k Kind) Edits(t *Tree) []Edit {
	m := &maker{Tree: t}
	k.make(m)
	return m.edits
}

// Kinds returns all ways of rewriting.
func Kinds() []Kind {
	return slices.Concat(orderKinds(), stateKinds(), objectKinds(), keywordKinds(), nameKinds(), valueKinds(), arrayKinds(),
		contextKinds(), proofKinds())
}

// maker collects the edits of one kind.
type maker struct {
	*Tree
	edits []Edit
}

func (m *maker) edit(at int, do func(c *Copy)) { m.edits = append(m.edits, Edit{at, do}) }

// under makes an edit that needs a context at an object, "" for none but those that
// are there.
func (m *maker) under(at, scope int, url string, do func(c *Copy)) {
	if url != "" && slices.ContainsFunc(m.Spots[scope].Node.Get("@context").List(), func(n *Node) bool { return n.Content() == url }) {
		return
	}
	m.edit(at, func(c *Copy) {
		do(c)
		c.know(scope, url)
	})
}

// put replaces value i.
func (m *maker) put(i int, make func(old *Node) *Node) {
	m.edit(i, func(c *Copy) { *c.Nodes[i] = *make(c.Nodes[i].Clone()) })
}

// beside puts more values beside value i: into its array, or into one made for it.
func (t *Tree) beside(c *Copy, i int, more ...*Node) {
	if s := t.Spots[i]; s.Item >= 0 {
		c.Nodes[s.Parent].Items = append(c.Nodes[s.Parent].Items, more...)
		return
	}
	*c.Nodes[i] = *arr(append([]*Node{c.Nodes[i].Clone()}, more...)...)
}

// namesakes calls for each ordered pair of objects of one id in one graph.
func (t *Tree) namesakes(yield func(a, b int)) {
	byID := map[string][]int{}
	t.objects(func(i int, s *Spot) {
		if id := s.Node.id(); id != "" {
			byID[id] = append(byID[id], i)
		}
	})
	t.objects(func(a int, s *Spot) {
		for _, b := range byID[s.Node.id()] {
			if a != b && t.Spots[b].Graph == s.Graph {
				yield(a, b)
			}
		}
	})
}

// references calls for each text that names an object of the same graph.
func (t *Tree) references(yield func(text, object int)) {
	t.objects(func(o int, s *Spot) {
		id := s.Node.id()
		if id == "" {
			return
		}
		for i := range t.Spots {
			if r := &t.Spots[i]; r.Node.Content() == id && r.Name != "id" && r.Graph == s.Graph {
				yield(i, o)
			}
		}
	})
}
