package casefw

import (
	"bytes"
	"strconv"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// item reads one item, the fast way where it can.
func (l *loader) item(list string) error {
	index := l.items
	if l.fast != nil {
		if done, err := l.quick(l.fast.readItem, list, index); done || err != nil {
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
		if done, err := l.quick(l.fast.readAssociation, list, index); done || err != nil {
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
func (l *loader) quick(read func([]byte, int) int, list string, index int) (done bool, err error) {
	l.fast.list = list
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

// slow parses and checks one record. What is no object is reported and kept apart.
func (l *loader) slow(c *class, list string, index int) (jsonx.Value, error) {
	v, _, err := l.parse(pointerTo(list, index))
	if err != nil {
		return v, err
	}
	if v.Kind() != jsonx.Object && !l.strict {
		if l.strays == nil {
			l.strays = map[*class][]stray{}
		}
		l.strays[c] = append(l.strays[c], stray{index, bytes.Clone(v.Raw())})
	}
	if v.Kind() == jsonx.Null {
		l.k.find(v, CodeNullValue, Invalid, c, "null stands in a list", "null", "", "left out")
		return v, nil
	}
	l.k.object(v, c, true)
	return v, nil
}

// inside reports a CFDocumentURI that the fast way read.
func (l *loader) inside(list string, index int, c *class) {
	if !l.report.room(CodeStandaloneMemberInPackage, Invalid) {
		return
	}
	l.report.Findings = append(l.report.Findings, Finding{Level: Invalid,
		Repair: "kept, and left out when a package is written by the standard",
		Problem: vc.Problem{Code: CodeStandaloneMemberInPackage, Pointer: pointerTo(list, index) + "/CFDocumentURI",
			Message: "CFDocumentURI has no place inside a package", Spec: spec(c)}})
}

func pointerTo(list string, index int) string { return list + strconv.Itoa(index) }
