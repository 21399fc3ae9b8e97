package jsonx

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// Limits bounds what [Parse] accepts. A zero field has the default.
type Limits struct {
	// Bytes is the longest text, 4 MiB by default: a large badge with an inline
	// image stays below 1 MiB, and memory is about three times the text.
	Bytes int
	// Depth is the deepest nesting of objects and arrays, 64 by default: real
	// credentials stay below 20, and every consumer may recurse this deep.
	Depth int
}

const (
	defaultBytes = 4 << 20
	defaultDepth = 64
	maxBytes     = 1<<31 - 1 // node offsets have 32 bits
	maxNumber    = 64        // characters: 2^53 has 16 digits, a shortest float64 at most 24
	scanNames    = 16        // members up to which names are compared one with another
)

// Parse reads one JSON text. symbols may be nil. The document refers to src,
// which must not be changed afterwards. Every error is an [*Error].
func Parse(src []byte, limits Limits, symbols Symbols) (*Doc, error) {
	if limits.Bytes <= 0 {
		limits.Bytes = defaultBytes
	}
	if limits.Depth <= 0 {
		limits.Depth = defaultDepth
	}
	if len(src) > limits.Bytes || len(src) > maxBytes {
		return nil, &Error{Code: CodeTooLarge, Offset: limits.Bytes,
			Detail: fmt.Sprintf("%d bytes, at most %d are read", len(src), limits.Bytes)}
	}
	if bytes.HasPrefix(src, []byte("\xef\xbb\xbf")) {
		return nil, &Error{Code: CodeByteOrderMark, Detail: "the text begins with a byte order mark"}
	}
	if !utf8.Valid(src) {
		at := invalidUTF8(src)
		return nil, &Error{Code: CodeInvalidUTF8, Offset: at, Detail: fmt.Sprintf("byte 0x%02x is not part of valid UTF-8", src[at])}
	}
	doc := &Doc{src: src, nodes: make([]node, 1, room(src))}
	p := parser{doc: doc, src: src, symbols: symbols, maxDepth: limits.Depth}
	if err := p.document(); err != nil {
		return nil, err
	}
	return doc, nil
}

// room is how many nodes to make place for: as many as there can be values, where
// texts hold no commas and brackets, and not more than dense JSON has. Counting is
// much faster than copying nodes that outgrow their slice.
func room(src []byte) int {
	values := 2 + bytes.Count(src, []byte{','}) + bytes.Count(src, []byte{'{'}) + bytes.Count(src, []byte{'['})
	return min(values, 16+len(src)/12)
}

func invalidUTF8(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n <= 1 {
			return i
		}
		i += n
	}
	return len(b) - 1
}

// parser is the state of one Parse.
type parser struct {
	doc      *Doc
	src      []byte
	pos      int
	depth    int
	maxDepth int
	open     int32 // the container being read, for the pointer of an error
	symbols  Symbols
	seen     map[string]struct{}
}

func (p *parser) document() error {
	p.space()
	if _, err := p.value(0, span{}, NoSymbol); err != nil {
		return err
	}
	p.space()
	if p.pos != len(p.src) {
		return &Error{Code: CodeTrailingData, Offset: p.pos, Detail: p.found() + " follows the value"}
	}
	return nil
}

// fail builds an error at the current position.
func (p *parser) fail(code Code, detail string) error {
	if p.pos >= len(p.src) && code == CodeSyntax {
		code, detail = CodeTruncated, "the text ends here"
	}
	return &Error{Code: code, Offset: p.pos, Pointer: p.doc.pointer(p.open), Detail: detail}
}

// found shows the next character.
func (p *parser) found() string {
	if p.pos >= len(p.src) {
		return "the end of the text"
	}
	r, _ := utf8.DecodeRune(p.src[p.pos:])
	return strconv.QuoteRune(r)
}

func (p *parser) space() {
	src, i := p.src, p.pos
	for i < len(src) && (src[i] == ' ' || src[i] == '\n' || src[i] == '\t' || src[i] == '\r') {
		i++
	}
	p.pos = i
}

