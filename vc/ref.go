package vc

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Ref is a node given by its IRI or in full: an issuer, an image, a context. At
// most one of the two is set; the zero value is absence. Where both are, the
// object is written.
type Ref[T any] struct {
	ID     IRI // the IRI, where that is all the document says
	Object *T  // the node
}

// Identified is what a node with an id implements, for [Ref.Identifier].
type Identified interface{ Identifier() IRI }

// RefTo returns the reference to an IRI.
func RefTo[T any](id IRI) Ref[T] { return Ref[T]{ID: id} }

// Embed returns the reference that holds the node itself.
func Embed[T any](object T) Ref[T] { return Ref[T]{Object: &object} }

// IsZero reports absence.
func (r Ref[T]) IsZero() bool { return r.ID == "" && r.Object == nil }

// Identifier returns the node's IRI, whichever form it was given in. It is ""
// for an object without id and for a T that is not [Identified].
func (r Ref[T]) Identifier() IRI {
	if r.Object == nil {
		return r.ID
	}
	if node, ok := any(r.Object).(Identified); ok {
		return node.Identifier()
	}
	return ""
}

// MarshalJSONTo implements the json/v2 interface.
func (r Ref[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	if r.Object != nil {
		return json.MarshalEncode(enc, r.Object, encodeOptions)
	}
	return enc.WriteToken(jsontext.String(string(r.ID)))
}

// UnmarshalJSONFrom implements the json/v2 interface.
func (r *Ref[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	*r = Ref[T]{}
	switch dec.PeekKind() {
	case '"':
		return json.UnmarshalDecode(dec, &r.ID)
	case '{':
		r.Object = new(T)
		return json.UnmarshalDecode(dec, r.Object)
	}
	return wrongKind[Ref[T]](dec)
}

// MarshalJSON implements json.Marshaler.
func (r Ref[T]) MarshalJSON() ([]byte, error) { return Marshal(r) }

// UnmarshalJSON implements json.Unmarshaler.
func (r *Ref[T]) UnmarshalJSON(b []byte) error { return Unmarshal(b, r) }

func (Ref[T]) jsonKinds() kinds { return kindString | kindObject }
