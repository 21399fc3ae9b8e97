// Package lru keeps values in memory within a budget of bytes and forgets what
// was used longest ago.
package lru

import (
	"container/list"
	"sync"
)

// Cache keeps values of one kind under text keys. Make it with [New]. It is safe for
// concurrent use; what it returns is shared.
type Cache[V any] struct {
	mu      sync.Mutex
	entries map[string]*list.Element
	order   *list.List // of entry[V], the latest first
	bytes   int
	most    int
	size    func(V) int
}

type entry[V any] struct {
	key   string
	value V
	bytes int
}

// New makes a cache that holds at most so many bytes, as size counts those of a value.
// The keys are counted besides.
func New[V any](most int, size func(V) int) *Cache[V] {
	return &Cache[V]{entries: map[string]*list.Element{}, order: list.New(), most: most, size: size}
}

// Get returns the value of a key.
func (c *Cache[V]) Get(key string) (value V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries[key]
	if !ok {
		return value, false
	}
	c.order.MoveToFront(e)
	return e.Value.(entry[V]).value, true
}

// Put keeps a value in place of the one that the key had. One that is larger than the
// whole cache is not kept, and neither is the earlier one.
func (c *Cache[V]) Put(key string, value V) {
	n := entry[V]{key, value, len(key) + c.size(value)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if old, ok := c.entries[key]; ok {
		c.drop(old)
	}
	if n.bytes > c.most {
		return
	}
	c.entries[key] = c.order.PushFront(n)
	for c.bytes += n.bytes; c.bytes > c.most; {
		c.drop(c.order.Back())
	}
}

func (c *Cache[V]) drop(e *list.Element) {
	n := c.order.Remove(e).(entry[V])
	delete(c.entries, n.key)
	c.bytes -= n.bytes
}
