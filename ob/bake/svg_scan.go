package bake

import (
	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/vc"
)

const namespaceSVG = "http://www.w3.org/2000/svg"

// svgElement is a credential element.
type svgElement struct {
	kind       Kind
	start, end int // of its bytes, tags included
	depth      int // 2 for a child of the root
	first      bool
	hasVerify  bool
	verify     []byte
	from, to   int // of what it holds, blank text at both ends left out
	comments   bool
	markup     bool // it holds elements
}

// svgDrawing is what a scan over a drawing learns.
type svgDrawing struct {
	reading
	src      []byte
	root     xmlToken
	attrs    []xmlAttr // of the root
	bindings []binding // of the root
	found    []svgElement
	used     [kinds]bool // the namespace has another use than the credential element
	misnamed string      // the element of another kind, in a namespace that has it not

	scope    xmlScope
	open     int // index in found of the element that is being read, -1 for none
	children int // of the root so far
	styled   int // depth of the style element that is being read, 0 for none
	styles   int // where its content begins
}

func svgTooLarge(size int64, most int) error {
	return problem(CodeSVGTooLarge, "%d bytes, at most %d are read", size, most)
}

// scanSVG reads a whole drawing: that a credential occurs once can only be known
// at the end.
func scanSVG(src []byte, r reading) (*svgDrawing, error) {
	x, err := newXMLReader(src, r.limits)
	if err != nil {
		return nil, err
	}
	d := &svgDrawing{reading: r, src: src, open: -1, scope: newXMLScope(r.limits)}
	for {
		t, err := x.next()
		if err != nil {
			return nil, err
		}
		switch t.kind {
		case xmlEOF:
			return d, nil
		case xmlStart:
			if err := d.enter(&t, x.attrs); err != nil {
				return nil, err
			}
		case xmlEnd:
			d.leave(&t)
		default:
			d.content(&t)
		}
	}
}

func (d *svgDrawing) enter(t *xmlToken, attrs []xmlAttr) error {
	if err := d.scope.enter(t, attrs); err != nil {
		return err
	}
	d.watch(t, attrs)
	space, _ := d.scope.lookup(t.name.prefix)
	if d.scope.depth == 1 {
		return d.enterRoot(t, attrs, space.uri)
	}
	if d.scope.depth == 2 {
		d.children++
	}
	kind := space.kind
	switch {
	case d.open >= 0:
		d.found[d.open].markup = true
	case kind != 0 && string(t.name.local) == kind.place().element:
		if len(d.found) == d.limits.Credentials {
			return tooMany(d.limits.Credentials)
		}
		d.begin(kind, t, attrs)
		kind = 0
	case kind != 0 && isPlace(string(t.name.local)):
		d.misnamed = string(t.name.local)
	}
	d.used[kind] = true
	d.useAttributes(attrs)
	return nil
}

func (d *svgDrawing) enterRoot(t *xmlToken, attrs []xmlAttr, uri []byte) error {
	if string(t.name.local) != "svg" || len(uri) > 0 && string(uri) != namespaceSVG {
		p := problem(CodeNotAnImage, "its root element is not svg")
		p.Found = vc.Quote(string(t.name.whole))
		return p
	}
	d.root = *t
	d.attrs = append(d.attrs, attrs...)
	d.bindings = append(d.bindings, d.scope.bindings...)
	d.useAttributes(attrs)
	d.checkArea(attrs)
	return nil
}

// useAttributes notes which of our namespaces have attributes in the drawing:
// their declarations must stay.
func (d *svgDrawing) useAttributes(attrs []xmlAttr) {
	for i := range attrs {
		d.used[attrs[i].kind] = true
	}
}

func (d *svgDrawing) begin(kind Kind, t *xmlToken, attrs []xmlAttr) {
	e := svgElement{kind: kind, start: t.start, depth: d.scope.depth, first: d.children == 1}
	for i := range attrs {
		if string(attrs[i].name.whole) == "verify" {
			e.hasVerify, e.verify = true, unescape(attrs[i].value, true)
		}
	}
	d.open = len(d.found)
	d.found = append(d.found, e)
}

func (d *svgDrawing) leave(t *xmlToken) {
	d.endStyle(t)
	if d.open >= 0 && d.found[d.open].depth == d.scope.depth {
		d.found[d.open].end = t.end
		d.open = -1
	}
	d.scope.leave()
}

// hold widens what the element holds to a further section.
func (e *svgElement) hold(start, end int) {
	if e.to == 0 {
		e.from = start
	}
	e.to = end
}

func (d *svgDrawing) content(t *xmlToken) {
	switch {
	case d.open < 0:
	case t.kind == xmlComment:
		d.found[d.open].comments = true
	case len(format.TrimSpace(t.content)) > 0:
		d.found[d.open].hold(t.start, t.end)
	}
}

// characters joins what the text and CDATA sections between two places stand for, as
// XML defines an element's content. The usual single section is returned without a
// copy. The places are those of tokens that were read before.
func (d *svgDrawing) characters(from, to int) (all []byte) {
	x := xmlReader{src: d.src[:to], pos: from, limits: d.limits, rooted: true, open: [][]byte{nil}}
	x.limits.Depth++ // for the element around them, which open has
	for pieces := 0; x.pos < to; {
		t, err := x.next()
		if err != nil {
			return all // cannot be: they were well-formed
		}
		if len(t.content) == 0 {
			continue
		}
		switch pieces++; pieces {
		case 1:
			all = t.characters()
			continue
		case 2:
			all = append(make([]byte, 0, to-from), all...)
		}
		all = t.appendTo(all)
	}
	return all
}

// characters is what a text or CDATA section stands for.
func (t *xmlToken) characters() []byte {
	if t.kind == xmlCDATA {
		return t.content
	}
	return unescape(t.content, false)
}

func (t *xmlToken) appendTo(b []byte) []byte {
	if t.kind == xmlCDATA {
		return append(b, t.content...)
	}
	return appendUnescaped(b, t.content, false)
}
