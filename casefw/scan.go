package casefw

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// scan walks over JSON text without building anything. It stops at whatever is
// out of the ordinary; a strict parse of the record decides then.
type scan struct {
	b []byte
	p int
}

// span is a string value: its content as written, without the quotes.
type span struct {
	s, e    int
	escaped bool // has escapes
	exotic  bool // has characters beyond ASCII, or DEL
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

func (s *scan) space() {
	b, p := s.b, s.p
	for p < len(b) && b[p] <= ' ' && (b[p] == ' ' || b[p] == '\n' || b[p] == '\t' || b[p] == '\r') {
		p++
	}
	s.p = p
}

// take steps over c, with white space before and behind.
func (s *scan) take(c byte) bool {
	if s.p < len(s.b) && s.b[s.p] == c {
		s.p++
		if s.p < len(s.b) && s.b[s.p] <= ' ' {
			s.space()
		}
		return true
	}
	s.space()
	if s.p < len(s.b) && s.b[s.p] == c {
		s.p++
		s.space()
		return true
	}
	return false
}

// str steps over a string. Eight bytes are looked at together: a byte that is a
// quote, a backslash or a control character sets the high bit of its lane.
func (s *scan) str() (v span, ok bool) {
	b, p := s.b, s.p
	if p >= len(b) || b[p] != '"' {
		return v, false
	}
	p++
	v.s = p
	exotic := uint64(0)
	for p+8 <= len(b) {
		w := binary.LittleEndian.Uint64(b[p:])
		q, e := w^(ones*'"'), w^(ones*'\\')
		m := ((q-ones)&^q | (e-ones)&^e | (w-ones*0x20)&^w) & highs
		if m == 0 {
			exotic |= w + ones | w
			p += 8
			continue
		}
		n := bits.TrailingZeros64(m) >> 3
		w &= 1<<(8*n) - 1
		exotic |= w + ones | w
		p += n
		switch b[p] {
		case '"':
			v.e, s.p = p, p+1
			v.exotic = v.exotic || exotic&highs != 0
			return v, true
		case '\\':
			v.escaped = true
			p += 2
		default:
			return v, false
		}
	}
	return s.strTail(v, p, exotic&highs != 0)
}

// strTail ends a string within eight bytes of the end of the text.
func (s *scan) strTail(v span, p int, exotic bool) (span, bool) {
	for b := s.b; p < len(b); p++ {
		switch c := b[p]; {
		case c == '"':
			v.e, s.p, v.exotic = p, p+1, v.exotic || exotic
			return v, true
		case c == '\\':
			v.escaped = true
			p++
		case c < 0x20:
			return v, false
		case c >= 0x7f:
			exotic = true
		}
	}
	return v, false
}

// skipState is the outcome of skip.
type skipState uint8

const (
	skipWhole skipState = iota // the value ends within the text
	skipMore                   // the text ends first
	skipBad                    // no value can begin like this
)

// skip finds the end of the value that begins at b[0], by strings and brackets
// alone; what stands between is not checked. final says that no more text comes.
// Depth beyond the limit is left to the strict parse.
func skip(b []byte, final bool) (n int, state skipState) {
	s := scan{b: b}
	if len(b) == 0 {
		return 0, skipMore
	}
	switch b[0] {
	case '"':
		if _, ok := s.str(); ok {
			return s.p, skipWhole
		}
		return skipBadString(b)
	case '{', '[':
		return skipNested(b)
	}
	for s.p < len(b) && !endsLiteral[b[s.p]] {
		s.p++
	}
	if s.p == 0 {
		return 0, skipBad
	}
	if s.p == len(b) && !final {
		return 0, skipMore
	}
	return s.p, skipWhole
}

var endsLiteral = [256]bool{
	',': true, '}': true, ']': true, ':': true, '"': true, '{': true, '[': true,
	' ': true, '\n': true, '\t': true, '\r': true,
}

func skipNested(b []byte) (int, skipState) {
	depth := 0
	for p := 0; p < len(b); p++ {
		switch b[p] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return p + 1, skipWhole
			}
		case '"':
			s := scan{b: b, p: p}
			if _, ok := s.str(); !ok {
				n, state := skipBadString(b[p:])
				if state != skipWhole {
					return 0, state
				}
				s.p = p + n
			}
			p = s.p - 1
		}
	}
	return 0, skipMore
}

// skipBadString ends a string with raw control characters in it, which the strict
// parse refuses with the right words.
func skipBadString(b []byte) (int, skipState) {
	for p := 1; p < len(b); p++ {
		switch b[p] {
		case '"':
			return p + 1, skipWhole
		case '\\':
			p++
		}
	}
	return 0, skipMore
}

// content returns the text of a string value. One without escapes is a view of
// the input, others are decoded behind scratch. ok is false for what a strict
// reader refuses.
func (s *scan) content(v span, scratch *[]byte) (text []byte, ok bool) {
	raw := s.b[v.s:v.e]
	if !v.escaped {
		return raw, true
	}
	from := len(*scratch)
	out := *scratch
	for i := 0; i < len(raw); {
		c := raw[i]
		if c != '\\' {
			out = append(out, c)
			i++
			continue
		}
		r, n, ok := jsonx.Unescape(raw[i:])
		if !ok {
			return nil, false
		}
		out = utf8.AppendRune(out, r)
		i += n
	}
	*scratch = out
	return out[from:], true
}
