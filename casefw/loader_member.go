package casefw

import (
	"bytes"
	"strconv"

	"github.com/laurel-edu/laurel/internal/casescan"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// opened is an object that is read member by member: the package, or its definitions.
type opened struct {
	class       *class
	rec         any
	pointer     string
	exact, seen uint32         // members that were read under their name, and under any
	names       map[string]int // of members that the class does not have: one more than the place in later, 0 for none there
	later       []later
}

// later is a member under another name than the standard's. Of several spellings the
// exact one is read, else the first: which it is shows at the end of the object.
type later struct {
	place int
	name  string
	value []byte
}

// object reads the members of an object.
func (l *loader) object(f *opened) error {
	err := l.src.Object(func(name []byte, offset int) error {
		text, err := l.name(name, offset, f.pointer)
		if err != nil {
			return err
		}
		return l.member(f, text)
	})
	if err != nil {
		return err
	}
	later := f.later
	f.later = nil
	for _, m := range later {
		if m.value == nil {
			continue // another of the same name came after it
		}
		if err := l.respelt(f, m); err != nil {
			return err
		}
	}
	return nil
}

// name reads the name of a member.
func (l *loader) name(raw []byte, offset int, prefix string) (string, error) {
	_, doc, err := parseTolerant(raw, rawLimits, prefix, l.report)
	if err != nil {
		return "", casescan.Shift(err, offset)
	}
	return string(append([]byte(nil), doc.Root().Text()...)), nil
}

func (l *loader) member(f *opened, name string) error {
	if f == &l.top && name == packageClass.name && !l.wrapped && f.seen == 0 && len(f.names) == 0 && !l.strict {
		if c, err := l.src.Peek(); err != nil {
			return err
		} else if c == '{' {
			l.wrapped, f.pointer = true, "/"+name
			l.report.findAt(CodeWrappedResource, f.pointer)
			return l.object(f)
		}
	}
	pointer := f.pointer + "/" + jsonx.EscapePointer(name)
	place := f.class.place(name)
	newer := place >= 0 && l.k.version == V1p0 && f.class.newer&(1<<place) != 0
	if place < 0 || newer {
		return l.unknown(f, name, pointer, newer)
	}
	m, bit := &f.class.members[place], uint32(1)<<place
	if f.seen&bit != 0 {
		l.repeated(pointer)
		l.drop(m, f)
	}
	f.seen |= bit
	f.exact |= bit
	return l.content(f, m, name, pointer)
}

// repeated reports a member that stands twice.
func (l *loader) repeated(pointer string) {
	l.report.findAt(CodeDuplicateJSONKey, pointer)
}

// drop forgets what was read into a member.
func (l *loader) drop(m *member, f *opened) {
	m.clear(f.rec)
	delete(f.class.base(f.rec).Sent, m.name)
	delete(l.strays, m.of)
	delete(l.lists, m.of)
	l.count[m.of] = 0
	if r := l.readers[m.of]; r != nil {
		*r.t = newTable(r.t.class, r.t.id, r.t.uri)
	}
}

// unknown reads a member that the class does not have, or not under this name.
func (l *loader) unknown(f *opened, name, pointer string, newer bool) error {
	text, v, err := l.parse(pointer)
	if err != nil {
		return err
	}
	l.k.unknown(v, name, f.class, newer)
	before, twice := f.names[name]
	if f.names == nil {
		f.names = map[string]int{}
	}
	if twice {
		l.repeated(pointer)
	}
	if f.names[name] = 0; before > 0 {
		f.later[before-1].value = nil
	}
	if place := f.class.resolve(name); place >= 0 && !l.strict {
		f.later = append(f.later, later{place, name, bytes.Clone(text)})
		f.names[name] = len(f.later)
		return nil
	}
	keep(&f.class.base(f.rec).Extra, name, v)
	return nil
}

// respelt reads a member under another name, where nothing was read for it yet.
func (l *loader) respelt(f *opened, s later) error {
	m, bit := &f.class.members[s.place], uint32(1)<<s.place
	base := f.class.base(f.rec)
	if f.seen&bit != 0 {
		doc, err := jsonx.Parse(s.value, rawLimits, nil)
		if err == nil {
			keep(&base.Extra, s.name, doc.Root())
		}
		return err
	}
	f.seen |= bit
	l.known++
	pointer, whole := f.pointer+"/"+jsonx.EscapePointer(s.name), l.src
	defer func() { l.src = whole }()
	l.src = casescan.Over(s.value, l.o.window())
	if l.readers[m.of] == nil || s.value[0] != '[' {
		return l.single(m, f, s.name, pointer)
	}
	if l.names == nil {
		l.names = map[string]string{}
	}
	l.names[m.name] = s.name
	return l.content(f, m, s.name, pointer)
}

// content reads the value of a member that the class has.
func (l *loader) content(f *opened, m *member, name, pointer string) error {
	c, err := l.src.Peek()
	if err != nil {
		return err
	}
	if l.known++; m.many && c == '[' {
		return l.list(f, m, pointer)
	}
	if m.of == definitionClass && c == '{' {
		l.CFDefinitions = &CFDefinition{}
		return l.object(&opened{class: definitionClass, rec: l.CFDefinitions, pointer: pointer})
	}
	return l.single(m, f, name, pointer)
}

// list reads the records of a list one by one.
func (l *loader) list(f *opened, m *member, pointer string) error {
	if m.of == itemClass || m.of == associationClass {
		if l.lists == nil {
			l.lists = map[*class]bool{}
		}
		l.lists[m.of] = true
		list, r := pointer+"/", l.readers[m.of]
		if r != nil {
			r.list = list
		}
		n := 0
		err := l.src.Array(func(i int) error {
			err := l.record(m.of, r, list, i)
			if err == nil {
				n++
			}
			return err
		})
		l.count[m.of] = n
		return err
	}
	m.make(f.rec)
	var strays []stray
	err := l.src.Array(func(i int) error {
		s, err := l.element(f, m, pointerTo(pointer+"/", i))
		if s != nil {
			strays = append(strays, stray{i, s})
		}
		return err
	})
	if len(strays) > 0 && !l.strict {
		keepSent(f.class.base(f.rec), m.name, together(m, f.rec, strays))
	}
	return err
}

// parse reads the next value as a tree, mended where it has to be; text is the value's.
func (l *loader) parse(pointer string) (text []byte, v jsonx.Value, err error) {
	raw, offset, err := l.src.Value()
	if err != nil {
		return nil, v, err
	}
	text, doc, err := parseTolerant(raw, l.o.limits(l.o.record()), pointer, l.report)
	if refused, ok := err.(*jsonx.Error); ok {
		moved := *refused
		moved.Pointer = pointer + refused.Pointer
		return nil, v, casescan.Shift(&moved, offset)
	} else if err != nil {
		return nil, v, err
	}
	l.k.prefix = pointer
	return text, doc.Root(), nil
}

// single reads a member that is one value.
func (l *loader) single(m *member, f *opened, name, pointer string) error {
	_, v, err := l.parse(pointer)
	if err != nil {
		return err
	}
	if f == &l.top && m.many && v.Kind() != jsonx.Array && v.Kind() != jsonx.Null {
		return l.report.fatal(itemsNotArray(pointer, v.Kind().String()))
	}
	l.k.placed(v, m, f.class, true)
	if v.Kind() == jsonx.Null {
		l.k.null(v, f.class)
	} else {
		l.k.content(v, m, f.class, true)
	}
	if !assign(v, m, f.rec) || m.name != name {
		keep(&f.class.base(f.rec).Sent, name, v)
	}
	return nil
}

// element reads one record of a list that is held as plain values. What is no object
// is returned.
func (l *loader) element(f *opened, m *member, pointer string) (stray []byte, err error) {
	_, v, err := l.parse(pointer)
	if err != nil {
		return nil, err
	}
	if v.Kind() == jsonx.Null {
		l.k.nullInList(v, f.class)
		return bytes.Clone(v.Raw()), nil
	}
	l.k.value(v, m, f.class, true)
	l.objects += objectsIn(v.Doc())
	if most := l.o.objects(l.src.Offset()); l.objects > most && !l.strict {
		return nil, l.report.fatal(tooManyObjects(strconv.Itoa(l.objects), most))
	}
	switch {
	case v.Kind() != jsonx.Object:
		return bytes.Clone(v.Raw()), nil
	case !l.strict:
		bind(v, m.of, m.grow(f.rec))
	}
	return nil, nil
}

// together writes a list as it was sent, with the elements that are no records.
func together(m *member, rec any, strays []stray) []byte {
	text := []byte{'['}
	for i, record := 0, 0; record < m.len(rec) || len(strays) > 0; i++ {
		if i > 0 {
			text = append(text, ',')
		}
		if len(strays) > 0 && strays[0].at == i {
			text = append(text, strays[0].raw...)
			strays = strays[1:]
			continue
		}
		text = encoder{form: AsSent, inside: true}.record(text, m.of, m.at(rec, record))
		record++
	}
	return append(text, ']')
}
