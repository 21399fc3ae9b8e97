package clr

import (
	"github.com/go-json-experiment/json/jsontext"

	"github.com/laurel-edu/laurel/vc"
)

// The JSON methods of the classes, all by delegation to [vc.EncodeObject] and
// [vc.DecodeObject].

// MarshalJSON implements json.Marshaler.
func (v ClrCredential) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v ClrCredential) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *ClrCredential) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *ClrCredential) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, v)
}

// MarshalJSON implements json.Marshaler.
func (v ClrSubject) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v ClrSubject) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *ClrSubject) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *ClrSubject) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v Association) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Association) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Association) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Association) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }
