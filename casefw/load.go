package casefw

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// Load reads a CFPackage of any size from a stream into a [Framework]. It reads
// as tolerantly as [Parse] and needs, besides the framework itself, a window of
// about a megabyte and of the longest record.
//
// The report is never nil. An error means that there is no framework: a
// [*vc.Problem] where the text is not one (it stands in the report too; a stream
// that was cut off is one, with the place and what had been read by then), else
// the error of the reader or of ctx. ctx is asked each time the reader is.
func Load(ctx context.Context, r io.Reader, o Options) (*Framework, *Report, error) {
	return load(&source{ctx: ctx, r: r, b: make([]byte, window)}, o, true)
}

// LoadBytes is [Load] for a text that is in memory. The framework does not refer
// to it afterwards.
func LoadBytes(text []byte, o Options) (*Framework, *Report, error) {
	return load(&source{ctx: context.Background(), b: text, n: len(text), final: true}, o, true)
}

func load(s *source, o Options, quick bool) (*Framework, *Report, error) {
	l := newLoader(s, o)
	l.build = newBuilder()
	if quick && !o.Advise {
		limits := o.limits(o.record())
		limits.Depth--
		l.fast = newFastReader(l.build, l.report, &l.newer, limits)
		l.fast.inside = l.inside
	}
	if err := l.run(); err != nil {
		return nil, l.report, err
	}
	if l.build.full {
		return nil, l.report, l.report.fatal(&vc.Problem{Code: CodeTooLarge, Message: "the texts of the framework need more than 2 GiB"})
	}
	return newFramework(l.build.finish(), &l.head), l.report, nil
}

// ValidateStream is [Validate] for a CFPackage of any size: it holds one record
// at a time. An error is one of the reader or of ctx; what is wrong with the text
// stands in the report.
func ValidateStream(ctx context.Context, r io.Reader, version Version, o Options) (*Report, error) {
	l := newLoader(&source{ctx: ctx, r: r, b: make([]byte, window)}, o)
	l.strict, l.k.version, l.k.newer = true, known(version), nil
	err := l.run()
	var broken *readError
	if errors.As(err, &broken) {
		return l.report, err
	}
	return l.report, nil
}

// head is what a framework holds as plain values: everything but items and
// associations. Items and associations of the package in it are not used.
type head struct {
	CFPackage
	newer newer
	asked Version
	// Whether the lists were there, be it empty.
	itemsThere, linksThere bool
	names                  map[string]string // of lists that were sent under another spelling
}

// loader reads a package from a source, record by record.
type loader struct {
	head
	src     *source
	o       Options
	report  *Report
	k       checker
	build   *builder
	fast    *fastReader
	strict  bool // check only, by the schema
	known   int  // members that a package has
	items   int
	links   int
	wrapped bool
	seen    map[string]bool
}

func newLoader(s *source, o Options) *loader {
	s.most, s.record = o.stream(), o.record()
	l := &loader{src: s, o: o, report: newReport(o.MaxFindings), seen: map[string]bool{}}
	l.asked = o.Version
	l.k = checker{report: l.report, version: V1p1, advise: o.Advise, partial: o.Selection, newer: &l.newer}
	return l
}

// run reads the text and turns what is wrong with it into a problem.
func (l *loader) run() error {
	err := l.text()
	var p *vc.Problem
	var broken *readError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &p) || errors.As(err, &broken):
		return err
	}
	p = jsonProblem(err, "", l.src.base)
	p.Message += fmt.Sprintf("; %d items and %d associations had been read", l.items, l.links)
	return l.report.fatal(p)
}

func (l *loader) text() error {
	if err := l.mark(); err != nil {
		return err
	}
	if c, err := l.src.peek(); err != nil {
		return err
	} else if c != '{' {
		return l.notAnObject()
	}
	if err := l.src.object(l.member); err != nil {
		return err
	}
	if c, err := l.src.peek(); err != nil {
		return err
	} else if c != 0 || l.src.p < l.src.n {
		return l.src.syntax(jsonx.CodeTrailingData, fmt.Sprintf("%q follows the value", c))
	}
	return l.end()
}

// notAnObject tells a text that is no JSON from one that is another resource.
func (l *loader) notAnObject() error {
	raw, err := l.src.value()
	if err != nil {
		return err
	}
	l.src.p -= len(raw)
	doc, err := jsonx.Parse(raw, l.o.limits(l.o.record()), nil)
	if err != nil {
		return shift(err, l.src.p)
	}
	return wrongResource(l.report, doc.Root(), packageClass)
}

