package status

import (
	"time"

	"github.com/laurel-edu/laurel/internal/recent"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// Cache keeps verified lists in memory under their URL. [Check] looks at
// [Snapshot.Expires] itself, so a Cache may keep a list for as long as it likes,
// and may forget it. Implementations are safe for concurrent use. What a Cache
// returns is believed, so one Cache serves verifiers of one set of trust.
type Cache interface {
	Get(url string) (*Snapshot, bool)
	Put(url string, s *Snapshot)
}

// Snapshot is a status list as it was fetched, verified and decoded. It is
// immutable and safe for concurrent use.
type Snapshot struct {
	kind         *kind
	url          string
	issuer       string
	purposes     []string
	from, until  time.Time // zero: unbounded
	fetched      time.Time // by the host; zero: not known
	expires      time.Time
	source       fetch.Source
	bits         bitstring
	revoked      map[string]revocation // of a 1EdTechRevocationList
	revokedBytes int
	warnings     []*vc.Problem // with pointers that count from the entry
}

// Expires is until when the list may be used again without fetching it, by its
// ttl, its validUntil and a bound of a day.
func (s *Snapshot) Expires() time.Time { return s.expires }

// Size is about how many bytes the list takes.
func (s *Snapshot) Size() int { return snapshotOverhead + len(s.bits) + s.revokedBytes + len(s.url) }

// snapshotOverhead is what a list costs beside its bits, so that many short
// ones are bounded too.
const snapshotOverhead = 1 << 10

// Memory is a [Cache] in memory that forgets what was used longest ago. It is
// safe for concurrent use. Make it with [NewMemory].
type Memory struct{ kept *recent.Cache[*Snapshot] }

// NewMemory makes a Memory that holds about maxBytes bytes, 32 MiB where that is
// not positive: two thousand lists of the usual length.
func NewMemory(maxBytes int) *Memory {
	if maxBytes <= 0 {
		maxBytes = 32 << 20
	}
	return &Memory{recent.New(maxBytes, (*Snapshot).Size)}
}

// Get implements [Cache].
func (m *Memory) Get(url string) (*Snapshot, bool) { return m.kept.Get(url) }

// Put implements [Cache]. A list larger than the whole cache is not kept.
func (m *Memory) Put(url string, s *Snapshot) { m.kept.Put(url, s) }
