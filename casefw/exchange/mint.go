package exchange

import (
	"crypto/sha1" //nolint:gosec // RFC 9562 version 5 is made of SHA-1; nothing is secured by it
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// namespace is the name space of the identifiers made here, itself a version 5
// UUID (of the DNS name laurel-edu.github.io), so that they meet nobody else's.
var namespace = casefw.GUID{0x9c, 0x58, 0x12, 0x4e, 0x1f, 0x7a, 0x5d, 0x0b, 0x8a, 0x36, 0x4d, 0x7e, 0x21, 0xc9, 0x60, 0xb5}

// mint makes the UUID of version 5 (RFC 9562, 5.5) of some parts within a name
// space: the same parts give the same identifier, in every run and place.
func mint(space casefw.GUID, parts ...string) casefw.GUID {
	h := sha1.New() //nolint:gosec // see above
	h.Write(space[:])
	h.Write([]byte(strings.Join(parts, "\x00")))
	var g casefw.GUID
	copy(g[:], h.Sum(nil))
	g[6] = g[6]&0x0f | 0x50
	g[8] = g[8]&0x3f | 0x80
	return g
}

// minter makes identifiers and uris of one framework.
type minter struct {
	document casefw.GUID
	base     string
}

func (m *minter) id(kind string, parts ...string) string {
	return mint(m.document, append([]string{kind}, parts...)...).String()
}

// uri returns the uri of an object: below the base, or a urn where none is known.
func (m *minter) uri(path, id string) vc.IRI {
	if m.base == "" {
		return vc.IRI("urn:uuid:" + id)
	}
	return vc.IRI(strings.TrimRight(m.base, "/") + "/" + path + "/" + id)
}

func (m *minter) link(path, id, title string) *casefw.LinkURI {
	return &casefw.LinkURI{Title: title, Identifier: id, URI: m.uri(path, id)}
}
