package casefw

import (
	"bytes"
	"strconv"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

func (l *loader) item(list string) error {
	v, err := l.read(itemClass, list, &l.items, (*fastReader).readItem)
	if v.Exists() {
		rec := &CFItem{}
		bind(v, itemClass, rec)
		l.build.addItem(rec)
	}
	return err
}

func (l *loader) association(list string) error {
	v, err := l.read(associationClass, list, &l.links, (*fastReader).readAssociation)
	if v.Exists() {
		rec := &CFAssociation{}
		bind(v, associationClass, rec)
		l.build.addAssociation(rec)
	}
	return err
}

// quickRead is a method of fastReader that reads one record into the store.
type quickRead func(r *fastReader, b []byte, index int) int

// read reads one record and counts it, the fast way where it can. v is the object
// that is still to be stored, if any.
func (l *loader) read(c *class, list string, count *int, quick quickRead) (v jsonx.Value, err error) {
	index := *count
	*count++
	if l.fast != nil {
		if done, err := l.quick(quick, list, index); done || err != nil {
			return jsonx.Value{}, err
		}
	}
	v, err = l.slow(c, list, index)
	if err != nil || l.strict || v.Kind() != jsonx.Object {
		return jsonx.Value{}, err
	}
	return v, nil
}

// quick tries the fast way, and once more where the window ended inside the record.
func (l *loader) quick(read quickRead, list string, index int) (done bool, err error) {
	l.fast.list = list
	for {
		if n := read(l.fast, l.src.b[l.src.p:l.src.n], index); n > 0 {
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
	v, err := l.parse(pointerTo(list, index))
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
