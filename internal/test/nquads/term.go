package nquads

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/internal/rdf"
)

const xsdString = "http://www.w3.org/2001/XMLSchema#string"

// iri = '<' ([^#x00-#x20<>"{}|^`\] | UCHAR)* '>'
func (p *parser) iri() (string, error) {
	p.at++
	end := strings.IndexByte(p.text[p.at:], '>')
	if end < 0 {
		return "", p.fail(Unfinished, "an IRI does not end")
	}
	iri := p.text[p.at : p.at+end]
	if strings.IndexByte(iri, '\\') >= 0 {
		unescaped, err := p.unescape(iri, false)
		if err != nil {
			return "", err
		}
		iri = unescaped
	}
	if forbiddenInIRI(iri) {
		return "", p.fail(BadIRI, "an IRI holds a character that IRIs cannot hold")
	}
	if !absolute(iri) {
		return "", p.fail(BadIRI, "an IRI has no scheme: N-Quads allow only absolute IRIs")
	}
	p.at += end + 1
	return iri, nil
}

func forbiddenInIRI(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '<', '>', '"', '{', '}', '|', '^', '`', '\\':
			return true
		default:
			if c <= 0x20 {
				return true
			}
		}
	}
	return false
}

// absolute reports whether an IRI begins with a scheme (RFC 3986, 3.1).
func absolute(iri string) bool {
	for i := 0; i < len(iri); i++ {
		c := iri[i]
		switch {
		case letter(c):
		case i > 0 && (digit(c) || c == '+' || c == '-' || c == '.'):
		default:
			return i > 0 && c == ':'
		}
	}
	return false
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func digit(c byte) bool  { return c >= '0' && c <= '9' }

// blank = '_:' (PN_CHARS_U | [0-9]) ((PN_CHARS | '.')* PN_CHARS)?
func (p *parser) blank() (int32, error) {
	if !strings.HasPrefix(p.text[p.at:], "_:") {
		return rdf.NoNode, p.fail(Syntax, "a blank node must begin with _:")
	}
	rest := p.text[p.at+2:]
	label := rest[:labelLength(rest)]
	if label == "" {
		return rdf.NoNode, p.fail(BadLabel, "a blank node has no label, or one that begins with a wrong character")
	}
	p.at += 2 + len(label)
	n, known := p.labels[label]
	if known {
		return n, nil
	}
	n = p.dataset.NewNode()
	p.labels[label] = n
	return n, nil
}

// labelLength is the length of the label that s begins with. A label can hold
// dots, but the last dot may be that of the statement.
func labelLength(s string) int {
	length := 0
	for i, r := range s {
		switch {
		case labelStart(r) || r <= 0x7F && digit(byte(r)):
		case i > 0 && (r == '-' || r == 0xB7 || r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040):
		case i > 0 && r == '.':
			continue
		default:
			return length
		}
		length = i + utf8.RuneLen(r)
	}
	return length
}

// labelStart is PN_CHARS_U of the grammar.
func labelStart(r rune) bool {
	if r <= 0x7F {
		return letter(byte(r)) || r == '_' || r == ':'
	}
	for _, span := range labelRanges {
		if r <= span[1] {
			return r >= span[0]
		}
	}
	return false
}

// labelRanges are the characters beyond ASCII of PN_CHARS_BASE.
var labelRanges = [...][2]rune{
	{0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF}, {0x370, 0x37D}, {0x37F, 0x1FFF}, {0x200C, 0x200D},
	{0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
}

// literal = STRING_LITERAL_QUOTE ('^^' IRIREF | LANGTAG)?
func (p *parser) literal(q *rdf.Quad) (err error) {
	p.at++
	end, escaped := literalLength(p.text[p.at:])
	if end < 0 {
		return p.fail(Unfinished, "a string does not end on its line")
	}
	q.Value = p.text[p.at : p.at+end]
	if escaped {
		if q.Value, err = p.unescape(q.Value, true); err != nil {
			return err
		}
	}
	p.at += end + 1
	switch {
	case strings.HasPrefix(p.text[p.at:], "^^"):
		return p.datatype(q)
	case p.peek() == '@':
		return p.languageTag(q)
	}
	return nil
}

// literalLength gives the length of the string up to the quotation mark that
// ends it, -1 if none does, and whether there are escapes in it.
func literalLength(s string) (length int, escaped bool) {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			return i, escaped
		case '\\':
			escaped = true
			i++
		case '\n', '\r':
			return -1, escaped
		}
	}
	return -1, escaped
}

func (p *parser) datatype(q *rdf.Quad) error {
	p.at += 2
	if p.peek() != '<' {
		return p.fail(Syntax, "a datatype must be an IRI in angle brackets")
	}
	start := p.at
	iri, err := p.iri()
	switch {
	case err != nil:
		return err
	case iri == xsdString:
	case iri == p.text[start+1:p.at-1]:
		q.Suffix = p.text[start-2 : p.at]
	default: // it was written with escapes
		q.Suffix = "^^<" + iri + ">"
	}
	return nil
}

// languageTag = '@' [a-zA-Z]+ ('-' [a-zA-Z0-9]+)*
func (p *parser) languageTag(q *rdf.Quad) error {
	start := p.at
	p.at++
	for first := true; ; first = false {
		from := p.at
		for p.at < len(p.text) && (letter(p.text[p.at]) || !first && digit(p.text[p.at])) {
			p.at++
		}
		if p.at == from {
			return p.fail(BadTag, "a malformed language tag")
		}
		if p.peek() != '-' {
			break
		}
		p.at++
	}
	q.Suffix = p.text[start:p.at]
	return nil
}

// unescape resolves \u and \U escapes and, in a literal, those of one letter.
func (p *parser) unescape(s string, literal bool) (string, error) {
	b := make([]byte, 0, len(s))
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 {
			return string(append(b, s...)), nil
		}
		b = append(b, s[:i]...)
		r, size := escapedRune(s[i+1:], literal)
		if size == 0 {
			return "", p.fail(BadEscape, "an unknown escape, or one for no Unicode character")
		}
		b = utf8.AppendRune(b, r)
		s = s[i+1+size:]
	}
}

// escapedRune reads what follows a backslash; a size of 0 means that it is no escape.
func escapedRune(s string, literal bool) (r rune, size int) {
	if s == "" {
		return 0, 0
	}
	switch s[0] {
	case 'u':
		return hexRune(s[1:], 4)
	case 'U':
		return hexRune(s[1:], 8)
	}
	i := strings.IndexByte(`tbnrf"'\`, s[0])
	if i < 0 || !literal {
		return 0, 0
	}
	return rune("\t\b\n\r\f\"'\\"[i]), 1
}

func hexRune(s string, digits int) (r rune, size int) {
	if len(s) < digits {
		return 0, 0
	}
	for i := range digits {
		if c := s[i]; !digit(c) && !(c|0x20 >= 'a' && c|0x20 <= 'f') {
			return 0, 0
		}
	}
	v, err := strconv.ParseUint(s[:digits], 16, 32)
	if err != nil || v > utf8.MaxRune || !utf8.ValidRune(rune(v)) {
		return 0, 0
	}
	return rune(v), 1 + digits
}