// value reads the value at the current position as a child of parent. Its name
// is set first, so that an error inside it has the whole pointer.
func (p *parser) value(parent int32, name span, symbol int32) (int32, error) {
	if p.pos >= len(p.src) {
		return 0, p.fail(CodeSyntax, "")
	}
	id := int32(len(p.doc.nodes))
	p.doc.nodes = append(p.doc.nodes, node{parent: parent, name: name, symbol: symbol, start: uint32(p.pos)})
	var err error
	switch c := p.src[p.pos]; c {
	case '"':
		var s span
		if s, err = p.string(); err == nil {
			n := &p.doc.nodes[id]
			n.kind, n.text = String, s
		}
	case '{', '[':
		err = p.container(id, c)
	case 't':
		err = p.literal(id, True, "true")
	case 'f':
		err = p.literal(id, False, "false")
	case 'n':
		err = p.literal(id, Null, "null")
	default:
		err = p.number(id)
	}
	if err != nil {
		return 0, err
	}
	p.doc.nodes[id].end = uint32(p.pos)
	return id, nil
}

func (p *parser) container(id int32, opening byte) error {
	if p.depth++; p.depth > p.maxDepth {
		return p.fail(CodeTooDeep, fmt.Sprintf("nested more than %d deep", p.maxDepth))
	}
	outer := p.open
	p.open = id
	p.pos++
	var err error
	if opening == '{' {
		p.doc.nodes[id].kind = Object
		err = p.object(id)
	} else {
		p.doc.nodes[id].kind = Array
		err = p.array(id)
	}
	p.open = outer
	p.depth--
	return err
}

func (p *parser) object(id int32) error {
	p.space()
	if p.pos < len(p.src) && p.src[p.pos] == '}' {
		p.pos++
		return nil
	}
	last := int32(0)
	for {
		child, err := p.member(id)
		if err != nil {
			return err
		}
		p.link(id, last, child)
		last = child
		p.space()
		if p.pos >= len(p.src) {
			return p.fail(CodeSyntax, "")
		}
		switch p.src[p.pos] {
		case ',':
			p.pos++
			p.space()
		case '}':
			p.pos++
			return p.checkNames(id)
		default:
			return p.fail(CodeSyntax, p.found()+" where ',' or '}' belongs")
		}
	}
}

// member reads name, colon and value.
func (p *parser) member(object int32) (int32, error) {
	if p.pos >= len(p.src) || p.src[p.pos] != '"' {
		return 0, p.fail(CodeSyntax, p.found()+" where a member name belongs")
	}
	name, err := p.string()
	if err != nil {
		return 0, err
	}
	p.space()
	if p.pos >= len(p.src) || p.src[p.pos] != ':' {
		return 0, p.fail(CodeSyntax, p.found()+" where ':' belongs")
	}
	p.pos++
	p.space()
	return p.value(object, name, p.symbols.Number(p.doc.string(name)))
}

func (p *parser) array(id int32) error {
	p.space()
	if p.pos < len(p.src) && p.src[p.pos] == ']' {
		p.pos++
		return nil
	}
	last := int32(0)
	for {
		child, err := p.value(id, span{at: p.doc.nodes[id].count}, NoSymbol)
		if err != nil {
			return err
		}
		p.link(id, last, child)
		last = child
		p.space()
		if p.pos >= len(p.src) {
			return p.fail(CodeSyntax, "")
		}
		switch p.src[p.pos] {
		case ',':
			p.pos++
			p.space()
		case ']':
			p.pos++
			return nil
		default:
			return p.fail(CodeSyntax, p.found()+" where ',' or ']' belongs")
		}
	}
}

func (p *parser) link(parent, last, child int32) {
	nodes := p.doc.nodes
	if last == 0 {
		nodes[parent].first = child
	} else {
		nodes[last].next = child
	}
	nodes[parent].count++
}

func (p *parser) literal(id int32, kind Kind, word string) error {
	rest := p.src[p.pos:]
	if len(rest) < len(word) || string(rest[:len(word)]) != word {
		return p.fail(CodeSyntax, "neither true, false nor null")
	}
	p.pos += len(word)
	p.doc.nodes[id].kind = kind
	return nil
}

// quote shows outside text in a message, cut to length.
func quote(s string) string {
	const most = 60
	if len(s) > most {
		return strconv.Quote(s[:most]) + "…"
	}
	return strconv.Quote(s)
}
