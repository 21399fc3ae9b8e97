package schema

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/laurel-edu/laurel/internal/lru"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// Cache keeps compiled schemas in memory under the digest of their text and their URL,
// and forgets what was used longest ago. What a schema refers to is asked for again each
// time, and a schema that refers to what has changed is compiled anew: one Cache serves
// verifiers of any trust. It is safe for concurrent use. Make it with [NewCache].
type Cache struct{ kept *lru.Cache[*kept] }

// kept is a schema with what was read for it.
type kept struct {
	compiled *compiled
	fault    *fault // why it is never evaluated; nil where it is
	refers   []reference
}

// schemaSize is about how many bytes one schema within another takes when compiled.
const schemaSize = 1 << 10

// NewCache makes one that holds about maxBytes bytes, 16 MiB where that is not positive:
// hundreds of schemas of the usual length, or a dozen as long as the published ones.
func NewCache(maxBytes int) *Cache {
	if maxBytes <= 0 {
		maxBytes = 16 << 20
	}
	return &Cache{lru.New(maxBytes, (*kept).size)}
}

func (s *kept) size() int {
	if s.compiled == nil {
		return schemaSize
	}
	return schemaSize * (1 + s.compiled.schemas)
}

// compiled returns a schema ready to be evaluated, from the Cache where it can.
func (k *checker) compiled(ctx context.Context, src source) (*compiled, *fault) {
	r := &reader{checker: k, ctx: ctx, bytes: k.MaxBytes, values: k.MaxNodes / nodesPerValue}
	if k.Cache == nil || k.Cache.kept == nil {
		return r.compile(src)
	}
	sum := sha256.Sum256(src.text)
	key := fmt.Sprint(string(sum[:]), k.MaxBytes, " ", k.MaxNodes, " ", src.draft, " ", src.url)
	if s, ok := k.Cache.kept.Get(key); ok && r.unchanged(s.refers) {
		return s.compiled, s.fault
	}
	c, f := r.compile(src)
	if f == nil || f.code != vc.Code(fetch.CodeBudget) && f.code != CodeUnavailable {
		k.Cache.kept.Put(key, &kept{c, f, r.refers})
	}
	return c, f
}

// unchanged reports whether what a schema refers to is still what it was.
func (r *reader) unchanged(refers []reference) bool {
	for _, ref := range refers {
		text, err := r.fetch(ref.url)
		if err != nil || sha256.Sum256(text) != ref.sum {
			return false
		}
	}
	return true
}
