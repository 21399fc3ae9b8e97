package status

import (
	"encoding/base64"
	"strings"

	"github.com/laurel-edu/laurel/vc"
)

// encodingError says why an encodedList was refused.
type encodingError struct {
	code   vc.Code // CodeListEncoding or CodeListTooLarge
	detail string
	err    error
}

func (e *encodingError) Error() string {
	if e.err != nil {
		return e.detail + ": " + e.err.Error()
	}
	return e.detail
}

// Unwrap returns the cause beneath.
func (e *encodingError) Unwrap() error { return e.err }

func badEncoding(detail string, err error) *encodingError {
	return &encodingError{CodeListEncoding, detail, err}
}

// expanded is an encodedList that was read, and in what it is not written as its
// specification has it.
type expanded struct {
	bits    bitstring
	lax     []string // what older lists in circulation do, and is taken with a warning
	defects []string // what no list does: it hides no set bit, and shows no clear one
}

// expand decodes an encodedList to at most limit bytes, by the form that k's
// specification has for it or by one that can be mistaken for nothing else.
func expand(k *kind, encoded string, limit int) (*expanded, *encodingError) {
	var e expanded
	compressed, problem := e.decodeText(k, encoded)
	if problem != nil {
		return nil, problem
	}
	if isZlib(compressed) {
		e.defects = append(e.defects, "zlib in place of gzip")
		e.bits, problem = inflateZlib(compressed, limit)
	} else {
		e.bits, problem = inflate(compressed, limit)
	}
	return &e, problem
}

// decodeText undoes the base64 of an encodedList. Bitstring Status List asks for
// Multibase, whose one form is u. Its forerunners say "base64" and show base64url.
// What comes next is gzip or zlib, in base64 "H4s" or one of "CGKOSWae", so the first
// character tells a prefix from none; and neither alphabet has a character that means
// another in the other.
func (e *expanded) decodeText(k *kind, encoded string) ([]byte, *encodingError) {
	text, prefix := encoded, ""
	if encoded != "" && strings.Contains("uUmM", encoded[:1]) {
		prefix, text = encoded[:1], encoded[1:]
	}
	e.notePrefix(k, prefix)
	if strings.ContainsAny(text, "\r\n") {
		e.defects = append(e.defects, "line breaks")
		text = strings.NewReplacer("\r", "", "\n", "").Replace(text)
	}
	standard, padded := strings.ContainsAny(text, "+/"), strings.HasSuffix(text, "=")
	if prefix == "" || prefix == "u" { // else the prefix says so
		e.noteAlphabet(k, standard, "the alphabet with + and /")
		e.noteAlphabet(k, padded, "padding")
	}
	encoding := base64.RawURLEncoding
	if standard {
		encoding = base64.RawStdEncoding
	}
	b, err := encoding.Strict().DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return nil, badEncoding("the list is not base64", err)
	}
	return b, nil
}

func (e *expanded) notePrefix(k *kind, prefix string) {
	switch {
	case k.multibase == (prefix == "u") && (k.multibase || prefix == ""):
	case prefix == "u":
		e.lax = append(e.lax, "the prefix u")
	case prefix == "":
		e.defects = append(e.defects, "no prefix")
	default:
		e.defects = append(e.defects, "the prefix "+prefix)
	}
}

func (e *expanded) noteAlphabet(k *kind, odd bool, name string) {
	switch {
	case !odd || k.anyBase64:
	case k.multibase:
		e.defects = append(e.defects, name)
	default:
		e.lax = append(e.lax, name)
	}
}
