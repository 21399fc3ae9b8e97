package fetch

import (
	"context"
	"time"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/lru"
)

// Cache keeps responses of a [Client] under the URL asked for, every field of them
// (Asked, FetchedAt and Expires decide whether one is used again). The Client looks
// at the times itself, so a Cache may keep things for as long as it likes, and may
// forget them. Implementations are safe for concurrent use and honour ctx; one that
// panics, or that answers with nothing or to another question, counts as one that
// holds nothing. What a Cache returns is believed: keep it where only the operator
// writes.
type Cache interface {
	// Get returns what is kept under the URL, false where nothing is.
	Get(ctx context.Context, url string) (*Response, bool)
	// Put keeps a response, in place of an older one.
	Put(ctx context.Context, url string, r *Response)
}

// MemoryCache is a [Cache] in memory that forgets what was used longest ago. It is safe
// for concurrent use. Make it with [NewMemoryCache].
type MemoryCache struct{ kept *lru.Cache[*Response] }

// entryOverhead is what an entry costs beside its body, so that many small
// documents are bounded too.
const entryOverhead = 512

// NewMemoryCache makes one that holds about maxBytes bytes, 32 MiB where that is
// not positive.
func NewMemoryCache(maxBytes int) *MemoryCache {
	if maxBytes <= 0 {
		maxBytes = 32 << 20
	}
	return &MemoryCache{lru.New(maxBytes, func(r *Response) int { return len(r.Body) + entryOverhead })}
}

// Get implements [Cache].
func (m *MemoryCache) Get(_ context.Context, url string) (*Response, bool) { return m.kept.Get(url) }

// Put implements [Cache]. A document larger than the whole cache is not kept.
func (m *MemoryCache) Put(_ context.Context, url string, r *Response) { m.kept.Put(url, r) }

// recall asks a Cache for an answer that may be used again.
func recall(ctx context.Context, c Cache, url string, now time.Time, most time.Duration) *Response {
	if c == nil {
		return nil
	}
	r, err := guard.Call(ctx, func() (*Response, error) {
		if r, ok := c.Get(ctx, url); ok {
			return r, nil
		}
		return nil, nil
	})
	if err != nil || r == nil || r.Asked != url || !current(r.FetchedAt, r.Expires, now, most) {
		return nil
	}
	return r
}

// keep gives a Cache an answer. What it does with it is its own affair.
func keep(ctx context.Context, c Cache, url string, r *Response) {
	if c == nil || r.Expires.IsZero() {
		return
	}
	_, _ = guard.Call(ctx, func() (struct{}, error) {
		c.Put(ctx, url, r)
		return struct{}{}, nil
	})
}

// current reports whether what was stored may still be used. What was stored in
// the future, or for longer than anything is stored, was so by a clock that has
// been set back since, and nobody knows how old it is.
func current(stored, expires, now time.Time, most time.Duration) bool {
	return !stored.After(now) && now.Before(expires) && expires.Sub(stored) <= most
}
