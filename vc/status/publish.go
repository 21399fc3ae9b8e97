package status

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/internal/multibase"
)

// ErrIndex is what the methods of [List] wrap for an index beyond the end, or a
// value that does not fit into an entry.
var ErrIndex = errors.New("status: no such entry or value")

// List is a status list that an issuer publishes. The zero List has no entries;
// make one with [NewList], or [ParseList] for one that was published before. It
// is not safe for concurrent use.
type List struct {
	bits bitstring
	size uint
}

// NewList makes a list of at least entries entries of size bits, all zero. Size
// is 1 for revocation and suspension. A list has [MinEntries] entries or more,
// also where fewer credentials are issued, and at most 16 MiB of bits.
func NewList(entries, size int) (*List, error) {
	if size < 1 || size > maxSize {
		return nil, fmt.Errorf("status: an entry has 1 to %d bits, not %d", maxSize, size)
	}
	if entries < MinEntries {
		return nil, fmt.Errorf("status: a list of %d entries tells which credential is looked at; it needs %d or more", entries, MinEntries)
	}
	if entries > defaultMaxListBytes*8/size {
		return nil, fmt.Errorf("status: %d entries of %d bits exceed %d bytes, which verifiers refuse", entries, size, defaultMaxListBytes)
	}
	return &List{bits: make(bitstring, (entries*size+7)/8), size: uint(size)}, nil
}

// ParseList reads an encodedList that was published before, whose entries have
// size bits, to change it and publish it again. One that was written in base64 of
// another kind, or with zlib, is read as [Check] reads it, and [List.Encode] mends it.
func ParseList(encodedList string, size int) (*List, error) {
	if size < 1 || size > maxSize {
		return nil, fmt.Errorf("status: an entry has 1 to %d bits, not %d", maxSize, size)
	}
	read, problem := expand(bitstringKind, encodedList, defaultMaxListBytes)
	if problem != nil {
		return nil, fmt.Errorf("status: reading an encodedList: %w", problem)
	}
	return &List{bits: read.bits, size: uint(size)}, nil
}

// Len returns the number of entries.
func (l *List) Len() int {
	if l.size == 0 {
		return 0
	}
	return int(l.bits.entries(l.size))
}

// EntrySize returns the bits of one entry.
func (l *List) EntrySize() int { return int(l.size) }

// Value returns what entry index holds. The error wraps [ErrIndex].
func (l *List) Value(index int) (uint64, error) {
	if index < 0 || index >= l.Len() {
		return 0, l.outside(index)
	}
	return l.bits.value(uint64(index), l.size), nil
}

// Set writes value into entry index: 1 revokes or suspends, 0 lifts a
// suspension. A revocation is not meant to be lifted. The error wraps [ErrIndex].
func (l *List) Set(index int, value uint64) error {
	if index < 0 || index >= l.Len() {
		return l.outside(index)
	}
	if l.size < 64 && value>>l.size != 0 {
		return fmt.Errorf("%w: %d needs more than %d bits", ErrIndex, value, l.size)
	}
	l.bits.set(uint64(index), l.size, value)
	return nil
}

func (l *List) outside(index int) error {
	return fmt.Errorf("%w: index %d of a list of %d", ErrIndex, index, l.Len())
}

// Encode returns the list as an encodedList: Multibase base64url of one gzip
// member (Bitstring Status List 1.0, 3.3). Equal lists have equal texts, as long
// as the program is built with the same version of Go.
func (l *List) Encode() (string, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b) // the best level takes eight times as long to save a twentieth
	_, err := z.Write(l.bits)
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return "", fmt.Errorf("status: compressing the list: %w", err)
	}
	return string(multibase.Base64URL) + multibase.EncodeBase64(b.Bytes()), nil
}
