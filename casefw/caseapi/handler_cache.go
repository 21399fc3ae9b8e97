package caseapi

import (
	"bytes"
	"container/list"
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"sync"
	"weak"
)

// textCache keeps the texts of packages, each written once however many ask for it
// at the same time. It holds at most budget bytes and forgets what was not asked
// for the longest. Its keys do not keep frameworks alive.
type textCache struct {
	budget int64
	busy   chan struct{} // bounds how many texts grow at the same time

	mu    sync.Mutex
	used  int64
	known map[textKey]*list.Element
	order *list.List // of *packageText, the one asked for last in front
}

type textKey struct {
	resource weak.Pointer[Resource]
	version  Version
}

// packageText is a package written out. The fields are set when ready is closed.
type packageText struct {
	key   textKey
	ready chan struct{}
	err   error
	body  []byte // nil where it is too large to be kept
	size  int64
	tag   string

	zip    sync.Once
	zipped []byte
}

// writers is how many packages are written at the same time.
const writers = 4

func newTextCache(budget int64) *textCache {
	return &textCache{budget: budget, busy: make(chan struct{}, writers), known: map[textKey]*list.Element{}, order: list.New()}
}

// text returns a package's text. Waiting for one that is being written ends with
// ctx; the writing itself goes on, for others want it too.
func (c *textCache) text(ctx context.Context, r *Resource, v Version) (*packageText, error) {
	key := textKey{weak.Make(r), v}
	c.mu.Lock()
	if e, known := c.known[key]; known {
		c.order.MoveToFront(e)
		c.mu.Unlock()
		t := e.Value.(*packageText)
		select {
		case <-t.ready:
			return t, t.err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	t := &packageText{key: key, ready: make(chan struct{})}
	c.known[key] = c.order.PushFront(t)
	c.mu.Unlock()
	c.fill(context.WithoutCancel(ctx), t, r)
	return t, t.err
}

var errPanicked = errors.New("caseapi: writing the package did not end")

// fill writes the text; what failed is forgotten again.
func (c *textCache) fill(ctx context.Context, t *packageText, r *Resource) {
	t.err = errPanicked
	c.busy <- struct{}{}
	defer func() {
		<-c.busy
		c.settle(t)
		close(t.ready)
	}()
	w := &keeper{most: c.budget / 2, sum: sha256.New()}
	if t.err = r.write(ctx, w, t.key.version); t.err != nil {
		return
	}
	t.size, t.tag = w.size, tagText(w.sum.Sum(nil))
	if w.size <= w.most {
		t.body = bytes.Clone(w.kept.Bytes()) // without the room that it grew
	}
}

// settle counts a text in, or forgets it, and makes room.
func (c *textCache) settle(t *packageText) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.err != nil {
		c.drop(c.known[t.key])
		return
	}
	c.used += int64(len(t.body)) + textOverhead
	c.makeRoom()
}

// textOverhead is counted for a text besides its bytes.
const textOverhead = 512

func (c *textCache) makeRoom() {
	for e := c.order.Back(); e != nil && c.used > c.budget; {
		before := e.Prev()
		if t := e.Value.(*packageText); t.settled() {
			c.used -= int64(len(t.body)+len(t.zipped)) + textOverhead
			c.drop(e)
		}
		e = before
	}
}

// settled reports whether a text is counted in. The one that settle counts just
// now is not ready, so it stays.
func (t *packageText) settled() bool {
	select {
	case <-t.ready:
		return true
	default:
		return false
	}
}

func (c *textCache) drop(e *list.Element) {
	if e != nil {
		delete(c.known, e.Value.(*packageText).key)
		c.order.Remove(e)
	}
}

// compressed returns the text compressed, which is done once.
func (c *textCache) compressed(t *packageText) []byte {
	var zipped []byte
	t.zip.Do(func() {
		zipped = compressedWell(t.body)
		c.mu.Lock()
		defer c.mu.Unlock()
		t.zipped = zipped
		if e, known := c.known[t.key]; known && e.Value == t {
			c.used += int64(len(zipped))
			c.makeRoom()
		}
	})
	if zipped != nil {
		return zipped
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return t.zipped
}

// keeper hashes and counts what is written and keeps it up to a size.
type keeper struct {
	most, size int64
	kept       bytes.Buffer
	sum        hash.Hash
}

func (k *keeper) Write(b []byte) (int, error) {
	_, _ = k.sum.Write(b) // a hash takes everything
	if k.size += int64(len(b)); k.size > k.most {
		k.kept = bytes.Buffer{}
		return len(b), nil
	}
	return k.kept.Write(b)
}
