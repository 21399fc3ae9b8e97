package rewrite

import "github.com/laurel-edu/laurel/internal/jsonx"

// Tree is a document whose values are numbered in the order of the text, so that
// an edit that was made for a document applies to each copy of it.
type Tree struct {
	Root  *Node
	Spots []Spot // by number; 0 is the root
}

// Spot is one value and where it stands. What stands in contexts is not numbered.
type Spot struct {
	Node   *Node
	Parent int    // number of the object or array that holds it, -1 for the root
	Holder int    // number of the nearest object above, -1 for the root
	Name   string // of the member that it is the value of, or one of the values
	Item   int    // place in its array, -1 for what is in none
	Graph  int    // 0 outside of proofs, within one the number of the proof object
	Scope  int    // number of the nearest object from here up that has an @context
}

// NewTree numbers a document.
func NewTree(root *Node) *Tree {
	t := &Tree{Root: root}
	t.number(Spot{Node: root, Parent: -1, Holder: -1, Item: -1})
	return t
}

func (t *Tree) number(s Spot) {
	n := len(t.Spots)
	if s.Node.Kind == jsonx.Object {
		if s.Name == "proof" {
			s.Graph = n
		}
		if s.Node.Get("@context") != nil {
			s.Scope = n
		}
	}
	t.Spots = append(t.Spots, s)
	for _, m := range s.Node.Members {
		if m.Name != "@context" {
			t.number(Spot{Node: m.Value, Parent: n, Holder: n, Name: m.Name, Item: -1, Graph: s.Graph, Scope: s.Scope})
		}
	}
	for i, item := range s.Node.Items {
		t.number(Spot{Node: item, Parent: n, Holder: s.Holder, Name: s.Name, Item: i, Graph: s.Graph, Scope: s.Scope})
	}
}

// Copy is a document that edits may change.
type Copy struct {
	Root  *Node
	Nodes []*Node // by the numbers of the tree that it is a copy of
}

// Copy copies the document.
func (t *Tree) Copy() *Copy {
	c := &Copy{Root: t.Root.Clone(), Nodes: make([]*Node, 0, len(t.Spots))}
	c.number(c.Root)
	return c
}

func (c *Copy) number(n *Node) {
	c.Nodes = append(c.Nodes, n)
	for _, m := range n.Members {
		if m.Name != "@context" {
			c.number(m.Value)
		}
	}
	for _, item := range n.Items {
		c.number(item)
	}
}

// Edit changes a copy of the document that it was made for.
type Edit struct {
	At int // the number of the value that it is about
	do func(c *Copy)
}

// Apply returns the document as an edit leaves it.
func (t *Tree) Apply(e Edit) *Node {
	c := t.Copy()
	e.do(c)
	return c.Root
}

// Part names the part of the document that a value belongs to: "document",
// "embedded" or "proof".
func (t *Tree) Part(i int) string {
	if t.Spots[i].Graph != 0 {
		return "proof"
	}
	for ; i > 0; i = t.Spots[i].Parent {
		if isEmbedded(t.Spots[i].Name) {
			return "embedded"
		}
	}
	return "document"
}

// isEmbedded reports whether the values of a member are credentials.
func isEmbedded(name string) bool { return name == "endorsement" || name == "verifiableCredential" }

// within reports whether value i is value top or stands in it.
func (t *Tree) within(i, top int) bool {
	for ; i >= 0; i = t.Spots[i].Parent {
		if i == top {
			return true
		}
	}
	return false
}

// objects calls for each object.
func (t *Tree) objects(yield func(i int, s *Spot)) {
	for i := range t.Spots {
		if t.Spots[i].Node.Kind == jsonx.Object {
			yield(i, &t.Spots[i])
		}
	}
}

// members calls for each member but contexts; i is the object that has it and v
// the number of its value.
func (t *Tree) members(yield func(i, v int, name string, value *Node)) {
	for v := range t.Spots {
		if s := &t.Spots[v]; s.Parent >= 0 && s.Item < 0 {
			yield(s.Parent, v, s.Name, s.Node)
		}
	}
}

// know lists a context at an object, after those that are there, if it is not yet
// among them.
func (c *Copy) know(scope int, url string) {
	if url == "" {
		return
	}
	n := c.Nodes[scope]
	for _, item := range n.Get("@context").List() {
		if item.Content() == url {
			return
		}
	}
	n.add("@context", str(url))
}
