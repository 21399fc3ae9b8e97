package casefw

import (
	"bytes"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// Form says how a record is written.
type Form uint8

const (
	// Repaired writes the fields: what was malformed when it was read comes out
	// in the form of the standard, nulls are left out. Extra members stay.
	Repaired Form = iota
	// AsSent writes what was repaired as it was sent, so that the JSON value is
	// the one that was read; a field that was changed since comes out changed.
	AsSent
	// Standard writes like Repaired and leaves out what stands outside the
	// standard: extra members, and members that a package must not have.
	Standard
)

// String writes the form as a word: "as-sent".
func (f Form) String() string { return word(f, "repaired", "as-sent", "standard") }

// encoder appends the JSON of records. Members come in the order of the facts,
// extra ones behind them by name, so that equal records have equal bytes.
type encoder struct {
	form    Form
	inside  bool // the records stand in a package
	old     bool // they are written as 1.0 has them, see [Downgrade]
	careful bool // what was kept as JSON may be none, and is left out then
}

func (e encoder) record(b []byte, c *class, rec any) []byte {
	base := c.base(rec)
	b = append(b, '{')
	start, written := len(b), uint32(0)
	for i := range c.members {
		before := len(b)
		if b = e.member(b, start, &c.members[i], c, rec, base); len(b) > before {
			written |= 1 << i
		}
	}
	return append(e.extras(b, start, c, base, written), '}')
}

// extras appends the members that the class does not have; written has a bit for each
// member of the class that stands before them.
func (e encoder) extras(b []byte, start int, c *class, base *Members, written uint32) []byte {
	if e.form == Standard {
		return b
	}
	for _, name := range base.Extra.Names() {
		if raw := base.Extra[name]; raw != nil && e.sound(raw) && e.stays(c, name, written) {
			b = append(appendName(b, start, name), raw...)
		}
	}
	return b
}

// sound reports whether what was kept as JSON can be written; nil is nothing to write.
func (e encoder) sound(raw jsontext.Value) bool { return !e.careful || raw == nil || raw.IsValid() }

// stays reports whether an extra member is written: none that a field owns, and none
// that would be read as a member that was null, or could not be repaired.
func (e encoder) stays(c *class, name string, written uint32) bool {
	place := c.resolve(name)
	return place < 0 || c.members[place].name != name && (e.form == AsSent || written&(1<<place) != 0)
}

func appendName(b []byte, start int, name string) []byte {
	if len(b) > start {
		b = append(b, ',')
	}
	b = appendString(b, name)
	return append(b, ':')
}

func (e encoder) member(b []byte, start int, m *member, c *class, rec any, base *Members) []byte {
	if e.form == Standard && e.inside && m.standalone || e.old && m.since == V1p1 {
		return b
	}
	name, sent, repaired := sentFor(m, c, base)
	if repaired && e.sound(sent) && e.asSent(m, c, rec, base, sent) {
		if sent == nil {
			return b
		}
		b = appendName(b, start, name)
		return append(b, sent...)
	}
	// A required text is written though it is empty, an object is not made up.
	if !e.present(m, rec) && (!m.required || repaired || m.kind == kObject) {
		return b
	}
	b = appendName(b, start, m.name)
	return e.value(b, m, rec)
}

// sentFor finds the member as sent that was read into m.
func sentFor(m *member, c *class, base *Members) (name string, sent jsontext.Value, ok bool) {
	if len(base.Sent) == 0 {
		return "", nil, false
	}
	if sent, ok = base.Sent[m.name]; ok {
		return m.name, sent, true
	}
	for name, sent := range base.Sent {
		if place := c.resolve(name); place >= 0 && &c.members[place] == m && m.name != name {
			return name, sent, true
		}
	}
	return "", nil, false
}

// asSent decides whether the value as sent is to be written: always where it
// only tells absence from an empty text, else in the form that asks for it and
// while the field still holds what was read from it.
func (e encoder) asSent(m *member, c *class, rec any, base *Members, sent jsontext.Value) bool {
	harmless := string(sent) == `""` && m.isText() && !e.present(m, rec)
	if e.form != AsSent && !harmless {
		return false
	}
	again := c.fresh()
	c.base(again).Sent = base.Sent
	if sent != nil {
		doc, err := jsonx.Parse(sent, rawLimits, nil)
		if err != nil {
			return e.form == AsSent
		}
		assign(doc.Root(), m, again)
	}
	if i, ok := rec.(*CFItem); ok && m == &itemClass.members[itemStatement] {
		copied := again.(*CFItem)
		copied.AlternativeLabel, copied.AbbreviatedStatement = i.AlternativeLabel, i.AbbreviatedStatement
		if copied.FullStatement == "" {
			copied.FullStatement = standIn(copied)
		}
	}
	if e.present(m, rec) != e.present(m, again) {
		return false
	}
	return !e.present(m, rec) || bytes.Equal(e.value(nil, m, rec), e.value(nil, m, again))
}

// rawLimits bound the parsing of a value that was parsed before.
var rawLimits = jsonx.Limits{Bytes: 1 << 30, Depth: 1 << 14}

// present reports whether a field holds a value.
func (e encoder) present(m *member, rec any) bool {
	if m.has != nil {
		return m.has(rec)
	}
	if m.kind == kObject {
		return m.len(rec) > 0
	}
	switch f := m.field(rec).(type) {
	case *string:
		return *f != ""
	case *vc.IRI:
		return *f != ""
	case *AssociationType:
		return *f != ""
	case *vc.DateTime:
		return !f.IsZero()
	case **int64:
		return *f != nil
	case *vc.Number:
		return *f != "" && e.sound(jsontext.Value(*f))
	case *jsontext.Value:
		return len(*f) > 0 && e.sound(*f)
	}
	return false
}

func (e encoder) value(b []byte, m *member, rec any) []byte {
	if m.kind == kObject {
		return e.objects(b, m, rec)
	}
	switch f := m.field(rec).(type) {
	case *string:
		if e.old && m.wasNorm {
			folded, _ := withoutLineBreaks(*f)
			return appendString(b, folded)
		}
		return appendString(b, *f)
	case *vc.IRI:
		return appendString(b, string(*f))
	case *AssociationType:
		if e.old && !f.in1p0() {
			return appendString(b, string(IsRelatedTo))
		}
		return appendString(b, string(*f))
	case *vc.DateTime:
		return appendString(b, f.String())
	case **int64:
		if *f == nil {
			return append(b, '0')
		}
		return strconv.AppendInt(b, **f, 10)
	case *vc.Number:
		if *f == "" {
			return append(b, '0')
		}
		return append(b, *f...)
	case *[]string:
		return appendStrings(b, *f)
	case *jsontext.Value:
		if len(*f) == 0 {
			return append(b, "{}"...)
		}
		return append(b, *f...)
	case *[]jsontext.Value:
		b = append(b, '[')
		for i, raw := range *f {
			if !e.sound(raw) {
				raw = jsontext.Value("{}")
			}
			if i > 0 {
				b = append(b, ',')
			}
			b = append(b, raw...)
		}
		return append(b, ']')
	}
	return append(b, "null"...)
}

func (e encoder) objects(b []byte, m *member, rec any) []byte {
	n := m.len(rec)
	if !m.many {
		if n == 0 {
			return append(b, "{}"...)
		}
		return e.record(b, m.of, m.at(rec, 0))
	}
	b = append(b, '[')
	start := len(b)
	for i := range n {
		one := m.at(rec, i)
		if !e.sayable(one) {
			continue
		}
		if len(b) > start {
			b = append(b, ',')
		}
		b = e.record(b, m.of, one)
	}
	return append(b, ']')
}

// sayable reports whether a record of a list can be said at all: 1.0 has no words for an
// association with what is not of CASE.
func (e encoder) sayable(rec any) bool {
	a, is := rec.(*CFAssociation)
	return !e.old || !is || !a.BeyondCASE()
}

func appendStrings(b []byte, texts []string) []byte {
	b = append(b, '[')
	for i, s := range texts {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, s)
	}
	return append(b, ']')
}

// appendString writes a JSON string: only what must be escaped is, so that
// statements stay readable. Invalid UTF-8, which no reader lets in, becomes U+FFFD.
func appendString(b []byte, s string) []byte {
	quoted, err := jsontext.AppendQuote(b, s)
	if err == nil {
		return quoted
	}
	return appendString(b, string(bytes.ToValidUTF8([]byte(s), []byte("\uFFFD"))))
}
