package clr

import (
	"github.com/go-json-experiment/json/jsontext"

	"github.com/laurel-edu/laurel/vc"
)

// The JSON methods of the classes, all by delegation to [vc.EncodeObject] and
// [vc.DecodeObject].

// MarshalJSON implements json.Marshaler.
func (c ClrCredential) MarshalJSON() ([]byte, error) { return vc.Marshal(c) }

// MarshalJSONTo implements the json/v2 interface.
func (c ClrCredential) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &c) }

// UnmarshalJSON implements json.Unmarshaler.
func (c *ClrCredential) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, c) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (c *ClrCredential) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, c)
}

// MarshalJSON implements json.Marshaler.
func (s ClrSubject) MarshalJSON() ([]byte, error) { return vc.Marshal(s) }

// MarshalJSONTo implements the json/v2 interface.
func (s ClrSubject) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &s) }

// UnmarshalJSON implements json.Unmarshaler.
func (s *ClrSubject) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, s) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (s *ClrSubject) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, s) }

// MarshalJSON implements json.Marshaler.
func (v Association) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Association) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Association) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Association) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }
