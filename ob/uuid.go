package ob

import (
	"encoding/hex"
	"math/rand/v2"

	"github.com/laurel-edu/laurel/vc"
)

// NewID returns a random identifier, a UUID URN of version 4 (RFC 9562, 5.4). It
// names a thing; it is no secret.
func NewID() vc.IRI {
	var b [16]byte
	hi, lo := rand.Uint64(), rand.Uint64()
	for i := range 8 {
		b[i], b[8+i] = byte(hi>>(8*i)), byte(lo>>(8*i))
	}
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	text := []byte("urn:uuid:")
	for i, part := range [][]byte{b[:4], b[4:6], b[6:8], b[8:10], b[10:]} {
		if i > 0 {
			text = append(text, '-')
		}
		text = hex.AppendEncode(text, part)
	}
	return vc.IRI(text)
}
