package vc

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// OneOrMany is a member that JSON-LD writes as one value or as an array. It
// remembers which it was, so that a document is written as it was read. The
// zero value is absence; an empty array has Items that are not nil.
type OneOrMany[T any] struct {
	Items []T
	Bare  bool // the one value came without an array
}

// Many returns the array of items, the form that Open Badges 3.0 and CLR 2.0
// ask for even where there is one.
func Many[T any](items ...T) OneOrMany[T] {
	if items == nil {
		items = []T{}
	}
	return OneOrMany[T]{Items: items}
}

// One returns item without an array, the form of a compacted document.
func One[T any](item T) OneOrMany[T] { return OneOrMany[T]{Items: []T{item}, Bare: true} }

// IsZero reports absence.
func (o OneOrMany[T]) IsZero() bool { return o.Items == nil }

// Len returns the number of values.
func (o OneOrMany[T]) Len() int { return len(o.Items) }

// First returns the first value, the zero T where there is none.
func (o OneOrMany[T]) First() T {
	if len(o.Items) == 0 {
		var none T
		return none
	}
	return o.Items[0]
}

// Add appends values; from the second on the member is an array.
func (o *OneOrMany[T]) Add(items ...T) {
	o.Items = append(o.Items, items...)
	o.Bare = o.Bare && len(o.Items) == 1
}

// MarshalJSONTo implements the json/v2 interface.
func (o OneOrMany[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	if o.Bare && len(o.Items) == 1 {
		return json.MarshalEncode(enc, &o.Items[0], encodeOptions)
	}
	if err := enc.WriteToken(jsontext.BeginArray); err != nil {
		return err
	}
	for i := range o.Items {
		if err := json.MarshalEncode(enc, &o.Items[i], encodeOptions); err != nil {
			return err
		}
	}
	return enc.WriteToken(jsontext.EndArray)
}

// UnmarshalJSONFrom implements the json/v2 interface.
func (o *OneOrMany[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	*o = OneOrMany[T]{}
	if dec.PeekKind() != '[' {
		o.Bare = true
		return o.item(dec, kindsFor[T]())
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	o.Items = []T{}
	fit := kindsFor[T]()
	for dec.PeekKind() != ']' {
		if err := o.item(dec, fit); err != nil {
			return err
		}
	}
	_, err := dec.ReadToken()
	return err
}

func (o *OneOrMany[T]) item(dec *jsontext.Decoder, fit kinds) error {
	if kind := dec.PeekKind(); kind != jsontext.KindInvalid && !fit.has(kind) {
		return wrongKind[T](dec) // null above all, which would decode as a zero T
	}
	var item T
	if err := json.UnmarshalDecode(dec, &item); err != nil {
		return err
	}
	o.Items = append(o.Items, item)
	return nil
}

// MarshalJSON implements json.Marshaler.
func (o OneOrMany[T]) MarshalJSON() ([]byte, error) { return Marshal(o) }

// UnmarshalJSON implements json.Unmarshaler.
func (o *OneOrMany[T]) UnmarshalJSON(b []byte) error { return Unmarshal(b, o) }

func (OneOrMany[T]) jsonKinds() kinds { return kindArray | kindsFor[T]() }
