package vc

import "github.com/go-json-experiment/json/jsontext"

// The JSON methods of the object types, all by delegation: see [EncodeObject]
// and [DecodeObject]. With them a product's own encoding/json reads and writes
// credentials as strictly and as completely as this module does.

// MarshalJSON implements json.Marshaler.
func (v Credential) MarshalJSON() ([]byte, error) { return Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Credential) MarshalJSONTo(enc *jsontext.Encoder) error { return EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Credential) UnmarshalJSON(b []byte) error { return Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Credential) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (i Issuer) MarshalJSON() ([]byte, error) { return Marshal(i) }

// MarshalJSONTo implements the json/v2 interface.
func (i Issuer) MarshalJSONTo(enc *jsontext.Encoder) error { return EncodeObject(enc, &i) }

// UnmarshalJSON implements json.Unmarshaler.
func (i *Issuer) UnmarshalJSON(b []byte) error { return Unmarshal(b, i) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (i *Issuer) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return DecodeObject(dec, i) }

// MarshalJSON implements json.Marshaler.
func (t Typed) MarshalJSON() ([]byte, error) { return Marshal(t) }

// MarshalJSONTo implements the json/v2 interface.
func (t Typed) MarshalJSONTo(enc *jsontext.Encoder) error { return EncodeObject(enc, &t) }

// UnmarshalJSON implements json.Unmarshaler.
func (t *Typed) UnmarshalJSON(b []byte) error { return Unmarshal(b, t) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (t *Typed) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return DecodeObject(dec, t) }

// MarshalJSON implements json.Marshaler.
func (v CredentialStatus) MarshalJSON() ([]byte, error) { return Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v CredentialStatus) MarshalJSONTo(enc *jsontext.Encoder) error { return EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *CredentialStatus) UnmarshalJSON(b []byte) error { return Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *CredentialStatus) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return DecodeObject(dec, v)
}

// MarshalJSON implements json.Marshaler.
func (r RelatedResource) MarshalJSON() ([]byte, error) { return Marshal(r) }

// MarshalJSONTo implements the json/v2 interface.
func (r RelatedResource) MarshalJSONTo(enc *jsontext.Encoder) error { return EncodeObject(enc, &r) }

// UnmarshalJSON implements json.Unmarshaler.
func (r *RelatedResource) UnmarshalJSON(b []byte) error { return Unmarshal(b, r) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (r *RelatedResource) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return DecodeObject(dec, r)
}

// MarshalJSON implements json.Marshaler.
func (v Proof) MarshalJSON() ([]byte, error) { return Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Proof) MarshalJSONTo(enc *jsontext.Encoder) error { return EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Proof) UnmarshalJSON(b []byte) error { return Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Proof) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return DecodeObject(dec, v) }
