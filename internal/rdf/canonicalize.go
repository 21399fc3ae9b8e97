package rdf

import (
	"context"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"hash"
	"hash/maphash"
	"strconv"
)

// Canonicalize brings a dataset into canonical form (RDFC-1.0, 4.4). It does not
// change the dataset, which must stay as it is until the result is released. Errors
// are of type [*Error].
//
// The result holds pooled buffers: call [Canonical.Release] when done with it.
// Concurrent calls are safe, also for one dataset.
func Canonicalize(ctx context.Context, d *Dataset, o Options) (*Canonical, error) {
	o = o.withDefaults()
	if err := admit(ctx, d, o); err != nil {
		return nil, err
	}
	c := pool.Get().(*canonicalizer)
	if err := c.run(ctx, d, o); err != nil {
		c.release()
		return nil, err
	}
	return &Canonical{c: c}, nil
}

// admit checks what can be checked before anything is allocated.
func admit(ctx context.Context, d *Dataset, o Options) error {
	switch {
	case o.Hash > SHA384:
		return errors.New("rdf: Options.Hash is neither SHA-256 nor SHA-384")
	case d.Len() > o.MaxQuads:
		return tooMany(CodeTooManyQuads, "statements", d.Len(), o.MaxQuads)
	case d.full:
		return &Error{Code: CodeTooLarge, Detail: "the statements are longer than " + strconv.Itoa(d.mostBytes()) + " bytes"}
	case int(d.Nodes) > o.MaxNodes:
		return tooMany(CodeTooManyNodes, "blank nodes", int(d.Nodes), o.MaxNodes)
	case d.Nodes < 0 || d.bad:
		return errDataset
	case ctx.Err() != nil:
		return cancelled(ctx)
	}
	return nil
}

// canonicalizer is the state of one canonicalisation, and its buffers.
type canonicalizer struct {
	options Options
	size    int // of a digest
	work    work
	watch   watch

	nodes    []node
	mentions []int32 // see node
	hashes   []byte  // first degree hashes by node
	ranks    []ranked
	likes    []int32 // see findLike
	issued   int32   // canonical names given out

	text    []byte // of the dataset
	lines   []line
	scratch []byte

	search search // of the N degree step

	subjects []subject
	slots    []int32 // hash table of subjects
	next     []int32 // by line: the next one of the same subject, where that is an IRI
	seed     maphash.Seed
	batch    []int32 // quads of one subject
	byNumber []int32 // nodes by canonical number
	byName   []int32 // nodes in the order of their names as text
	label    []byte
	out      []byte

	hashers [SHA384 + 1]hash.Hash // for long forms, made when needed
}

func (c *canonicalizer) run(ctx context.Context, d *Dataset, o Options) error {
	c.options, c.size = o, o.Hash.Size()
	c.nodes = resize(c.nodes, int(d.Nodes))
	for i := range c.nodes {
		c.nodes[i] = node{canonical: unnamed, temporary: unnamed, walked: unnamed}
	}
	c.issued = 0
	c.work, c.watch = work{}, watch{ctx: ctx}
	c.text, c.lines = d.linesFor(o)
	if err := c.listMentions(); err != nil {
		return err
	}
	if len(c.mentions) > 0 {
		c.work.begin(ctx, o.MaxWork, len(c.mentions))
		if err := c.nameNodes(); err != nil {
			return err
		}
	}
	return c.watch.fault()
}

// subject is the subject of a line as it stands there, from its first character
// to the one after which the rest begins.
func (c *canonicalizer) subject(i int32) []byte {
	l := &c.lines[i]
	return c.text[l.start:l.rest]
}

// predicate is the predicate of a line with its brackets.
func (c *canonicalizer) predicate(l *line) []byte { return c.text[l.rest+1 : l.object-1] }

// nameNodes issues the canonical names: first to the nodes whose hash is their
// own, then group by group to those that share one (RDFC-1.0, 4.4, steps 3 to 5).
func (c *canonicalizer) nameNodes() error {
	c.ranks = c.ranks[:0]
	if c.nameOnly() {
		return nil
	}
	c.hashes = resize(c.hashes, len(c.nodes)*c.size)
	c.beginLikes()
	for i := range c.nodes {
		if c.watch.ended() {
			return c.watch.fault()
		}
		if n := int32(i); c.nodes[i].from < c.nodes[i].to {
			c.hashFirstDegree(n)
			c.ranks = append(c.ranks, c.rank(n))
		}
	}
	c.rankNodes()
	if err := c.watch.fault(); err != nil {
		return err
	}
	if shared := c.nameUnique(); !shared {
		return nil
	}
	return c.nameShared()
}

// nameOnly names the node where there is but one, whatever its hash, and reports
// whether there was.
func (c *canonicalizer) nameOnly() bool {
	only := NoNode
	for i := range c.nodes {
		if c.nodes[i].from < c.nodes[i].to {
			if only != NoNode {
				return false
			}
			only = int32(i)
		}
	}
	if only != NoNode {
		c.issue(only)
	}
	return true
}

// nameUnique names the nodes that have a hash of their own, and reports whether
// there are others.
func (c *canonicalizer) nameUnique() (shared bool) {
	for from := 0; from < len(c.ranks); {
		to := c.groupEnd(from)
		if to == from+1 {
			c.issue(c.ranks[from].node)
		} else {
			shared = true
		}
		from = to
	}
	return shared
}

// issue gives the node the next canonical name, if it has none.
func (c *canonicalizer) issue(n int32) {
	if c.nodes[n].canonical == unnamed {
		c.nodes[n].canonical = c.issued
		c.issued++
	}
}

// hashOf is the node's first degree hash.
func (c *canonicalizer) hashOf(n int32) []byte {
	return c.hashes[int(n)*c.size:][:c.size]
}

// resize gives a slice of n elements whose content is unspecified.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// fullBytes is how much of the canonical form is hashed at once: little enough to
// stay in the nearest cache, and enough to make nothing of the calls.
const fullBytes = 8 << 10

// sumOutput writes the digest of the canonical form to dst, without holding more
// than a part of the form.
func (c *canonicalizer) sumOutput(dst []byte) {
	var h hash.Hash
	c.out = c.out[:0]
	c.writeOutput(func() {
		if h == nil {
			h = c.hasher()
		}
		h.Write(c.readable(c.out))
		c.out = c.out[:0]
	})
	if h == nil {
		c.sum(dst, c.out)
		return
	}
	h.Write(c.readable(c.out))
	h.Sum(dst[:0])
}

// hasher is a reset hash of the kind that the options ask for.
func (c *canonicalizer) hasher() hash.Hash {
	h := &c.hashers[c.options.Hash]
	switch {
	case *h != nil:
		(*h).Reset()
	case c.options.Hash == SHA384:
		*h = sha512.New384()
	default:
		*h = sha256.New()
	}
	return *h
}

// sum writes the digest of data, which it may change, to dst.
func (c *canonicalizer) sum(dst, data []byte) { c.sumReadable(dst, c.readable(data)) }

func (c *canonicalizer) sumReadable(dst, data []byte) {
	if c.options.Hash == SHA384 {
		digest := sha512.Sum384(data)
		copy(dst, digest[:])
		return
	}
	digest := sha256.Sum256(data)
	copy(dst, digest[:])
}
