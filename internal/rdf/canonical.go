package rdf

import (
	"hash/maphash"
	"slices"
	"strconv"
	"sync"
)

// Canonical is a dataset in canonical form. It is for one goroutine. After
// Release it is empty, and the bytes that NQuads gave must no longer be used.
type Canonical struct {
	c       *canonicalizer
	digest  [48]byte
	size    int  // of digest, 0 until it is computed
	written bool // c.out is the whole form
}

// NQuads is the canonical form: sorted lines of N-Quads, written at the first
// call. It is valid until Release and must not be changed. It is nil where the
// context of Canonicalize ended first.
func (r *Canonical) NQuads() []byte {
	if r.c == nil {
		return nil
	}
	if !r.written {
		r.written = true
		r.c.out = slices.Grow(r.c.out[:0], len(r.c.text)+len(r.c.text)/8)
		r.c.writeOutput(func() {})
		r.c.readable(r.c.out)
	}
	if r.c.watch.err != nil {
		return nil
	}
	return r.c.out
}

// Sum is the digest of NQuads by Options.Hash. It stays valid after Release if it
// was called before; nil if it was not, or if the context of Canonicalize ended
// first. The caller must not change it. It does not need NQuads, and without it the
// form is never held as a whole.
func (r *Canonical) Sum() []byte {
	if r.size == 0 && r.c != nil {
		if r.written {
			r.c.sumReadable(r.digest[:], r.c.out)
		} else {
			r.c.sumOutput(r.digest[:])
		}
		if r.c.watch.err != nil {
			return nil
		}
		r.size = r.c.size
	}
	if r.size == 0 {
		return nil
	}
	return r.digest[:r.size:r.size]
}

// Label is the name that a blank node of the dataset has in the canonical form,
// without the leading "_:", e.g. "c14n0". It is "" for a node that no statement
// names, and after Release. All labels together are the issued identifiers map
// of RDFC-1.0.
func (r *Canonical) Label(n int32) string {
	if r.c == nil || n < 0 || int(n) >= len(r.c.nodes) || r.c.nodes[n].canonical == unnamed {
		return ""
	}
	return labelPrefix[2:] + strconv.Itoa(int(r.c.nodes[n].canonical))
}

// Work is how many units of Options.MaxWork were spent.
func (r *Canonical) Work() int {
	if r.c == nil {
		return 0
	}
	return r.c.work.spent
}

// Release gives the buffers back for another dataset. It may be called twice.
func (r *Canonical) Release() {
	if r.c != nil {
		r.c.release()
		r.c = nil
	}
}

// pool holds buffers between calls, never content: each run writes a buffer
// before it reads it.
var pool = sync.Pool{New: func() any { return &canonicalizer{seed: maphash.MakeSeed()} }}

// Buffers above these sizes are left to the garbage collector, so that one large
// document does not hold memory for ever.
const (
	keepBytes  = 64 << 20
	keepLines  = 1 << 17
	keepFrames = 1 << 10
)

func (c *canonicalizer) release() {
	size := len(c.text) + cap(c.out) + cap(c.scratch)
	c.work, c.watch, c.text, c.lines = work{}, watch{}, nil, nil
	if size > keepBytes || len(c.search.frames) > keepFrames {
		return
	}
	pool.Put(c)
}
