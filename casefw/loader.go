package casefw

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// head is what a framework holds as plain values: everything but items and
// associations. Items and associations of the package in it are not used.
type head struct {
	CFPackage
	newer newer
	asked Version
	// Whether the lists were there, be it empty.
	itemsThere, linksThere bool
	names                  map[string]string // of lists that were sent under another spelling
	// strays are elements of the lists of items and associations that are no
	// objects, for writing them as sent.
	strays map[*class][]stray
}

// stray is an element that is no record, and its place in its list.
type stray struct {
	at  int
	raw jsontext.Value
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
	seen    map[string]bool // members of the package, under the names of the standard
	defined map[string]bool // members of the definitions likewise
}

func newLoader(s *source, o Options) *loader {
	s.most, s.record = o.stream(), o.record()
	l := &loader{src: s, o: o, report: newReport(o.MaxFindings), seen: map[string]bool{}, defined: map[string]bool{}}
	l.asked = o.Version
	l.k = checker{report: l.report, version: V1p1, lenient: true, advise: o.Advise, partial: o.Selection, newer: &l.newer}
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
		l.report.packageFindings(l.CFDocument, l.items-len(l.strays[itemClass]), &l.newer, l.o.Version)
	}
	return nil
}
