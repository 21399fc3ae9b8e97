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
func (v Issuer) MarshalJSON() ([]byte, error) { return Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Issuer) MarshalJSONTo(enc *jsontext.Encoder) error { return EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Issuer) UnmarshalJSON(b []byte) error { return Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Issuer) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v Typed) MarshalJSON() ([]byte, error) { return Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Typed) MarshalJSONTo(enc *jsontext.Encoder) error { return EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Typed) UnmarshalJSON(b []byte) error { return Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Typed) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return DecodeObject(dec, v) }

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
func (v CredentialSchema) MarshalJSON() ([]byte, error) { return Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v CredentialSchema) MarshalJSONTo(enc *jsontext.Encoder) error { return EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *CredentialSchema) UnmarshalJSON(b []byte) error { return Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *CredentialSchema) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return DecodeObject(dec, v)
}

// MarshalJSON implements json.Marshaler.
func (v RefreshService) MarshalJSON() ([]byte, error) { return Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v RefreshService) MarshalJSONTo(enc *jsontext.Encoder) error { return EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *RefreshService) UnmarshalJSON(b []byte) error { return Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *RefreshService) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v TermsOfUse) MarshalJSON() ([]byte, error) { return Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v TermsOfUse) MarshalJSONTo(enc *jsontext.Encoder) error { return EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *TermsOfUse) UnmarshalJSON(b []byte) error { return Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *TermsOfUse) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v Proof) MarshalJSON() ([]byte, error) { return Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Proof) MarshalJSONTo(enc *jsontext.Encoder) error { return EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Proof) UnmarshalJSON(b []byte) error { return Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Proof) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return DecodeObject(dec, v) }
