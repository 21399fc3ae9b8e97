package vc

import (
	"errors"
	"reflect"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// The functions here carry every object type of this module, and serve a
// product's own ones: a struct whose fields have json tags with omitzero, and
// one field of type [Extra] with the tag `json:",embed"`. The type's four
// methods call [Marshal], [EncodeObject], [Unmarshal] and [DecodeObject].

// Codes of [Unmarshal] and [Marshal].
const (
	CodeJSON       Code = "json-refused"         // not JSON, a repeated name, bad UTF-8
	CodeJSONKind   Code = "json-unexpected-kind" // an array holds another kind of value than its type can
	CodeExtraOwned Code = "extra-owned-by-field" // an Extra holds a member that a field owns
)

// maxModelDepth bounds the nesting of typed objects: real credentials stay
// below 20, and [Parse] reads no more than this either.
const maxModelDepth = 64

var (
	// encodeOptions makes what is written a function of the value alone.
	encodeOptions = json.JoinOptions(json.Deterministic(true), jsontext.PreserveRawStrings(true))
)

// Marshal writes a value of this module's types. What it writes is a function of
// the value alone: fields in their order, Extra in the order of its names.
func Marshal(value any) ([]byte, error) { return json.Marshal(value, encodeOptions) }

// Unmarshal reads one JSON text strictly into a value of this module's types:
// names in their exact case, no repeated name, valid UTF-8, nothing after the
// value. Errors are [*Problem] with a pointer.
func Unmarshal(text []byte, value any) error {
	err := json.Unmarshal(text, value)
	if err == nil {
		return nil
	}
	if own, ok := errors.AsType[*Problem](err); ok {
		return own
	}
	if semantic, ok := errors.AsType[*json.SemanticError](err); ok {
		return words.Problem(CodeJSONKind, string(semantic.JSONPointer), semantic.JSONKind.String())
	}
	if syntax, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return words.Problem(CodeJSON, string(syntax.JSONPointer), syntax.Err.Error())
	}
	problem := words.Problem(CodeJSON, "", "")
	problem.Err = err
	return problem
}

// DecodeObject is the body of an object type's UnmarshalJSONFrom. object points
// to the struct. Members without a field go to Extra, and so do null, an empty
// string and a value of another JSON kind than its field's: decoding is liberal,
// the rules judge. A string field reads a number or a language value in its place as
// well, as [Text] does.
func DecodeObject(dec *jsontext.Decoder, object any) error {
	if lax(dec) {
		return decodeStrictly(dec, object)
	}
	v := reflect.ValueOf(object).Elem()
	v.SetZero()
	switch dec.PeekKind() {
	case 'n':
		_, err := dec.ReadToken()
		return err
	case '{':
	default:
		return kindError(dec, v.Type())
	}
	if dec.StackDepth() >= maxModelDepth {
		return tooDeep(dec)
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	d := objectDecoder{dec: dec, value: v, typ: objectTypeOf(v.Type())}
	for dec.PeekKind() != '}' {
		if err := d.member(); err != nil {
			return err
		}
	}
	_, err := dec.ReadToken()
	return err
}

func tooDeep(dec *jsontext.Decoder) error {
	p := words.Problem(Code(jsonx.CodeTooDeep), string(dec.StackPointer()), "")
	p.Expected = "objects at most " + strconv.Itoa(maxModelDepth) + " deep"
	return p
}

// lax reports whether the caller's decoder lets through what a credential must
// not hold. encoding/json's does.
func lax(dec *jsontext.Decoder) bool {
	options := dec.Options()
	names, _ := json.GetOption(options, jsontext.AllowDuplicateNames)
	utf8, _ := json.GetOption(options, jsontext.AllowInvalidUTF8)
	return names || utf8
}

func decodeStrictly(dec *jsontext.Decoder, object any) error {
	raw, err := dec.ReadValue()
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, object)
}

type objectDecoder struct {
	dec   *jsontext.Decoder
	value reflect.Value
	typ   *objectType
}

