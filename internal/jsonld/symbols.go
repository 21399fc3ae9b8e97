package jsonld

import (
	"maps"
	"sync"
	"sync/atomic"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// symbols numbers the terms of all contexts compiled so far. The parser attaches
// the numbers to the member names it reads, and a term look-up becomes an index
// into a context's table.
//
// A number is a hint, not a fact: a document may have been parsed with an older
// table, or with another engine's. Look-ups therefore compare the name.
//
// The table that parsers read is an immutable copy, made when someone asks for
// it after the live one has grown; in a warm process it never grows.
type symbols struct {
	published atomic.Pointer[jsonx.Symbols]
	size      atomic.Int32 // of live
	mu        sync.RWMutex
	live      jsonx.Symbols
}

func newSymbols() *symbols {
	s := &symbols{live: make(jsonx.Symbols, 512)}
	for k := kwID; k < keywordCount; k++ {
		s.live[keywordNames[k]] = int32(k)
	}
	s.size.Store(int32(keywordCount))
	s.published.Store(&jsonx.Symbols{})
	s.table()
	return s
}

// table returns the current numbers. Nobody may change it.
func (s *symbols) table() jsonx.Symbols {
	if t := *s.published.Load(); len(t) == s.count() {
		return t
	}
	s.mu.RLock()
	t := maps.Clone(s.live)
	s.mu.RUnlock()
	s.published.Store(&t)
	return t
}

// count is the number of names; numbers begin at 1.
func (s *symbols) count() int { return int(s.size.Load()) - 1 }

// find returns the number of a name, jsonx.NoSymbol where it has none.
func (s *symbols) find(name string) int32 {
	t := *s.published.Load()
	if n, ok := t[name]; ok {
		return n
	}
	if len(t) == s.count() {
		return jsonx.NoSymbol
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if n, ok := s.live[name]; ok {
		return n
	}
	return jsonx.NoSymbol
}

// intern returns the number of a name, giving it one if need be. Only terms of
// known context documents are interned: their number is bounded.
func (s *symbols) intern(name string) int32 {
	if n := s.find(name); n != jsonx.NoSymbol {
		return n
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if n, ok := s.live[name]; ok {
		return n
	}
	n := s.size.Load()
	s.live[name] = n
	s.size.Store(n + 1)
	return n
}
