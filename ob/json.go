package ob

import (
	"github.com/go-json-experiment/json/jsontext"

	"github.com/laurel-edu/laurel/vc"
)

// The JSON methods of the classes, all by delegation to [vc.EncodeObject] and
// [vc.DecodeObject]: strict, complete, and the same for a product's own
// encoding/json.

// MarshalJSON implements json.Marshaler.
func (v AchievementCredential) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v AchievementCredential) MarshalJSONTo(enc *jsontext.Encoder) error {
	return vc.EncodeObject(enc, &v)
}

// UnmarshalJSON implements json.Unmarshaler.
func (v *AchievementCredential) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *AchievementCredential) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, v)
}

// MarshalJSON implements json.Marshaler.
func (v AchievementSubject) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v AchievementSubject) MarshalJSONTo(enc *jsontext.Encoder) error {
	return vc.EncodeObject(enc, &v)
}

// UnmarshalJSON implements json.Unmarshaler.
func (v *AchievementSubject) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *AchievementSubject) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
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
func (v Image) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Image) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Image) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Image) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v Achievement) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Achievement) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Achievement) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Achievement) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v Criteria) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Criteria) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Criteria) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Criteria) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v Related) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Related) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Related) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Related) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v Alignment) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Alignment) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Alignment) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Alignment) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v Result) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Result) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Result) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Result) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v ResultDescription) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v ResultDescription) MarshalJSONTo(enc *jsontext.Encoder) error {
	return vc.EncodeObject(enc, &v)
}

// UnmarshalJSON implements json.Unmarshaler.
func (v *ResultDescription) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *ResultDescription) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, v)
}

// MarshalJSON implements json.Marshaler.
func (v RubricCriterionLevel) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v RubricCriterionLevel) MarshalJSONTo(enc *jsontext.Encoder) error {
	return vc.EncodeObject(enc, &v)
}

// UnmarshalJSON implements json.Unmarshaler.
func (v *RubricCriterionLevel) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *RubricCriterionLevel) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, v)
}

// MarshalJSON implements json.Marshaler.
func (v Profile) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Profile) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Profile) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Profile) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v Address) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v Address) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *Address) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *Address) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, v) }

// MarshalJSON implements json.Marshaler.
func (v GeoCoordinates) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v GeoCoordinates) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *GeoCoordinates) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *GeoCoordinates) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, v)
}

// MarshalJSON implements json.Marshaler.
func (v IdentifierEntry) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v IdentifierEntry) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &v) }

// UnmarshalJSON implements json.Unmarshaler.
func (v *IdentifierEntry) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *IdentifierEntry) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, v)
}

// MarshalJSON implements json.Marshaler.
func (v IdentityObject) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v IdentityObject) MarshalJSONTo(enc *jsontext.Encoder) error {
	if v.err != nil {
		return v.err
	}
	return vc.EncodeObject(enc, &v)
}

// UnmarshalJSON implements json.Unmarshaler.
func (v *IdentityObject) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *IdentityObject) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, v)
}

// MarshalJSON implements json.Marshaler.
func (v EndorsementCredential) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v EndorsementCredential) MarshalJSONTo(enc *jsontext.Encoder) error {
	return vc.EncodeObject(enc, &v)
}

// UnmarshalJSON implements json.Unmarshaler.
func (v *EndorsementCredential) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *EndorsementCredential) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, v)
}

// MarshalJSON implements json.Marshaler.
func (v EndorsementSubject) MarshalJSON() ([]byte, error) { return vc.Marshal(v) }

// MarshalJSONTo implements the json/v2 interface.
func (v EndorsementSubject) MarshalJSONTo(enc *jsontext.Encoder) error {
	return vc.EncodeObject(enc, &v)
}

// UnmarshalJSON implements json.Unmarshaler.
func (v *EndorsementSubject) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, v) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (v *EndorsementSubject) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, v)
}
