package vc

import (
	"cmp"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/laurel-edu/laurel/internal/language"
)

// Text is a text for people, such as a name. A document gives it as a plain string,
// in one language or in several, and a Text writes it as it was read. It is immutable
// and comparable; the zero value is absence.
//
// [Text.String] is what to show where nobody asks for a language, [Text.In] what a
// reader of some languages understands:
//
//	badge.Name.In("de-CH", "en")
//
// A new one is [Plain] or, in several languages, [NewText].
//
// Read are language value objects (VCDM 2.0, 11.1), language maps such as
// {"en": "Knots", "de": "Knoten"} (JSON-LD 1.1, 4.6.3), arrays of these, and a number
// by its digits. The rules say which of them conform where.
type Text struct {
	text string // how it reads
	raw  string // how it is written, where that is no plain string
}

// LanguageValue is a text with its language and its direction, each of which may be
// missing (VCDM 2.0, 11.1). In HTML they are the attributes lang and dir.
type LanguageValue struct {
	Value     string `json:"@value"`
	Language  string `json:"@language,omitzero"`  // a tag of BCP 47, such as en or de-CH
	Direction string `json:"@direction,omitzero"` // ltr or rtl
}

// Plain returns the text that is a plain string.
func Plain(text string) Text { return Text{text: text} }

// NewText returns the text that has values, one for each language. It is written as
// language value objects, and a value without language and direction as a string.
func NewText(values ...LanguageValue) Text {
	written := make([]any, len(values))
	for i, v := range values {
		if written[i] = v; v.isPlain() {
			written[i] = v.Value
		}
	}
	t := Text{text: standard(values).Value}
	switch {
	case len(values) == 0, len(values) == 1 && values[0].isPlain():
		return t
	case len(values) == 1:
		return t.writtenAs(written[0])
	}
	return t.writtenAs(written)
}

func (v LanguageValue) isPlain() bool { return v.Language == "" && v.Direction == "" }

func (t Text) writtenAs(value any) Text {
	raw, err := Marshal(value)
	if err != nil {
		raw = []byte{0xff} // it is not UTF-8, and neither is this: writing it is the error
	}
	t.raw = string(raw)
	return t
}

// String returns the text to show where nobody asks for a language: that without a
// language, else the English one, else that of the first tag in their order. The
// order in the document does not count, since a signature may not cover it.
func (t Text) String() string { return t.text }

// In returns the text for a reader who prefers these languages, best first (BCP 47).
// One that such a reader understands will do, as "de-AT" for "de"; where there is
// none it is that of [Text.String].
func (t Text) In(prefer ...string) string { return t.ValueIn(prefer...).Value }

// ValueIn is [Text.In] with the language and the direction of the text.
func (t Text) ValueIn(prefer ...string) LanguageValue {
	values := t.Values()
	if len(values) > 1 {
		slices.SortFunc(values, byTag)
		if i := language.Best(prefer, tags(values)); i >= 0 {
			return values[i]
		}
	}
	return standard(values)
}

// Values returns the text in every language that it is given in.
func (t Text) Values() []LanguageValue {
	switch {
	case t.raw != "":
		return languageValues(jsontext.Value(t.raw))
	case t.text != "":
		return []LanguageValue{{Value: t.text}}
	}
	return nil
}

// IsZero reports absence.
func (t Text) IsZero() bool { return t.text == "" && t.raw == "" }

// standard is the value for nobody's languages.
func standard(values []LanguageValue) LanguageValue {
	if len(values) == 0 {
		return LanguageValue{}
	}
	values = slices.SortedFunc(slices.Values(values), byTag)
	all := tags(values)
	for _, undetermined := range [...]string{"", "und"} {
		if i := slices.Index(all, undetermined); i >= 0 {
			return values[i]
		}
	}
	return values[max(0, language.Best([]string{"en"}, all))]
}

func byTag(a, b LanguageValue) int {
	return cmp.Or(
		cmp.Compare(strings.ToLower(a.Language), strings.ToLower(b.Language)),
		cmp.Compare(a.Value, b.Value), cmp.Compare(a.Direction, b.Direction),
	)
}

func tags(values []LanguageValue) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = strings.ToLower(v.Language)
	}
	return all
}

// languageValues reads a value in the place of a text.
func languageValues(v jsontext.Value) (values []LanguageValue) {
	var all OneOrMany[jsontext.Value]
	if Unmarshal(v, &all) != nil {
		return nil
	}
	for _, item := range all.Items {
		if text, ok := scalar(item); ok {
			values = append(values, LanguageValue{Value: text})
		} else {
			values = append(values, languageObject(item)...)
		}
	}
	return values
}

// languageObject reads a language value object or a language map.
func languageObject(v jsontext.Value) (values []LanguageValue) {
	var members Extra
	if v.Kind() != '{' || Unmarshal(v, &members) != nil {
		return nil
	}
	if value, ok := members["@value"]; ok {
		if text, ok := scalar(value); ok {
			tag, _ := members.Text("@language")
			direction, _ := members.Text("@direction")
			values = append(values, LanguageValue{text, tag, direction})
		}
		return values
	}
	for _, tag := range members.Names() {
		var texts OneOrMany[jsontext.Value]
		if language.Judge(tag) == language.Malformed || Unmarshal(members[tag], &texts) != nil {
			continue
		}
		for _, item := range texts.Items {
			if text, ok := scalar(item); ok {
				values = append(values, LanguageValue{Value: text, Language: tag})
			}
		}
	}
	return values
}

// scalar is a string, or the digits of a number.
func scalar(v jsontext.Value) (string, bool) {
	if v.Kind() == '0' {
		return string(v), true
	}
	return Extra{"": v}.Text("")
}

// readText is how a value in the place of a text reads.
func readText(v jsontext.Value) string { return standard(languageValues(v)).Value }

// MarshalJSONTo implements the json/v2 interface.
func (t Text) MarshalJSONTo(enc *jsontext.Encoder) error {
	if t.raw != "" {
		return enc.WriteValue(jsontext.Value(t.raw))
	}
	return enc.WriteToken(jsontext.String(t.text))
}

// UnmarshalJSONFrom implements the json/v2 interface.
func (t *Text) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	if lax(dec) {
		return decodeStrictly(dec, t)
	}
	return t.decode(dec)
}

func (t *Text) decode(dec *jsontext.Decoder) error {
	switch dec.PeekKind() {
	case '"':
		token, err := dec.ReadToken()
		if err == nil {
			*t = Text{text: token.String()}
		}
		return err
	case '{', '[', '0':
		v, err := dec.ReadValue()
		if err != nil {
			return err
		}
		v = v.Clone()
		if err := v.Compact(); err != nil {
			return err
		}
		*t = Text{text: readText(v), raw: string(v)}
		return nil
	}
	return wrongKind[Text](dec)
}

// MarshalJSON implements json.Marshaler.
func (t Text) MarshalJSON() ([]byte, error) { return Marshal(t) }

// UnmarshalJSON implements json.Unmarshaler.
func (t *Text) UnmarshalJSON(b []byte) error { return Unmarshal(b, t) }

func (Text) jsonKinds() kinds { return kindString | kindNumber | kindArray | kindObject }
