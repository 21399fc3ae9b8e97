package rdf

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"
)

const hexUpper = "0123456789ABCDEF"

// appendLiteral appends the content of a literal as canonical N-Quads write it
// (RDFC-1.0, appendix on canonical N-Quads): short escapes where there are any,
// \u00XX for the other control characters and DEL, all else as it is.
func appendLiteral(dst []byte, s string) []byte {
	start := len(dst)
	dst = append(dst, s...)
	if !needsEscape(dst[start:]) {
		return dst
	}
	return appendEscaped(dst[:start], s)
}

func appendEscaped(dst []byte, s string) []byte {
	done := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' && c != 0x7F {
			continue
		}
		dst = append(dst, s[done:i]...)
		done = i + 1
		if short := shortEscape(c); short != 0 {
			dst = append(dst, '\\', short)
		} else {
			dst = append(dst, '\\', 'u', '0', '0', hexUpper[c>>4], hexUpper[c&15])
		}
	}
	return append(dst, s[done:]...)
}

// appendUnescaped resolves the escapes that appendLiteral makes. With legacy, those
// stay that URDNA2015 implementations made: of backslash, quotation mark, line feed
// and carriage return.
func appendUnescaped(dst []byte, s []byte, legacy bool) []byte {
	for {
		i := bytes.IndexByte(s, '\\')
		if i < 0 {
			return append(dst, s...)
		}
		dst = append(dst, s[:i]...)
		if legacy && strings.IndexByte("\"\\nr", s[i+1]) >= 0 {
			dst = append(dst, '\\', s[i+1])
			s = s[i+2:]
			continue
		}
		c, size := escaped(s[i+1:])
		dst = append(dst, c)
		s = s[i+1+size:]
	}
}

// escaped is the character of an escape that [appendLiteral] made, whose backslash was
// read, and the length of the rest.
func escaped(s []byte) (c byte, size int) {
	if s[0] == 'u' {
		v, _ := strconv.ParseUint(string(s[1:5]), 16, 8)
		return byte(v), 5
	}
	if i := strings.IndexByte("btnfr", s[0]); i >= 0 {
		return "\b\t\n\f\r"[i], 1
	}
	return s[0], 1
}

// literalLength is the length of a text that appendLiteral wrote, up to the quotation
// mark that ends it.
func literalLength(s string) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			return i
		case '\\':
			i++
		}
	}
	return len(s)
}

// shortEscape is the letter of a two-character escape, 0 where there is none.
func shortEscape(c byte) byte {
	switch c {
	case '"', '\\':
		return c
	case '\b':
		return 'b'
	case '\t':
		return 't'
	case '\n':
		return 'n'
	case '\f':
		return 'f'
	case '\r':
		return 'r'
	}
	return 0
}

// needsEscape reports whether a byte may have to be escaped. It looks at eight
// bytes at a time and may say yes for a few characters that need none.
func needsEscape(b []byte) bool {
	for len(b) >= 8 {
		if escapesInWord(binary.LittleEndian.Uint64(b)) {
			return true
		}
		b = b[8:]
	}
	for _, c := range b {
		if c < 0x20 || c == '"' || c == '\\' || c == 0x7F {
			return true
		}
	}
	return false
}

// escapesInWord finds bytes below 0x20, '"', '\\' and 0x7F. It subtracts from each
// byte what it would have to be less than and sees a borrow reach the top bit; with
// one bit turned over, '"' comes right after the control characters. Borrows run on
// into higher bytes only after a true find.
func escapesInWord(w uint64) bool {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	quote, slash, del := w^(ones*('"'^0x20)), w^(ones*'\\'), w^(ones*0x7F)
	found := (quote-ones*0x21)&^quote | (slash-ones)&^slash | (del-ones)&^del
	return found&tops != 0
}
