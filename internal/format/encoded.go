package format

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"io"
	"unicode/utf8"
)

// percentEncoded tells JSON taken out of a URL or a form: it begins with an encoded
// bracket or quote.
func percentEncoded(text []byte) Kind {
	for _, start := range [...]string{"%7b", "%5b", "%22"} {
		if prefixed(text, start) {
			return PercentEncoded
		}
	}
	return Unknown
}

// encoded tells base64 of something that is itself told.
func encoded(text []byte) Kind {
	if inside(text) == Unknown {
		return Unknown
	}
	return Base64
}

// inside names what the base64 of text decodes to, by its beginning; Unknown for what
// is no base64, and for what decodes to nothing that is told by more than a letter.
func inside(text []byte) Kind {
	plain := decoded(text)
	if k := binary(plain); k != Unknown {
		return k
	}
	switch {
	case opensObject(plain):
		return Object
	case len(plain) > 1 && plain[0] == '[' && (opensObject(plain[1:]) || plain[1] == '"'):
		return Array
	case hasHeader(plain) && isToken(token(plain)):
		return Token
	case hasHeader(plain):
		return Base64
	case bytes.HasPrefix(plain, []byte("<")) && printable(plain[:min(len(plain), 4)]):
		return markup(plain)
	}
	return Unknown
}

// decoded is what the beginning of text decodes to, empty where it is no base64. Either
// alphabet is taken, and line ends anywhere.
func decoded(text []byte) []byte {
	digits := make([]byte, 0, looked)
	for _, c := range text {
		switch {
		case len(digits) == looked:
		case isBase64URL(c):
			digits = append(digits, c)
		case c == '+':
			digits = append(digits, '-')
		case c == '/':
			digits = append(digits, '_')
		case isSpace(c), c == '=':
		default:
			return nil
		}
	}
	if len(digits) < 4 {
		return nil
	}
	plain, _ := base64.RawURLEncoding.AppendDecode(nil, digits[:len(digits)/4*4])
	return plain
}

// decompressed names what comes out of gzip, by its beginning.
func decompressed(b []byte) Kind {
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return Unknown
	}
	plain, _ := io.ReadAll(io.LimitReader(r, looked))
	return Sniff(plain)
}

// prose tells text in UTF-8 and text in another encoding from bytes that are no text,
// by control characters at its beginning.
func prose(b []byte) Kind {
	start := b[:min(len(b), looked)]
	for _, c := range start {
		if c < ' ' && !isSpace(c) && c != '\f' && c != '\b' || c == 0x7f {
			return Unknown
		}
	}
	for len(start) < len(b) && len(start) > looked-utf8.UTFMax && !utf8.Valid(start) {
		start = start[:len(start)-1] // a character that was cut
	}
	if !utf8.Valid(start) {
		return NotUTF8
	}
	return Text
}
