package status

import (
	"context"
	"time"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/lru"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// Cache keeps verified lists in memory under their URL. [Check] looks at the times
// of a [Snapshot] itself, so a Cache may keep a list for as long as it likes, and
// may forget it. Implementations are safe for concurrent use; one that panics, that
// answers with nothing or with the list of another URL, or that is not done when
// the context of Check ends, counts as one that holds nothing. What a Cache returns
// is believed, so one Cache serves verifiers of one set of trust.
type Cache interface {
	// Get returns the list that is kept under the URL, false where none is.
	Get(url string) (*Snapshot, bool)
	// Put keeps a list, in place of an older one.
	Put(url string, s *Snapshot)
}

// Snapshot is a status list as it was fetched, verified and decoded. It is
// immutable and safe for concurrent use.
type Snapshot struct {
	kind         *kind  // of the entry
	form         *kind  // of the list, by its types
	url          string // that the entry names
	id           string // that the list has, "" for none
	issuer       string
	purposes     []string
	valid        vc.Interval // by its dates and by how it was verified
	fetched      time.Time   // by the host; zero: not known
	stored       time.Time   // the instant of the Check that read it
	expires      time.Time
	source       fetch.Source
	bits         bitstring
	revoked      map[string]revocation // of a 1EdTechRevocationList
	revokedBytes int
	warnings     []*vc.Problem // with pointers that count from the entry
	defects      []*vc.Problem // in the way of Clear; with pointers like that
}

// Expires is until when the list may be used again without fetching it, by its
// ttl, the interval in which its verification holds, and a bound of a day.
func (s *Snapshot) Expires() time.Time { return s.expires }

// Size is about how many bytes the list takes.
func (s *Snapshot) Size() int { return snapshotOverhead + len(s.bits) + s.revokedBytes + len(s.url) }

// snapshotOverhead is what a list costs beside its bits, so that many short
// ones are bounded too.
const snapshotOverhead = 1 << 10

// usable reports whether the list may be used again at an instant. What was stored
// in the future was so by a clock that has been set back since, and nobody knows
// how old it is. That nothing is stored for more than maxTTL is seen to when it is.
func (s *Snapshot) usable(at time.Time) bool {
	return !s.stored.After(at) && at.Before(s.expires)
}

// MemoryCache is a [Cache] in memory that forgets what was used longest ago. It is
// safe for concurrent use. Make it with [NewMemoryCache].
type MemoryCache struct{ kept *lru.Cache[*Snapshot] }

// NewMemoryCache makes one that holds about maxBytes bytes, 32 MiB where that is
// not positive: two thousand lists of the usual length.
func NewMemoryCache(maxBytes int) *MemoryCache {
	if maxBytes <= 0 {
		maxBytes = 32 << 20
	}
	return &MemoryCache{lru.New(maxBytes, (*Snapshot).Size)}
}

// Get implements [Cache].
func (m *MemoryCache) Get(url string) (*Snapshot, bool) { return m.kept.Get(url) }

// Put implements [Cache]. A list larger than the whole cache is not kept.
func (m *MemoryCache) Put(url string, s *Snapshot) { m.kept.Put(url, s) }

// cached returns a list of the wanted kind that may still be used.
func (k *checker) cached(ctx context.Context, kd *kind, url string) (*Snapshot, bool) {
	s := k.recall(ctx, url)
	if s == nil || s.kind != kd || s.url != url || !s.usable(k.At) {
		return nil, false
	}
	if s.source != fetch.SourcePack {
		again := *s
		again.source = fetch.SourceCache
		s = &again
	}
	return s, true
}

// recall asks the Cache, nil for nothing. MemoryCache needs no guard.
func (k *checker) recall(ctx context.Context, url string) *Snapshot {
	switch c := k.Cache.(type) {
	case nil:
		return nil
	case *MemoryCache:
		if c != nil {
			s, _ := c.Get(url) // nil where it holds none
			return s
		}
	}
	s, err := guard.Call(ctx, func() (*Snapshot, error) {
		if s, ok := k.Cache.Get(url); ok {
			return s, nil
		}
		return nil, nil
	})
	if err != nil {
		return nil
	}
	return s
}

// keep gives the Cache a list. What it does with it is its own affair.
func (k *checker) keep(ctx context.Context, s *Snapshot) {
	if k.Cache == nil || !s.usable(k.At) {
		return
	}
	_, _ = guard.Call(ctx, func() (struct{}, error) {
		k.Cache.Put(s.url, s)
		return struct{}{}, nil
	})
}
