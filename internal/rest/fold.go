package rest

import (
	"bytes"
	"slices"
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
	start := len(b)
	b = slices.Grow(b, len(s))[:start+len(s)]
	for i, folded := 0, b[start:]; i < len(s) && i < len(folded); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return appendFoldRunes(b[:start+i], s[i:])
		}
		folded[i] = lower(c)
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

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// elements splits a folded list as it stands in a filter: "mathematics,statistics".
func elements(value []byte) [][]byte {
	parts := bytes.Split(value, []byte{','})
	for i := range parts {
		parts[i] = bytes.TrimSpace(parts[i])
	}
	return parts
}
