package bake

import (
	"bytes"
	"net/url"
)

// Format says what some bytes are, judged by their content and never by a file
// name. The zero Format is FormatUnknown.
type Format uint8

// The formats that credentials travel in.
const (
	FormatUnknown Format = iota
	PNG                  // an image, OB 3.0, 5.3.1
	SVG                  // an image, OB 3.0, 5.3.2
	JSON                 // a JSON object, OB 3.0, 5.1
	JWS                  // a compact JWS, OB 3.0, 5.1
	URL                  // an http or https address, as old Open Badges 2.0 images hold
)

var formatNames = [...]string{"unknown", "PNG", "SVG", "JSON", "JWS", "URL"}

// String names the format.
func (f Format) String() string {
	if int(f) >= len(formatNames) {
		f = FormatUnknown
	}
	return formatNames[f]
}

const byteOrderMark = "\xef\xbb\xbf"

// Detect tells the format from the first bytes; it does not check that the rest
// is well-formed. A byte order mark and white space around text are skipped. SVG
// means that the root element is named svg: HTML and other XML are FormatUnknown.
func Detect(b []byte) Format {
	if bytes.HasPrefix(b, []byte(pngSignature)) {
		return PNG
	}
	if isUTF16(b) {
		return SVG // to be refused by name: the encoding is what is wrong
	}
	text := trim(b)
	if len(text) > 0 && text[0] == '<' {
		if rootIsSVG(text) {
			return SVG
		}
		return FormatUnknown
	}
	return textFormat(text)
}

// textFormat tells JSON, a compact JWS and an address apart. The text is trimmed.
func textFormat(text []byte) Format {
	switch {
	case len(text) == 0:
		return FormatUnknown
	case text[0] == '{':
		return JSON
	case isCompactJWS(text):
		return JWS
	case isAddress(text):
		return URL
	}
	return FormatUnknown
}

// trim drops a byte order mark and the white space that JSON and XML know.
func trim(b []byte) []byte {
	b = bytes.TrimPrefix(b, []byte(byteOrderMark))
	return trimSpace(b)
}

func trimSpace(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && isSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b[:len(b):len(b)]
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// isCompactJWS reports whether b has the shape of RFC 7515, 7.1: three parts of
// base64url characters, none empty. An empty last part is an unsecured token.
func isCompactJWS(b []byte) bool {
	dots, part := 0, 0
	for _, c := range b {
		switch {
		case c == '.':
			if part == 0 {
				return false
			}
			dots, part = dots+1, 0
		case isLetter(c), c >= '0' && c <= '9', c == '-', c == '_':
			part++
		default:
			return false
		}
	}
	return dots == 2 && part > 0
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// maxAddress is the longest address that is taken for one; browsers differ above.
const maxAddress = 2048

func isAddress(b []byte) bool {
	if len(b) > maxAddress || !bytes.HasPrefix(b, []byte("http")) {
		return false
	}
	for _, c := range b {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	u, err := url.Parse(string(b))
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// isUTF16 recognises XML in UTF-16, with its byte order mark or without.
func isUTF16(b []byte) bool {
	for _, start := range [...]string{"\xff\xfe<\x00", "\xfe\xff\x00<", "<\x00", "\x00<"} {
		if bytes.HasPrefix(b, []byte(start)) {
			return true
		}
	}
	return false
}

// rootIsSVG skips what may precede the root element and looks at its local name.
// It is a guess about the format; the scanner judges.
func rootIsSVG(b []byte) bool {
	for {
		var ok bool
		switch {
		case bytes.HasPrefix(b, []byte("<?")):
			b, ok = after(b, "?>")
		case bytes.HasPrefix(b, []byte("<!--")):
			b, ok = after(b, "-->")
		case bytes.HasPrefix(b, []byte("<!DOCTYPE")):
			b, ok = afterDoctype(b)
		default:
			return isSVGTag(b)
		}
		if !ok {
			return false
		}
		b = trimSpace(b)
	}
}

func after(b []byte, mark string) ([]byte, bool) {
	i := bytes.Index(b, []byte(mark))
	if i < 0 {
		return nil, false
	}
	return b[i+len(mark):], true
}

func afterDoctype(b []byte) ([]byte, bool) {
	i := bytes.IndexAny(b, "[>")
	if i >= 0 && b[i] == '[' {
		rest, ok := after(b[i:], "]")
		if !ok {
			return nil, false
		}
		return after(rest, ">")
	}
	return after(b, ">")
}

func isSVGTag(b []byte) bool {
	if len(b) == 0 || b[0] != '<' {
		return false
	}
	name := b[1:]
	if end := bytes.IndexAny(name, " \t\r\n/>"); end >= 0 {
		name = name[:end]
	}
	if colon := bytes.IndexByte(name, ':'); colon >= 0 {
		name = name[colon+1:]
	}
	return string(name) == "svg"
}
