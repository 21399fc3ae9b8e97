package jsonx

import (
	"fmt"
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

// number checks RFC 8259, 6 and that a float64 can hold the value.
func (p *parser) number() error {
	src, start, i := p.src, p.pos, p.pos
	digits := func() bool {
		from := i
		for i < len(src) && src[i] >= '0' && src[i] <= '9' {
			i++
		}
		return i > from
	}
	if src[i] == '-' {
		i++
	}
	ok := false
	if i < len(src) && src[i] == '0' {
		i++
		ok = true
	} else {
		ok = digits()
	}
	if !ok {
		if i == start {
			return p.fail(CodeSyntax, p.found()+" where a value belongs")
		}
		p.pos = i
		return p.fail(CodeSyntax, p.found()+" where a digit belongs")
	}
	if i < len(src) && src[i] == '.' {
		i++
		ok = digits()
	}
	exponent := false
	if ok && i < len(src) && (src[i] == 'e' || src[i] == 'E') {
		exponent = true
		i++
		if i < len(src) && (src[i] == '+' || src[i] == '-') {
			i++
		}
		ok = digits()
	}
	if !ok {
		p.pos = i
		return p.fail(CodeSyntax, p.found()+" where a digit belongs")
	}
	text := view(src[start:i])
	if len(text) > maxNumber {
		return p.fail(CodeNumberTooLong, fmt.Sprintf("a number of %d characters, at most %d are read", len(text), maxNumber))
	}
	if exponent {
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			return p.fail(CodeNumberRange, text+" is beyond a 64-bit float")
		}
	}
	p.pos = i
	return nil
}
