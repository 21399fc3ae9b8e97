package jsonx

import (
	"encoding/binary"
	"math/bits"
	"unsafe"
)

// NoSymbol is the symbol of a name that the [Symbols] given to Parse lack.
const NoSymbol int32 = -1

// Symbols numbers the member names that a consumer will look up, so that each
// name of a document is hashed once, while it is read. It is immutable and safe
// for concurrent use; nil has no names.
//
// It is a hash table with open addressing, at most half full. It holds the
// consumer's names only, so a document cannot lengthen its chains.
type Symbols struct{ slots []symbol }

type symbol struct {
	name   string
	number int32
	hash   uint32
}

// NewSymbols makes the table of the given numbers, from 0 to 2^28-1.
func NewSymbols(numbers map[string]int32) *Symbols {
	s := make([]symbol, 1<<bits.Len(uint(2*len(numbers)+1)))
	for name, number := range numbers {
		h := hashName(name)
		i := int(h) & (len(s) - 1)
		for s[i].hash != 0 {
			i = (i + 1) & (len(s) - 1)
		}
		s[i] = symbol{name, number, h}
	}
	return &Symbols{s}
}

// Number returns the number of a name, NoSymbol where it has none.
func (s *Symbols) Number(name string) int32 {
	if s == nil {
		return NoSymbol
	}
	slots, h := s.slots, hashName(name)
	for i := int(h) & (len(slots) - 1); slots[i].hash != 0; i = (i + 1) & (len(slots) - 1) {
		if slots[i].hash == h && slots[i].name == name {
			return slots[i].number
		}
	}
	return NoSymbol
}

// hashName mixes a name's length, its first and its last eight bytes, which tell
// the names of a vocabulary apart. It is never 0.
func hashName(name string) uint32 {
	const k = 0x9e3779b97f4a7c15
	b := unsafe.Slice(unsafe.StringData(name), len(name))
	var first, last uint64
	switch n := len(b); {
	case n >= 8:
		first, last = binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[n-8:])
	case n >= 4:
		first, last = uint64(binary.LittleEndian.Uint32(b)), uint64(binary.LittleEndian.Uint32(b[n-4:]))
	case n > 0:
		first, last = uint64(b[0])|uint64(b[n/2])<<8, uint64(b[n-1])
	}
	high, low := bits.Mul64(first^k, last^bits.RotateLeft64(k, 32)^uint64(len(b)))
	return uint32((high^low)>>16) | 1
}
