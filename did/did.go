// Package did reads Decentralized Identifiers, the documents that they and
// https URLs resolve to, and finds in them the verification method that a proof
// names.
//
// [Retrieve] is what a verifier wants: it resolves the document of a verification
// method's URL and returns the method only if the document, the method and the
// relationship agree, as Controlled Identifiers 1.0, 3.3 demands. A key is never
// read from the URL itself.
//
//	resolver := did.Mux{"key": didkey.Resolver{}, "web": web}
//	method, document, err := did.Retrieve(ctx, resolver, url, did.AssertionMethod, now)
//
// Resolvers for the methods are packages of their own: didkey and didjwk work
// offline, didweb and controller need a fetcher. [Static] serves documents that
// the caller holds. Nothing here fetches anything.
//
// The syntax is that of DID Core 1.0, 3.1 and 3.2: [Parse] for a DID, [ParseURL]
// for a DID URL, [Absolute] for a reference within a document.
package did

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/quote"
)

// MaxLength is the longest DID, DID URL or document URL that is read, in bytes.
// The longest in use is a did:jwk of an RSA key of 8192 bits.
const MaxLength = 4096

// DID is a parsed Decentralized Identifier. The zero DID is none.
type DID struct {
	Method string // such as "key"
	ID     string // what follows the method's colon, as written
}

// String writes the DID as it was read.
func (d DID) String() string { return "did:" + d.Method + ":" + d.ID }

// URL is a parsed DID URL. Path, Query and Fragment keep their delimiters, so
// that an empty fragment differs from none.
type URL struct {
	DID      DID
	Path     string // "" or beginning with "/"
	Query    string // "" or beginning with "?"
	Fragment string // "" or beginning with "#"
}

// String writes the DID URL as it was read.
func (u URL) String() string { return u.DID.String() + u.Path + u.Query + u.Fragment }

// Parse reads a DID (DID Core 1.0, 3.1) without path, query or fragment. Errors
// are [*Error] of [CodeInvalidDID].
func Parse(s string) (DID, error) {
	u, err := ParseURL(s)
	if err != nil {
		return DID{}, err
	}
	if u.Path != "" || u.Query != "" || u.Fragment != "" {
		return DID{}, fail(CodeInvalidDID, "%s has a path, query or fragment", quote.Text(s))
	}
	return u.DID, nil
}

// ParseURL reads a DID URL (DID Core 1.0, 3.2). Errors are [*Error] of
// [CodeInvalidDID].
func ParseURL(s string) (URL, error) {
	if len(s) > MaxLength {
		return URL{}, fail(CodeInvalidDID, "a DID URL of %d characters, at most %d are read", len(s), MaxLength)
	}
	rest, ok := strings.CutPrefix(s, "did:")
	if !ok {
		return URL{}, fail(CodeInvalidDID, "%s does not begin with \"did:\"", quote.Text(s))
	}
	method, rest, ok := strings.Cut(rest, ":")
	if !ok || method == "" || !all(method, isMethodChar) {
		return URL{}, fail(CodeInvalidDID, "%s has no method name of lower case letters and digits", quote.Text(s))
	}
	u := URL{DID: DID{Method: method}}
	rest, u.Fragment = cutBefore(rest, "#")
	rest, u.Query = cutBefore(rest, "?")
	u.DID.ID, u.Path = cutBefore(rest, "/")
	if err := u.check(); err != nil {
		return URL{}, fail(CodeInvalidDID, "%s: %s", quote.Text(s), err)
	}
	return u, nil
}

// cutBefore splits s in front of the first separator.
func cutBefore(s, separator string) (before, from string) {
	if i := strings.Index(s, separator); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// fault is a reason that becomes part of a message.
type fault string

func (f fault) Error() string { return string(f) }

func (u *URL) check() error {
	if u.DID.ID == "" || strings.HasSuffix(u.DID.ID, ":") {
		return fault("the part behind the last colon is empty")
	}
	for _, part := range [...]struct {
		text, name string
		allowed    func(byte) bool
	}{
		{u.DID.ID, "identifier", isIDChar},
		{u.Path, "path", isPathChar},
		{u.Query, "query", isQueryChar},
		{strings.TrimPrefix(u.Fragment, "#"), "fragment", isQueryChar},
	} {
		if !escaped(part.text, part.allowed) {
			return fault("a character is not allowed in the " + part.name)
		}
	}
	return nil
}

// escaped reports whether s consists of allowed characters and %-escapes.
func escaped(s string, allowed func(byte) bool) bool {
	for i := 0; i < len(s); i++ {
		if s[i] == '%' {
			if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
				return false
			}
			i += 2
		} else if !allowed(s[i]) {
			return false
		}
	}
	return true
}

func all(s string, allowed func(byte) bool) bool {
	for i := range len(s) {
		if !allowed(s[i]) {
			return false
		}
	}
	return true
}

func isDigit(c byte) bool      { return c >= '0' && c <= '9' }
func isMethodChar(c byte) bool { return c >= 'a' && c <= 'z' || isDigit(c) }
func isHex(c byte) bool        { return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }

// isIDChar is idchar with the colon, but for escapes.
func isIDChar(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '.' || c == '-' || c == '_' || c == ':'
}

// isPathChar is pchar of RFC 3986 with the slash, but for escapes.
func isPathChar(c byte) bool { return isIDChar(c) || strings.IndexByte("/~!$&'()*+,;=@", c) >= 0 }

// isQueryChar is what queries and fragments are made of, but for escapes.
func isQueryChar(c byte) bool { return isPathChar(c) || c == '?' }
