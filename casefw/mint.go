package casefw

import (
	"crypto/md5"
	"encoding/binary"
	"math/rand/v2"
)

// NewGUID mints an identifier at random: version 4, the newest of those that CASE
// allows that needs no clock. The source is the caller's; nil takes the one of
// math/rand/v2, which is good enough, for identifiers are no secrets.
func NewGUID(r *rand.Rand) GUID {
	next := rand.Uint64
	if r != nil {
		next = r.Uint64
	}
	var g GUID
	binary.BigEndian.PutUint64(g[:8], next())
	binary.BigEndian.PutUint64(g[8:], next())
	return g.stamped(4)
}

// NamedGUID makes the identifier of a name in a namespace, the same each time:
// version 3 (RFC 4122, 4.3), for imports that must come to the same identifiers
// when they are run again.
func NamedGUID(namespace GUID, name string) GUID {
	h := md5.New()
	h.Write(namespace[:])
	h.Write([]byte(name))
	var g GUID
	copy(g[:], h.Sum(nil))
	return g.stamped(3)
}

func (g GUID) stamped(version byte) GUID {
	g[6] = g[6]&0x0f | version<<4
	g[8] = g[8]&0x3f | 0x80
	return g
}
