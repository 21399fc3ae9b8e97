package exchange

import (
	"crypto/sha1" // RFC 9562 version 5 is made of SHA-1; nothing is secured by it
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// namespace is the name space of the identifiers made here: the version 5 UUID of
// the URL https://github.com/laurel-edu/laurel/casefw/exchange, so that they meet
// nobody else's.
var namespace = casefw.GUID{0xde, 0xb0, 0x56, 0xa2, 0x6d, 0x74, 0x5a, 0x9d, 0xb7, 0xf8, 0x6f, 0x23, 0x31, 0xe9, 0x2a, 0xd0}

// mint makes the UUID of version 5 (RFC 9562, 5.5) of some parts within a name
// space: the same parts give the same identifier, in every run and place.
func mint(space casefw.GUID, parts ...string) casefw.GUID {
	var room [256]byte
	text := append(room[:0], space[:]...)
	for i, part := range parts {
		if i > 0 {
			text = append(text, 0)
		}
		text = append(text, part...)
	}
	sum := sha1.Sum(text)
	var g casefw.GUID
	copy(g[:], sum[:])
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
	var room [8]string
	return mint(m.document, append(append(room[:0], kind), parts...)...).String()
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
