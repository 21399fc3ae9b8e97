package jcs

import (
	"math"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// number writes a number as ECMAScript's Number.prototype.toString does
// (RFC 8785, 3.2.2.3).
func (w *writer) number(dst []byte, v jsonx.Value) ([]byte, error) {
	text := v.Text()
	if smallInteger(text) {
		return append(dst, text...), nil
	}
	f, ok := v.Float()
	if !ok || math.IsInf(f, 0) || math.IsNaN(f) {
		return dst, &Error{Code: CodeNumber, Pointer: v.Pointer(), Detail: "not a finite number"}
	}
	if w.options.ExactNumbers && !exact(text, f) {
		return dst, &Error{Code: CodeInexactNumber, Pointer: v.Pointer(),
			Detail: "a 64-bit float does not hold " + text}
	}
	return AppendNumber(dst, f), nil
}

// smallInteger reports whether a JSON number is its own canonical form: an
// integer of at most 15 digits, other than -0.
func smallInteger(text string) bool {
	if len(text) > 15 {
		return false
	}
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < '0' || c > '9' {
			if c != '-' || i != 0 || text == "-0" {
				return false
			}
		}
	}
	return true
}

// exact reports whether text, of value f as a float, is within what RFC 7493,
// 2.2 promises: integers up to 2^53-1, and nothing that vanishes.
func exact(text string, f float64) bool {
	if f == 0 {
		mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
		return !strings.ContainsAny(mantissa, "123456789")
	}
	if strings.ContainsAny(text, ".eE") {
		return true
	}
	const most = 1<<53 - 1
	return math.Abs(f) <= most
}

// AppendNumber writes a finite f as ECMAScript does: shortest digits that read
// back the same, plain notation from 1e-6 up to below 1e21.
func AppendNumber(dst []byte, f float64) []byte {
	if f == 0 {
		return append(dst, '0') // -0 too
	}
	if a := math.Abs(f); a >= 1e-6 && a < 1e21 {
		return strconv.AppendFloat(dst, f, 'f', -1, 64)
	}
	dst = strconv.AppendFloat(dst, f, 'e', -1, 64)
	// Go writes at least two digits of exponent, ECMAScript does not.
	if n := len(dst); dst[n-2] == '0' && (dst[n-3] == '-' || dst[n-3] == '+') {
		dst[n-2] = dst[n-1]
		dst = dst[:n-1]
	}
	return dst
}
