package bake

import (
	"slices"

	"github.com/laurel-edu/laurel/internal/format"
)

// extract reads the credential of the drawing.
func (d *svgDrawing) extract(want Kind) (*Baked, error) {
	e, err := d.pick(want)
	if err != nil {
		return nil, err
	}
	if err := d.judge(e); err != nil {
		return nil, err
	}
	return d.read(e)
}

func (d *svgDrawing) count() *census {
	var c census
	for i := range d.found {
		c[d.found[i].kind]++
	}
	return &c
}

// pick chooses the element to read. A lenient reading takes the first of
// several, as OB 3.0, 5.3.2.2 says.
func (d *svgDrawing) pick(want Kind) (*svgElement, error) {
	count := d.count()
	kind, err := count.pick(want)
	if err != nil && count.total() == 0 && d.misnamed != "" {
		return nil, problem(CodeSVGElement, "the element %s", d.misnamed)
	}
	if err != nil {
		return nil, err
	}
	if count[kind] > 1 {
		p := problem(CodeSVGRepeated, "%d elements %s of %s", count[kind], kind.place().element, kind)
		if err := d.soft(p); err != nil {
			return nil, err
		}
	}
	first := slices.IndexFunc(d.found, func(e svgElement) bool { return e.kind == kind })
	return &d.found[first], nil
}

// judge checks where the element stands and what it is made of.
func (d *svgDrawing) judge(e *svgElement) error {
	if e.markup {
		return problem(CodeSVGContent, "the one at byte %d holds other elements", e.start)
	}
	if e.comments {
		if err := d.soft(problem(CodeSVGContent, "the one at byte %d holds a comment", e.start)); err != nil {
			return err
		}
	}
	if e.depth > 2 {
		return d.soft(problem(CodeSVGPosition, "its element at byte %d is not a child of svg", e.start))
	}
	if !e.first {
		d.warn(problem(CodeSVGPosition, "its element is at byte %d", e.start))
	}
	return nil
}

// read takes the credential from the attribute or the body.
func (d *svgDrawing) read(e *svgElement) (*Baked, error) {
	b := &Baked{Kind: e.kind, Format: SVG}
	verify, body := format.Trim(e.verify), format.Trim(d.characters(e.from, e.to))
	fromVerify := e.hasVerify
	switch {
	case len(verify) == 0 && len(body) == 0:
		return nil, problem(CodeSVGEmpty, "the one at byte %d", e.start)
	case !e.hasVerify || len(body) == 0:
	case e.kind == OpenBadge2 && textFormat(verify) == URL && textFormat(body) == JSON:
		b.HostedURL, fromVerify = string(verify), false // the form of OB 2.0 for hosted assertions
	default:
		p := problem(CodeSVGVerifyAndBody, "its element is at byte %d", e.start)
		if err := d.soft(p); err != nil {
			return nil, err
		}
		fromVerify = len(verify) > 0
	}
	if b.Credential = body; fromVerify {
		b.Credential = verify
	}
	if err := b.classify(fromVerify, &d.reading); err != nil {
		return nil, err
	}
	if b.Content == JWS != fromVerify && b.Content != URL {
		p := problem(CodeSVGContent, "the one at byte %d holds %s where it does not belong", e.start, b.Content)
		if err := d.soft(p); err != nil {
			return nil, err
		}
	}
	b.Warnings = d.told()
	return b, nil
}
