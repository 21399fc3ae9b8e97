package jsonx

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// string reads the string at the current position. Eight bytes are looked at
// together: a byte that is a quote, a backslash or a control character sets the
// high bit of its lane. With one bit turned over, a quote comes right after the
// control characters and both are found at once.
func (p *parser) string() (span, error) {
	src, i := p.src, p.pos+1
	start := i
	for i+8 <= len(src) {
		w := binary.LittleEndian.Uint64(src[i:])
		q, b := w^(ones*('"'^0x20)), w^(ones*'\\')
		if m := ((q-ones*0x21)&^q | (b-ones)&^b) & highs; m != 0 {
			i += bits.TrailingZeros64(m) >> 3
			break
		}
		i += 8
	}
	for ; i < len(src); i++ {
		switch c := src[i]; {
		case c == '"':
			p.pos = i + 1
			return span{uint32(start), uint32(i - start)}, nil
		case c == '\\':
			return p.escaped(start, i)
		case c < 0x20:
			p.pos = i
			return span{}, p.fail(CodeControlInInput, fmt.Sprintf("control character 0x%02x is not escaped", c))
		}
	}
	p.pos = i
	return span{}, p.fail(CodeSyntax, "")
}

// escaped reads on from the first backslash, at i, of the string whose content
// begins at start.
func (p *parser) escaped(start, i int) (span, error) {
	src := p.src
	from := len(p.doc.unescaped)
	out := append(p.doc.unescaped, src[start:i]...)
	for i < len(src) {
		c := src[i]
		switch {
		case c == '"':
			p.pos = i + 1
			p.doc.unescaped = out
			return span{uint32(from), uint32(len(out)-from) | unescapedText}, nil
		case c < 0x20:
			p.pos = i
			return span{}, p.fail(CodeControlInInput, fmt.Sprintf("control character 0x%02x is not escaped", c))
		case c != '\\':
			out = append(out, c)
			i++
			continue
		}
		if i+1 >= len(src) {
			break
		}
		r, n, ok := Unescape(src[i:])
		if !ok {
			p.pos = i
			switch {
			case src[i+1] != 'u':
				return span{}, p.fail(CodeSyntax, "unknown escape")
			case n == 0:
				return span{}, p.fail(CodeSyntax, "an escape \\u needs four hexadecimal digits")
			}
			return span{}, p.fail(CodeLoneSurrogate, string(src[i:i+6])+" has no partner")
		}
		out = utf8.AppendRune(out, r)
		i += n
	}
	p.pos = len(src)
	return span{}, p.fail(CodeSyntax, "")
}

// Unescape decodes the escape sequence that begins with the backslash at the start
// of b: a letter, \uXXXX, or a surrogate pair of two of these. n is its length. ok
// is false for what is no such sequence, with an n of 0, and for a surrogate
// without a partner.
func Unescape(b []byte) (r rune, n int, ok bool) {
	if len(b) < 2 {
		return 0, 0, false
	}
	switch c := b[1]; c {
	case '"', '\\', '/':
		return rune(c), 2, true
	case 'b':
		return '\b', 2, true
	case 'f':
		return '\f', 2, true
	case 'n':
		return '\n', 2, true
	case 'r':
		return '\r', 2, true
	case 't':
		return '\t', 2, true
	}
	high, ok := hex4(b)
	if !ok {
		return 0, 0, false
	}
	if !utf16.IsSurrogate(high) {
		return high, 6, true
	}
	if low, has := hex4(b[6:]); has {
		if r := utf16.DecodeRune(high, low); r != utf8.RuneError {
			return r, 12, true
		}
	}
	return 0, 6, false
}

func hex4(b []byte) (rune, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	var r rune
	for _, c := range b[2:6] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c >= 'a' && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case c >= 'A' && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

// view is the text of bytes that nobody changes any more.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
