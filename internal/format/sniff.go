package format

import (
	"bytes"
	"net/url"
	"strconv"
)

// Sniff tells what bytes are without parsing them: JSON objects, arrays and strings
// are told by how they begin, everything else by what it must begin with or is made of.
// A byte order mark and white space around text are passed over.
func Sniff(b []byte) Kind {
	if opensObject(b) {
		return Object // the usual case
	}
	if k := wide(b); k != Unknown {
		return k
	}
	if k := binary(b); k != Unknown {
		return k
	}
	text := Trim(b)
	if k := binary(text); k != Unknown && len(text) < len(b) {
		return k // a PDF, say, after an empty line
	}
	if len(text) == 0 {
		return Empty
	}
	switch text[0] {
	case '{':
		return Object
	case '[':
		return Array
	case '<':
		if k := markup(text); k != Unknown {
			return k
		}
	case '"', '\'', '`':
		if k := quoted(text); k != Unknown {
			return k
		}
	}
	for _, tell := range [...]func([]byte) Kind{address, value, tokens, percentEncoded, encoded} {
		if k := tell(text); k != Unknown {
			return k
		}
	}
	return prose(text)
}

// byteOrderMark is that of UTF-8.
const byteOrderMark = "\xef\xbb\xbf"

// Trim drops a byte order mark and the white space that JSON and XML know around text.
func Trim(b []byte) []byte {
	b = TrimSpace(bytes.TrimPrefix(b, []byte(byteOrderMark)))
	return b[:len(b):len(b)]
}

// TrimSpace drops the white space that JSON and XML know.
func TrimSpace(b []byte) []byte { return bytes.Trim(b, " \n\t\r") }

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// prefixed reports whether b begins with a word, whatever its case.
func prefixed(b []byte, word string) bool {
	return len(b) >= len(word) && bytes.EqualFold(b[:len(word)], []byte(word))
}

// quoted tells a token and JSON in quotes of any kind from a JSON string. Typographic
// quotes are not looked for: what has them is plain text.
func quoted(text []byte) Kind {
	quote := text[0]
	inner := TrimSpace(bytes.Trim(text, string(quote)))
	switch {
	case isToken(tokens(inner)):
		return TokenQuoted
	case quote == '"':
		return JSONString
	case len(inner) > 0 && inner[0] == '{':
		return QuotedJSON
	}
	return Unknown
}

// value tells the JSON values that are neither objects, arrays nor strings.
func value(text []byte) Kind {
	switch string(text[:min(len(text), 8)]) {
	case "null", "true", "false":
		return JSONValue
	}
	if len(text) > maxNumber || len(bytes.Trim(text, "0123456789+-.eE")) > 0 {
		return Unknown
	}
	if _, err := strconv.ParseFloat(string(text), 64); err != nil {
		return Unknown
	}
	return JSONValue
}

const (
	maxNumber  = 64   // characters of the longest number that is read
	maxAddress = 2048 // characters of an address that is taken for one; browsers differ above
)

// address tells a web address, a data: URL, a DID and an offer.
func address(text []byte) Kind {
	switch {
	case prefixed(text, "data:") && bytes.IndexByte(text[:min(len(text), maxAddress)], ',') > 0:
		return DataURL
	case len(text) > maxAddress || !printable(text):
		return Unknown
	case prefixed(text, "openid-credential-offer:"):
		return CredentialOffer
	case bytes.HasPrefix(text, []byte("did:")) && bytes.Count(text, []byte(":")) > 1:
		return DID
	case !bytes.HasPrefix(text, []byte("http")):
		return Unknown
	}
	u, err := url.Parse(string(text))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return Unknown
	}
	return URL
}

// printable reports whether text is ASCII without white space.
func printable(text []byte) bool {
	for _, c := range text {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return true
}
