package bake

import (
	"bytes"
	"slices"
	"strconv"

	"github.com/laurel-edu/laurel/vc"
)

const namespaceXHTML = "http://www.w3.org/1999/xhtml"

// isActive reports whether a warning is of what a browser would run or load.
func isActive(p *vc.Problem) bool { return p.Code == CodeSVGScript || p.Code == CodeSVGExternal }

// watch looks for what a browser runs or loads when the drawing is shown as a
// document or within a page. Nothing here runs it; whoever shows the drawing is told.
func (d *svgDrawing) watch(t *xmlToken, attrs []xmlAttr) {
	space, _ := d.scope.lookup(t.name.prefix)
	if runs(t.name.local) || string(space.uri) == namespaceXHTML {
		d.tell(CodeSVGScript, "the element", t.name.whole, t.start)
	}
	for i := range attrs {
		if _, declares := attrs[i].declares(); !declares {
			d.watchAttribute(t.name.local, &attrs[i])
		}
	}
	if d.styled == 0 && bytes.EqualFold(t.name.local, []byte("style")) {
		d.styled, d.styles = d.scope.depth, t.end
	}
}

// runs reports whether elements of that name hold scripts, or HTML that may.
func runs(element []byte) bool {
	if len(element) < len("embed") {
		return false // most of them
	}
	return slices.ContainsFunc([]string{"script", "handler", "listener", "foreignObject", "iframe", "embed", "object"},
		func(name string) bool { return bytes.EqualFold(element, []byte(name)) })
}

func (d *svgDrawing) watchAttribute(element []byte, a *xmlAttr) {
	name, value := a.name.local, unescape(a.value, true)
	switch {
	case len(a.name.prefix) == 0 && isHandler(name),
		string(name) == "attributeName" && isHandler(value),
		runsScript(element, name, value):
		d.tell(CodeSVGScript, "the attribute", a.name.whole, a.lead)
	case refers(element, a) && elsewhere(value), len(a.name.prefix) == 0 && loads(value):
		d.tell(CodeSVGExternal, "the attribute", a.name.whole, a.lead)
	}
}

func (d *svgDrawing) tell(code vc.Code, what string, name []byte, at int) {
	if !d.again(code) {
		d.warn(problem(code, "%s %s at byte %d", what, vc.Quote(string(name)), at))
	}
}

// isHandler tells the attributes of events: all of SVG and HTML begin with on, and
// none of the others does.
func isHandler(name []byte) bool {
	return len(name) > 2 && bytes.EqualFold(name[:2], []byte("on")) && isLetter(name[2])
}

// scriptSchemes begin addresses that are scripts, or documents that may hold some.
var scriptSchemes = [...]string{"javascript:", "vbscript:"}
var scriptTypes = [...]string{"data:text/html", "data:text/xml", "data:image/svg", "data:application/x"}

// runsScript reports whether a value is an address that runs a script. Drawings that
// are shown as pictures within the drawing run none.
func runsScript(element, name, value []byte) bool {
	if string(name) == "values" { // of an animation, which may be that of an address
		for one := range bytes.SplitSeq(value, []byte(";")) {
			if begins(one, scriptSchemes[:]) {
				return true
			}
		}
	}
	return begins(value, scriptSchemes[:]) || !isPicture(element) && begins(value, scriptTypes[:])
}

func isPicture(element []byte) bool {
	return string(element) == "image" || string(element) == "feImage"
}

// begins reports whether an address begins with one of the words. White space and
// control characters are passed over, more of them than browsers do.
func begins(address []byte, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		n := 0
		for _, c := range address {
			if c <= ' ' {
				continue
			}
			if isLetter(c) {
				c |= 0x20
			}
			if c != word[n] {
				return false
			}
			if n++; n == len(word) {
				return true
			}
		}
		return false
	})
}

// refers reports whether the attribute holds an address that is loaded. That of a link
// is followed only by whoever clicks it.
func refers(element []byte, a *xmlAttr) bool {
	switch string(a.name.local) {
	case "href", "src":
		return string(element) != "a"
	case "base":
		return string(a.name.prefix) == "xml"
	}
	return false
}

// elsewhere reports whether an address is not of something within the drawing.
func elsewhere(address []byte) bool {
	address = bytes.TrimLeft(address, " \t\r\n\"'")
	return len(address) > 0 && address[0] != '#' && address[0] != ')' && !begins(address, []string{"data:"})
}

// endStyle judges the outermost style element when it ends.
func (d *svgDrawing) endStyle(t *xmlToken) {
	if d.styled != d.scope.depth {
		return
	}
	if loads(d.characters(d.styles, t.start)) {
		d.tell(CodeSVGExternal, "the style element that ends", nil, t.start)
	}
	d.styled = 0
}

// checkArea warns of a root whose size or view is empty or negative: such a drawing is
// allowed, and nothing of it is shown (SVG 2, 8.2 and 8.6).
func (d *svgDrawing) checkArea(attrs []xmlAttr) {
	for i := range attrs {
		value := unescape(attrs[i].value, true)
		if len(value) > 256 {
			continue
		}
		var sizes [][]byte
		switch string(attrs[i].name.whole) {
		case "width", "height":
			sizes = [][]byte{value}
		case "viewBox":
			sizes = bytes.FieldsFunc(value, func(r rune) bool { return r == ',' || r < 0x80 && isSpace(byte(r)) })
			if len(sizes) != 4 {
				continue
			}
			sizes = sizes[2:]
		}
		if slices.ContainsFunc(sizes, isNothing) {
			d.warn(problem(CodeSVGNoArea, "%s", vc.Quote(string(attrs[i].name.whole)+"="+string(value))))
		}
	}
}

// isNothing reports whether a length is a number that is not above zero, whatever its
// unit. What is no number is none.
func isNothing(length []byte) bool {
	number := bytes.TrimRightFunc(bytes.TrimSpace(length), func(r rune) bool { return r == '%' || r < 0x80 && isLetter(byte(r)) })
	n, err := strconv.ParseFloat(string(number), 64)
	return err == nil && n <= 0
}
