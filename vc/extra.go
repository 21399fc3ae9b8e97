package vc

import (
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// Extra holds the members of an object that its type has no field for, as they
// were written but for white space. Every object type of this module has one,
// so that nothing a document says is lost.
//
// A name that a field owns does not belong here, and encoding refuses it, but
// for what decoding itself puts here because no field can hold it: null, an
// empty string or object, or a value of another JSON kind than the field's. Such
// a value is written while the field is empty and gives way once the field is set.
// A number or a language value in the place of a string is here as it was written,
// and the field has its text: it is written until the field is set to another.
//
// A member kept here is preserved, not signed: an RDF signature covers it only
// where a context of the document defines its name.
type Extra map[string]jsontext.Value

// Names returns the names in order.
func (e Extra) Names() []string {
	if len(e) == 0 {
		return nil
	}
	names := make([]string, 0, len(e))
	for name := range e {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Text returns the member as a string where it is one.
func (e Extra) Text(name string) (text string, ok bool) {
	v := e[name]
	if v.Kind() != '"' {
		return "", false
	}
	b, err := jsontext.AppendUnquote(nil, v)
	return string(b), err == nil
}

// Decode reads the member into value, strictly. A missing member leaves value
// as it is and reports false.
func (e Extra) Decode(name string, value any) (found bool, err error) {
	v, found := e[name]
	if !found {
		return false, nil
	}
	return true, Unmarshal(v, value)
}
