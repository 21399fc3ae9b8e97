package casefw

import (
	"sync"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// Property is a member of a class as the information model has it (CASE 1.1, 4): what
// a form, a table or a service description of a framework is made from.
type Property struct {
	Name string
	// Type is what the information model calls the type: String, NormalizedString,
	// Language, UUID, AnyURI, DateTime, Date, Integer, Float, CFAssociationTypeExtEnum,
	// TargetTypeExtEnum, CaseVersionEnum, Extension for an object of any members, or the
	// name of another class.
	Type string
	// Many says that the member is an array, NonEmpty that it needs an element.
	Many, NonEmpty bool
	Required       bool
	// Standalone says that the member has no place inside a package, Inside that the
	// objects of the class Type have the form that they have in a package.
	Standalone, Inside bool
	Since              Version
}

// kindNames are the types as the information model names them.
var kindNames = map[kind]string{kText: "String", kNorm: "NormalizedString", kLang: "Language", kUUID: "UUID", kURI: "AnyURI",
	kDateTime: "DateTime", kDate: "Date", kInt: "Integer", kFloat: "Float", kAssoc: "CFAssociationTypeExtEnum",
	kTarget: "TargetTypeExtEnum", kCase: "CaseVersionEnum", kRaw: "Extension"}

// classes are all classes of the information model.
func classes() []*class {
	return []*class{linkClass, nodeClass, documentClass, itemClass, associationClass, definitionClass, conceptClass, subjectClass,
		licenseClass, itemTypeClass, groupingClass, rubricClass, criterionClass, levelClass, packageClass, documentSetClass,
		conceptSetClass, subjectSetClass, itemTypeSetClass, associationSetClass}
}

// Classes returns the names of the classes of the information model.
func Classes() []string {
	var names []string
	for _, c := range classes() {
		names = append(names, c.name)
	}
	return names
}

// Properties returns the members of a class by its name, in the order of the standard,
// nil for a name that no class has.
func Properties(class string) []Property {
	for _, c := range classes() {
		if c.name == class {
			return c.properties()
		}
	}
	return nil
}

func (c *class) properties() []Property {
	all := make([]Property, len(c.members))
	for i := range c.members {
		m := &c.members[i]
		p := Property{Name: m.name, Type: kindNames[m.kind], Many: m.many, NonEmpty: m.some, Required: m.required,
			Standalone: m.standalone, Inside: inPackage(c, m), Since: V1p0}
		if m.kind == kObject {
			p.Type = m.of.name
		}
		if m.since != 0 {
			p.Since = m.since
		}
		all[i] = p
	}
	return all
}

// Texts shows a record, which must not be changed meanwhile, to the filters and orders of
// the REST binding. Make it with [TextsOf]. It is safe for concurrent use, and worth
// keeping: what an extension holds is read once, however often it is asked for.
type Texts[R Resource] struct {
	rec       *R
	once      sync.Once
	extension jsonx.Value
}

// TextsOf returns the texts of a record.
func TextsOf[R Resource](rec *R) *Texts[R] { return &Texts[R]{rec: rec} }

// Append appends the texts that the record has for the member at a place of its
// [Properties], as filters and orders compare them: numbers as they are written, of a
// link or an extension the member that path leads to. A text that is there and empty is one
// text. list reports that the member is an array. A place outside of the properties has none.
func (t *Texts[R]) Append(dst []string, place int, path []string) (texts []string, list bool) {
	c := classOf(t.rec)
	switch {
	case place < 0 || place >= len(c.members):
		return dst, false
	case c.members[place].isExtension() && len(path) > 0:
		t.once.Do(func() { t.extension = parseExtension(*c.members[place].field(t.rec).(*jsontext.Value)) })
		return valueTexts(dst, t.extension, path)
	}
	return c.texts(dst, t.rec, place, path)
}

// isExtension says that the member is the one extension of its class.
func (m *member) isExtension() bool { return m.kind == kRaw && !m.many }

func (c *class) texts(dst []string, rec any, place int, path []string) (texts []string, list bool) {
	m := &c.members[place]
	switch {
	case m.kind == kObject && len(path) > 0:
		for i := range m.len(rec) {
			if place := m.of.place(path[0]); place >= 0 {
				dst, _ = m.of.texts(dst, m.at(rec, i), place, path[1:])
			}
		}
		return dst, m.many
	case m.kind == kObject:
		return dst, m.many
	case m.isExtension() && len(path) > 0:
		return valueTexts(dst, parseExtension(*m.field(rec).(*jsontext.Value)), path)
	case m.isExtension(), len(path) > 0:
		return dst, m.many
	}
	switch f := m.field(rec).(type) {
	case *[]string:
		return append(dst, *f...), true
	case **int64, *vc.Number:
		if (encoder{}).present(m, rec) {
			dst = append(dst, string(encoder{}.value(nil, m, rec)))
		}
	default:
		if text := textOf(f); text != "" || c.saysEmpty(m, rec) {
			dst = append(dst, text)
		}
	}
	return dst, m.many
}

// saysEmpty reports whether a text that a field does not hold is written as an empty one:
// it was sent so, or is required and was not found absent.
func (c *class) saysEmpty(m *member, rec any) bool {
	_, sent, noted := sentFor(m, c, c.base(rec))
	return m.isText() && (string(sent) == `""` || m.required && !noted)
}

// extensionLimits bound what of an extension is looked through for a filter.
var extensionLimits = jsonx.Limits{Bytes: 1 << 20, Depth: 64}

// parseExtension reads extension data, which may have any shape, missing for none.
func parseExtension(raw []byte) jsonx.Value {
	doc, err := jsonx.Parse(raw, extensionLimits, nil)
	if err != nil {
		return jsonx.Value{}
	}
	return doc.Root()
}

// valueTexts walks into extension data. Numbers and booleans count as the text that they
// are written with.
func valueTexts(dst []string, v jsonx.Value, path []string) (texts []string, list bool) {
	switch {
	case v.Kind() == jsonx.Array:
		for e := v.First(); e.Exists(); e = e.Next() {
			dst, _ = valueTexts(dst, e, path)
		}
		return dst, true
	case len(path) > 0:
		return valueTexts(dst, v.Get(path[0]), path[1:])
	case v.Kind() == jsonx.String || v.Kind() == jsonx.Number:
		return append(dst, v.Text()), false
	case v.Kind() == jsonx.True || v.Kind() == jsonx.False:
		return append(dst, string(v.Raw())), false
	}
	return dst, false
}
