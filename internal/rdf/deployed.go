package rdf

import "slices"

// What implementations sign that do not keep to RDFC-1.0: Options.Legacy and
// Options.UTF16. Either is had by working on another text of the same statements.

// linesFor is the text and the lines of the dataset for the options: its own, but
// for those above.
func (d *Dataset) linesFor(o Options) ([]byte, []line) {
	text, lines := d.text, d.lines
	if o.Legacy {
		text, lines = d.legacy()
	}
	if o.UTF16 {
		text, lines = slices.Clone(text), slices.Clone(lines)
		exchange(text, &intoUTF16Order)
		for i := range lines {
			lines[i].order = 0 // which is by code points
		}
	}
	return text, lines
}

// legacy is the text and the lines with the escapes of Options.Legacy.
func (d *Dataset) legacy() ([]byte, []line) {
	text, lines := make([]byte, 0, len(d.text)), slices.Clone(d.lines)
	for i := range lines {
		l := &lines[i]
		to := uint32(len(text))
		text = append(text, d.text[l.start:l.object]...)
		text = appendUnescaped(text, d.text[l.object:l.tail], true)
		shorter := l.tail - l.start - (uint32(len(text)) - to)
		text = append(text, d.text[l.tail:l.end]...)
		l.rest, l.object, l.tail, l.end = l.rest-l.start+to, l.object-l.start+to, l.tail-l.start+to-shorter, l.end-l.start+to-shorter
		l.start = to
	}
	return text, lines
}

// In UTF-16 the characters beyond U+FFFF, whose UTF-8 begins with F0 to F4, come
// before U+E000 to U+FFFF, whose UTF-8 begins with EE and EF; all else is in the
// order of UTF-8. With those lead bytes exchanged, texts can be sorted as bytes, and
// before anything is hashed they are exchanged back.
var intoUTF16Order, fromUTF16Order = func() (into, from [256]byte) {
	for b := range 256 {
		into[b] = byte(b)
	}
	copy(into[0xEE:], []byte{0xF3, 0xF4, 0xEE, 0xEF, 0xF0, 0xF1, 0xF2})
	for b, other := range into {
		from[other] = byte(b)
	}
	return into, from
}()

func exchange(text []byte, table *[256]byte) {
	for i, b := range text {
		text[i] = table[b]
	}
}

// readable gives text as it is hashed and handed out. It changes the text.
func (c *canonicalizer) readable(text []byte) []byte {
	if c.options.UTF16 {
		exchange(text, &fromUTF16Order)
	}
	return text
}
