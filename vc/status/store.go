package status

import (
	"context"
	"maps"
	"sync"
)

// Store keeps what a [Publisher] must not forget: which indexes of its lists were given
// to credentials, and what their entries hold. A list is named by its purpose and a
// number, such as "revocation/1"; a store knows neither how long lists are nor what
// the values mean. What a method has acknowledged outlasts the process.
//
// Each method is one statement of SQL over a table of lists, indexes and values, so that
// several processes may share a database. Keep it with the issuer's records: which
// indexes were given tells how many credentials there are. Implementations are safe for
// concurrent use; one that panics or outlasts its context counts as one that failed.
type Store interface {
	// Take records that an index is given to a credential. It returns false, and changes
	// nothing, where the index was given or set before: of all who ask, one gets it.
	Take(ctx context.Context, list string, index int) (bool, error)
	// Set keeps what the entry at an index holds, in place of an older value. An index
	// that was not taken is taken by it.
	Set(ctx context.Context, list string, index int, value uint64) error
	// Load returns what is kept of a list; of one that nobody knows, the zero Kept. It
	// holds all that was acknowledged before it was called. The caller may change it.
	Load(ctx context.Context, list string) (Kept, error)
}

// Kept is what a [Store] holds of a list.
type Kept struct {
	Taken  int            // how many indexes were given
	Values map[int]uint64 // what entries hold, by index; those without hold zero
}

// MemoryStore is a [Store] for tests, and for lists that are short-lived: it forgets
// everything when the process ends. The zero MemoryStore is empty and ready.
type MemoryStore struct {
	mu    sync.Mutex
	lists map[string]*keptList
}

// keptList is a list as [MemoryStore] and [FileStore] hold it.
type keptList struct {
	taken  bitstring // by index
	values map[int]uint64
}

// Take implements [Store].
func (m *MemoryStore) Take(_ context.Context, list string, index int) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.list(list).take(index), nil
}

// Set implements [Store].
func (m *MemoryStore) Set(_ context.Context, list string, index int, value uint64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.list(list).set(index, value)
	return nil
}

// Load implements [Store].
func (m *MemoryStore) Load(_ context.Context, list string) (Kept, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l, ok := m.lists[list]
	if !ok {
		return Kept{}, nil
	}
	return Kept{l.taken.ones(), maps.Clone(l.values)}, nil
}

// list is the list of a name, made where there is none.
func (m *MemoryStore) list(name string) *keptList {
	l, ok := m.lists[name]
	if !ok {
		if m.lists == nil {
			m.lists = map[string]*keptList{}
		}
		l = &keptList{values: map[int]uint64{}}
		m.lists[name] = l
	}
	return l
}

func (l *keptList) take(index int) bool {
	if index/8 < len(l.taken) && l.taken.value(uint64(index), 1) != 0 {
		return false
	}
	if need := index/8 + 1 - len(l.taken); need > 0 {
		l.taken = append(l.taken, make(bitstring, need)...)
	}
	l.taken.set(uint64(index), 1, 1)
	return true
}

func (l *keptList) set(index int, value uint64) {
	l.take(index)
	if l.values[index] = value; value == 0 {
		delete(l.values, index)
	}
}
