package casefw

import (
	"bytes"
	"cmp"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// parseTolerant parses one JSON text strictly, and where it is refused for a
// fault that can be mended (a repeated member name, half a surrogate pair, a
// number beyond a float64) mends the text and says so. Any other fault is an error.
func parseTolerant(text []byte, limits jsonx.Limits, prefix string, report *Report) (mended []byte, doc *jsonx.Doc, err error) {
	doc, err = jsonx.Parse(text, limits, nil)
	if err == nil {
		return text, doc, nil
	}
	if refused, ok := err.(*jsonx.Error); !ok || !mendable(refused.Code) {
		return nil, nil, err
	}
	s := salvager{in: text, depth: limits.Depth, report: report, path: []string{prefix}}
	mended, ok := s.run()
	if !ok {
		return nil, nil, err
	}
	limits.Bytes = max(limits.Bytes, len(mended))
	doc, err = jsonx.Parse(mended, limits, nil)
	return mended, doc, err
}

func mendable(code jsonx.Code) bool {
	switch code {
	case jsonx.CodeDuplicateName, jsonx.CodeLoneSurrogate, jsonx.CodeNumberRange, jsonx.CodeNumberTooLong:
		return true
	}
	return false
}

// salvager copies a JSON text and mends it on the way. What is not JSON it copies
// as it stands or gives up on; the strict parse that follows decides.
type salvager struct {
	in     []byte
	pos    int
	out    []byte
	depth  int
	report *Report
	path   []string
}

func (s *salvager) run() ([]byte, bool) {
	s.out = make([]byte, 0, len(s.in)+16)
	ok := s.value()
	return append(s.out, s.in[s.pos:]...), ok
}

func (s *salvager) space() {
	for s.pos < len(s.in) && (s.in[s.pos] == ' ' || s.in[s.pos] == '\n' || s.in[s.pos] == '\t' || s.in[s.pos] == '\r') {
		s.pos++
	}
}

// take copies the next byte where it is c.
func (s *salvager) take(c byte) bool {
	s.space()
	if s.pos < len(s.in) && s.in[s.pos] == c {
		s.pos++
		s.out = append(s.out, c)
		return true
	}
	return false
}

func (s *salvager) value() bool {
	s.space()
	if s.pos >= len(s.in) {
		return false
	}
	switch s.in[s.pos] {
	case '{':
		return s.nested(s.object)
	case '[':
		return s.nested(s.array)
	case '"':
		_, ok := s.text()
		return ok
	}
	return s.literal()
}

func (s *salvager) nested(read func() bool) bool {
	if s.depth--; s.depth < 0 {
		return false
	}
	ok := read()
	s.depth++
	return ok
}

func (s *salvager) array() bool {
	s.take('[')
	if s.take(']') {
		return true
	}
	for i := 0; ; i++ {
		s.path = append(s.path, "/"+strconv.Itoa(i))
		if !s.value() {
			return false
		}
		s.path = s.path[:len(s.path)-1]
		if !s.take(',') {
			return s.take(']')
		}
	}
}

// object copies an object; of members of one name the last stays, as most
// readers have it.
func (s *salvager) object() bool {
	s.take('{')
	if s.take('}') {
		return true
	}
	type place struct{ start, end, value int }
	members := map[string]place{}
	start := len(s.out)
	for {
		s.space()
		at := len(s.out)
		name, ok := s.text()
		if !ok || !s.take(':') {
			return false
		}
		s.path = append(s.path, "/"+jsonx.EscapePointer(name))
		value := len(s.out)
		if !s.value() {
			return false
		}
		if old, twice := members[name]; twice {
			s.find(CodeDuplicateJSONKey, s.out[old.value:old.end], "", "")
			width := old.end - old.start + 1 // and the comma behind it
			s.out = append(s.out[:old.start], s.out[old.end+1:]...)
			at, value = at-width, value-width
			for other, p := range members {
				if p.start > old.start {
					members[other] = place{p.start - width, p.end - width, p.value - width}
				}
			}
		}
		members[name] = place{at, len(s.out), value}
		s.path = s.path[:len(s.path)-1]
		if !s.take(',') {
			return s.take('}') && len(s.out) > start
		}
	}
}

// find reports what was mended; without a message and a fix it has those of its code.
func (s *salvager) find(code vc.Code, found []byte, message, fix string) {
	if p := s.report.findAt(code, strings.Join(s.path, "")); p != nil {
		shown := string(found)
		if text, err := unquote(found); err == nil && text != "" {
			shown = text
		}
		p.Found, p.Spec = vc.Quote(shown), specStrictJSON
		p.Message, p.Fix = cmp.Or(message, p.Message), cmp.Or(fix, p.Fix)
	}
}

// text copies a string, with U+FFFD for half a surrogate pair, and returns its
// content as far as needed to compare names.
func (s *salvager) text() (string, bool) {
	if s.pos >= len(s.in) || s.in[s.pos] != '"' {
		return "", false
	}
	from, start := s.pos, len(s.out)
	s.out = append(s.out, '"')
	for s.pos++; s.pos < len(s.in); {
		c := s.in[s.pos]
		switch {
		case c == '"':
			s.pos++
			s.out = append(s.out, '"')
			name, err := unquote(s.out[start:])
			return name, err == nil
		case c != '\\':
			s.out = append(s.out, c)
			s.pos++
		default:
			s.escape(from)
		}
	}
	return "", false
}

func unquote(b []byte) (string, error) {
	doc, err := jsonx.Parse(b, rawLimits, nil)
	if err != nil {
		return "", err
	}
	return doc.Root().Text(), nil
}

// escape copies one escape sequence, or a pair of surrogates.
func (s *salvager) escape(from int) {
	rest := s.in[s.pos:]
	n := 2
	if len(rest) >= 6 && rest[1] == 'u' {
		n = 6
		if surrogate(rest, '8', 'b') && surrogate(rest[6:], 'c', 'f') {
			n = 12
		} else if surrogate(rest, '8', 'f') {
			s.find(CodeControlCharacter, rest[:6], "half of a surrogate pair stands in the text", "read as U+FFFD")
			s.out = append(s.out, `\ufffd`...)
			s.pos += 6
			return
		}
	}
	n = min(n, len(rest))
	s.out = append(s.out, rest[:n]...)
	s.pos += n
}

// surrogate reports whether b begins with an escape of \uD and a digit from low to high.
func surrogate(b []byte, low, high byte) bool {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' || b[2]|0x20 != 'd' {
		return false
	}
	c := b[3]
	if c >= 'A' && c <= 'F' {
		c |= 0x20
	}
	return c >= low && c <= high && hexDigits[b[4]] != 0xff && hexDigits[b[5]] != 0xff
}

// literal copies a number or a word. A number that no float64 holds becomes a
// text, so that none of its digits is lost.
func (s *salvager) literal() bool {
	start := s.pos
	for s.pos < len(s.in) && !bytes.ContainsRune([]byte(" \t\r\n,]}"), rune(s.in[s.pos])) {
		s.pos++
	}
	word := s.in[start:s.pos]
	if len(word) == 0 {
		return false
	}
	if _, err := jsonx.Parse(word, rawLimits, nil); err != nil {
		if refused := err.(*jsonx.Error); refused.Code != jsonx.CodeNumberRange && refused.Code != jsonx.CodeNumberTooLong {
			return false
		}
		s.find(CodeNumberOutOfRange, word, "no 64-bit float holds the number", "kept as a text")
		s.out = append(append(append(s.out, '"'), word...), '"')
		return true
	}
	s.out = append(s.out, word...)
	return true
}
