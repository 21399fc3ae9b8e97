package casefw

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/internal/casescan"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// head is what a framework holds as plain values: everything but items and
// associations. Items and associations of the package in it are not used.
type head struct {
	CFPackage
	newer newer
	asked Version
	lists map[*class]bool   // the lists of items and associations that were there, be it empty
	names map[string]string // of lists that were sent under another spelling
	// strays are elements of the lists of items and associations that are no
	// objects, for writing them as sent.
	strays map[*class][]stray
}

// stray is an element that is no record, and its place in its list.
type stray struct {
	at  int
	raw jsontext.Value
}

// loader reads a package from a window, record by record.
type loader struct {
	head
	src     *casescan.Window
	o       Options
	report  *Report
	k       checker
	build   *builder           // nil where the text is only checked
	readers map[*class]*reader // of the classes that are stored by records
	strict  bool               // check only, by the schema
	known   int                // members that a package has
	wrapped bool
	top     opened
	count   map[*class]int // records that were read
	objects int            // that became plain structs
}

func newLoader(w *casescan.Window, o Options) *loader {
	l := &loader{src: w, o: o, report: newReport(o.MaxFindings), count: map[*class]int{}}
	l.asked = o.Version
	l.k = checker{report: l.report, version: V1p1, lenient: true, advise: o.Advise, partial: o.Selection, newer: &l.newer}
	l.top = opened{class: packageClass, rec: &l.CFPackage}
	return l
}

// run reads the text and turns what is wrong with it into a problem.
func (l *loader) run() error {
	err := l.text()
	var p *vc.Problem
	var broken *casescan.ReadError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &p) || errors.As(err, &broken):
		return err
	}
	p = jsonProblem(err)
	p.Message += fmt.Sprintf("; %d items and %d associations had been read", l.count[itemClass], l.count[associationClass])
	return l.report.fatal(p)
}

func (l *loader) text() error {
	marked, err := l.src.SkipPrefix(byteOrderMark)
	if err != nil {
		return err
	}
	if marked && l.strict {
		l.report.find(CodeByteOrderMark)
	} else if marked {
		l.report.weighed(CodeByteOrderMark, vc.SeverityWarning)
	}
	if c, err := l.src.Peek(); err != nil {
		return err
	} else if c != '{' {
		return l.notAnObject()
	}
	if err := l.object(&l.top); err != nil {
		return err
	}
	if err := l.src.End(); err != nil {
		return err
	}
	return l.end()
}

// notAnObject tells a text that is no JSON from one that is another resource.
func (l *loader) notAnObject() error {
	raw, offset, err := l.src.Value()
	if err != nil {
		return err
	}
	doc, err := jsonx.Parse(raw, l.o.limits(l.o.record()), nil)
	if err != nil {
		return casescan.Shift(err, offset)
	}
	return wrongResource(l.report, doc.Root(), packageClass)
}

// end checks what shows only when everything was read.
func (l *loader) end() error {
	if l.known == 0 {
		return l.report.fatal(notOf(packageClass, "an object without any of its members"))
	}
	l.k.prefix = l.top.pointer
	l.k.missing(jsonx.Value{}, packageClass, packageClass.required&^l.top.exact, l.top.seen)
	if l.strict {
		return nil
	}
	l.report.packageFindings(l.CFDocument, l.count[itemClass]-len(l.strays[itemClass]), &l.newer, l.o.Version)
	return nil
}