// shift moves an error's offset from a value's text into the window.
func shift(err error, by int) error {
	var refused *jsonx.Error
	if !errors.As(err, &refused) {
		return err
	}
	moved := *refused
	moved.Offset += by
	return &moved
}

func (l *loader) mark() error {
	for l.src.n < len(byteOrderMark) && !l.src.final {
		if err := l.src.more(); err != nil {
			return err
		}
	}
	if bytes.HasPrefix(l.src.b[:l.src.n], byteOrderMark) {
		l.src.p = len(byteOrderMark)
		level := Warning
		if l.strict {
			level = Invalid
		}
		l.report.markFound(level)
	}
	return nil
}

// end checks what shows only when everything was read.
func (l *loader) end() error {
	if l.known == 0 {
		return l.report.fatal(&vc.Problem{Code: CodeWrongResource, Message: "the JSON is not a CFPackage",
			Found: "an object without any of its members", Expected: "CFPackage", Spec: spec(packageClass)})
	}
	if !l.seen["CFDocument"] && !l.o.Selection {
		l.report.add(Finding{Level: Invalid, Problem: vc.Problem{Code: CodeRequiredPropertyMissing,
			Message: "CFPackage needs CFDocument", Expected: "CFDocument", Spec: spec(packageClass)}})
	}
	if !l.strict {
		l.report.packageFindings(l.CFDocument, l.items, &l.newer, l.o.Version)
	}
	return nil
}

