// Package cbor reads and writes what the proof values of selective disclosure need of
// CBOR (RFC 8949): unsigned integers, byte strings, text strings, arrays and maps.
//
// Reading is strict, so that a value has one encoding: the shortest form of each
// length and integer, definite lengths, no tags, no floats, no simple values, nothing
// behind the end. No length is believed: an array or a map has at most as many items as
// bytes are left, so memory follows the text.
package cbor

import (
	"encoding/binary"
	"fmt"
	"math"
	"unicode/utf8"
)

// The major types (RFC 8949, 3.1).
const (
	unsigned byte = 0
	octets   byte = 2
	text     byte = 3
	array    byte = 4
	mapping  byte = 5
)

var names = [...]string{
	unsigned: "an unsigned integer", 1: "a negative integer", octets: "a byte string", text: "a text string",
	array: "an array", mapping: "a map", 6: "a tag", 7: "a float or simple value",
}

// Reader takes one encoded value apart, item by item. Its first error stays, and every
// later answer is zero.
type Reader struct {
	rest []byte
	at   int
	err  error
}

// NewReader reads b, which it does not copy.
func NewReader(b []byte) *Reader { return &Reader{rest: b} }

// Err is the first error.
func (r *Reader) Err() error { return r.err }

// End is the first error, or that something follows.
func (r *Reader) End() error {
	if r.err == nil && len(r.rest) > 0 {
		r.fail("%d bytes follow the value", len(r.rest))
	}
	return r.err
}

func (r *Reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("cbor: at byte %d: %s", r.at, fmt.Sprintf(format, args...))
	}
	r.rest = nil
}

func (r *Reader) take(n int) []byte {
	b := r.rest[:n:n]
	r.rest, r.at = r.rest[n:], r.at+n
	return b
}

// head reads the major type, which is told, and the argument of the next item.
func (r *Reader) head(major byte) uint64 {
	if r.err != nil {
		return 0
	}
	if len(r.rest) == 0 {
		r.fail("%s is missing", names[major])
		return 0
	}
	first := r.rest[0]
	if first>>5 != major {
		r.fail("%s stands where %s belongs", names[first>>5], names[major])
		return 0
	}
	return r.argument(first & 31)
}

func (r *Reader) argument(info byte) uint64 {
	if info < 24 {
		r.take(1)
		return uint64(info)
	}
	if info > 27 {
		r.fail("a length that is indefinite or reserved")
		return 0
	}
	size := 1 << (info - 24)
	if len(r.rest) < 1+size {
		r.fail("a length that is cut off")
		return 0
	}
	var wide [8]byte
	copy(wide[8-size:], r.rest[1:1+size])
	n := binary.BigEndian.Uint64(wide[:])
	if n < 24 || size > 1 && n>>(4*size) == 0 {
		r.fail("a number that is not in its shortest form")
		return 0
	}
	r.take(1 + size)
	return n
}

// Uint reads an unsigned integer.
func (r *Reader) Uint() uint64 { return r.head(unsigned) }

// Bytes reads a byte string, without a copy.
func (r *Reader) Bytes() []byte { return r.sized(octets) }

// Text reads a text string, which is UTF-8.
func (r *Reader) Text() string {
	b := r.sized(text)
	if !utf8.Valid(b) {
		r.fail("a text that is not UTF-8")
		return ""
	}
	return string(b)
}

func (r *Reader) sized(major byte) []byte {
	n := r.head(major)
	if r.err != nil {
		return nil
	}
	if n > uint64(len(r.rest)) {
		r.fail("%s of %d bytes, %d are left", names[major], n, len(r.rest))
		return nil
	}
	return r.take(int(n))
}

// Array reads the beginning of an array and returns how many items follow.
func (r *Reader) Array() int { return r.count(array, 1) }

// Map reads the beginning of a map and returns how many pairs follow.
func (r *Reader) Map() int { return r.count(mapping, 2) }

func (r *Reader) count(major byte, least uint64) int {
	n := r.head(major)
	if r.err == nil && n > uint64(len(r.rest))/least {
		r.fail("%s of %d, %d bytes are left", names[major], n, len(r.rest))
		return 0
	}
	if r.err != nil {
		return 0
	}
	return int(n)
}

// AppendUint writes an unsigned integer.
func AppendUint(dst []byte, n uint64) []byte { return appendHead(dst, unsigned, n) }

// AppendBytes writes a byte string.
func AppendBytes(dst, b []byte) []byte { return append(appendHead(dst, octets, uint64(len(b))), b...) }

// AppendText writes a text string.
func AppendText(dst []byte, s string) []byte {
	return append(appendHead(dst, text, uint64(len(s))), s...)
}

// AppendArray writes the beginning of an array of n items.
func AppendArray(dst []byte, n int) []byte { return appendHead(dst, array, uint64(n)) }

// AppendMap writes the beginning of a map of n pairs.
func AppendMap(dst []byte, n int) []byte { return appendHead(dst, mapping, uint64(n)) }

func appendHead(dst []byte, major byte, n uint64) []byte {
	major <<= 5
	switch {
	case n < 24:
		return append(dst, major|byte(n))
	case n <= math.MaxUint8:
		return append(dst, major|24, byte(n))
	case n <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(dst, major|25), uint16(n))
	case n <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(dst, major|26), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(dst, major|27), n)
}
