package plan

import (
	"math/big"
	"strings"
)

// Number is an exact number: a score, a maximum, a percentage. It is a rational, since
// two thirds are no decimal and 8.7 of 10 is no float64. The zero Number is no number:
// a score that is not known, which is not 0. A Number is immutable.
type Number struct{ r *big.Rat }

const (
	// maxDigits bounds a decimal, sign, point and exponent counted: OneRoster and AGS
	// write float64, whose longest text has 24 characters.
	maxDigits = 64
	// maxExponent bounds what is written behind an e: 1e999999999 is eleven bytes and
	// would be a number of four hundred megabytes.
	maxExponent = 99
	// maxFraction bounds a fraction in a stored state: what two decimals and their
	// differences can become.
	maxFraction = 2 * 8 * (maxDigits + maxExponent)
)

var hundred = NewNumber(100)

// NewNumber returns a whole number.
func NewNumber(n int64) Number { return Number{big.NewRat(n, 1)} }

// ParseNumber reads a decimal as JSON writes numbers, such as 8.7 or 1e2, or a fraction
// such as 200/3. It is false for anything else, and for what has more than 64 characters
// or an exponent beyond 99.
func ParseNumber(text string) (Number, bool) {
	if numerator, denominator, fraction := strings.Cut(text, "/"); fraction {
		return parseFraction(numerator, denominator)
	}
	if len(text) > maxDigits || !decimal(text) {
		return Number{}, false
	}
	r, ok := new(big.Rat).SetString(text)
	return Number{r}, ok
}

func parseFraction(numerator, denominator string) (Number, bool) {
	if len(numerator)+len(denominator) > maxFraction || !digits(strings.TrimPrefix(numerator, "-")) || !digits(denominator) {
		return Number{}, false
	}
	if strings.Trim(denominator, "0") == "" {
		return Number{}, false
	}
	r, ok := new(big.Rat).SetString(numerator + "/" + denominator)
	return Number{r}, ok
}

// decimal reports whether a text has the form of a JSON number with a small exponent.
func decimal(text string) bool {
	text = strings.TrimPrefix(text, "-")
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		exponent := strings.TrimLeft(text[i+1:], "+-")
		if len(text[i+1:])-len(exponent) > 1 || !digits(exponent) || len(strings.TrimLeft(exponent, "0")) > len("99") {
			return false
		}
		text = text[:i]
	}
	whole, fraction, point := strings.Cut(text, ".")
	return digits(whole) && (!point || digits(fraction))
}

func digits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// IsZero reports that there is no number. The number 0 is one.
func (n Number) IsZero() bool { return n.r == nil }

// Rat returns the number as a rational of the caller's own, nil for none.
func (n Number) Rat() *big.Rat {
	if n.r == nil {
		return nil
	}
	return new(big.Rat).Set(n.r)
}

// AtLeast reports whether n reaches a threshold, which it does where both are equal. It
// is false where one of them is not known.
func (n Number) AtLeast(min Number) bool { return n.r != nil && min.r != nil && n.r.Cmp(min.r) >= 0 }

// Plus returns the sum. What is not known adds nothing, and two that are not known make none.
func (n Number) Plus(m Number) Number {
	switch {
	case n.r == nil:
		return m
	case m.r == nil:
		return n
	}
	return Number{new(big.Rat).Add(n.r, m.r)}
}

func (n Number) negative() bool { return n.r != nil && n.r.Sign() < 0 }

// String returns the decimal, or where there is none the fraction in lowest terms; ""
// for no number.
func (n Number) String() string {
	if n.r == nil {
		return ""
	}
	if places, exact := n.r.FloatPrec(); exact {
		return n.r.FloatString(places)
	}
	return n.r.String()
}

// MarshalText implements encoding.TextMarshaler, as [Number.String].
func (n Number) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// Percent returns how far a score lies between the least and the greatest that can be
// had, from 0 to 100 and beyond. A least that is not known is 0; without a greatest, or
// where it is not above the least, there is no percentage.
func Percent(score, least, greatest Number) Number {
	if least.IsZero() {
		least = NewNumber(0)
	}
	if score.IsZero() || greatest.IsZero() || greatest.r.Cmp(least.r) <= 0 {
		return Number{}
	}
	share := new(big.Rat).Sub(score.r, least.r)
	share.Quo(share, new(big.Rat).Sub(greatest.r, least.r))
	return Number{share.Mul(share, hundred.r)}
}
