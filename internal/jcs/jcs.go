// Package jcs writes JSON in the canonical form of RFC 8785 (JCS), the form that
// the JCS cryptosuites of Data Integrity hash and that JWK thumbprints and @json
// literals build on.
//
// [Append] writes a value that internal/jsonx has read. [Options.AppendObject] writes an
// object that is put together from members of read documents, such as a
// credential without its proof. Both append to the caller's buffer and allocate
// one scratch list beyond its growth.
//
// RFC 8785 canonicalises what a 64-bit float holds: 9007199254740993 becomes
// 9007199254740992, so two texts that differ may have one canonical form. Use
// [Options] with ExactNumbers where that must be an error.
package jcs

import (
	"slices"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Code names why a value has no canonical form.
type Code string

// The codes of [Error].
const (
	CodeMissingValue  Code = "jcs-missing-value"  // there is no value to write
	CodeNumber        Code = "jcs-number"         // not a finite number
	CodeInexactNumber Code = "jcs-inexact-number" // Options.ExactNumbers: a float64 changes it
	CodeDuplicateName Code = "jcs-duplicate-name" // AppendObject: a name was given twice
	CodeInvalidUTF8   Code = "jcs-invalid-utf8"   // AppendObject: a name is not UTF-8
)

// Error says why and where a value has no canonical form.
type Error struct {
	Code    Code
	Pointer string // JSON Pointer within the value's document
	Detail  string
}

// Error implements error.
func (e *Error) Error() string {
	if e.Pointer == "" {
		return string(e.Code) + ": " + e.Detail
	}
	return string(e.Code) + " at " + e.Pointer + ": " + e.Detail
}

// Options changes what is written. The zero Options follows RFC 8785 as it stands.
type Options struct {
	// ExactNumbers refuses integers beyond ±(2^53-1) (RFC 7493, 2.2) and numbers
	// other than zero that a float64 turns into zero: texts that differ would
	// share one canonical form.
	ExactNumbers bool
	// Stop, where it is not nil, is asked now and then, such as for the error of a
	// context; its error ends the writing and is returned as it is.
	Stop func() error
}

// Append writes v in canonical form behind dst. Errors are [*Error], or that of
// [Options].Stop; with them dst's content is unspecified beyond its old length.
func Append(dst []byte, v jsonx.Value) ([]byte, error) { return Options{}.Append(dst, v) }

// Append writes v in canonical form behind dst, see [Append].
func (o Options) Append(dst []byte, v jsonx.Value) ([]byte, error) {
	var scratch [scratchNames]jsonx.Value
	w := writer{options: o, names: scratch[:0]}
	return w.value(dst, v)
}

// Member is one member of an object that is put together by the caller.
type Member struct {
	Name  string
	Value jsonx.Value
	// Elements, where it is not nil, makes the member an array of these values
	// and Value is not looked at.
	Elements []jsonx.Value
}

// Members lists the members of an object, leaving out those of the given names.
func Members(object jsonx.Value, except ...string) []Member {
	list := make([]Member, 0, object.Len())
	if object.Kind() != jsonx.Object {
		return list
	}
	for c := object.First(); c.Exists(); c = c.Next() {
		if !slices.Contains(except, c.Name()) {
			list = append(list, Member{Name: c.Name(), Value: c})
		}
	}
	return list
}

// AppendObject writes an object of the given members in canonical form behind
// dst. It sorts members in place. A repeated name is an error.
func (o Options) AppendObject(dst []byte, members []Member) ([]byte, error) {
	slices.SortFunc(members, func(a, b Member) int { return compare(a.Name, b.Name) })
	var scratch [scratchNames]jsonx.Value
	w := writer{options: o, names: scratch[:0]}
	dst = append(dst, '{')
	for i, m := range members {
		if i > 0 {
			if members[i-1].Name == m.Name {
				return dst, &Error{Code: CodeDuplicateName, Detail: "a member was given twice"}
			}
			dst = append(dst, ',')
		}
		if !utf8.ValidString(m.Name) {
			return dst, &Error{Code: CodeInvalidUTF8, Detail: "a member name is not UTF-8"}
		}
		dst = append(AppendString(dst, m.Name), ':')
		var err error
		if dst, err = w.member(dst, m); err != nil {
			return dst, err
		}
	}
	return append(dst, '}'), nil
}

func (w *writer) member(dst []byte, m Member) ([]byte, error) {
	if m.Elements == nil {
		return w.value(dst, m.Value)
	}
	dst = append(dst, '[')
	for i, v := range m.Elements {
		if i > 0 {
			dst = append(dst, ',')
		}
		var err error
		if dst, err = w.value(dst, v); err != nil {
			return dst, err
		}
	}
	return append(dst, ']'), nil
}

// scratchNames is how many members, of nested objects together, are sorted
// before the scratch list grows: more than a badge has on one path.
const scratchNames = 48

// writer is the state of one Append. names is a stack: an object pushes its
// members, sorts them and pops them, so that nesting needs one list.
type writer struct {
	options Options
	names   []jsonx.Value
	steps   int
}

func (w *writer) value(dst []byte, v jsonx.Value) ([]byte, error) {
	if w.steps++; w.steps&1023 == 0 && w.options.Stop != nil {
		if err := w.options.Stop(); err != nil {
			return dst, err
		}
	}
	switch v.Kind() {
	case jsonx.Null:
		return append(dst, "null"...), nil
	case jsonx.False:
		return append(dst, "false"...), nil
	case jsonx.True:
		return append(dst, "true"...), nil
	case jsonx.Number:
		return w.number(dst, v)
	case jsonx.String:
		return appendText(dst, v), nil
	case jsonx.Array:
		return w.array(dst, v)
	case jsonx.Object:
		return w.object(dst, v)
	}
	return dst, &Error{Code: CodeMissingValue, Detail: "there is no value to write"}
}

func (w *writer) array(dst []byte, v jsonx.Value) ([]byte, error) {
	dst = append(dst, '[')
	comma := false
	for c := v.First(); c.Exists(); c = c.Next() {
		if comma {
			dst = append(dst, ',')
		}
		comma = true
		var err error
		if dst, err = w.value(dst, c); err != nil {
			return dst, err
		}
	}
	return append(dst, ']'), nil
}

func (w *writer) object(dst []byte, v jsonx.Value) ([]byte, error) {
	base := len(w.names)
	sorted := true
	for c := v.First(); c.Exists(); c = c.Next() {
		sorted = sorted && (len(w.names) == base || compare(w.names[len(w.names)-1].Name(), c.Name()) < 0)
		w.names = append(w.names, c)
	}
	end := len(w.names)
	if !sorted {
		slices.SortFunc(w.names[base:], func(a, b jsonx.Value) int { return compare(a.Name(), b.Name()) })
	}
	dst = append(dst, '{')
	for i := base; i < end; i++ { // by index: a nested object may move the list
		if i > base {
			dst = append(dst, ',')
		}
		c := w.names[i]
		dst = append(AppendString(dst, c.Name()), ':')
		var err error
		if dst, err = w.value(dst, c); err != nil {
			return dst, err
		}
	}
	w.names = w.names[:base]
	return append(dst, '}'), nil
}