func (d *objectDecoder) member() error {
	token, err := d.dec.ReadToken()
	if err != nil {
		return err
	}
	name := token.String()
	f := d.typ.byName[name]
	kind := d.dec.PeekKind()
	if f == nil || !f.kinds.has(kind) {
		return d.keep(name, f)
	}
	field := d.value.FieldByIndex(f.index)
	if err := d.field(f, field); err != nil {
		return err
	}
	if isZero(field) { // only an empty value decodes to the zero of its field
		d.put(name, emptyValue(kind))
	}
	return nil
}

func (d *objectDecoder) field(f *objectField, field reflect.Value) error {
	if f.text {
		token, err := d.dec.ReadToken()
		if err == nil {
			field.SetString(token.String())
		}
		return err
	}
	into := field.Addr().Interface()
	if text, ok := into.(*Text); ok {
		return text.decode(d.dec)
	}
	return json.UnmarshalDecode(d.dec, into)
}

func emptyValue(kind jsontext.Kind) jsontext.Value {
	switch kind {
	case '{':
		return jsontext.Value("{}")
	case 'f':
		return jsontext.Value("false")
	case '0':
		return jsontext.Value("0")
	}
	return jsontext.Value(`""`)
}

// keep moves the next value to Extra, where it is the text of its field too.
func (d *objectDecoder) keep(name string, f *objectField) error {
	raw, err := d.dec.ReadValue()
	if err != nil {
		return err
	}
	if f != nil && f.plain {
		d.value.FieldByIndex(f.index).SetString(readText(raw))
	}
	d.put(name, raw.Clone())
	return nil
}

func (d *objectDecoder) put(name string, raw jsontext.Value) {
	extra := d.value.FieldByIndex(d.typ.extra).Addr().Interface().(*Extra)
	if *extra == nil {
		*extra = Extra{}
	}
	(*extra)[name] = raw
}

// EncodeObject is the body of an object type's MarshalJSONTo. object points to
// the struct. Fields that are zero and tagged omitzero are left out.
//
// Members are written in the order of the fields, those of an embedded struct where
// it stands. The tag order:"before proof" puts a member before that of the name
// proof; order:"evidence before proof", on the embedded struct, does so for a member
// of it. Tags are followed from the first field to the last.
func EncodeObject(enc *jsontext.Encoder, object any) error {
	v := reflect.ValueOf(object).Elem()
	typ := objectTypeOf(v.Type())
	extra := v.FieldByIndex(typ.extra).Interface().(Extra)
	if err := typ.checkExtra(extra); err != nil {
		return err
	}
	if err := enc.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	for i := range typ.fields {
		if err := typ.fields[i].encode(enc, v, extra); err != nil {
			return err
		}
	}
	for _, name := range extra.Names() {
		if typ.byName[name] != nil {
			continue // written in the place of its field
		}
		if err := encodeMember(enc, name, extra[name]); err != nil {
			return err
		}
	}
	return enc.WriteToken(jsontext.EndObject)
}

func encodeMember(enc *jsontext.Encoder, name string, value any) error {
	if err := enc.WriteToken(jsontext.String(name)); err != nil {
		return err
	}
	switch value := value.(type) {
	case jsontext.Value:
		return enc.WriteValue(value)
	case *Text:
		return value.MarshalJSONTo(enc)
	case *string:
		return enc.WriteToken(jsontext.String(*value))
	}
	return json.MarshalEncode(enc, value, encodeOptions)
}

func (f *objectField) encode(enc *jsontext.Encoder, object reflect.Value, extra Extra) error {
	field := object.FieldByIndex(f.index)
	raw, kept := extra[f.name]
	zero := isZero(field)
	switch {
	case kept && (zero || f.plain && readText(raw) == field.String()):
		return encodeMember(enc, f.name, raw)
	case zero && f.omit:
		return nil
	}
	return encodeMember(enc, f.name, field.Addr().Interface())
}

func isZero(field reflect.Value) bool {
	switch z := field.Addr().Interface().(type) {
	case *Text:
		return z.IsZero()
	case *string:
		return *z == ""
	case interface{ IsZero() bool }:
		return z.IsZero()
	}
	return field.IsZero()
}
