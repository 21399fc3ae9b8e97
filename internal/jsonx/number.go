package jsonx

import (
	"strconv"
	"strings"
)

// Exact reports whether an integer comes back from the float64 that JSON readers
// make of it, so that no other integer is written for it: 9007199254740993 does
// not, since it reads as 9007199254740992. It is true for numbers with a fraction
// or an exponent, which nobody takes for exact, and for what is no number.
func (v Value) Exact() bool {
	if v.Kind() != Number {
		return true
	}
	text := v.Text()
	if len(text) <= 15 || strings.ContainsAny(text, ".eE") {
		return true
	}
	f, err := strconv.ParseFloat(text, 64)
	return err == nil && strconv.FormatFloat(f, 'f', -1, 64) == text
}

// Portable reports whether deployed JSON-LD processors write the number as the
// standard does: those in JavaScript take 1e-7, and every number below a millionth
// whose shortest text has no point, for an integer, and write 0.
func (v Value) Portable() bool {
	f, ok := v.Float()
	if !ok || f == 0 || f >= 1e-6 || f <= -1e-6 {
		return true
	}
	return strings.Contains(strconv.FormatFloat(f, 'e', -1, 64), ".")
}
