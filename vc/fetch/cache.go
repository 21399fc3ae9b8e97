package fetch

import (
	"container/list"
	"context"
	"sync"
)

// Cache keeps responses of a [Client] under the URL asked for. The Client looks
// at [Response.Expires] itself, so a Cache may keep things for as long as it
// likes, and may forget them. Implementations are safe for concurrent use. What
// a Cache returns is believed: keep it where only the operator writes.
type Cache interface {
	Get(ctx context.Context, url string) (*Response, bool)
	Put(ctx context.Context, url string, r *Response)
}

// Memory is a [Cache] in memory that forgets what was used longest ago.
type Memory struct {
	mu      sync.Mutex
	entries map[string]*list.Element
	recent  *list.List // of *kept, the latest first
	bytes   int
	most    int
}

type kept struct {
	url string
	r   *Response
}

// entryOverhead is what an entry costs beside its body, so that many small
// documents are bounded too.
const entryOverhead = 512

// NewMemory makes a Memory that holds about maxBytes bytes, 32 MiB where that is
// not positive.
func NewMemory(maxBytes int) *Memory {
	if maxBytes <= 0 {
		maxBytes = 32 << 20
	}
	return &Memory{entries: make(map[string]*list.Element), recent: list.New(), most: maxBytes}
}

// Get implements [Cache].
func (m *Memory) Get(_ context.Context, url string) (*Response, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.entries[url]
	if !ok {
		return nil, false
	}
	m.recent.MoveToFront(e)
	return e.Value.(*kept).r, true
}

// Put implements [Cache]. A document larger than the whole cache is not kept.
func (m *Memory) Put(_ context.Context, url string, r *Response) {
	k := &kept{url, r}
	m.mu.Lock()
	defer m.mu.Unlock()
	if old, ok := m.entries[url]; ok {
		m.drop(old)
	}
	if k.size() > m.most {
		return
	}
	m.entries[url] = m.recent.PushFront(k)
	for m.bytes += k.size(); m.bytes > m.most; {
		m.drop(m.recent.Back())
	}
}

func (m *Memory) drop(e *list.Element) {
	k := m.recent.Remove(e).(*kept)
	delete(m.entries, k.url)
	m.bytes -= k.size()
}

func (k *kept) size() int { return len(k.r.Body) + len(k.url) + entryOverhead }