// member reads one member of the package.
func (l *loader) member(name string) error {
	if name == "CFPackage" && !l.wrapped && len(l.seen) == 0 && !l.strict {
		if c, err := l.src.peek(); err != nil || c == '{' {
			return l.unwrapped(err)
		}
	}
	pointer := l.prefix() + "/" + jsonx.EscapePointer(name)
	m := packageClass.find(name)
	if m == nil && !l.strict {
		m = packageClass.resolve(name)
	}
	if m == nil || m.name != name || l.k.version == V1p0 && m.since == V1p1 {
		l.unknown(pointer, name, m)
	}
	if m == nil {
		return l.extra(&l.Members, name)
	}
	if l.seen[m.name] {
		l.report.add(Finding{Level: Warning, Repair: "lists are joined, else the last is read", Problem: vc.Problem{Code: CodeDuplicateJSONKey,
			Pointer: pointer, Message: "the member stands more than once in its object", Spec: "RFC 7493, 2.3"}})
	}
	l.seen[m.name] = true
	l.note(m, name)
	l.known++
	return l.content(m, name, pointer)
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

func (l *loader) unwrapped(err error) error {
	if err != nil {
		return err
	}
	l.wrapped = true
	l.report.add(Finding{Level: Warning, Repair: "its content is read", Problem: vc.Problem{Code: CodeWrappedResource,
		Pointer: "/CFPackage", Message: "the resource is wrapped in an object with its class name", Spec: "CASE 1.1 REST/JSON binding"}})
	return l.src.object(l.member)
}

func (l *loader) unknown(pointer, name string, m *member) {
	repair := "kept as an extra member"
	if m != nil {
		repair = "read as " + m.name
	}
	l.report.add(Finding{Level: Invalid, Repair: repair, Problem: vc.Problem{Code: CodeUnknownProperty, Pointer: pointer,
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
		return l.src.array(func(int) error { return l.item(pointer) })
	case m.name == "CFAssociations":
		l.linksThere = true
		return l.src.array(func(int) error { return l.association(pointer) })
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
	value, _, err := l.parse(pointer)
	if err != nil {
		return err
	}
	l.k.prefix = pointer
	l.k.find(value, CodeNullValue, Invalid, packageClass, name+" is null; an absent member is left out", "null", "", "read as absent")
	keep(&l.Sent, name, value)
	return nil
}

func (l *loader) notArray(name, pointer string) error {
	value, _, err := l.parse(pointer)
	if err != nil {
		return err
	}
	p := itemsNotArray(name, value.Kind().String())
	p.Pointer = pointer
	return l.report.fatal(p)
}

// parse reads the next value as a tree. n is the length of its text.
func (l *loader) parse(pointer string) (v jsonx.Value, n int, err error) {
	raw, err := l.src.value()
	if err != nil {
		return v, 0, err
	}
	doc, err := parseTolerant(raw, l.o.limits(l.o.record()), pointer, l.report)
	if err != nil {
		l.src.p -= len(raw)
		var refused *jsonx.Error
		if errors.As(err, &refused) {
			refused.Pointer = pointer + refused.Pointer
		}
		return v, 0, shift(err, l.src.p)
	}
	l.k.prefix = pointer
	return doc.Root(), len(raw), nil
}

func (l *loader) extra(members *Members, name string) error {
	v, _, err := l.parse(name)
	if err == nil {
		keep(&members.Extra, name, v)
	}
	return err
}

// single reads a member that is one value, into rec.
func (l *loader) single(m *member, c *class, rec any, name, pointer string) error {
	v, _, err := l.parse(pointer)
	if err != nil {
		return err
	}
	if v.Kind() == jsonx.Null {
		l.k.find(v, CodeNullValue, Invalid, c, name+" is null; an absent member is left out", "null", "", "read as absent")
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
	v, _, err := l.parse(pointer)
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
func (l *loader) definition(name, pointer string) error {
	pointer += "/" + jsonx.EscapePointer(name)
	m, defs := definitionClass.find(name), l.CFDefinitions
	c, err := l.src.peek()
	if err != nil {
		return err
	}
	if m != nil && m.many && c == '[' {
		m.make(defs)
		return l.src.array(func(i int) error { return l.element(m, defs, pointerTo(pointer+"/", i)) })
	}
	v, _, err := l.parse(pointer)
	if err != nil {
		return err
	}
	l.k.prefix = ""
	wrapper, err := jsonx.Parse(fmt.Appendf(nil, "{%s:%s}", appendString(nil, name), v.Raw()), rawLimits, nil)
	if err != nil {
		return err
	}
	l.k.prefix = pointer[:len(pointer)-len(jsonx.EscapePointer(name))-1]
	l.k.member(wrapper.Root().First(), definitionClass, true)
	if l.strict {
		return nil
	}
	if m == nil {
		if m = definitionClass.resolve(name); m == nil {
			keep(&defs.Extra, name, v)
			return nil
		}
	}
	if !assign(v, m, defs) || m.name != name {
		keep(&defs.Sent, name, v)
	}
	return nil
}

// item reads one item, the fast way where it can.
func (l *loader) item(list string) error {
	index := l.items
	if l.fast != nil {
		if done, err := l.quick(l.fast.readItem, index); done || err != nil {
			l.items++
			return err
		}
	}
	v, err := l.slow(itemClass, list, index)
	l.items++
	if err != nil || l.strict || v.Kind() != jsonx.Object {
		return err
	}
	rec := &CFItem{}
	bind(v, itemClass, rec)
	l.build.addItem(rec)
	return nil
}

func (l *loader) association(list string) error {
	index := l.links
	if l.fast != nil {
		if done, err := l.quick(l.fast.readAssociation, index); done || err != nil {
			l.links++
			return err
		}
	}
	v, err := l.slow(associationClass, list, index)
	l.links++
	if err != nil || l.strict || v.Kind() != jsonx.Object {
		return err
	}
	rec := &CFAssociation{}
	bind(v, associationClass, rec)
	l.build.addAssociation(rec)
	return nil
}

// quick tries the fast way, and once more where the window ended inside the record.
func (l *loader) quick(read func([]byte, int) int, index int) (done bool, err error) {
	for {
		if n := read(l.src.b[l.src.p:l.src.n], index); n > 0 {
			l.src.p += n
			return true, nil
		}
		if l.src.final {
			return false, nil
		}
		if _, state := skip(l.src.b[l.src.p:l.src.n], false); state != skipMore {
			return false, nil
		}
		if err := l.src.more(); err != nil {
			return false, err
		}
	}
}

// slow parses and checks one record. What is no object is reported and left out.
func (l *loader) slow(c *class, list string, index int) (jsonx.Value, error) {
	v, _, err := l.parse(pointerTo(list+"/", index))
	if err != nil {
		return v, err
	}
	if v.Kind() == jsonx.Null {
		l.k.find(v, CodeNullValue, Invalid, c, "null stands in a list", "null", "", "left out")
		return v, nil
	}
	l.k.object(v, c, true)
	return v, nil
}

// inside reports a CFDocumentURI that the fast way read.
func (l *loader) inside(list string, index int) {
	if !l.report.room(CodeStandaloneMemberInPackage, Invalid) {
		return
	}
	l.report.Findings = append(l.report.Findings, Finding{Level: Invalid,
		Repair: "kept, and left out when a package is written by the standard",
		Problem: vc.Problem{Code: CodeStandaloneMemberInPackage, Pointer: pointerTo(l.prefix()+list, index) + "/CFDocumentURI",
			Message: "CFDocumentURI has no place inside a package", Spec: spec(itemClass)}})
}

func pointerTo(list string, index int) string { return list + strconv.Itoa(index) }
