package rewrite

import (
	"bytes"
	"slices"
	"strconv"

	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Node is a JSON value that can be changed. It keeps the order of members and the
// text of numbers.
type Node struct {
	Kind    jsonx.Kind
	Text    string   // content of a string, text of a number
	Members []Member // of an object
	Items   []*Node  // of an array
	escaped bool     // write the string and the names with escapes
}

// Member is one member of an object.
type Member struct {
	Name  string
	Value *Node
}

func str(s string) *Node          { return &Node{Kind: jsonx.String, Text: s} }
func num(s string) *Node          { return &Node{Kind: jsonx.Number, Text: s} }
func null() *Node                 { return &Node{Kind: jsonx.Null} }
func arr(items ...*Node) *Node    { return &Node{Kind: jsonx.Array, Items: items} }
func obj(members ...Member) *Node { return &Node{Kind: jsonx.Object, Members: members} }

func mem(name string, value *Node) Member { return Member{name, value} }

// Parse reads a JSON text.
func Parse(text []byte) (*Node, error) {
	doc, err := jsonx.Parse(text, jsonx.Limits{}, nil)
	if err != nil {
		return nil, err
	}
	return nodeOf(doc.Root()), nil
}

func nodeOf(v jsonx.Value) *Node {
	n := &Node{Kind: v.Kind(), Text: v.Text()}
	for c := v.First(); c.Exists(); c = c.Next() {
		if v.Kind() == jsonx.Object {
			n.Members = append(n.Members, mem(c.Name(), nodeOf(c)))
		} else {
			n.Items = append(n.Items, nodeOf(c))
		}
	}
	return n
}

// Bytes writes the value.
func (n *Node) Bytes() []byte {
	var b bytes.Buffer
	n.write(&b)
	return b.Bytes()
}

func (n *Node) write(b *bytes.Buffer) {
	switch n.Kind {
	case jsonx.Object:
		b.WriteByte('{')
		for i, m := range n.Members {
			if i > 0 {
				b.WriteByte(',')
			}
			b.Write(quoted(m.Name, n.escaped))
			b.WriteByte(':')
			m.Value.write(b)
		}
		b.WriteByte('}')
	case jsonx.Array:
		b.WriteByte('[')
		for i, item := range n.Items {
			if i > 0 {
				b.WriteByte(',')
			}
			item.write(b)
		}
		b.WriteByte(']')
	case jsonx.String:
		b.Write(quoted(n.Text, n.escaped))
	case jsonx.Number:
		b.WriteString(n.Text)
	case jsonx.True:
		b.WriteString("true")
	case jsonx.False:
		b.WriteString("false")
	default:
		b.WriteString("null")
	}
}

// quoted writes a string, with an escape for each of its letters where asked to.
func quoted(s string, escaped bool) []byte {
	if !escaped {
		return jcs.AppendString(nil, s)
	}
	out := []byte{'"'}
	for _, r := range s {
		if r >= 'a' && r <= 'z' {
			out = append(out, `\u00`...)
			out = strconv.AppendInt(out, int64(r), 16)
			continue
		}
		text := jcs.AppendString(nil, string(r))
		out = append(out, text[1:len(text)-1]...)
	}
	return append(out, '"')
}

// Clone returns a copy that shares nothing.
func (n *Node) Clone() *Node {
	c := *n
	c.Members, c.Items = slices.Clone(n.Members), slices.Clone(n.Items)
	for i := range c.Members {
		c.Members[i].Value = c.Members[i].Value.Clone()
	}
	for i := range c.Items {
		c.Items[i] = c.Items[i].Clone()
	}
	return &c
}

// Get returns a member's value, nil where there is none.
func (n *Node) Get(name string) *Node {
	if n == nil {
		return nil
	}
	for i := range n.Members {
		if n.Members[i].Name == name {
			return n.Members[i].Value
		}
	}
	return nil
}

// Content is the content of a string and "" for anything else.
func (n *Node) Content() string {
	if n == nil || n.Kind != jsonx.String {
		return ""
	}
	return n.Text
}

// id is the node's identifier under its usual name.
func (n *Node) id() string { return n.Get("id").Content() }

// set gives a member a value, new or not. Nil sets nothing.
func (n *Node) set(name string, value *Node) {
	if value == nil {
		return
	}
	for i := range n.Members {
		if n.Members[i].Name == name {
			n.Members[i].Value = value
			return
		}
	}
	n.Members = append(n.Members, mem(name, value))
}

// add states one more value of a member, beside those that it has.
func (n *Node) add(name string, value *Node) {
	have := n.Get(name)
	if have == nil {
		n.set(name, value)
		return
	}
	n.set(name, arr(append(slices.Clone(have.List()), value.List()...)...))
}

func (n *Node) remove(name string) {
	n.Members = slices.DeleteFunc(n.Members, func(m Member) bool { return m.Name == name })
}

// rename gives a member another name; one that has that name already gets its
// values.
func (n *Node) rename(from, to string) {
	value := n.Get(from)
	if value == nil || from == to {
		return
	}
	if n.Get(to) != nil {
		n.remove(from)
		n.add(to, value)
		return
	}
	for i := range n.Members {
		if n.Members[i].Name == from {
			n.Members[i].Name = to
		}
	}
}

// List is an array's items, or the one value.
func (n *Node) List() []*Node {
	switch {
	case n == nil:
		return nil
	case n.Kind == jsonx.Array:
		return n.Items
	}
	return []*Node{n}
}

// each replaces every value of one or many.
func (n *Node) each(change func(*Node) *Node) *Node {
	if n.Kind != jsonx.Array {
		return change(n)
	}
	out := arr()
	for _, item := range n.Items {
		out.Items = append(out.Items, change(item))
	}
	return out
}

// hasType reports whether type holds a name.
func (n *Node) hasType(name string) bool {
	return slices.ContainsFunc(n.Get("type").List(), func(t *Node) bool { return t.Content() == name })
}

// isAtom reports a value that is neither an object nor an array.
func (n *Node) isAtom() bool { return n.Kind < jsonx.Array }

// Without returns a copy that lacks a member.
func (n *Node) Without(name string) *Node {
	c := n.Clone()
	c.remove(name)
	return c
}
