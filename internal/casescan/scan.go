// Package casescan walks over long JSON texts without building anything: a scan of
// what is in memory, and a window on what comes from a reader. It is quick since it
// believes what is ordinary and stops at the rest, which internal/jsonx judges.
package casescan

import (
	"bytes"
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

// span is a string value: its content as written is B[start:end], without the quotes.
type span struct {
	start, end int
	escaped    bool // has escapes
	exotic     bool // has characters beyond ASCII, or DEL
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

// Literal steps over a piece of text where it comes next.
func (s *Scan) Literal(piece string) bool {
	if len(s.B)-s.P < len(piece) || string(s.B[s.P:s.P+len(piece)]) != piece {
		return false
	}
	s.P += len(piece)
	return true
}

// Text steps over a string and returns its content: a view of B, or where it has
// escapes decoded behind scratch. plain says that it has no escapes and is ASCII
// without DEL. ok is false for what a strict reader refuses, or what ends beyond B.
func (s *Scan) Text(scratch *[]byte) (content []byte, plain, ok bool) {
	v, ok := s.text()
	if !ok {
		return nil, false, false
	}
	content = s.B[v.start:v.end]
	if v.exotic && !utf8.Valid(content) {
		return nil, false, false
	}
	if v.escaped {
		content, ok = unescaped(content, scratch)
	}
	return content, !v.escaped && !v.exotic, ok
}

// unescaped decodes what a string holds behind scratch.
func unescaped(raw []byte, scratch *[]byte) (content []byte, ok bool) {
	from, out := len(*scratch), *scratch
	for {
		n := bytes.IndexByte(raw, '\\')
		if n < 0 {
			break
		}
		r, width, ok := jsonx.Unescape(raw[n:])
		if !ok {
			return nil, false
		}
		out = utf8.AppendRune(append(out, raw[:n]...), r)
		raw = raw[n+width:]
	}
	*scratch = append(out, raw...)
	return (*scratch)[from:], true
}

// text steps over a string, ok false where none stands here or ends within B. Eight bytes are looked at together: a byte that is a
// quote, a backslash or a control character sets the high bit of its lane.
func (s *Scan) text() (v span, ok bool) {
	b, p := s.B, s.P
	if p >= len(b) || b[p] != '"' {
		return v, false
	}
	p++
	v.start = p
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
			v.end, s.P = p, p+1
			v.exotic = v.exotic || exotic&highs != 0
			return v, true
		case '\\':
			v.escaped = true
			p += 2
		default:
			return v, false
		}
	}
	return s.textTail(v, p, exotic&highs != 0)
}

// textTail ends a string within eight bytes of the end of the text.
func (s *Scan) textTail(v span, p int, exotic bool) (span, bool) {
	for b := s.B; p < len(b); p++ {
		switch c := b[p]; {
		case c == '"':
			v.end, s.P, v.exotic = p, p+1, v.exotic || exotic
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
		if _, ok := s.text(); ok {
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
			if _, ok := s.text(); !ok {
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
