package jsonld

import (
	"sync"
	"sync/atomic"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// symbols numbers the terms of all contexts compiled so far. The parser attaches
// the numbers to the member names it reads, and a term look-up becomes an index
// into a context's table.
//
// In a document that was parsed with the present table the numbers are facts. One
// may have been parsed with an older table, though, or with another engine's: then
// they are hints, and look-ups compare the name.
//
// What parsers and look-ups read is an immutable copy, made when someone asks for
// the table after the live one has grown; in a warm process it never grows.
type symbols struct {
	published atomic.Pointer[symbolTable]
	size      atomic.Int32 // of live, plus one
	mu        sync.RWMutex
	live      map[string]int32
}

// symbolTable is a state of the symbols. Numbers begin at 1.
type symbolTable struct {
	numbers *jsonx.Symbols
	names   []string // by number
}

func newSymbols() *symbols {
	s := &symbols{live: make(map[string]int32, 512)}
	for k := kwID; k < keywordCount; k++ {
		s.live[keywordNames[k]] = int32(k)
	}
	s.size.Store(int32(keywordCount))
	s.publish()
	return s
}

// table returns the current numbers. Nobody may change it.
func (s *symbols) table() *jsonx.Symbols {
	if t := s.published.Load(); s.isWhole(t) {
		return t.numbers
	}
	return s.publish().numbers
}

func (s *symbols) publish() *symbolTable {
	s.mu.RLock()
	defer s.mu.RUnlock()
	t := &symbolTable{numbers: jsonx.NewSymbols(s.live), names: make([]string, len(s.live)+1)}
	for name, n := range s.live {
		t.names[n] = name
	}
	s.published.Store(t)
	return t
}

// isWhole reports whether a published state has all names.
func (s *symbols) isWhole(t *symbolTable) bool { return len(t.names) == int(s.size.Load()) }

// knownTo returns below which number the symbols of a document are facts, 0 where
// they are hints.
func (s *symbols) knownTo(d *jsonx.Doc) int32 {
	t := s.published.Load()
	if d == nil || d.Symbols() != t.numbers {
		return 0
	}
	return int32(len(t.names))
}

// isSymbol reports whether n is the number of name. False may also mean that the
// published state does not have it yet.
func (s *symbols) isSymbol(n int32, name string) bool {
	names := s.published.Load().names
	return uint32(n) < uint32(len(names)) && names[n] == name
}

// find returns the number of a name, jsonx.NoSymbol where it has none.
func (s *symbols) find(name string) int32 {
	t := s.published.Load()
	if n := t.numbers.Number(name); n != jsonx.NoSymbol || s.isWhole(t) {
		return n
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
