package bake

import (
	"bytes"
	"unicode/utf8"
)

// checkChars refuses what no XML 1.0 document holds (2.2): bytes that are not
// UTF-8, control characters, U+FFFE and U+FFFF.
func checkChars(b []byte) error {
	if !utf8.Valid(b) {
		return problem(CodeSVGEncoding, "")
	}
	for i, c := range b {
		if c < 0x20 && !isSpace(c) {
			return problem(CodeSVGMalformed, "the control character U+%04X at byte %d", c, i)
		}
	}
	if i := bytes.Index(b, []byte("\uFFFE")); i >= 0 {
		return problem(CodeSVGMalformed, "the character U+FFFE at byte %d", i)
	}
	if i := bytes.Index(b, []byte("\uFFFF")); i >= 0 {
		return problem(CodeSVGMalformed, "the character U+FFFF at byte %d", i)
	}
	return nil
}

// isXMLChar is the production Char of XML 1.0, 2.2.
func isXMLChar(r rune) bool {
	switch {
	case r < 0x20:
		return r == '\t' || r == '\n' || r == '\r'
	case r < 0xd800:
		return true
	case r < 0xe000:
		return false
	}
	return r != 0xfffe && r != 0xffff && r <= utf8.MaxRune
}

type runeRange struct{ from, to rune }

// nameStart is NameStartChar above ASCII, nameMore what NameChar adds to it
// (XML 1.0, Fifth Edition, 2.3).
var (
	nameStart = [...]runeRange{
		{0xc0, 0xd6}, {0xd8, 0xf6}, {0xf8, 0x2ff}, {0x370, 0x37d}, {0x37f, 0x1fff}, {0x200c, 0x200d},
		{0x2070, 0x218f}, {0x2c00, 0x2fef}, {0x3001, 0xd7ff}, {0xf900, 0xfdcf}, {0xfdf0, 0xfffd}, {0x10000, 0xeffff},
	}
	nameMore = [...]runeRange{{0xb7, 0xb7}, {0x300, 0x36f}, {0x203f, 0x2040}}
)

func within(ranges []runeRange, r rune) bool {
	for _, g := range ranges {
		if r >= g.from && r <= g.to {
			return true
		}
	}
	return false
}

// nameLength measures the NCName (Namespaces in XML 1.0, 3) that b begins with,
// 0 where there is none.
func nameLength(b []byte) int {
	n := 0
	for n < len(b) {
		c := b[n]
		switch {
		case isLetter(c), c == '_':
			n++
			continue
		case c >= '0' && c <= '9', c == '-', c == '.':
			if n == 0 {
				return 0
			}
			n++
			continue
		case c < utf8.RuneSelf:
			return n
		}
		r, size := utf8.DecodeRune(b[n:])
		if !within(nameStart[:], r) && (n == 0 || !within(nameMore[:], r)) {
			return n
		}
		n += size
	}
	return n
}

// reference reads the reference that b begins with, at its ampersand, and returns
// the character and the reference's length. A reference to an entity other than
// the five predefined ones is refused by name (XML 1.0, 4.1 and 4.6).
func reference(b []byte, at int) (r rune, n int, err error) {
	end := bytes.IndexByte(b[:min(len(b), maxReference)], ';')
	if end < 0 {
		return 0, 0, problem(CodeSVGMalformed, "the ampersand at byte %d begins no reference", at)
	}
	name := b[1:end]
	if len(name) > 1 && name[0] == '#' {
		if r, ok := charReference(name[1:]); ok {
			return r, end + 1, nil
		}
		return 0, 0, problem(CodeSVGMalformed, "the reference at byte %d names no character", at)
	}
	switch string(name) {
	case "lt":
		return '<', end + 1, nil
	case "gt":
		return '>', end + 1, nil
	case "amp":
		return '&', end + 1, nil
	case "quot":
		return '"', end + 1, nil
	case "apos":
		return '\'', end + 1, nil
	}
	if len(name) > 0 && nameLength(name) == len(name) {
		return 0, 0, problem(CodeSVGEntity, "the reference at byte %d is to an entity that XML does not predefine", at)
	}
	return 0, 0, problem(CodeSVGMalformed, "the ampersand at byte %d begins no reference", at)
}

// maxReference is longer than any reference that is read; longer entity names
// are refused either way.
const maxReference = 64

// charReference reads the digits of a character reference, decimal or behind an
// x hexadecimal.
func charReference(digits []byte) (rune, bool) {
	base := rune(10)
	if digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	r := rune(0)
	for _, c := range digits {
		d := digit(c)
		if d >= base {
			return 0, false
		}
		if r = r*base + d; r > utf8.MaxRune {
			return 0, false
		}
	}
	return r, len(digits) > 0 && isXMLChar(r)
}

func digit(c byte) rune {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0')
	case c >= 'a' && c <= 'f':
		return rune(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return rune(c-'A') + 10
	}
	return 99
}

// unescape replaces references by their characters, and in an attribute value
// white space by spaces (XML 1.0, 3.3.3). Line ends are kept as they are written:
// in JSON they mean the same. The text was checked before, so nothing can fail;
// it is returned itself where there is nothing to replace.
func unescape(b []byte, attribute bool) []byte {
	if bytes.IndexByte(b, '&') < 0 && !(attribute && bytes.ContainsAny(b, "\t\r\n")) {
		return b
	}
	return appendUnescaped(make([]byte, 0, len(b)), b, attribute)
}

func appendUnescaped(out, b []byte, attribute bool) []byte {
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c == '&':
			r, n, err := reference(b[i:], i)
			if err != nil {
				return append(out, b[i:]...)
			}
			out = utf8.AppendRune(out, r)
			i += n
		case attribute && isSpace(c):
			out = append(out, ' ')
			i++
		default:
			out = append(out, c)
			i++
		}
	}
	return out
}
