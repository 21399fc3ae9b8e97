package rest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"math"
	"sync"

	"github.com/laurel-edu/laurel/internal/lru"
)

// Texts keeps the bodies of answers that are long and asked for often, each written
// once however many ask for it at the same time, within a budget of bytes. Make it
// with [NewTexts].
type Texts struct {
	most int64         // of one text
	busy chan struct{} // bounds how many texts grow at the same time
	kept *lru.Cache[*Text]

	mu      sync.Mutex
	growing map[string]*growing
}

// Text is a body that was written.
type Text struct {
	Body []byte // nil where it is too large to be kept
	Size int64
	Tag  string // as of [Tag]

	zip    sync.Once
	zipped []byte
}

// growing is a text that is being written. The other fields are set when ready is
// closed.
type growing struct {
	ready chan struct{}
	text  *Text
	err   error
}

// writers is how many texts are written at the same time.
const writers = 4

// textOverhead is counted for a text besides its bytes.
const textOverhead = 512

// NewTexts makes a room of so many bytes. A text of more than half of it is not kept.
func NewTexts(budget int64) *Texts {
	size := func(t *Text) int { return len(t.Body) + len(t.zipped) + textOverhead }
	kept := lru.New(int(min(budget, math.MaxInt)), size)
	return &Texts{most: budget / 2, busy: make(chan struct{}, writers), kept: kept, growing: map[string]*growing{}}
}

// Get returns the text of a key, which write writes where it is not there. Waiting
// for one that is being written ends with ctx; the writing itself goes on, for others
// want it too. What could not be written is not kept.
func (c *Texts) Get(ctx context.Context, key string, write func(context.Context, io.Writer) error) (*Text, error) {
	c.mu.Lock()
	if t, ok := c.kept.Get(key); ok {
		c.mu.Unlock()
		return t, nil
	}
	if g, ok := c.growing[key]; ok {
		c.mu.Unlock()
		select {
		case <-g.ready:
			return g.text, g.err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	g := &growing{ready: make(chan struct{}), err: errPanicked}
	c.growing[key] = g
	c.mu.Unlock()
	c.grow(context.WithoutCancel(ctx), key, g, write)
	return g.text, g.err
}

var errPanicked = errors.New("rest: writing the text did not end")

func (c *Texts) grow(ctx context.Context, key string, g *growing, write func(context.Context, io.Writer) error) {
	c.busy <- struct{}{}
	defer func() {
		<-c.busy
		c.settle(key, g)
	}()
	w := &keeper{most: c.most, sum: sha256.New()}
	if g.err = write(ctx, w); g.err != nil {
		return
	}
	g.text = &Text{Size: w.size, Tag: tagOf(w.sum.Sum(nil))}
	if w.size <= w.most {
		g.text.Body = bytes.Clone(w.kept.Bytes()) // without the room that it grew
	}
}

func (c *Texts) settle(key string, g *growing) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if g.err == nil {
		c.kept.Put(key, g.text)
	}
	delete(c.growing, key)
	close(g.ready)
}

// Gzip returns the body of a key's text compressed, which is done once.
func (c *Texts) Gzip(key string, t *Text) []byte {
	t.zip.Do(func() {
		t.zipped = compressedWell(t.Body)
		c.kept.Put(key, t) // which counts it anew
	})
	return t.zipped
}

// keeper hashes and counts what is written and keeps it up to a size.
type keeper struct {
	most, size int64
	kept       bytes.Buffer
	sum        hash.Hash
}

// Write implements io.Writer.
func (k *keeper) Write(b []byte) (int, error) {
	_, _ = k.sum.Write(b) // a hash takes everything
	if k.size += int64(len(b)); k.size > k.most {
		k.kept = bytes.Buffer{}
		return len(b), nil
	}
	return k.kept.Write(b)
}
