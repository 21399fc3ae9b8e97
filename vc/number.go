package vc

import (
	"errors"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Number is a JSON number that keeps its text, so that 42.0 stays 42.0. A
// constant will do: CreditsEarned: "3.5". The zero value is absence.
type Number string

var errNumber = errors.New("vc: not a JSON number")

// NewNumber returns the shortest text of f, which must be finite.
func NewNumber(f float64) Number { return Number(strconv.FormatFloat(f, 'f', -1, 64)) }

// Float returns the value.
func (n Number) Float() (float64, error) { return strconv.ParseFloat(string(n), 64) }

// MarshalJSONTo implements the json/v2 interface. A text that is no JSON number
// is an error.
func (n Number) MarshalJSONTo(enc *jsontext.Encoder) error {
	v := jsontext.Value(n)
	if v.Kind() != '0' || !v.IsValid() {
		return errNumber
	}
	return enc.WriteValue(v)
}

// UnmarshalJSONFrom implements the json/v2 interface.
func (n *Number) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	if dec.PeekKind() != '0' {
		return wrongKind[Number](dec)
	}
	v, err := dec.ReadValue()
	*n = Number(v)
	return err
}

// MarshalJSON implements json.Marshaler.
func (n Number) MarshalJSON() ([]byte, error) { return Marshal(n) }

// UnmarshalJSON implements json.Unmarshaler.
func (n *Number) UnmarshalJSON(b []byte) error { return Unmarshal(b, n) }

func (Number) jsonKinds() kinds { return kindNumber }
