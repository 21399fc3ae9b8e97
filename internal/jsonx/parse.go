package jsonx

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/bits"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
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

// checkNames refuses a repeated member name. In small objects a name is compared
// with those before it, where one of them has the same mark; larger ones use a
// set, so that the cost stays linear.
func (p *parser) checkNames(object int32) error {
	nodes := p.doc.nodes
	first := nodes[object].first
	if nodes[object].count <= scanNames {
		marks := uint64(0)
		for a := first; a != 0; a = nodes[a].next {
			mark := p.mark(&nodes[a])
			if marks&mark != 0 && p.repeats(first, a) {
				return p.duplicate(a)
			}
			marks |= mark
		}
		return nil
	}
	if p.seen == nil {
		p.seen = make(map[string]struct{}, nodes[object].count)
	}
	clear(p.seen)
	for a := first; a != 0; a = nodes[a].next {
		n := len(p.seen)
		if p.seen[p.doc.string(nodes[a].name)] = struct{}{}; len(p.seen) == n {
			return p.duplicate(a)
		}
	}
	return nil
}

// mark is a bit that is the same for the same name, and seldom for two names.
func (p *parser) mark(n *node) uint64 {
	if n.symbol != NoSymbol {
		return 1 << (uint32(n.symbol) & 63)
	}
	return 1 << (hashName(p.doc.string(n.name)) >> 26)
}

// repeats reports whether a member has the name of one before it.
func (p *parser) repeats(first, a int32) bool {
	nodes := p.doc.nodes
	for b := first; b != a; b = nodes[b].next {
		if p.sameName(&nodes[a], &nodes[b]) {
			return true
		}
	}
	return false
}

func (p *parser) sameName(a, b *node) bool {
	return a.name.len() == b.name.len() && p.doc.string(a.name) == p.doc.string(b.name)
}

func (p *parser) duplicate(id int32) error {
	n := &p.doc.nodes[id]
	return &Error{Code: CodeDuplicateName, Offset: int(n.start), Pointer: p.doc.pointer(id),
		Detail: "the member " + quote(p.doc.string(n.name)) + " stands more than once in its object"}
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

// number checks RFC 8259, 6 and that a float64 can hold the value.
func (p *parser) number(id int32) error {
	src, start, i := p.src, p.pos, p.pos
	digits := func() bool {
		from := i
		for i < len(src) && src[i] >= '0' && src[i] <= '9' {
			i++
		}
		return i > from
	}
	if src[i] == '-' {
		i++
	}
	ok := false
	if i < len(src) && src[i] == '0' {
		i++
		ok = true
	} else {
		ok = digits()
	}
	if !ok {
		if i == start {
			return p.fail(CodeSyntax, p.found()+" where a value belongs")
		}
		p.pos = i
		return p.fail(CodeSyntax, p.found()+" where a digit belongs")
	}
	if i < len(src) && src[i] == '.' {
		i++
		ok = digits()
	}
	exponent := false
	if ok && i < len(src) && (src[i] == 'e' || src[i] == 'E') {
		exponent = true
		i++
		if i < len(src) && (src[i] == '+' || src[i] == '-') {
			i++
		}
		ok = digits()
	}
	if !ok {
		p.pos = i
		return p.fail(CodeSyntax, p.found()+" where a digit belongs")
	}
	text := view(src[start:i])
	if len(text) > maxNumber {
		return p.fail(CodeNumberTooLong, fmt.Sprintf("a number of %d characters, at most %d are read", len(text), maxNumber))
	}
	if exponent {
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			return p.fail(CodeNumberRange, text+" is beyond a 64-bit float")
		}
	}
	p.pos = i
	n := &p.doc.nodes[id]
	n.kind, n.text = Number, span{uint32(start), uint32(i - start)}
	return nil
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// string reads the string at the current position. Eight bytes are looked at
// together: a byte that is a quote, a backslash or a control character sets the
// high bit of its lane.
func (p *parser) string() (span, error) {
	src, i := p.src, p.pos+1
	start := i
	for i+8 <= len(src) {
		w := binary.LittleEndian.Uint64(src[i:])
		q, b := w^(ones*'"'), w^(ones*'\\')
		if m := ((q-ones)&^q | (b-ones)&^b | (w-ones*0x20)&^w) & highs; m != 0 {
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
		if r := simpleEscape(src[i+1]); r != 0 {
			out = append(out, r)
			i += 2
			continue
		}
		p.pos = i
		if src[i+1] != 'u' {
			return span{}, p.fail(CodeSyntax, "unknown escape")
		}
		r, n, ok := unicodeEscape(src[i:])
		if n == 0 {
			return span{}, p.fail(CodeSyntax, "an escape \\u needs four hexadecimal digits")
		}
		if !ok {
			return span{}, p.fail(CodeLoneSurrogate, string(src[i:i+6])+" has no partner")
		}
		out = utf8.AppendRune(out, r)
		i += n
	}
	p.pos = len(src)
	return span{}, p.fail(CodeSyntax, "")
}

func simpleEscape(c byte) byte {
	switch c {
	case '"', '\\', '/':
		return c
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return 0
}

// unicodeEscape decodes \uXXXX, or a surrogate pair of two, at the start of b.
// n is the length read, 0 where the digits are missing; ok is false for a
// surrogate without a partner.
func unicodeEscape(b []byte) (r rune, n int, ok bool) {
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

// quote shows outside text in a message, cut to length.
func quote(s string) string {
	const most = 60
	if len(s) > most {
		return strconv.Quote(s[:most]) + "…"
	}
	return strconv.Quote(s)
}
