package present

import (
	"strconv"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// found is a member that a part stands for, where a credential has it.
type found struct {
	part Part
	at   jsonx.Value // the member
	// whole is what of the credential it can only be shown with, the member itself where that
	// can be shown or hidden: an embedded credential with a proof, a token.
	whole jsonx.Value
}

// finder looks for parts.
type finder struct {
	wishes wishes
	all    []found
	depth  int
}

// find returns where a credential has parts, in the order of the document. Nothing within
// one that is found is looked for.
func find(doc *vc.Document, w wishes) []found {
	f := finder{wishes: w}
	f.document(doc, jsonx.Value{})
	return f.all
}

func (f *finder) document(doc *vc.Document, whole jsonx.Value) {
	root := door.Root(doc)
	f.object(placeOf(root), root, whole)
}

// placeOf is what the table knows of a credential.
func placeOf(root jsonx.Value) shape.Place { return door.Schema().Place(door.ClassOf(root), root) }

func (f *finder) object(place shape.Place, v, whole jsonx.Value) {
	class := place.Class()
	if class == nil {
		return
	}
	for m := v.First(); m.Exists(); m = m.Next() {
		fact := place.Member(m.Name())
		if part, is := f.wishes.match(class.Name, m.Name(), fact.Member() != nil); is {
			f.all = append(f.all, found{part, m, or(whole, m)})
			continue
		}
		if fact.Member() != nil && m.Name() != "proof" {
			f.value(fact, m, whole)
		}
	}
}

// value looks into the objects and tokens that a member holds.
func (f *finder) value(fact shape.Fact, v, whole jsonx.Value) {
	embeds := rules.RoleOf(fact.Member().Name) != ""
	switch {
	case v.Kind() == jsonx.Array:
		for item := v.First(); item.Exists(); item = item.Next() {
			f.value(fact, item, whole)
		}
	case embeds && v.Kind() == jsonx.String:
		f.token(v, or(whole, v))
	case v.Kind() != jsonx.Object:
	case isEnvelope(v):
		f.token(v.Get("id"), or(whole, v))
	case embeds && v.Get("proof").Exists():
		f.object(fact.Place(v), v, or(whole, v))
	default:
		f.object(fact.Place(v), v, whole)
	}
}

// token looks into a token. One that is deeper than is looked at counts as one that has what
// is looked for.
func (f *finder) token(v, whole jsonx.Value) {
	doc, _ := tokenIn(v)
	if doc == nil {
		return
	}
	if f.depth++; f.depth <= mostDeep {
		f.document(doc, whole)
	} else {
		f.all = append(f.all, found{PartExtensions, v, whole})
	}
	f.depth--
}

func or(a, b jsonx.Value) jsonx.Value {
	if a.Exists() {
		return a
	}
	return b
}

// pathOf is the JSON Pointer (RFC 6901) of a value, however long.
func pathOf(v, root jsonx.Value) string {
	if v == root || !v.Exists() {
		return ""
	}
	parent := v.Parent()
	if parent.Kind() == jsonx.Object {
		return pathOf(parent, root) + "/" + jsonx.EscapePointer(v.Name())
	}
	i := 0
	for c := parent.First(); c.Exists() && c != v; c = c.Next() {
		i++
	}
	return pathOf(parent, root) + "/" + strconv.Itoa(i)
}
