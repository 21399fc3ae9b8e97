package fetch

import (
	"context"

	"github.com/laurel-edu/laurel/internal/recent"
)

// Cache keeps responses of a [Client] under the URL asked for. The Client looks
// at [Response.Expires] itself, so a Cache may keep things for as long as it
// likes, and may forget them. Implementations are safe for concurrent use. What
// a Cache returns is believed: keep it where only the operator writes.
type Cache interface {
	Get(ctx context.Context, url string) (*Response, bool)
	Put(ctx context.Context, url string, r *Response)
}

// Memory is a [Cache] in memory that forgets what was used longest ago. It is safe
// for concurrent use. Make it with [NewMemory].
type Memory struct{ kept *recent.Cache[*Response] }

// entryOverhead is what an entry costs beside its body, so that many small
// documents are bounded too.
const entryOverhead = 512

// NewMemory makes a Memory that holds about maxBytes bytes, 32 MiB where that is
// not positive.
func NewMemory(maxBytes int) *Memory {
	if maxBytes <= 0 {
		maxBytes = 32 << 20
	}
	return &Memory{recent.New(maxBytes, func(r *Response) int { return len(r.Body) + entryOverhead })}
}

// Get implements [Cache].
func (m *Memory) Get(_ context.Context, url string) (*Response, bool) { return m.kept.Get(url) }

// Put implements [Cache]. A document larger than the whole cache is not kept.
func (m *Memory) Put(_ context.Context, url string, r *Response) { m.kept.Put(url, r) }
