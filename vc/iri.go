package vc

import "strings"

// IRI is an identifier as it is written in a document: a URL, a DID, a URN.
// Decoding does not check it; [IRI.IsAbsolute] does. The zero value is absence.
type IRI string

// String returns the identifier as written.
func (i IRI) String() string { return string(i) }

// IsAbsolute reports whether the identifier stands on its own, which is what
// "URL" means in VCDM 2.0, 4.4: a scheme, a colon and something after it, free
// of white space and of the characters that no IRI may hold (RFC 3987, 2.2). An
// http or https URL also needs a host. So "urn:uuid:…", "did:example:x" and
// "https://example.org" are absolute; "a:", "http://", "_:b0" and "not-a-url"
// are not.
func (i IRI) IsAbsolute() bool { return IsAbsoluteIRI(string(i)) }

// IsAbsoluteIRI is [IRI.IsAbsolute] for a string.
func IsAbsoluteIRI(s string) bool {
	colon := schemeEnd(s)
	if colon < 0 || colon+1 == len(s) || NotInIRI(s[colon+1:]) >= 0 {
		return false
	}
	if scheme := s[:colon]; strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") {
		return hasHost(s[colon+1:])
	}
	return true
}

// schemeEnd returns the index of the colon behind a scheme (RFC 3986, 3.1), -1
// where s begins with none.
func schemeEnd(s string) int {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		case i > 0 && c == ':':
			return i
		default:
			return -1
		}
	}
	return -1
}

// suspectInIRI marks the bytes that no IRI may hold, which are controls, space and
// <>"{}|\^` (RDF 1.1 N-Quads, IRIREF), and those beyond ASCII, which are looked at
// as runes. An inline image has a million characters: each costs one look.
var suspectInIRI = func() (set [256]bool) {
	for c := range 0x21 {
		set[c] = true
	}
	for _, c := range "<>\"{}|\\^`\x7f" {
		set[c] = true
	}
	for c := 0x80; c < 256; c++ {
		set[c] = true
	}
	return set
}()

// NotInIRI returns where the first character of s stands that no IRI may hold, -1
// where there is none.
func NotInIRI(s string) int {
	for i := 0; i < len(s); i++ {
		switch {
		case !suspectInIRI[s[i]]:
		case s[i] < 0x80:
			return i
		default:
			return notInIRIRunes(s, i)
		}
	}
	return -1
}

func notInIRIRunes(s string, from int) int {
	for i, r := range s[from:] {
		if r < 0x80 && suspectInIRI[r] || r >= 0x80 && misleading(r) {
			return from + i
		}
	}
	return -1
}

// misleading holds the controls, spaces and direction marks beyond ASCII, which
// make an identifier look like another, and the sign of what was no UTF-8.
func misleading(r rune) bool {
	switch {
	case r <= 0xa0, r == 0x1680, r == 0x3000, r == 0xfeff, r == 0xfffd:
		return true
	}
	return r >= 0x2000 && r <= 0x200f || r >= 0x2028 && r <= 0x202f || r >= 0x205f && r <= 0x206f
}

// hasHost reports whether what follows "http:" is an authority with a host.
func hasHost(rest string) bool {
	if !strings.HasPrefix(rest, "//") {
		return false
	}
	authority := rest[2:]
	if end := strings.IndexAny(authority, "/?#"); end >= 0 {
		authority = authority[:end]
	}
	authority = authority[strings.LastIndexByte(authority, '@')+1:]
	return authority != "" && authority[0] != ':'
}
