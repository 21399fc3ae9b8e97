package exchange

import (
	"strconv"
	"strings"
)

// Formulas says what a writer does with cells that a spreadsheet would run.
type Formulas uint8

const (
	// EscapeFormulas sets an apostrophe before such a cell; Read takes it off.
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

// isFormula reports whether a spreadsheet may run a cell: it begins with =, +, -
// or @, or with a tab or carriage return before them, and is no plain number.
func isFormula(s string) bool {
	if s == "" || !strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return false
	}
	_, err := strconv.ParseFloat(s, 64)
	return err != nil
}

// escapeFormula sets an apostrophe before a formula, and before what would be
// read as an escaped one.
func escapeFormula(s string) string {
	if isFormula(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

// unescapeFormula undoes escapeFormula.
func unescapeFormula(s string) (plain string, was bool) {
	if strings.HasPrefix(s, "'") && isFormula(strings.TrimLeft(s, "'")) {
		return s[1:], true
	}
	return s, false
}
