package rest

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The bindings ask for comparisons without regard to case and "should" have them
// follow the Unicode Collation Algorithm. This package folds case rune by rune
// (Unicode simple case folding) and compares code points: no accent is ignored
// and no language's order is known.

// foldRune maps all runes that differ in case alone to one of them.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		return rune(lower(byte(r)))
	}
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	if least < utf8.RuneSelf {
		return foldRune(least)
	}
	return least
}

// appendFold writes the folded text behind b.
func appendFold(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return appendFoldRunes(b, s[i:])
		}
		b = append(b, lower(c))
	}
	return b
}

func appendFoldRunes(b []byte, s string) []byte {
	for _, r := range s {
		b = utf8.AppendRune(b, foldRune(r))
	}
	return b
}

// Fold returns the text by which texts are compared without regard to case.
func Fold(s string) string { return string(appendFold(nil, s)) }

// compareFold compares texts without regard to case, by code points.
func compareFold(a, b string) int {
	for len(a) > 0 && len(b) > 0 {
		x, n := utf8.DecodeRuneInString(a)
		y, m := utf8.DecodeRuneInString(b)
		if x, y = foldRune(x), foldRune(y); x != y {
			return int(x) - int(y)
		}
		a, b = a[n:], b[m:]
	}
	return len(a) - len(b)
}

// shortText is up to where looking at each place beats folding the text first.
const shortText = 96

// containsFold reports whether text contains needle, which is folded already. The
// scratch is for long texts.
func containsFold(text string, needle []byte, scratch []byte) (bool, []byte) {
	if len(needle) == 0 {
		return true, scratch
	}
	if len(text) <= shortText && isASCII(text) {
		return containsASCII(text, needle), scratch
	}
	scratch = appendFold(scratch[:0], text)
	return bytes.Contains(scratch, needle), scratch
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func containsASCII(text string, needle []byte) bool {
	for i := 0; i+len(needle) <= len(text); i++ {
		j := 0
		for j < len(needle) && lower(text[i+j]) == needle[j] {
			j++
		}
		if j == len(needle) {
			return true
		}
	}
	return false
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// elements splits a list as it stands in a filter: "Mathematics,Statistics".
func elements(value string) []string {
	parts := strings.Split(value, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}
