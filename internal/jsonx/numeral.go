package jsonx

import (
	"fmt"
	"strconv"
)

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
