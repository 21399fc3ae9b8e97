// Package arena holds many texts in little room: one behind the other, each reached
// by four bytes, and where they are interned, once.
package arena

import (
	"encoding/binary"
	"hash/maphash"
	"unsafe"
)

// Text is the place of a text in an [Arena]. Zero is absence; an empty text has a
// place of its own.
type Text uint32

const (
	chunkBits = 16
	chunkSize = 1 << chunkBits
	// maxArena leaves the highest bit of a text free for a mark.
	maxArena = 1 << 31
)

// Arena holds texts one behind the other, each with its length in front. It grows
// by chunks, the first of them small, so that growing copies nothing and leaves no
// garbage.
type Arena struct {
	chunks [][]byte
	Full   bool // more than maxArena was asked for; what came after is lost
}

// Put stores b and returns its place.
func (a *Arena) Put(b []byte) Text {
	var head [binary.MaxVarintLen64]byte
	width := binary.PutUvarint(head[:], uint64(len(b)))
	chunk := a.room(width + len(b))
	if chunk == nil {
		return 0
	}
	at := Text(len(a.chunks)-1)<<chunkBits | Text(len(*chunk))
	*chunk = append(*chunk, head[:width]...)
	*chunk = append(*chunk, b...)
	a.skipSlots(width + len(b))
	return at
}

// room returns the last chunk, a new one where the last has no room for n bytes.
func (a *Arena) room(n int) *[]byte {
	size := 1024
	if len(a.chunks) > 0 {
		last := &a.chunks[len(a.chunks)-1]
		if len(*last)+n <= cap(*last) {
			return last
		}
		size = min(max(size, 2*cap(*last)), chunkSize)
	}
	if len(a.chunks)+1+n>>chunkBits >= maxArena>>chunkBits {
		a.Full = true
		return nil
	}
	start := 0
	if len(a.chunks) == 0 {
		start = 1 // place 0 is absence
	}
	a.chunks = append(a.chunks, make([]byte, start, max(start+n, size)))
	return &a.chunks[len(a.chunks)-1]
}

// skipSlots keeps places unique behind a text that is longer than a chunk.
func (a *Arena) skipSlots(n int) {
	for ; n > chunkSize; n -= chunkSize {
		a.chunks = append(a.chunks, nil)
	}
}

// Bytes returns the text at a place, nil for absence. It must not be changed.
func (a *Arena) Bytes(t Text) []byte {
	if t == 0 {
		return nil
	}
	b := a.chunks[t>>chunkBits][t&(chunkSize-1):]
	if n := int(b[0]); n < 0x80 {
		return b[1 : 1+n : 1+n]
	}
	n, width := binary.Uvarint(b)
	return b[width : width+int(n) : width+int(n)]
}

// String returns the text at a place, "" for absence. It costs nothing: the text
// is not copied, and lives as long as the arena.
func (a *Arena) String(t Text) string {
	b := a.Bytes(t)
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// Clip gives back what the last chunk does not use.
func (a *Arena) Clip() {
	if n := len(a.chunks); n > 0 {
		last := &a.chunks[n-1]
		if cap(*last)-len(*last) > 1024 {
			*last = append(make([]byte, 0, len(*last)), *last...)
		}
	}
}

// Interner stores each text once. Equal texts get equal places.
type Interner struct {
	arena *Arena
	slots []internSlot
	count int
}

// In returns an interner that stores in an arena.
func In(a *Arena) Interner { return Interner{arena: a} }

type internSlot struct {
	hash uint32
	at   Text
}

// internSeed makes it impossible to choose texts that collide.
var internSeed = maphash.MakeSeed()

// Find returns the place of b, absence where it is not stored, and its hash for [Interner.Add].
func (n *Interner) Find(b []byte) (at Text, hash uint32) {
	hash = uint32(maphash.Bytes(internSeed, b))
	if len(n.slots) == 0 {
		return 0, hash
	}
	mask := uint32(len(n.slots) - 1)
	for i := hash & mask; n.slots[i].at != 0; i = (i + 1) & mask {
		if s := &n.slots[i]; s.hash == hash && string(n.arena.Bytes(s.at)) == string(b) {
			return s.at, hash
		}
	}
	return 0, hash
}

// Put returns the place of b, storing it first where it is new.
func (n *Interner) Put(b []byte) Text {
	at, hash := n.Find(b)
	if at == 0 {
		at = n.arena.Put(b)
		n.Add(at, hash)
	}
	return at
}

// Add makes the text at a place findable.
func (n *Interner) Add(at Text, hash uint32) {
	if at == 0 {
		return
	}
	if n.count++; 2*n.count > len(n.slots) {
		old := n.slots
		n.slots = make([]internSlot, max(64, 2*len(old)))
		for _, s := range old {
			if s.at != 0 {
				n.place(s)
			}
		}
	}
	n.place(internSlot{hash, at})
}

func (n *Interner) place(s internSlot) {
	mask := uint32(len(n.slots) - 1)
	i := s.hash & mask
	for n.slots[i].at != 0 {
		i = (i + 1) & mask
	}
	n.slots[i] = s
}
