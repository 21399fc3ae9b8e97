package status

import "math/bits"

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

// ones is how many of its bits are set.
func (b bitstring) ones() int {
	n := 0
	for _, v := range b {
		n += bits.OnesCount8(v)
	}
	return n
}
