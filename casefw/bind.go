package casefw

import (
	"bytes"
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
		bindScalar(v, c, rec, base)
		return
	}
	for child := v.First(); child.Exists(); child = child.Next() {
		name := child.Name()
		m := c.find(name)
		if m == nil {
			// Of several spellings the exact one is read, else the first.
			if m = c.resolve(name); m == nil || spelling(v, c, m) != child {
				keep(&base.Extra, name, child)
				continue
			}
			assign(child, m, rec)
			keep(&base.Sent, name, child)
			continue
		}
		if !assign(child, m, rec) {
			keep(&base.Sent, name, child)
		}
	}
	absent(v, c, base)
	repairRecord(c, rec)
}

// bindScalar reads a text in the place of a link: its uri.
func bindScalar(v jsonx.Value, c *class, rec any, base *Members) {
	if v.Kind() != jsonx.String || c.find("uri") == nil || len(c.members) > 4 {
		return
	}
	assign(v, c.find("uri"), rec)
	if g, ok := trailingGUID(v.Text()); ok {
		*c.find("identifier").field(rec).(*string) = g.String()
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
func absent(v jsonx.Value, c *class, base *Members) {
	for i := range c.members {
		m := &c.members[i]
		if !m.required || m.standalone || spelling(v, c, m).Exists() {
			continue
		}
		if base.Sent == nil {
			base.Sent = vc.Extra{}
		}
		base.Sent[m.name] = nil
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
	sent, noted := i.Sent["fullStatement"]
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
	case *string:
		return assignText(v, m, func(s string) { *f = s })
	case *vc.IRI:
		return assignText(v, m, func(s string) { *f = vc.IRI(s) })
	case *AssociationType:
		return assignType(v, f)
	case *vc.DateTime:
		return assignText(v, m, func(s string) { _ = f.UnmarshalText([]byte(s)) }) // takes any text
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
	}
	return false
}

// assignText reads a text. An empty text of an optional member is not exact: the
// field cannot tell it from absence.
func assignText(v jsonx.Value, m *member, set func(string)) (exact bool) {
	switch v.Kind() {
	case jsonx.String:
		set(strings.Clone(v.Text()))
		return v.Text() != "" || m.required
	case jsonx.Number:
		set(strings.Clone(v.Text()))
	case jsonx.True, jsonx.False:
		set(string(v.Raw()))
	case jsonx.Array:
		if first := v.First(); first.Kind() == jsonx.String {
			set(strings.Clone(first.Text()))
		}
	case jsonx.Object:
		// A link where a text belongs: its title says the same.
		if title := v.Get("title"); title.Kind() == jsonx.String {
			set(strings.Clone(title.Text()))
		}
	}
	return false
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
