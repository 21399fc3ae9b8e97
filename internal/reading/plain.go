package reading

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
)

// Plain returns the text of a document in which each array of one, where the model
// has one value, is replaced by the value. JSON-LD does not tell the two apart, a
// typed model does: it has no place for the array. Where there is nothing to replace
// the text is returned as it stands and must not be changed.
//
// The entries of a record stay as they were written: each is a document that may be
// signed as it stands.
func Plain(schema *shape.Schema, class string, root jsonx.Value) []byte {
	p := plainer{base: root.Offset()}
	p.object(schema.Place(class, root), root)
	raw := root.Raw()
	if len(p.cuts) == 0 {
		return raw
	}
	out := make([]byte, 0, len(raw))
	at := 0
	for _, c := range p.cuts {
		out = append(out, raw[at:c.from]...)
		at = c.to
	}
	return append(out, raw[at:]...)
}

// plainer collects what is to be cut from a text, from its beginning to its end.
type plainer struct {
	base int
	cuts []cut
}

type cut struct{ from, to int }

func (p *plainer) object(place shape.Place, v jsonx.Value) {
	class := place.Class()
	if class == nil || len(class.Members) == 0 {
		return
	}
	for m := v.First(); m.Exists(); m = m.Next() {
		if fact := place.Member(m.Name()); fact.Member() != nil {
			p.member(fact, m)
		}
	}
}

func (p *plainer) member(fact shape.Fact, v jsonx.Value) {
	m := fact.Member()
	if v.Kind() != jsonx.Array {
		p.value(fact, v)
		return
	}
	one := v.Single()
	if m.Many || m.ArrayToo || m.Kind == shape.Any && !m.Sole || m.Kind == shape.Types || m.Kind == shape.Context || one == v ||
		m.Name == "id" || one.Kind() == jsonx.Array {
		for item := v.First(); item.Exists(); item = item.Next() {
			p.value(fact, item)
		}
		return
	}
	p.cut(v.Offset(), one.Offset())
	p.value(fact, one)
	p.cut(one.Offset()+len(one.Raw()), v.Offset()+len(v.Raw()))
}

func (p *plainer) cut(from, to int) { p.cuts = append(p.cuts, cut{from - p.base, to - p.base}) }

func (p *plainer) value(fact shape.Fact, v jsonx.Value) {
	class := fact.Class()
	if v.Kind() != jsonx.Object || class == nil || len(class.Members) == 0 { // an entry has its members by its kind
		return
	}
	p.object(fact.Place(v), v)
}
