package bake

import (
	"bytes"

	"github.com/laurel-edu/laurel/internal/format"
)

// xmlReader reads the tokens of a document with their places. It accepts
// well-formed XML 1.0 with namespaces, less what an SVG badge has no need of:
// declarations in a DOCTYPE, entities, processing instructions. encoding/xml is
// not used because it tells neither where attributes stand nor all that is not
// well-formed (repeated attributes, unbound prefixes, a second root).
type xmlReader struct {
	src    []byte
	pos    int
	limits Limits
	open   [][]byte  // names of the elements that are open
	attrs  []xmlAttr // of the start tag read last
	rooted bool      // the root's start tag was read
	closed bool      // the start tag read last was self-closing; its end is due
}

type xmlKind uint8

const (
	xmlEOF xmlKind = iota
	xmlStart
	xmlEnd // also follows a self-closing start tag, with no bytes of its own
	xmlText
	xmlCDATA
	xmlComment
)

// xmlToken is one token: its bytes are src[start:end].
type xmlToken struct {
	kind        xmlKind
	start, end  int
	name        xmlName // of a start tag
	selfClosing bool
	content     []byte // of text and CDATA, as written
}

// xmlName is a qualified name as written.
type xmlName struct {
	whole, prefix, local []byte
}

// xmlAttr is an attribute of a start tag; lead is where the white space before
// its name begins.
type xmlAttr struct {
	name      xmlName
	value     []byte // as written, without quotes
	lead, end int
	space     int  // number of its namespace, 0 for none; set by the scope
	kind      Kind // whose credentials stand in that namespace
}

func newXMLReader(src []byte, limits Limits) (*xmlReader, error) {
	if len(src) > limits.SVG {
		return nil, svgTooLarge(int64(len(src)), limits.SVG)
	}
	if format.Sniff(src) == format.UTF16XML {
		return nil, problem(CodeSVGEncoding, "it is UTF-16")
	}
	if err := checkChars(src); err != nil {
		return nil, err
	}
	x := &xmlReader{src: src, limits: limits, open: make([][]byte, 0, 16), attrs: make([]xmlAttr, 0, 16)}
	return x, x.prolog()
}

func (x *xmlReader) malformed(at int, what string) error {
	return problem(CodeSVGMalformed, "%s at byte %d", what, at)
}

func (x *xmlReader) sees(s string) bool {
	return len(x.src)-x.pos >= len(s) && string(x.src[x.pos:x.pos+len(s)]) == s
}

// space skips white space and reports whether there was any.
func (x *xmlReader) space() bool {
	from := x.pos
	for x.pos < len(x.src) && isSpace(x.src[x.pos]) {
		x.pos++
	}
	return x.pos > from
}

// through moves behind the next occurrence of mark and returns what precedes it.
func (x *xmlReader) through(mark, what string) ([]byte, error) {
	n := bytes.Index(x.src[x.pos:], []byte(mark))
	if n < 0 {
		return nil, x.malformed(x.pos, what+" that does not end")
	}
	content := x.src[x.pos : x.pos+n]
	x.pos += n + len(mark)
	return content, nil
}

// next reads a token.
func (x *xmlReader) next() (xmlToken, error) {
	if x.closed {
		x.closed = false
		return xmlToken{kind: xmlEnd, start: x.pos, end: x.pos}, nil
	}
	switch {
	case x.pos == len(x.src):
		return x.eof()
	case x.src[x.pos] != '<':
		return x.text()
	case x.sees("</"):
		return x.endTag()
	case x.sees("<!--"):
		return x.comment()
	case x.sees("<![CDATA["):
		return x.cdata()
	case x.sees("<!DOCTYPE"):
		return xmlToken{}, problem(CodeSVGDoctype, "the one at byte %d, behind its place", x.pos)
	case x.sees("<?xml") && len(x.src) > x.pos+5 && isSpace(x.src[x.pos+5]):
		return xmlToken{}, x.malformed(x.pos, "an XML declaration that is not the beginning of the document")
	case x.sees("<?"):
		return xmlToken{}, problem(CodeSVGInstruction, "the one at byte %d", x.pos)
	}
	return x.startTag()
}

func (x *xmlReader) eof() (xmlToken, error) {
	if len(x.open) > 0 {
		return xmlToken{}, x.malformed(x.pos, "the document ends inside an element")
	}
	if !x.rooted {
		return xmlToken{}, x.malformed(x.pos, "the document ends without an element")
	}
	return xmlToken{kind: xmlEOF, start: x.pos, end: x.pos}, nil
}

func (x *xmlReader) text() (xmlToken, error) {
	t := xmlToken{kind: xmlText, start: x.pos}
	if n := bytes.IndexByte(x.src[x.pos:], '<'); n >= 0 {
		x.pos += n
	} else {
		x.pos = len(x.src)
	}
	t.end, t.content = x.pos, x.src[t.start:x.pos]
	if len(x.open) == 0 && len(format.TrimSpace(t.content)) > 0 {
		return t, x.malformed(t.start, "text outside of the root element")
	}
	if i := bytes.Index(t.content, []byte("]]>")); i >= 0 {
		return t, x.malformed(t.start+i, "]]> outside of a CDATA section")
	}
	return t, checkReferences(t.content, t.start)
}

