package casefw

import (
	"bytes"
	"math/bits"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// bind reads the object v into rec, a pointer to the Go type of class c. It takes
// whatever it is given: what fits a field goes there, what can be repaired is
// repaired and kept as sent besides, what the class does not know is kept as
// extra. Nothing is dropped and nothing is reported; that is the checker's part.
func bind(v jsonx.Value, c *class, rec any) {
	base := c.base(rec)
	if v.Kind() != jsonx.Object {
		bindScalar(v, rec)
		return
	}
	read := c.spell(v)
	for child := v.First(); child.Exists(); child = child.Next() {
		name, place := child.Name(), c.resolve(child.Name())
		if place < 0 || read.value[place] != child {
			keep(&base.Extra, name, child)
			continue
		}
		if m := &c.members[place]; !assign(child, m, rec) || name != m.name {
			keep(&base.Sent, name, child)
		}
	}
	absent(c, read.seen, base)
	repairRecord(c, rec)
}

// spelling says which members of an object are read as which of a class: of several
// spellings the exact one, else the first.
type spelling struct {
	value       [maxMembers]jsonx.Value // by place
	exact, seen uint32                  // the members that stand there under their name, and under any
}

func (c *class) spell(v jsonx.Value) (s spelling) {
	for child := v.First(); child.Exists(); child = child.Next() {
		place := c.resolve(child.Name())
		if place < 0 {
			continue
		}
		switch bit := uint32(1) << place; {
		case child.Name() == c.members[place].name:
			s.value[place] = child
			s.exact |= bit
			s.seen |= bit
		case s.seen&bit == 0:
			s.value[place] = child
			s.seen |= bit
		}
	}
	return s
}

// bindScalar reads a text in the place of a link: its uri.
func bindScalar(v jsonx.Value, rec any) {
	if v.Kind() != jsonx.String {
		return
	}
	var identifier *string
	switch l := rec.(type) {
	case *LinkURI:
		identifier, l.URI = &l.Identifier, vc.IRI(strings.Clone(v.Text()))
	case *LinkGenURI:
		identifier, l.URI = &l.Identifier, vc.IRI(strings.Clone(v.Text()))
	default:
		return
	}
	if g, ok := trailingGUID(v.Text()); ok {
		*identifier = g.String()
	}
}

func keep(e *vc.Extra, name string, v jsonx.Value) {
	if *e == nil {
		*e = vc.Extra{}
	}
	(*e)[name] = bytes.Clone(v.Raw())
}

// absent notes the required members that are not there, so that writing does not
// make them up.
func absent(c *class, seen uint32, base *Members) {
	for rest := c.required &^ c.outside &^ seen; rest != 0; rest &= rest - 1 {
		keepSent(base, c.members[bits.TrailingZeros32(rest)].name, nil)
	}
}

// repairRecord does the repairs that look at several members.
func repairRecord(c *class, rec any) {
	if i, ok := rec.(*CFItem); ok && i.FullStatement == "" {
		i.FullStatement = standIn(i)
	}
}

// standIn is what is read where an item has no fullStatement.
func standIn(i *CFItem) string {
	sent, noted := i.Sent[itemClass.members[itemStatement].name]
	if !noted || sent != nil && sent.Kind() == '"' {
		return ""
	}
	if i.AlternativeLabel != "" {
		return i.AlternativeLabel
	}
	return i.AbbreviatedStatement
}

// assign reads v into the field of m. exact reports whether writing the field
// gives the same JSON value again.
func assign(v jsonx.Value, m *member, rec any) (exact bool) {
	if v.Kind() == jsonx.Null {
		return false
	}
	if m.kind == kObject {
		return assignObjects(v, m, rec)
	}
	switch f := m.field(rec).(type) {
	case *AssociationType:
		return assignType(v, f)
	case **int64:
		return assignInt(v, f)
	case *vc.Number:
		text, ok := v.Text(), v.Kind() == jsonx.Number
		if !ok {
			text, _ = numberText(v, kFloat)
		}
		*f = vc.Number(text)
		return ok
	case *[]string:
		return assignTexts(v, f)
	case *jsontext.Value:
		if v.Kind() == jsonx.Object {
			*f = bytes.Clone(v.Raw())
		}
		return v.Kind() == jsonx.Object
	case *[]jsontext.Value:
		return assignRaws(v, f)
	default:
		return assignText(v, m, f)
	}
}

// assignText reads a text. An empty text of an optional member is not exact: the
// field cannot tell it from absence.
func assignText(v jsonx.Value, m *member, field any) (exact bool) {
	if text, ok := readable(v); ok {
		setText(field, strings.Clone(text))
	}
	return v.Kind() == jsonx.String && (v.Text() != "" || m.required)
}

// readable returns the text that a value shows, whatever its kind is.
func readable(v jsonx.Value) (text string, ok bool) {
	switch v.Kind() {
	case jsonx.String, jsonx.Number:
		return v.Text(), true
	case jsonx.True, jsonx.False:
		return string(v.Raw()), true
	case jsonx.Array:
		v = v.First()
	case jsonx.Object:
		v = v.Get(linkClass.members[0].name) // a link where a text belongs: its title says the same
	}
	if v.Kind() == jsonx.String {
		return v.Text(), true
	}
	return "", false
}

func assignType(v jsonx.Value, f *AssociationType) (exact bool) {
	t := AssociationType(strings.Clone(v.Text()))
	*f = t
	if v.Kind() != jsonx.String || t.Known() || t.IsExtension() {
		return v.Kind() == jsonx.String
	}
	if repaired, ok := repairType(string(t)); ok {
		*f = repaired
		return false
	}
	return true
}

func assignInt(v jsonx.Value, f **int64) (exact bool) {
	text, ok := v.Text(), v.Kind() == jsonx.Number
	if !ok {
		if text, ok = numberText(v, kInt); !ok {
			return false
		}
	}
	n, whole := wholeNumber(text)
	if !whole {
		return false
	}
	*f = &n
	return v.Kind() == jsonx.Number && text == strconv.FormatInt(n, 10)
}

func assignTexts(v jsonx.Value, f *[]string) (exact bool) {
	if v.Kind() != jsonx.Array {
		if v.Kind() != jsonx.Object {
			*f = []string{strings.Clone(v.Text())}
		}
		return false
	}
	exact = true
	*f = make([]string, 0, v.Len())
	for e := v.First(); e.Exists(); e = e.Next() {
		switch e.Kind() {
		case jsonx.String:
			*f = append(*f, strings.Clone(e.Text()))
			continue
		case jsonx.Number:
			*f = append(*f, strings.Clone(e.Text()))
		}
		exact = false
	}
	return exact
}

func assignRaws(v jsonx.Value, f *[]jsontext.Value) (exact bool) {
	exact = v.Kind() == jsonx.Array
	*f = make([]jsontext.Value, 0, v.Len())
	for _, e := range v.Items() {
		if e.Kind() == jsonx.Object {
			*f = append(*f, bytes.Clone(e.Raw()))
		} else {
			exact = false
		}
	}
	return exact
}

// assignObjects reads the object or the objects of a member.
func assignObjects(v jsonx.Value, m *member, rec any) (exact bool) {
	if !m.many {
		return assignOne(v, m, rec)
	}
	m.make(rec)
	exact = v.Kind() == jsonx.Array
	m.room(rec, objectsOf(v))
	for _, e := range v.Items() {
		if e.Kind() != jsonx.Object {
			exact = false
			if e.Kind() != jsonx.String || m.of != linkClass {
				continue
			}
		}
		bind(e, m.of, m.grow(rec))
	}
	return exact
}

// objectsOf counts the objects of an array, for which there is to be room: letting it grow
// with each would allocate several times what they take.
func objectsOf(v jsonx.Value) (n int) {
	for _, e := range v.Items() {
		if e.Kind() == jsonx.Object {
			n++
		}
	}
	return n
}

func assignOne(v jsonx.Value, m *member, rec any) (exact bool) {
	exact = v.Kind() == jsonx.Object
	if v.Kind() == jsonx.Array {
		v = v.First()
	}
	if v.Kind() == jsonx.Object || v.Kind() == jsonx.String && (m.of == linkClass || m.of == nodeClass) {
		bind(v, m.of, m.grow(rec))
	}
	return exact
}
