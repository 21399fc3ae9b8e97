package ob2

import (
	"github.com/go-json-experiment/json/jsontext"

	"github.com/laurel-edu/laurel/vc"
)

// The JSON methods of the classes, all by delegation to [vc.EncodeObject] and
// [vc.DecodeObject].

// MarshalJSON implements json.Marshaler.
func (v Assertion) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Assertion) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Assertion) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Assertion) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v BadgeClass) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v BadgeClass) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *BadgeClass) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *BadgeClass) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v Profile) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Profile) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Profile) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Profile) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v Endorsement) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Endorsement) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Endorsement) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Endorsement) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v Claim) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Claim) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Claim) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Claim) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v IdentityObject) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v IdentityObject) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *IdentityObject) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *IdentityObject) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, v)
}

// MarshalJSON implements json.Marshaler.
func (v VerificationObject) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v VerificationObject) MarshalJSONTo(enc *jsontext.Encoder) error {
	return vc.EncodeObject(enc, &v)
}

// UnmarshalJSON implements json.Unmarshaler.
func (v *VerificationObject) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *VerificationObject) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, v)
}

// MarshalJSON implements json.Marshaler.
func (v Evidence) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Evidence) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Evidence) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Evidence) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v Criteria) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Criteria) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Criteria) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Criteria) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v Image) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Image) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Image) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Image) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v AlignmentObject) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v AlignmentObject) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *AlignmentObject) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *AlignmentObject) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, v)
}

// MarshalJSON implements json.Marshaler.
func (v CryptographicKey) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v CryptographicKey) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *CryptographicKey) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *CryptographicKey) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, v)
}

// MarshalJSON implements json.Marshaler.
func (v RevocationList) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v RevocationList) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *RevocationList) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *RevocationList) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, v)
}

// MarshalJSON implements json.Marshaler.
func (v RevokedAssertion) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v RevokedAssertion) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *RevokedAssertion) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *RevokedAssertion) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, v)
}

// MarshalJSON implements json.Marshaler.
func (v Related) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Related) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Related) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Related) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v Extension) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Extension) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Extension) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Extension) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }
