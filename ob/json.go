package ob

import (
	"github.com/go-json-experiment/json/jsontext"

	"github.com/laurel-edu/laurel/vc"
)

// The JSON methods of the classes, all by delegation to [vc.EncodeObject] and
// [vc.DecodeObject]: strict, complete, and the same for a product's own
// encoding/json.

// MarshalJSON implements json.Marshaler.
func (c AchievementCredential) MarshalJSON() ([]byte, error) { return vc.Marshal(c) }

// MarshalJSONTo implements the json/v2 interface.
func (c AchievementCredential) MarshalJSONTo(enc *jsontext.Encoder) error {
	return vc.EncodeObject(enc, &c)
}

// UnmarshalJSON implements json.Unmarshaler.
func (c *AchievementCredential) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, c) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (c *AchievementCredential) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, c)
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
func (i Image) MarshalJSON() ([]byte, error) { return vc.Marshal(i) }

// MarshalJSONTo implements the json/v2 interface.
func (i Image) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &i) }

// UnmarshalJSON implements json.Unmarshaler.
func (i *Image) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, i) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (i *Image) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, i) }

// MarshalJSON implements json.Marshaler.
func (a Achievement) MarshalJSON() ([]byte, error) { return vc.Marshal(a) }

// MarshalJSONTo implements the json/v2 interface.
func (a Achievement) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &a) }

// UnmarshalJSON implements json.Unmarshaler.
func (a *Achievement) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, a) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (a *Achievement) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, a) }

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
func (d ResultDescription) MarshalJSON() ([]byte, error) { return vc.Marshal(d) }

// MarshalJSONTo implements the json/v2 interface.
func (d ResultDescription) MarshalJSONTo(enc *jsontext.Encoder) error {
	return vc.EncodeObject(enc, &d)
}

// UnmarshalJSON implements json.Unmarshaler.
func (d *ResultDescription) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, d) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (d *ResultDescription) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, d)
}

// MarshalJSON implements json.Marshaler.
func (l RubricCriterionLevel) MarshalJSON() ([]byte, error) { return vc.Marshal(l) }

// MarshalJSONTo implements the json/v2 interface.
func (l RubricCriterionLevel) MarshalJSONTo(enc *jsontext.Encoder) error {
	return vc.EncodeObject(enc, &l)
}

// UnmarshalJSON implements json.Unmarshaler.
func (l *RubricCriterionLevel) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, l) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (l *RubricCriterionLevel) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, l)
}

// MarshalJSON implements json.Marshaler.
func (p Profile) MarshalJSON() ([]byte, error) { return vc.Marshal(p) }

// MarshalJSONTo implements the json/v2 interface.
func (p Profile) MarshalJSONTo(enc *jsontext.Encoder) error { return vc.EncodeObject(enc, &p) }

// UnmarshalJSON implements json.Unmarshaler.
func (p *Profile) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, p) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (p *Profile) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, p) }

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
func (o IdentityObject) MarshalJSON() ([]byte, error) { return vc.Marshal(o) }

// MarshalJSONTo implements the json/v2 interface.
func (o IdentityObject) MarshalJSONTo(enc *jsontext.Encoder) error {
	if o.err != nil {
		return o.err
	}
	return vc.EncodeObject(enc, &o)
}

// UnmarshalJSON implements json.Unmarshaler.
func (o *IdentityObject) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, o) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (o *IdentityObject) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, o)
}

// MarshalJSON implements json.Marshaler.
func (c EndorsementCredential) MarshalJSON() ([]byte, error) { return vc.Marshal(c) }

// MarshalJSONTo implements the json/v2 interface.
func (c EndorsementCredential) MarshalJSONTo(enc *jsontext.Encoder) error {
	return vc.EncodeObject(enc, &c)
}

// UnmarshalJSON implements json.Unmarshaler.
func (c *EndorsementCredential) UnmarshalJSON(b []byte) error { return vc.Unmarshal(b, c) }

// UnmarshalJSONFrom implements the json/v2 interface.
func (c *EndorsementCredential) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	return vc.DecodeObject(dec, c)
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
