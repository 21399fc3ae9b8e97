package exchange

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Formulas says what a writer does with cells that a spreadsheet would run.
type Formulas uint8

const (
	// EscapeFormulas sets an apostrophe before such a cell, and within a cell
	// before what is a cell to a program that takes another separator; Read takes
	// them off.
	EscapeFormulas Formulas = iota
	// FlagFormulas writes the cell as it is and notes it: for programs that
	// would show the apostrophe.
	FlagFormulas
)

// String names what is done with formulas in lower case.
func (f Formulas) String() string {
	switch f {
	case EscapeFormulas:
		return "escape"
	case FlagFormulas:
		return "flag"
	}
	return "unknown"
}

// formulaSigns begin what spreadsheets run: Excel, LibreOffice and Google Sheets take
// the four, those that write Chinese and Japanese the wide and the small ones too.
const formulaSigns = "=+-@＝＋－＠﹦﹢﹣﹫"

// cellBreaks are what may end a cell where a table is opened with another separator
// than it was written with. The comma is not among them where it is the table's own,
// which every program finds.
func cellBreaks(comma string) string {
	if comma == "," {
		return ";\t\r\n"
	}
	return ",;\t\r\n"
}

// startsFormula reports whether a text begins with a sign of a formula, behind what
// programs take off: blanks, quotes, and characters without a picture.
func startsFormula(s string) bool {
	s = strings.TrimLeftFunc(s, func(r rune) bool {
		return r == '"' || unicode.In(r, unicode.Z, unicode.Cf, unicode.Cc) && !strings.ContainsRune("\t\r\n", r)
	})
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune(formulaSigns, r)
}

// guards calls each with the places of a cell where a formula may begin, behind the
// apostrophes that stand there.
func guards(s, breaks string, each func(place, apostrophes int)) {
	for at := 0; at >= 0 && at < len(s); {
		rest := strings.TrimLeft(s[at:], "'")
		if n := len(s) - at - len(rest); startsFormula(rest) && (at > 0 || !plainNumber(rest)) {
			each(at, n)
		}
		next := strings.IndexAny(s[at:], breaks)
		if next < 0 {
			return
		}
		at += next + 1
	}
}

// plainNumber reports whether a spreadsheet reads a cell as a number: digits with a
// sign, a fraction and an exponent.
func plainNumber(s string) bool {
	s = strings.TrimLeft(s, " ")
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	mantissa, exponent, scientific := strings.Cut(strings.ToLower(s), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := func(s string) bool { return strings.Trim(s, "0123456789") == "" }
	if scientific && (len(strings.TrimLeft(exponent, "+-")) == 0 || len(exponent)-len(strings.TrimLeft(exponent, "+-")) > 1) {
		return false
	}
	return whole+fraction != "" && digits(whole) && digits(fraction) && digits(strings.TrimLeft(exponent, "+-"))
}

// hasFormula reports whether a spreadsheet may run a cell or a part of it.
func hasFormula(s, breaks string) (has bool) {
	guards(s, breaks, func(_, apostrophes int) { has = has || apostrophes == 0 })
	return has
}

// escapeFormula sets an apostrophe before each formula, and before what would be read
// as an escaped one.
func escapeFormula(s, breaks string) string {
	var b strings.Builder
	from := 0
	guards(s, breaks, func(place, _ int) {
		b.WriteString(s[from:place])
		b.WriteByte('\'')
		from = place
	})
	if from == 0 && b.Len() == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

// unescapeFormula undoes escapeFormula.
func unescapeFormula(s, breaks string) string {
	if !strings.Contains(s, "'") {
		return s
	}
	var b strings.Builder
	from := 0
	guards(s, breaks, func(place, apostrophes int) {
		if apostrophes > 0 {
			b.WriteString(s[from:place])
			from = place + 1
		}
	})
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}
