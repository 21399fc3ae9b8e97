package jsonld

import (
	"bytes"
	"math"
	"strconv"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// native is the literal of a number or a truth value (JSON-LD 1.1 API, 8.2.2,
// steps 9 to 11). datatype is "" where the value's own is to be used.
func (r *run) native(v jsonx.Value, datatype, suffix string, form iriForm) object {
	text, own := "", booleanSuffix
	switch v.Kind() {
	case jsonx.True:
		text = "true"
	case jsonx.False:
		text = "false"
	default:
		text, own = r.number(v, datatype)
	}
	if datatype == "" {
		return literal(text, own)
	}
	return r.typed(text, suffix, form, v)
}

// maxInteger is from where on a number without a fraction is written as a double.
const maxInteger = 1e21

// number is a number in the canonical form of xsd:integer or xsd:double.
func (r *run) number(v jsonx.Value, datatype string) (text, suffix string) {
	if s := v.Text(); datatype != xsdDouble && isPlainInteger(s) {
		return s, integerSuffix
	}
	f, _ := v.Float() // the parser has seen that a float64 can hold it
	start := len(r.text)
	if f == math.Trunc(f) && math.Abs(f) < maxInteger && datatype != xsdDouble {
		r.text = strconv.AppendFloat(r.text, f+0, 'f', 0, 64) // +0 turns -0 into 0
		return view(r.text[start:]), integerSuffix
	}
	r.text = appendDouble(r.text, f)
	return view(r.text[start:]), doubleSuffix
}

// isPlainInteger reports whether a number's text is already the canonical form of
// an integer that a float64 holds exactly.
func isPlainInteger(s string) bool {
	digits := s
	if s[0] == '-' {
		if s = s[1:]; s == "0" {
			return false
		}
		digits = s
	}
	if len(digits) > 15 {
		return false
	}
	for i := 0; i < len(digits); i++ {
		if digits[i] < '0' || digits[i] > '9' {
			return false
		}
	}
	return true
}

// appendDouble writes the form of JSON-LD 1.1 API, 8.6: printf's %1.15E without
// needless zeros.
func appendDouble(dst []byte, f float64) []byte {
	var room [32]byte
	s := strconv.AppendFloat(room[:0], f, 'E', 15, 64)
	e := bytes.IndexByte(s, 'E')
	mantissa, exponent := bytes.TrimRight(s[:e], "0"), s[e+1:]
	dst = append(dst, mantissa...)
	if mantissa[len(mantissa)-1] == '.' {
		dst = append(dst, '0')
	}
	dst = append(dst, 'E')
	if exponent[0] == '-' {
		dst = append(dst, '-')
	}
	exponent = bytes.TrimLeft(exponent[1:], "0")
	if len(exponent) == 0 {
		return append(dst, '0')
	}
	return append(dst, exponent...)
}
