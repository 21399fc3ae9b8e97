package format

import "bytes"

// encoding is one of UTF-16 and UTF-32: its mark, and how many zeros stand before and
// after an ASCII character.
type encoding struct {
	mark          string
	before, after int
	kind          Kind
}

var encodings = [...]encoding{ // the longer marks first, which begin like the shorter
	{"\xff\xfe\x00\x00", 0, 3, UTF32},
	{"\x00\x00\xfe\xff", 3, 0, UTF32},
	{"\xff\xfe", 0, 1, UTF16},
	{"\xfe\xff", 1, 0, UTF16},
}

// wide tells UTF-16 and UTF-32, by the mark or by the zeros of the first characters.
func wide(b []byte) Kind {
	for _, e := range encodings {
		if bytes.HasPrefix(b, []byte(e.mark)) {
			return e.named(e.ascii(b[len(e.mark):]))
		}
	}
	for _, e := range encodings {
		c := e.ascii(b)
		width := e.before + 1 + e.after
		if c != 0 && (bytes.IndexByte([]byte(`{["<`), c) >= 0 || e.ascii(b[width:]) != 0) {
			return e.named(c)
		}
	}
	return Unknown
}

// ascii returns the first character where it is of ASCII and text, 0 where not.
func (e encoding) ascii(b []byte) byte {
	if len(b) < e.before+1+e.after {
		return 0
	}
	c := b[e.before]
	zeros := bytes.Count(b[:e.before], []byte{0}) + bytes.Count(b[e.before+1:e.before+1+e.after], []byte{0})
	if zeros != e.before+e.after || c >= 0x7f || c < ' ' && !isSpace(c) {
		return 0
	}
	return c
}

// named tells XML from other text.
func (e encoding) named(first byte) Kind {
	if e.kind == UTF16 && first == '<' {
		return UTF16XML
	}
	return e.kind
}
