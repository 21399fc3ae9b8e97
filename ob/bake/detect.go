package bake

import (
	"bytes"

	"github.com/laurel-edu/laurel/internal/format"
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

// Detect tells the format from the first bytes; it does not check that the rest
// is well-formed. A byte order mark and white space around text are skipped. SVG
// means that the root element is named svg: HTML and other XML are FormatUnknown.
func Detect(b []byte) Format {
	switch format.Sniff(b) {
	case format.PNG:
		if bytes.HasPrefix(b, []byte(pngSignature)) {
			return PNG
		}
	case format.SVG, format.UTF16XML: // the latter to be refused by name: the encoding is what is wrong
		return SVG
	}
	return textFormat(format.Trim(b))
}

// textFormat tells JSON, a compact JWS and an address apart. The text is trimmed.
func textFormat(text []byte) Format {
	switch format.Sniff(text) {
	case format.Object:
		return JSON
	case format.Token:
		return JWS
	case format.URL:
		return URL
	}
	return FormatUnknown
}

func isAddress(text []byte) bool { return textFormat(text) == URL }

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
