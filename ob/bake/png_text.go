package bake

import (
	"bytes"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/vc"
)

// pngText is a text chunk that carries one of our keywords.
type pngText struct {
	pngChunk
	of   Kind
	rest []byte // the data behind the keyword and its NUL
}

func (l *pngLayout) count() *census {
	var c census
	for i := range l.texts {
		c[l.texts[i].of]++
	}
	return &c
}

// pick chooses the chunk to read. More than one is a fault; a lenient reading
// takes the first iTXt chunk, as OB 3.0, 5.3.1.2 says, and else the first chunk.
func (l *pngLayout) pick(want Kind) (*pngText, error) {
	count := l.count()
	kind, err := count.pick(want)
	if err != nil {
		return nil, err
	}
	var chosen *pngText
	mixed := false
	for i := range l.texts {
		t := &l.texts[i]
		if t.of != kind {
			continue
		}
		if chosen == nil || chosen.kind != typeITXT && t.kind == typeITXT {
			mixed = chosen != nil
			chosen = t
			continue
		}
		mixed = mixed || t.kind != chosen.kind
	}
	if count[kind] == 1 {
		return chosen, nil
	}
	return chosen, l.soft(repeatedPNG(kind, count[kind], mixed))
}

func repeatedPNG(kind Kind, n int, mixed bool) *vc.Problem {
	if mixed {
		return problem(CodePNGMixedForms, "the keyword %s occurs in %d chunks of several types", kind.place().keyword, n)
	}
	return problem(CodePNGRepeated, "the keyword %s occurs in %d chunks", kind.place().keyword, n)
}

// text returns the chunk's text as UTF-8.
func (t *pngText) text(r *reading) ([]byte, error) {
	switch t.kind {
	case typeZTXT:
		return nil, t.compressed()
	case typeTEXT:
		return t.latin(r)
	}
	return t.international(r)
}

func (t *pngText) compressed() error {
	return problem(CodePNGCompressed, "it stands in the %s chunk at byte %d", t.kind, t.offset)
}

// latin reads a tEXt chunk. Its text is Latin-1 by definition, but those who
// baked into one wrote UTF-8; text that is valid UTF-8 is taken for it.
func (t *pngText) latin(r *reading) ([]byte, error) {
	p := problem(CodePNGTextChunk, "")
	if t.of == OpenBadge2 && isAddress(format.Trim(t.rest)) {
		r.warn(p) // OB 2.0 Baking, Legacy PNGs
	} else if err := r.soft(p); err != nil {
		return nil, err
	}
	if utf8.Valid(t.rest) {
		return t.rest, nil
	}
	if len(t.rest) > r.limits.Text {
		return nil, tooLarge(int64(len(t.rest)), r.limits.Text)
	}
	text := make([]byte, 0, len(t.rest)+len(t.rest)/8)
	for _, c := range t.rest {
		text = utf8.AppendRune(text, rune(c))
	}
	return text, nil
}

// international reads the fields of an iTXt chunk behind the keyword: flag,
// method, language tag, translated keyword, text.
func (t *pngText) international(r *reading) ([]byte, error) {
	if len(t.rest) < 2 {
		return nil, t.broken("ends before its compression method")
	}
	flag, method := t.rest[0], t.rest[1]
	switch {
	case flag == 1:
		return nil, t.compressed()
	case flag > 1:
		return nil, t.broken("has a compression flag other than 0 and 1")
	case method != 0:
		return nil, t.broken("has a compression method other than 0")
	}
	language, rest, ok := bytes.Cut(t.rest[2:], []byte{0})
	if !ok {
		return nil, t.broken("ends inside its language tag")
	}
	translated, text, ok := bytes.Cut(rest, []byte{0})
	if !ok {
		return nil, t.broken("ends inside its translated keyword")
	}
	if len(language)+len(translated) > 0 {
		p := problem(CodePNGLanguage, "")
		if err := r.soft(p); err != nil {
			return nil, err
		}
	}
	if !utf8.Valid(text) {
		return nil, problem(CodePNGEncoding, "it stands in the iTXt chunk at byte %d", t.offset)
	}
	return text, nil
}

func (t *pngText) broken(how string) error {
	return problem(CodePNGText, "the %s chunk at byte %d %s", t.kind, t.offset, how)
}
