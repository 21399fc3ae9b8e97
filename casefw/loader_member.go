package casefw

import (
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// member reads one member of the package.
func (l *loader) member(name string) error {
	if name == "CFPackage" && !l.wrapped && len(l.seen) == 0 && !l.strict {
		if c, err := l.src.peek(); err != nil {
			return err
		} else if c == '{' {
			l.wrapped = true
			l.report.wrapped(packageClass)
			return l.src.object(l.member)
		}
	}
	pointer := l.prefix() + "/" + jsonx.EscapePointer(name)
	m := packageClass.find(name)
	if m == nil && !l.strict {
		// Of several spellings the exact one is read, else the first.
		if m = packageClass.resolve(name); m != nil && l.seen[m.name] {
			m = nil
		}
	}
	newer := m != nil && l.k.version == V1p0 && m.since == V1p1
	if m == nil || m.name != name || newer {
		l.unknown(pointer, name, m, newer)
	}
	if m == nil || newer {
		return l.extra(&l.Members, name, pointer)
	}
	if l.seen[m.name] && !(&l.Members).yield(m, packageClass, &l.CFPackage) {
		l.report.add(Finding{Level: Warning, Repair: "lists are joined, else the last is read", Problem: vc.Problem{
			Code: CodeDuplicateJSONKey, Pointer: pointer, Message: "the member stands more than once in its object", Spec: "RFC 7493, 2.3",
		}})
	}
	l.seen[m.name] = true
	l.note(m, name)
	l.known++
	return l.content(m, name, pointer)
}

// yield gives way to the exact spelling of a member: what was read under another
// one becomes an extra member. It reports whether there was such a one.
func (base *Members) yield(m *member, c *class, rec any) bool {
	name, sent, ok := sentFor(m, c, base)
	if !ok || name == m.name {
		return false
	}
	if base.Extra == nil {
		base.Extra = vc.Extra{}
	}
	base.Extra[name] = sent
	delete(base.Sent, name)
	m.clear(rec)
	return true
}

// note remembers another spelling of a list's name, for writing it as sent.
func (l *loader) note(m *member, name string) {
	if m.name != name && m.many {
		if l.names == nil {
			l.names = map[string]string{}
		}
		l.names[m.name] = name
	}
}

func (l *loader) prefix() string {
	if l.wrapped {
		return "/CFPackage"
	}
	return ""
}

func (l *loader) unknown(pointer, name string, m *member, newer bool) {
	code, repair := CodeUnknownProperty, "kept as an extra member"
	switch {
	case newer:
		code, repair = CodeTokenNewerThanVersion, ""
	case m != nil:
		repair = "read as " + m.name
	}
	l.report.add(Finding{Level: Invalid, Repair: repair, Problem: vc.Problem{Code: code, Pointer: pointer,
		Message: "CFPackage has no member " + vc.Quote(name) + " in CASE " + l.k.version.String(), Spec: spec(packageClass)}})
}

// content reads the value of a member that a package has.
func (l *loader) content(m *member, name, pointer string) error {
	c, err := l.src.peek()
	if err != nil {
		return err
	}
	switch {
	case c == 'n':
		return l.null(name, pointer)
	case m.many && c != '[':
		return l.notArray(name, pointer)
	case m.name != name && m.of != itemClass && m.of != associationClass:
		return l.single(m, packageClass, &l.CFPackage, name, pointer)
	case m.name == "CFItems":
		l.itemsThere = true
		list := pointer + "/"
		return l.src.array(func(int) error { return l.item(list) })
	case m.name == "CFAssociations":
		l.linksThere = true
		list := pointer + "/"
		return l.src.array(func(int) error { return l.association(list) })
	case m.many:
		m.make(&l.CFPackage)
		return l.src.array(func(i int) error { return l.element(m, &l.CFPackage, pointerTo(pointer+"/", i)) })
	case m.of == definitionClass && c == '{':
		if l.CFDefinitions == nil {
			l.CFDefinitions = &CFDefinition{}
		}
		return l.src.object(func(name string) error { return l.definition(name, pointer) })
	}
	return l.single(m, packageClass, &l.CFPackage, name, pointer)
}

func (l *loader) null(name, pointer string) error {
	value, err := l.parse(pointer)
	if err != nil {
		return err
	}
	l.k.null(value, packageClass, name)
	keep(&l.Sent, name, value)
	return nil
}

func (l *loader) notArray(name, pointer string) error {
	value, err := l.parse(pointer)
	if err != nil {
		return err
	}
	p := itemsNotArray(name, value.Kind().String())
	p.Pointer = pointer
	return l.report.fatal(p)
}

// parse reads the next value as a tree.
func (l *loader) parse(pointer string) (v jsonx.Value, err error) {
	raw, err := l.src.value()
	if err != nil {
		return v, err
	}
	doc, err := parseTolerant(raw, l.o.limits(l.o.record()), pointer, l.report)
	if err != nil {
		l.src.p -= len(raw)
		var refused *jsonx.Error
		if errors.As(err, &refused) {
			refused.Pointer = pointer + refused.Pointer
		}
		return v, shift(err, l.src.p)
	}
	l.k.prefix = pointer
	return doc.Root(), nil
}

func (l *loader) extra(members *Members, name, pointer string) error {
	v, err := l.parse(pointer)
	if err == nil {
		keep(&members.Extra, name, v)
	}
	return err
}

// single reads a member that is one value, into rec.
func (l *loader) single(m *member, c *class, rec any, name, pointer string) error {
	v, err := l.parse(pointer)
	if err != nil {
		return err
	}
	if v.Kind() == jsonx.Null {
		l.k.null(v, c, name)
	} else {
		l.k.value(v, m, c, true)
	}
	if m.since == V1p1 && c == packageClass {
		l.newer.at(func() string { return pointer })
	}
	if !assign(v, m, rec) || m.name != name {
		keep(&c.base(rec).Sent, name, v)
	}
	return nil
}

// element reads one record of a list that is held as plain values.
func (l *loader) element(m *member, rec any, pointer string) error {
	v, err := l.parse(pointer)
	if err != nil {
		return err
	}
	if v.Kind() == jsonx.Null {
		l.k.find(v, CodeNullValue, Invalid, m.of, "null stands in "+m.name, "null", "", "left out")
		return nil
	}
	l.k.value(v, m, packageClass, true)
	if l.strict {
		return nil
	}
	if v.Kind() == jsonx.Object {
		bind(v, m.of, m.grow(rec))
	}
	return nil
}

// definition reads one member of the definitions.
func (l *loader) definition(name, parent string) error {
	pointer := parent + "/" + jsonx.EscapePointer(name)
	m, defs := definitionClass.find(name), l.CFDefinitions
	c, err := l.src.peek()
	if err != nil {
		return err
	}
	if m != nil && m.many && c == '[' {
		if l.defined[m.name] {
			defs.yield(m, definitionClass, defs)
		}
		l.defined[m.name] = true
		m.make(defs)
		return l.src.array(func(i int) error { return l.element(m, defs, pointerTo(pointer+"/", i)) })
	}
	v, err := l.parse(pointer)
	if err != nil {
		return err
	}
	wrapper, err := jsonx.Parse(fmt.Appendf(nil, "{%s:%s}", appendString(nil, name), v.Raw()), rawLimits, nil)
	if err != nil {
		return err
	}
	l.k.prefix = parent
	l.k.member(wrapper.Root().First(), definitionClass, true)
	if l.strict {
		return nil
	}
	if m == nil {
		if m = definitionClass.resolve(name); m == nil || l.defined[m.name] {
			keep(&defs.Extra, name, v)
			return nil
		}
	} else if l.defined[m.name] {
		defs.yield(m, definitionClass, defs)
	}
	l.defined[m.name] = true
	if !assign(v, m, defs) || m.name != name {
		keep(&defs.Sent, name, v)
	}
	return nil
}
