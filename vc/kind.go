package vc

import (
	"encoding"
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// kinds is a set of JSON kinds: what a field of some Go type can hold.
type kinds uint8

const (
	kindString kinds = 1 << iota
	kindNumber
	kindBool
	kindArray
	kindObject

	kindAny = kindString | kindNumber | kindBool | kindArray | kindObject
)

// has reports whether k is in the set. null is in none: it is absence, and no
// field can tell it from that.
func (s kinds) has(k jsontext.Kind) bool {
	switch k {
	case '"':
		return s&kindString != 0
	case '0':
		return s&kindNumber != 0
	case 't', 'f':
		return s&kindBool != 0
	case '[':
		return s&kindArray != 0
	case '{':
		return s&kindObject != 0
	case 'n':
		return false
	}
	return true // a syntax error, for the reader to report
}

var (
	rawType   = reflect.TypeFor[jsontext.Value]()
	kindsType = reflect.TypeFor[interface{ jsonKinds() kinds }]()
	textType  = reflect.TypeFor[encoding.TextUnmarshaler]()
)

func kindsFor[T any]() kinds { return kindsOf(reflect.TypeFor[T]()) }

func kindsOf(t reflect.Type) kinds {
	switch {
	case t == rawType:
		return kindAny
	case t.Implements(kindsType):
		return reflect.Zero(t).Interface().(interface{ jsonKinds() kinds }).jsonKinds()
	case reflect.PointerTo(t).Implements(textType):
		return kindString
	}
	switch t.Kind() {
	case reflect.String:
		return kindString
	case reflect.Bool:
		return kindBool
	case reflect.Struct, reflect.Map:
		return kindObject
	case reflect.Slice, reflect.Array:
		return kindArray
	case reflect.Pointer:
		return kindsOf(t.Elem())
	case reflect.Interface:
		return kindAny
	}
	return kindNumber
}

// wrongKind is the error for a next value of a kind that T cannot hold.
func wrongKind[T any](dec *jsontext.Decoder) error { return kindError(dec, reflect.TypeFor[T]()) }

// kindError reads the value, for the pointer to be its own.
func kindError(dec *jsontext.Decoder, t reflect.Type) error {
	kind := dec.PeekKind()
	if err := dec.SkipValue(); err != nil {
		return err
	}
	return &json.SemanticError{JSONKind: kind, JSONPointer: dec.StackPointer(), GoType: t}
}
