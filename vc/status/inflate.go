package status

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
)

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
		return nil, tooLarge(fmt.Sprint(size), limit)
	}
	return readWhole(z, src, int(size))
}

func tooLarge(size string, limit int) *encodingError {
	return &encodingError{CodeListTooLarge, fmt.Sprintf("the list inflates to %s bytes, at most %d are read", size, limit), nil}
}

// isZlib reports the header of zlib (RFC 1950, 2.2), which no gzip begins with.
func isZlib(b []byte) bool {
	return len(b) > 2 && b[0]&0x0f == 8 && b[0]>>4 <= 7 && b[1]&0x20 == 0 && binary.BigEndian.Uint16(b)%31 == 0
}

// inflateZlib undoes one zlib stream with nothing after it. It announces no size, so
// it is measured first: memory is what it holds, and at most limit.
func inflateZlib(compressed []byte, limit int) (bitstring, *encodingError) {
	z, _, err := openZlib(compressed)
	if err != nil {
		return nil, badEncoding("the list is neither gzip nor zlib", err)
	}
	most := min(int64(limit), maxRatio*int64(len(compressed)))
	size, err := io.CopyN(io.Discard, z, most+1)
	switch {
	case err == nil:
		return nil, tooLarge("more", limit)
	case !errors.Is(err, io.EOF):
		return nil, badEncoding("the zlib data is damaged or cut short", err)
	}
	z, src, err := openZlib(compressed)
	if err != nil {
		return nil, badEncoding("the list is neither gzip nor zlib", err)
	}
	return readWhole(z, src, int(size))
}

func openZlib(compressed []byte) (io.Reader, *bytes.Reader, error) {
	src := bytes.NewReader(compressed)
	z, err := zlib.NewReader(src)
	return z, src, err
}

// readWhole reads size bytes and then makes sure that the member and the input
// end there; the end is also where the checksum is compared.
func readWhole(z io.Reader, src *bytes.Reader, size int) (bitstring, *encodingError) {
	out := make([]byte, size)
	_, err := io.ReadFull(z, out)
	whole := err == nil
	if whole {
		_, err = io.CopyN(io.Discard, z, 1)
	}
	ended := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	switch {
	case err == nil:
		return nil, badEncoding("the compressed data is longer than it announces", nil)
	case ended && src.Len() > 0:
		return nil, badEncoding("something follows the compressed data", nil)
	case !whole || !errors.Is(err, io.EOF):
		return nil, badEncoding("the compressed data is damaged or cut short", err)
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
