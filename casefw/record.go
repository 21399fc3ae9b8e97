package casefw

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/vc"
)

// record reads a stored record back into its fields.
func (s *store) record(t *table, i int32, rec any) {
	base, seen := t.class.base(rec), uint32(0)
	base.Extra, base.Sent = s.extras(in(t.extra, i)), s.extras(in(t.sent, i))
	for name := range base.Sent {
		if place := t.class.resolve(name); place >= 0 {
			seen |= 1 << place
		}
	}
	for place := range t.class.members {
		m, at := &t.class.members[place], t.at(i, place)
		switch {
		case place == t.id:
			if id := s.identifier(t, i); id != "" || at != 0 {
				setText(m.field(rec), strings.Clone(id))
				seen |= 1 << place
			}
			continue
		case at == 0:
			continue
		case place == t.uri:
			setText(m.field(rec), strings.Clone(s.uri(at, t.ids[i])))
		case !s.field(at, m, rec) && seen&(1<<place) == 0:
			keepSent(base, m.name, bytes.Clone(s.bytes(at)))
		}
		seen |= 1 << place
	}
	absent(t.class, seen, base)
	repairRecord(t.class, rec)
}

// field reads a cell into its field. exact is false where the cell holds JSON that the
// field does not give back.
func (s *store) field(at cell, m *member, rec any) (exact bool) {
	switch {
	case m.isText():
		setText(m.field(rec), s.clone(at))
	case m.of == nodeClass:
		s.fillNode(int32(at-1), m.grow(rec).(*LinkGenURI))
	case m.kind == kInt:
		n := s.number(at)
		*m.field(rec).(**int64) = &n
	case m.isExtension():
		return s.raw(at, m.field(rec).(*jsontext.Value))
	default:
		return assign(s.parsed(at), m, rec)
	}
	return true
}

// raw reads an extension, which is not parsed for it: it was checked when it was stored,
// may be long, and is read with every record. exact is false where it is no object.
func (s *store) raw(at cell, field *jsontext.Value) (exact bool) {
	text := s.bytes(at)
	if len(text) == 0 || text[0] != '{' {
		return false
	}
	*field = bytes.Clone(text)
	return true
}

// number reads a whole number.
func (s *store) number(at cell) int64 {
	if at&bigNumber == 0 {
		return int64(at) - 1
	}
	n, _ := strconv.ParseInt(s.string(at&^bigNumber), 10, 64) // it was written by FormatInt
	return n
}

// fillNode reads an end of associations.
func (s *store) fillNode(node int32, rec *LinkGenURI) {
	if raw := in(s.raws, node); raw != 0 {
		bind(s.parsed(raw), nodeClass, rec)
		return
	}
	n := &s.nodes[node]
	rec.Title, rec.Identifier = s.clone(n.title), strings.Clone(s.nodeName(node))
	rec.URI = vc.IRI(strings.Clone(s.uri(n.uri, n.id)))
}

// setText sets a field that holds a text.
func setText(field any, text string) {
	switch f := field.(type) {
	case *string:
		*f = text
	case *vc.IRI:
		*f = vc.IRI(text)
	case *AssociationType:
		*f = AssociationType(text)
	case *vc.DateTime:
		_ = f.UnmarshalText([]byte(text)) // takes any text
	}
}

// textOf returns what a field holds that holds a text.
func textOf(field any) string {
	switch f := field.(type) {
	case *string:
		return *f
	case *vc.IRI:
		return string(*f)
	case *AssociationType:
		return string(*f)
	case *vc.DateTime:
		return f.String()
	}
	return ""
}

// keepSent notes a member as it was sent, nil for a required one that was not there.
func keepSent(base *Members, name string, value jsontext.Value) {
	if base.Sent == nil {
		base.Sent = vc.Extra{}
	}
	base.Sent[name] = value
}

// Record returns the item as a plain struct of its own.
func (t Item) Record() *CFItem {
	rec := &CFItem{}
	if t.f != nil {
		t.f.record(&t.f.items, t.i, rec)
	}
	return rec
}

// Record returns the association as a plain struct of its own.
func (a Association) Record() *CFAssociation {
	rec := &CFAssociation{}
	if a.f != nil {
		a.f.record(&a.f.links, a.i, rec)
	}
	return rec
}

// Record returns the node as a plain struct of its own, nil where there is none.
func (n Node) Record() *LinkGenURI {
	if n.Kind() == NoNode {
		return nil
	}
	rec := &LinkGenURI{}
	n.f.fillNode(int32(n.at-1), rec)
	return rec
}
