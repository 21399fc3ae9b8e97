package jsonx

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Limits bounds what [Parse] accepts. A zero field has the default.
type Limits struct {
	// Bytes is the longest text, 4 MiB by default: a large badge with an inline
	// image stays below 1 MiB. A value takes 32 bytes beside the text, which is
	// about the text once more, and at most 16 times in a text of single digits.
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
	scanNames    = 32        // members up to which names are compared one with another
)

// Parse reads one JSON text. symbols may be nil. The document refers to src,
// which must not be changed afterwards. Every error is an [*Error].
func Parse(src []byte, limits Limits, symbols *Symbols) (*Doc, error) {
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
	doc := &Doc{src: src, nodes: make([]node, 1, room(src)), symbols: symbols}
	p := parser{doc: doc, src: src, symbols: symbols, maxDepth: limits.Depth, most: mostNodes(src)}
	if err := p.document(); err != nil {
		return nil, err
	}
	return doc, nil
}

// room is how many nodes to make place for: as many as there can be values, where
// texts hold no commas and brackets, and not more than dense JSON has. Counting is
// much faster than copying nodes that outgrow their slice.
func room(src []byte) int {
	return min(values(src), 16+len(src)/12)
}

// values is at least the number of values in a text, and the missing one.
func values(src []byte) int {
	return 2 + bytes.Count(src, []byte{','}) + bytes.Count(src, []byte{'{'}) + bytes.Count(src, []byte{'['})
}

// mostNodes bounds the values of a text. A credential has one for some twenty
// bytes; a text of single digits has one for two, and its nodes would take sixteen
// times its length. Small texts may be as dense as they like.
func mostNodes(src []byte) int { return fewNodes + len(src)/4 }

const fewNodes = 1 << 16

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
	most     int   // nodes
	open     int32 // the container being read, for the pointer of an error
	symbols  *Symbols
	seen     map[string]struct{}
	seenRoom int // what seen was made for
}

func (p *parser) document() error {
	p.space()
	if err := p.value(0, span{}, NoSymbol); err != nil {
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
	for i < len(src) && src[i] <= ' ' && (src[i] == ' ' || src[i] == '\n' || src[i] == '\t' || src[i] == '\r') {
		i++
	}
	p.pos = i
}

// value reads the value at the current position as a child of parent.
func (p *parser) value(parent int32, name span, symbol int32) error {
	if p.pos >= len(p.src) {
		return p.fail(CodeSyntax, "")
	}
	if len(p.doc.nodes) > p.most {
		return p.fail(CodeTooManyValues, fmt.Sprintf("%d bytes of JSON hold more than %d values", len(p.src), p.most))
	}
	switch c := p.src[p.pos]; c {
	case '"':
		start := p.pos
		s, err := p.string()
		if err != nil {
			return err
		}
		n := p.newNode()
		n.set(parent, name, newTag(String, symbol), start, p.pos)
		if s.size&unescapedText != 0 {
			if len(p.doc.escaped) == cap(p.doc.escaped) && len(p.doc.escaped) >= 1<<10 {
				p.doc.escaped = slices.Grow(p.doc.escaped, min(bytes.Count(p.src, []byte{'\\'}), p.most+1)-len(p.doc.escaped))
			}
			p.doc.escaped = append(p.doc.escaped, s)
			n.count = uint32(len(p.doc.escaped))
		}
		return nil
	case '{', '[':
		return p.container(parent, name, symbol, c)
	}
	start := p.pos
	kind, err := p.scalar()
	if err == nil {
		p.newNode().set(parent, name, newTag(kind, symbol), start, p.pos)
	}
	return err
}

// newNode makes a node; who asks for it sets all of it. A text that is denser than
// usual gets all the room that it may need at once: growing step by step would
// allocate several times as much.
func (p *parser) newNode() *node {
	n := len(p.doc.nodes)
	if n == cap(p.doc.nodes) {
		p.doc.nodes = slices.Grow(p.doc.nodes, min(values(p.src), p.most+1)+1-n)
	}
	p.doc.nodes = p.doc.nodes[:n+1]
	return &p.doc.nodes[n]
}

func (n *node) set(parent int32, name span, t tag, start, end int) {
	n.name, n.parent, n.tag = name, parent, t
	n.start, n.end = uint32(start), uint32(end)
	n.next, n.count = 0, 0
}

// scalar reads what is neither a string nor a container.
func (p *parser) scalar() (Kind, error) {
	switch p.src[p.pos] {
	case 't':
		return True, p.literal("true")
	case 'f':
		return False, p.literal("false")
	case 'n':
		return Null, p.literal("null")
	}
	return Number, p.number()
}

// container makes the node first, so that an error inside has the whole pointer.
func (p *parser) container(parent int32, name span, symbol int32, opening byte) error {
	if p.depth++; p.depth > p.maxDepth {
		return p.fail(CodeTooDeep, fmt.Sprintf("nested more than %d deep", p.maxDepth))
	}
	outer, id := p.open, int32(len(p.doc.nodes))
	p.open = id
	start := p.pos
	p.pos++
	var err error
	if opening == '{' {
		p.newNode().set(parent, name, newTag(Object, symbol), start, 0)
		err = p.object(id)
	} else {
		p.newNode().set(parent, name, newTag(Array, symbol), start, 0)
		err = p.array(id)
	}
	if err != nil {
		return err
	}
	p.doc.nodes[id].end = uint32(p.pos)
	p.open = outer
	p.depth--
	return nil
}

func (p *parser) object(id int32) error {
	p.space()
	if p.pos < len(p.src) && p.src[p.pos] == '}' {
		p.pos++
		return nil
	}
	last := int32(0)
	for {
		child := int32(len(p.doc.nodes))
		if err := p.member(id); err != nil {
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
func (p *parser) member(object int32) error {
	if p.pos >= len(p.src) || p.src[p.pos] != '"' {
		return p.fail(CodeSyntax, p.found()+" where a member name belongs")
	}
	name, err := p.string()
	if err != nil {
		return err
	}
	p.space()
	if p.pos >= len(p.src) || p.src[p.pos] != ':' {
		return p.fail(CodeSyntax, p.found()+" where ':' belongs")
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
		child := int32(len(p.doc.nodes))
		if err := p.value(id, span{at: p.doc.nodes[id].count}, NoSymbol); err != nil {
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
	if last != 0 {
		nodes[last].next = child
	}
	nodes[parent].count++
}

func (p *parser) literal(word string) error {
	rest := p.src[p.pos:]
	if len(rest) < len(word) || string(rest[:len(word)]) != word {
		return p.fail(CodeSyntax, "neither true, false nor null")
	}
	p.pos += len(word)
	return nil
}
