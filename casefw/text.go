package casefw

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// foldText brings a title or a status to the form in which it is compared: case
// folded, white space collapsed.
func foldText(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

// controlIn returns the first character of s that has no place in a text: a
// control character, or one that turns the direction of what follows. In a
// NormalizedString line breaks and tabs have no place either.
func controlIn(s string, normalized bool) (r rune, found bool) {
	for i := 0; i < len(s); {
		c := rune(s[i])
		if c >= 0x20 && c < 0x7f {
			i++
			continue
		}
		n := 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(s[i:])
		}
		if badRune(c, normalized) {
			return c, true
		}
		i += n
	}
	return 0, false
}

func badRune(r rune, normalized bool) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
		return normalized
	case r < 0x20, r >= 0x7f && r <= 0x9f:
		return true
	}
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// naturalCompare orders codes as people do: runs of digits by their value, the
// rest by letters without regard to case. "A.2" comes before "A.10".
func naturalCompare(a, b string) int {
	for a != "" && b != "" {
		if digit(a[0]) && digit(b[0]) {
			na, ra := digitRun(a)
			nb, rb := digitRun(b)
			if len(na) != len(nb) {
				return len(na) - len(nb)
			}
			if c := strings.Compare(na, nb); c != 0 {
				return c
			}
			a, b = ra, rb
			continue
		}
		ca, wa := utf8.DecodeRuneInString(a)
		cb, wb := utf8.DecodeRuneInString(b)
		if ca != cb {
			if d := unicode.ToLower(ca) - unicode.ToLower(cb); d != 0 {
				return int(d)
			}
		}
		a, b = a[wa:], b[wb:]
	}
	return len(a) - len(b)
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// digitRun splits leading digits off, without their leading zeros.
func digitRun(s string) (digits, rest string) {
	i := 0
	for i < len(s) && digit(s[i]) {
		i++
	}
	return strings.TrimLeft(s[:i], "0"), s[i:]
}
