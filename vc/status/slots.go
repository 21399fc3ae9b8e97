package status

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"sync"
)

// ErrFull is what [Slots.Take] returns when every index is taken: begin another
// list.
var ErrFull = errors.New("status: every index of the list is taken")

// Slots remembers which indexes of a list are given to credentials and draws
// free ones at random, so that an index tells neither when its credential was
// issued nor how many there are (Bitstring Status List 1.0, 2.1). It is safe for
// concurrent use by one process; several processes need a database instead.
//
// Keep it with the issuer's records ([Slots.Bytes]), never beside the list.
type Slots struct {
	mu    sync.Mutex
	taken bitstring
	n     int // entries
	free  int
	rand  io.Reader
}

// NewSlots makes the Slots of a list of n entries, at most as many as 16 MiB of
// single bits hold. taken is what [Slots.Bytes] returned before, nil for a new list.
// Random is the source of randomness, crypto/rand where nil; anything weaker gives
// away the order.
func NewSlots(n int, taken []byte, random io.Reader) (*Slots, error) {
	if n < 1 || n > defaultMaxListBytes*8 { // which verifiers refuse
		return nil, fmt.Errorf("status: no list has %d entries", n)
	}
	if taken == nil {
		taken = make([]byte, (n+7)/8)
	}
	if len(taken) != (n+7)/8 || n%8 != 0 && taken[n/8]<<(n%8) != 0 {
		return nil, fmt.Errorf("status: %d bytes do not record which of %d indexes are taken", len(taken), n)
	}
	if random == nil {
		random = rand.Reader
	}
	s := &Slots{taken: bytes.Clone(taken), n: n, free: n, rand: random}
	for _, b := range taken {
		s.free -= bits.OnesCount8(b)
	}
	return s, nil
}

// Free returns how many indexes are left.
func (s *Slots) Free() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.free
}

// Bytes returns a record of the taken indexes, for [NewSlots].
func (s *Slots) Bytes() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Clone(s.taken)
}

// Take draws one of the free indexes, each as likely as any other, and marks it
// as taken. The error is [ErrFull] or that of the source of randomness. Record
// the index before the credential is signed: one that is given twice revokes two.
func (s *Slots) Take() (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.free == 0 {
		return 0, ErrFull
	}
	rank, err := below(s.rand, uint64(s.free))
	if err != nil {
		return 0, fmt.Errorf("status: drawing an index: %w", err)
	}
	index := s.nth(int(rank))
	s.taken.set(uint64(index), 1, 1)
	s.free--
	return index, nil
}

// nth is the free index that rank others precede.
func (s *Slots) nth(rank int) int {
	for i, b := range s.taken {
		free := bits.OnesCount8(^b)
		if rank >= free {
			rank -= free
			continue
		}
		for bit := 0; ; bit++ {
			if b>>(7-bit)&1 != 0 {
				continue
			}
			if rank == 0 {
				return i*8 + bit
			}
			rank--
		}
	}
	return 0 // not reached: rank is below the number of free indexes
}

// below draws a number below n without favouring small ones. A draw fails less
// often than every other time, so a source that fails this often is broken.
func below(random io.Reader, n uint64) (uint64, error) {
	var b [8]byte
	mask := uint64(1)<<bits.Len64(n-1) - 1
	for range 256 {
		if _, err := io.ReadFull(random, b[:]); err != nil {
			return 0, err
		}
		if v := binary.BigEndian.Uint64(b[:]) & mask; v < n {
			return v, nil
		}
	}
	return 0, errors.New("the source of randomness repeats itself")
}
