package rewrite

import (
	"bytes"
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// Read is what a reader of the models learns from a credential, as a text that is
// equal for equal readings: the members that the models have, at their places, in
// any order. What the nearest object of an id states and a farther one repeats is
// told once; a value and an array of it are one.
//
// The models are those that Decode fills, looked at by reflection, and not the
// tables that a verifier judges by.
func Read(credential []byte) (string, error) { return read(credential, false) }

// ReadExtended is Read with the members that the models keep aside: those of
// extensions.
func ReadExtended(credential []byte) (string, error) { return read(credential, true) }

func read(credential []byte, extended bool) (string, error) {
	root, err := Parse(credential)
	if err != nil {
		return "", err
	}
	r := project(root, classOf(root), extended)
	settle(r)
	return r.normal(), nil
}

// Decoded is the reading of what a decoder hands out: the fields of a typed model,
// without what it keeps aside.
func Decoded(decode func(into any) error, record bool) (string, error) {
	var model any = &ob.AchievementCredential{}
	if record {
		model = &clr.ClrCredential{}
	}
	if err := decode(model); err != nil {
		return "", err
	}
	forget(reflect.ValueOf(model).Elem())
	text, err := vc.Marshal(model)
	if err != nil {
		return "", err
	}
	return Read(text)
}

var extraType = reflect.TypeFor[vc.Extra]()

// isRaw reports whether a model keeps a value as its text.
func isRaw(class reflect.Type) bool {
	return class.Kind() == reflect.Slice && class.Elem().Kind() == reflect.Uint8
}

// forget empties what models keep aside.
func forget(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			forget(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			forget(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			switch f := v.Field(i); {
			case !f.CanSet():
			case f.Type() == extraType:
				f.SetZero()
			default:
				forget(f)
			}
		}
	}
}

// classOf is the model of a credential.
func classOf(n *Node) reflect.Type {
	switch {
	case n.hasType("ClrCredential"):
		return reflect.TypeFor[clr.ClrCredential]()
	case n.hasType("EndorsementCredential"):
		return reflect.TypeFor[ob.EndorsementCredential]()
	}
	return reflect.TypeFor[ob.AchievementCredential]()
}

// project keeps of a value what a model has, and what it keeps aside where that is
// asked for, and normalises its form.
func project(n *Node, class reflect.Type, extended bool) *Node {
	if n.Kind == jsonx.Array {
		out := arr()
		for _, item := range n.Items {
			if p := project(item, class, extended); p.Kind != jsonx.Null {
				out.Items = append(out.Items, p)
			}
		}
		return out
	}
	class = element(class)
	if isRaw(class) && n.Kind == jsonx.Object {
		class = classOf(n)
	}
	if n.Kind != jsonx.Object || class.Kind() != reflect.Struct {
		return n.Clone()
	}
	fields, isModel := fieldsOf(class)
	if !isModel {
		return n.Clone()
	}
	out := obj()
	for _, m := range n.Members {
		f, ok := fields[m.Name]
		switch {
		case m.Name == "@context":
		case ok:
			out.state(m.Name, project(m.Value, f, extended))
		case extended:
			out.state(m.Name, meant(m.Value))
		}
	}
	return out
}

// meant is a value that no model knows, without the members of its objects that
// say nothing.
func meant(n *Node) *Node {
	out := n.Clone()
	out.Items, out.Members = nil, nil
	for _, item := range n.Items {
		out.Items = append(out.Items, meant(item))
	}
	for _, m := range n.Members {
		out.state(m.Name, meant(m.Value))
	}
	return out
}

// state adds a member unless it says nothing: null and an array with nothing but
// null are read as a member that is left out.
func (n *Node) state(name string, v *Node) {
	isSaid := func(v *Node) bool { return v.Kind != jsonx.Null }
	if isSaid(v) && (v.Kind != jsonx.Array || slices.ContainsFunc(v.Items, isSaid)) {
		n.Members = append(n.Members, mem(name, v))
	}
}

// element is the model of one value: of a pointer, of one or many, of an object or
// its IRI.
func element(class reflect.Type) reflect.Type {
	for {
		switch {
		case class.Kind() == reflect.Pointer:
			class = class.Elem()
		case class.Kind() == reflect.Slice && !isRaw(class):
			class = class.Elem()
		case class.Kind() == reflect.Struct && strings.HasPrefix(class.Name(), "OneOrMany["):
			f, _ := class.FieldByName("Items")
			class = f.Type
		case class.Kind() == reflect.Struct && strings.HasPrefix(class.Name(), "Ref["):
			f, _ := class.FieldByName("Object")
			class = f.Type
		default:
			return class
		}
	}
}

// fieldsOf are the members that a model has; ok is false for what is no model.
func fieldsOf(class reflect.Type) (fields map[string]reflect.Type, ok bool) {
	fields = map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(class) {
		if f.Type == extraType {
			ok = true
		}
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			fields[name] = f.Type
		}
	}
	return fields, ok
}

// place is an object with an id, and how far from the root it stands.
type place struct {
	node  *Node
	was   *Node // the object before it was settled
	path  []string
	scope []int // the embedded credentials that it stands in, by their order
}