func checkReferences(b []byte, at int) error {
	for i := 0; ; {
		n := bytes.IndexByte(b[i:], '&')
		if n < 0 {
			return nil
		}
		i += n
		_, length, err := reference(b[i:], at+i)
		if err != nil {
			return err
		}
		i += length
	}
}

func (x *xmlReader) comment() (xmlToken, error) {
	t := xmlToken{kind: xmlComment, start: x.pos}
	x.pos += len("<!--")
	if _, err := x.through("--", "a comment"); err != nil {
		return t, err
	}
	if !x.sees(">") {
		return t, x.malformed(x.pos, "-- inside a comment")
	}
	x.pos++
	t.end = x.pos
	return t, nil
}

func (x *xmlReader) cdata() (xmlToken, error) {
	t := xmlToken{kind: xmlCDATA, start: x.pos}
	if len(x.open) == 0 {
		return t, x.malformed(x.pos, "a CDATA section outside of the root element")
	}
	x.pos += len("<![CDATA[")
	var err error
	t.content, err = x.through("]]>", "a CDATA section")
	t.end = x.pos
	return t, err
}

// name reads a qualified name (Namespaces in XML 1.0, 4).
func (x *xmlReader) name() (xmlName, error) {
	from := x.pos
	n := nameLength(x.src[from:])
	x.pos += n
	q := xmlName{local: x.src[from:x.pos]}
	if n > 0 && x.sees(":") {
		x.pos++
		n = nameLength(x.src[x.pos:])
		q.prefix, q.local = q.local, x.src[x.pos:x.pos+n]
		x.pos += n
	}
	q.whole = x.src[from:x.pos]
	if n == 0 {
		return q, x.malformed(x.pos, "something other than a name")
	}
	return q, nil
}

func (x *xmlReader) endTag() (xmlToken, error) {
	t := xmlToken{kind: xmlEnd, start: x.pos}
	x.pos += len("</")
	q, err := x.name()
	if err != nil {
		return t, err
	}
	x.space()
	last := len(x.open) - 1
	if last < 0 || !bytes.Equal(x.open[last], q.whole) {
		return t, x.malformed(t.start, "an end tag of an element that is not open")
	}
	if !x.sees(">") {
		return t, x.malformed(x.pos, "an end tag that does not end")
	}
	x.pos++
	x.open = x.open[:last]
	t.end = x.pos
	return t, nil
}

func (x *xmlReader) startTag() (xmlToken, error) {
	t := xmlToken{kind: xmlStart, start: x.pos}
	if len(x.open) == 0 && x.rooted {
		return t, x.malformed(x.pos, "a second root element")
	}
	x.rooted = true
	x.pos++
	var err error
	if t.name, err = x.name(); err != nil {
		return t, err
	}
	if err := x.attributes(); err != nil {
		return t, err
	}
	if len(x.open) == x.limits.Depth {
		return t, problem(CodeSVGTooDeep, "more than %d elements deep", x.limits.Depth)
	}
	if t.selfClosing = x.sees("/>"); t.selfClosing {
		x.pos += len("/>")
		x.closed = true
	} else {
		x.pos++
		x.open = append(x.open, t.name.whole)
	}
	t.end = x.pos
	return t, nil
}

// attributes reads up to the end of the start tag.
func (x *xmlReader) attributes() error {
	x.attrs = x.attrs[:0]
	for {
		lead := x.pos
		spaced := x.space()
		if x.sees(">") || x.sees("/>") {
			return nil
		}
		if !spaced {
			return x.malformed(x.pos, "something other than white space before an attribute")
		}
		if len(x.attrs) == x.limits.Attributes {
			return problem(CodeSVGTooMany, "the element at byte %d has more than %d attributes", lead, x.limits.Attributes)
		}
		a, err := x.attribute()
		if err != nil {
			return err
		}
		a.lead = lead
		x.attrs = append(x.attrs, a)
	}
}

func (x *xmlReader) attribute() (xmlAttr, error) {
	q, err := x.name()
	if err != nil {
		return xmlAttr{}, err
	}
	for i := range x.attrs {
		if bytes.Equal(x.attrs[i].name.whole, q.whole) {
			return xmlAttr{}, x.malformed(x.pos, "a repeated attribute")
		}
	}
	x.space()
	if !x.sees("=") {
		return xmlAttr{}, x.malformed(x.pos, "an attribute without a value")
	}
	x.pos++
	x.space()
	value, err := x.quoted()
	if err != nil {
		return xmlAttr{}, err
	}
	if i := bytes.IndexByte(value, '<'); i >= 0 {
		return xmlAttr{}, x.malformed(x.pos-1-len(value)+i, "a < in an attribute's value")
	}
	return xmlAttr{name: q, value: value, end: x.pos}, checkReferences(value, x.pos-1-len(value))
}

// quoted reads a literal in single or double quotes.
func (x *xmlReader) quoted() ([]byte, error) {
	quote := ""
	switch {
	case x.sees(`"`):
		quote = `"`
	case x.sees("'"):
		quote = "'"
	default:
		return nil, x.malformed(x.pos, "a value without quotes")
	}
	x.pos++
	return x.through(quote, "a value")
}
