// Package casescan walks over long JSON texts without building anything: a scan of
// what is in memory, and a window on what comes from a reader. It is quick since it
// believes what is ordinary and stops at the rest, which internal/jsonx judges.
package casescan

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Scan is a place in JSON text: what comes next stands at B[P].
type Scan struct {
	B []byte
	P int
}

// Span is a string value: its content as written is B[Start:End], without the quotes.
type Span struct {
	Start, End int
	Escaped    bool // has escapes
	Exotic     bool // has characters beyond ASCII, or DEL
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// Space steps over white space.
func (s *Scan) Space() {
	b, p := s.B, s.P
	for p < len(b) && b[p] <= ' ' && (b[p] == ' ' || b[p] == '\n' || b[p] == '\t' || b[p] == '\r') {
		p++
	}
	s.P = p
}

// Take steps over c, with white space before and behind.
func (s *Scan) Take(c byte) bool {
	if s.P < len(s.B) && s.B[s.P] == c {
		s.P++
		if s.P < len(s.B) && s.B[s.P] <= ' ' {
			s.Space()
		}
		return true
	}
	s.Space()
	if s.P < len(s.B) && s.B[s.P] == c {
		s.P++
		s.Space()
		return true
	}
	return false
}

// Text steps over a string, ok false where none stands here or ends within B. Eight bytes are looked at together: a byte that is a
// quote, a backslash or a control character sets the high bit of its lane.
func (s *Scan) Text() (v Span, ok bool) {
	b, p := s.B, s.P
	if p >= len(b) || b[p] != '"' {
		return v, false
	}
	p++
	v.Start = p
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
			v.End, s.P = p, p+1
			v.Exotic = v.Exotic || exotic&highs != 0
			return v, true
		case '\\':
			v.Escaped = true
			p += 2
		default:
			return v, false
		}
	}
	return s.textTail(v, p, exotic&highs != 0)
}

// textTail ends a string within eight bytes of the end of the text.
func (s *Scan) textTail(v Span, p int, exotic bool) (Span, bool) {
	for b := s.B; p < len(b); p++ {
		switch c := b[p]; {
		case c == '"':
			v.End, s.P, v.Exotic = p, p+1, v.Exotic || exotic
			return v, true
		case c == '\\':
			v.Escaped = true
			p++
		case c < 0x20:
			return v, false
		case c >= 0x7f:
			exotic = true
		}
	}
	return v, false
}

// State is what [Skip] found.
type State uint8

// The states.
const (
	Whole State = iota // the value ends within the text
	More               // the text ends first
	Bad                // no value can begin like this
)

// Skip finds the end of the value that begins at b[0], by strings and brackets
// alone; what stands between is not checked. final says that no more text comes.
// Depth beyond the limit is left to the strict parse.
func Skip(b []byte, final bool) (n int, state State) {
	s := Scan{B: b}
	if len(b) == 0 {
		return 0, More
	}
	switch b[0] {
	case '"':
		if _, ok := s.Text(); ok {
			return s.P, Whole
		}
		return badString(b)
	case '{', '[':
		return nested(b)
	}
	for s.P < len(b) && !endsLiteral[b[s.P]] {
		s.P++
	}
	if s.P == 0 {
		return 0, Bad
	}
	if s.P == len(b) && !final {
		return 0, More
	}
	return s.P, Whole
}

var endsLiteral = [256]bool{
	',': true, '}': true, ']': true, ':': true, '"': true, '{': true, '[': true,
	' ': true, '\n': true, '\t': true, '\r': true,
}

func nested(b []byte) (int, State) {
	depth := 0
	for p := 0; p < len(b); p++ {
		switch b[p] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return p + 1, Whole
			}
		case '"':
			s := Scan{B: b, P: p}
			if _, ok := s.Text(); !ok {
				n, state := badString(b[p:])
				if state != Whole {
					return 0, state
				}
				s.P = p + n
			}
			p = s.P - 1
		}
	}
	return 0, More
}

// badString ends a string with raw control characters in it, which the strict
// parse refuses with the right words.
func badString(b []byte) (int, State) {
	for p := 1; p < len(b); p++ {
		switch b[p] {
		case '"':
			return p + 1, Whole
		case '\\':
			p++
		}
	}
	return 0, More
}

// Content returns the text of a string value. One without escapes is a view of
// the input, others are decoded behind scratch. ok is false for what a strict
// reader refuses.
func (s *Scan) Content(v Span, scratch *[]byte) (text []byte, ok bool) {
	raw := s.B[v.Start:v.End]
	if !v.Escaped {
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
