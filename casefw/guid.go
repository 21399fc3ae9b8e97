package casefw

import (
	"encoding/hex"
	"strings"

	"github.com/laurel-edu/laurel/vc"
)

// GUID is a CASE identifier as 16 bytes, the key of every lookup. The zero GUID
// means "none": the nil UUID names nothing, though a record that carries it as
// its identifier is still found by that text.
type GUID [16]byte

const guidLen = 36

// String writes the GUID as CASE wants it: lower case, 8-4-4-4-12.
func (g GUID) String() string {
	var b [guidLen]byte
	g.encode(&b)
	return string(b[:])
}

// IsZero reports whether the GUID is the zero value.
func (g GUID) IsZero() bool { return g == GUID{} }

// Standard reports whether the GUID is one that CASE allows: RFC 4122 versions 1
// to 5, variant 1. The versions 6 to 8 that newer libraries mint are not.
func (g GUID) Standard() bool {
	v := g[6] >> 4
	return v >= 1 && v <= 5 && g[8]>>6 == 2
}

func (g GUID) encode(b *[guidLen]byte) {
	hex.Encode(b[0:8], g[0:4])
	hex.Encode(b[9:13], g[4:6])
	hex.Encode(b[14:18], g[6:8])
	hex.Encode(b[19:23], g[8:10])
	hex.Encode(b[24:36], g[10:16])
	b[8], b[13], b[18], b[23] = '-', '-', '-', '-'
}

// CodeIdentifierSyntax is the code of the error of [ParseGUID].
const CodeIdentifierSyntax vc.Code = "case-identifier-syntax" // not a UUID in any of the forms that are read

// ParseGUID reads an identifier as providers write it: either case, any version
// and variant, in braces, as urn:uuid, with white space around it. The error is
// a [*vc.Problem]. To test an identifier against the standard compare
// g.String() with the text and ask [GUID.Standard].
func ParseGUID(text string) (GUID, error) {
	if g, ok := looseGUID(text); ok {
		return g, nil
	}
	return GUID{}, words.Problem(CodeIdentifierSyntax, "", vc.Quote(text))
}

func looseGUID(text string) (GUID, bool) {
	if g, ok := guidAt(text); ok && len(text) == guidLen {
		return g, true
	}
	text = strings.TrimSpace(text)
	if len(text) > 9 && strings.EqualFold(text[:9], "urn:uuid:") {
		text = text[9:]
	} else if len(text) > 2 && text[0] == '{' && text[len(text)-1] == '}' {
		text = text[1 : len(text)-1]
	}
	if len(text) != guidLen {
		return GUID{}, false
	}
	return guidAt(text)
}

// hexDigits maps a byte to its value, 0xff where it is no hexadecimal digit;
// capitals have bit 4 set besides, so that one OR over all digits tells both.
var hexDigits = func() (t [256]uint8) {
	for i := range t {
		t[i] = 0xff
	}
	for i := range 10 {
		t['0'+i] = uint8(i)
	}
	for i := range 6 {
		t['a'+i] = uint8(10 + i)
		t['A'+i] = uint8(10+i) | capital
	}
	return t
}()

const capital = 0x10

// guidAt reads a UUID of either case at the start of s.
func guidAt[T string | []byte](s T) (g GUID, ok bool) {
	g, marks := decodeGUID(s)
	return g, marks <= 0x1f
}

// lowerGUIDAt reads a UUID in lower case at the start of s.
func lowerGUIDAt[T string | []byte](s T) (g GUID, ok bool) {
	g, marks := decodeGUID(s)
	return g, marks <= 0x0f
}

// decodeGUID returns the OR of the digits' table values, 0xff where a dash is missing.
func decodeGUID[T string | []byte](s T) (g GUID, marks uint8) {
	if len(s) < guidLen || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return g, 0xff
	}
	pair := func(i, at int) {
		h, l := hexDigits[s[at]], hexDigits[s[at+1]]
		marks |= h | l
		g[i] = h<<4 | l&0x0f
	}
	pair(0, 0)
	pair(1, 2)
	pair(2, 4)
	pair(3, 6)
	pair(4, 9)
	pair(5, 11)
	pair(6, 14)
	pair(7, 16)
	pair(8, 19)
	pair(9, 21)
	pair(10, 24)
	pair(11, 26)
	pair(12, 28)
	pair(13, 30)
	pair(14, 32)
	pair(15, 34)
	return g, marks
}

// FindGUIDs returns the GUIDs that stand in a URL or other text, in their order:
// the way to reach a CASE object from a path, a urn or an alignment. A longer run of
// hexadecimal digits holds none.
func FindGUIDs(text string) []GUID {
	hex := func(i int) bool { return i >= 0 && i < len(text) && hexDigits[text[i]] <= 0x1f }
	var found []GUID
	for i := 0; i+guidLen <= len(text); i++ {
		if g, ok := guidAt(text[i:]); ok && !hex(i-1) && !hex(i+guidLen) {
			found = append(found, g)
			i += guidLen - 1
		}
	}
	return found
}

// trailingGUID returns the GUID that ends a URI, ignoring a query and fragment.
func trailingGUID(uri string) (GUID, bool) {
	if i := strings.IndexAny(uri, "?#"); i >= 0 {
		uri = uri[:i]
	}
	uri = strings.TrimSuffix(uri, "/")
	if len(uri) < guidLen {
		return GUID{}, false
	}
	return guidAt(uri[len(uri)-guidLen:])
}
