package status

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/vc"
)

// bitstring is an inflated list. Index 0 is the left-most bit, which is the
// most significant of the first byte (Bitstring Status List 1.0, 2.2).
type bitstring []byte

// entries is how many entries of size bits it holds. The size is 1 to 64.
func (b bitstring) entries(size uint) uint64 { return uint64(len(b)) * 8 / uint64(size) }

// value returns entry i of size bits, its first bit the most significant. i
// must be below entries(size).
func (b bitstring) value(i uint64, size uint) uint64 {
	if size == 1 {
		return uint64(b[i>>3]>>(7-i&7)) & 1
	}
	var v uint64
	for at, end := i*uint64(size), (i+1)*uint64(size); at < end; at++ {
		v = v<<1 | uint64(b[at>>3]>>(7-at&7))&1
	}
	return v
}

// set writes v into entry i of size bits.
func (b bitstring) set(i uint64, size uint, v uint64) {
	for at := (i+1)*uint64(size) - 1; ; at-- {
		mask := byte(1) << (7 - at&7)
		b[at>>3] &^= mask
		if v&1 != 0 {
			b[at>>3] |= mask
		}
		v >>= 1
		if at == i*uint64(size) {
			return
		}
	}
}

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

// expand decodes an encodedList as k writes it, to at most limit bytes. lax
// says that the text is not of the form that k's specification shows.
func expand(k *kind, encoded string, limit int) (bits bitstring, lax bool, problem *encodingError) {
	compressed, lax, problem := decodeText(k, encoded)
	if problem != nil {
		return nil, lax, problem
	}
	bits, problem = inflate(compressed, limit)
	return bits, lax, problem
}

// decodeText undoes the base64 of an encodedList. Bitstring Status List asks for
// Multibase, whose one form is u. Its forerunners say "base64" and show
// base64url; lists of theirs with another alphabet, padding or the prefix u are
// in circulation and can be mistaken for nothing else, since gzip begins "H4s".
func decodeText(k *kind, encoded string) (b []byte, lax bool, problem *encodingError) {
	text := encoded
	if prefixed, ok := strings.CutPrefix(encoded, "u"); ok {
		text, lax = prefixed, !k.multibase
	} else if k.multibase {
		return nil, false, badEncoding("the list does not begin with u, the Multibase prefix of base64url", nil)
	}
	b, err := multibase.DecodeBase64(text)
	if err == nil {
		return b, lax, nil
	}
	if k.multibase || strings.ContainsAny(text, "\r\n") {
		return nil, false, badEncoding("the list is not base64url without padding", err)
	}
	if b, err = decodeAnyBase64(text); err != nil {
		return nil, false, badEncoding("the list is not base64", err)
	}
	return b, lax || !k.anyBase64, nil
}

// decodeAnyBase64 takes both alphabets, with and without padding, but not mixed.
func decodeAnyBase64(text string) ([]byte, error) {
	encoding := base64.StdEncoding
	if strings.ContainsAny(text, "-_") {
		encoding = base64.URLEncoding
	}
	if !strings.HasSuffix(text, "=") {
		encoding = encoding.WithPadding(base64.NoPadding)
	}
	return encoding.Strict().DecodeString(text)
}

// readers keeps the 40 KiB that a gzip reader works with.
var readers = sync.Pool{New: func() any { return new(gzip.Reader) }}

// maxRatio is the most that DEFLATE can expand: a length of 258 for two bits.
const maxRatio = 1032

// inflate undoes one gzip member with nothing after it. The size that its
// trailer announces is only believed where the input could hold that much, so
// that memory is bounded by what was sent, and by limit.
func inflate(compressed []byte, limit int) (bitstring, *encodingError) {
	if len(compressed) < 18 { // RFC 1952: header 10, trailer 8
		return nil, badEncoding("the list is too short to be gzip", nil)
	}
	src := bytes.NewReader(compressed)
	z := readers.Get().(*gzip.Reader)
	defer readers.Put(z)
	if err := z.Reset(src); err != nil {
		return nil, badEncoding("the list is not gzip", err)
	}
	z.Multistream(false)
	size := uint64(binary.LittleEndian.Uint32(compressed[len(compressed)-4:]))
	if size/maxRatio > uint64(len(compressed)) {
		return nil, badEncoding("the gzip data is damaged, or something follows it: it cannot hold the size it announces", nil)
	}
	if size > uint64(limit) {
		return nil, &encodingError{CodeListTooLarge, fmt.Sprintf("the list inflates to %d bytes, at most %d are read", size, limit), nil}
	}
	return readMember(z, src, int(size))
}

// readMember reads size bytes and then makes sure that the member and the input
// end there; the end is also where gzip compares checksum and length.
func readMember(z *gzip.Reader, src *bytes.Reader, size int) (bitstring, *encodingError) {
	out := make([]byte, size)
	_, err := io.ReadFull(z, out)
	whole := err == nil
	if whole {
		_, err = io.CopyN(io.Discard, z, 1)
	}
	ended := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	switch {
	case err == nil:
		return nil, badEncoding("the gzip data is longer than it announces", nil)
	case ended && src.Len() > 0:
		return nil, badEncoding("something follows the gzip member", nil)
	case !whole || !errors.Is(err, io.EOF):
		return nil, badEncoding("the gzip data is damaged or cut short", err)
	case beginsLikeGzip(out):
		return nil, badEncoding("the list was compressed twice", nil)
	}
	return out, nil
}

// beginsLikeGzip reports the header of a gzip member (RFC 1952, 2.3). A list
// that was compressed twice would be read as random bits, and a revoked
// credential as clear every other time. A list of real bits begins like this
// by chance less often than once in 2^36.
func beginsLikeGzip(b []byte) bool {
	return len(b) >= 18 && b[0] == 0x1f && b[1] == 0x8b && b[2] == 8 && b[3]&0xe0 == 0 &&
		(b[8] == 0 || b[8] == 2 || b[8] == 4) && (b[9] <= 13 || b[9] == 255)
}