// settle takes from an object what an object of its id that is nearer to the root
// states as well, and makes a reference of one that is left with nothing but its
// id. Nearer is only what stands in the same credential or in one around it: an
// entry does not speak for its sibling.
func settle(root *Node) {
	var all []place
	scopes := 0
	var walk func(n *Node, path []string, scope []int)
	walk = func(n *Node, path []string, scope []int) {
		if n.Kind == jsonx.Object && len(path) > 0 && isEmbedded(path[len(path)-1]) {
			scopes++
			scope = append(slices.Clone(scope), scopes)
		}
		if n.id() != "" {
			all = append(all, place{n, n.Clone(), path, scope})
		}
		for _, m := range n.Members {
			if m.Name != "proof" {
				walk(m.Value, append(slices.Clone(path), m.Name), scope)
			}
		}
		for _, item := range n.Items {
			walk(item, path, scope)
		}
	}
	walk(root, nil, nil)
	slices.SortStableFunc(all, func(a, b place) int {
		return cmp.Or(len(a.path)-len(b.path), slices.Compare(a.path, b.path), len(b.was.Members)-len(a.was.Members),
			strings.Compare(a.was.normal(), b.was.normal()))
	})
	for i, far := range all {
		for k, near := range all[:i] {
			if near.speaksFor(far) {
				far.without(near.was)
				all[k].takeTypes(far.node)
			}
		}
		if len(far.path) > 0 && len(far.node.Members) == 1 {
			*far.node = *str(far.was.id())
		}
	}
}

// speaksFor reports whether a place counts as nearer than another for what is said
// of one id.
func (p place) speaksFor(far place) bool {
	return p.was.id() == far.was.id() && len(p.scope) <= len(far.scope) && slices.Equal(p.scope, far.scope[:len(p.scope)])
}

// takeTypes moves an object's types to the nearest of its id. What a type is of is
// not judged: the class of an object follows from its place.
func (p place) takeTypes(far *Node) {
	for _, t := range far.Get("type").List() {
		if !p.node.hasType(t.Content()) {
			p.node.add("type", t)
		}
	}
	far.remove("type")
}

// without takes away the members that another object states alike.
func (p place) without(near *Node) {
	var rest []Member
	for _, m := range p.node.Members {
		have := near.Get(m.Name)
		switch {
		case m.Name == "id" || have == nil:
			rest = append(rest, m)
		case have.link(m.Name) != p.was.Get(m.Name).link(m.Name):
			rest = append(rest, m)
		}
	}
	p.node.Members = rest
}

// link is the normal form of a member in which another node is told by its id, as
// the statement of the member is; what is said of that node is told where it stands.
func (n *Node) link(name string) string {
	if isEmbedded(name) {
		return n.normal()
	}
	one := n.each(func(v *Node) *Node {
		if id := v.id(); id != "" {
			return str(id)
		}
		return v
	})
	return one.normal()
}

// normal writes a value so that members and items in any order, arrays of one,
// numbers of one value and the two names of a badge come out alike.
func (n *Node) normal() string {
	var b bytes.Buffer
	n.writeNormal(&b, "")
	return b.String()
}

func (n *Node) writeNormal(b *bytes.Buffer, name string) {
	switch n.Kind {
	case jsonx.Object:
		members := slices.Clone(n.Members)
		slices.SortStableFunc(members, func(a, b Member) int { return strings.Compare(a.Name, b.Name) })
		b.WriteByte('{')
		for _, m := range members {
			b.WriteString(strconv.Quote(m.Name) + ":")
			m.Value.writeNormal(b, m.Name)
			b.WriteByte(' ')
		}
		b.WriteByte('}')
	case jsonx.Array:
		items := n.told(name)
		if len(items) == 1 {
			b.WriteString(items[0])
			return
		}
		b.WriteString("[" + strings.Join(items, " ") + "]")
	case jsonx.Number:
		f, _ := strconv.ParseFloat(n.Text, 64)
		b.WriteString(strconv.FormatFloat(f, 'g', -1, 64))
	case jsonx.String:
		text := n.Text
		if name == "type" && text == "OpenBadgeCredential" {
			text = "AchievementCredential"
		}
		if name == "@language" { // a tag has no case (BCP 47, 2.1.1)
			text = strings.ToLower(text)
		}
		b.WriteString(strconv.Quote(text))
	default:
		b.Write(n.Bytes())
	}
}

// told are the items of an array, in order unless it is a list, without what it
// repeats and a reader counts once: types, tags, proofs, and equal objects that have
// an id.
func (n *Node) told(name string) []string {
	var items, once []string
	for _, item := range n.Items {
		var b bytes.Buffer
		item.writeNormal(&b, name)
		counts := name != "type" && name != "tag" && name != "proof" && item.id() == "" || isEmbedded(name) || isList(name)
		if !counts && slices.Contains(once, b.String()) {
			continue
		}
		once = append(once, b.String())
		items = append(items, b.String())
	}
	if !isList(name) {
		slices.Sort(items)
	}
	return items
}
