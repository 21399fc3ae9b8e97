package caseapi

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/laurel-edu/laurel/casefw"
)

// Memory is a [Store] of frameworks in memory. The zero Memory is empty and ready.
// It is safe for concurrent use: requests go on while a framework is replaced, and
// each sees the old one or the new one.
//
// Everything in it is shown to everybody that Config.Authorize lets in; keep drafts
// out of it.
//
// A framework is believed when it says by its lastChangeDateTime members when it
// last changed. Where it is replaced, the time of that is taken instead, for some
// providers change what they do not stamp.
type Memory struct {
	// Now is the clock, time.Now by default. It must not be changed in use.
	Now func() time.Time

	mu     sync.RWMutex
	held   []*held // by slot, nil where a framework was removed
	slots  map[casefw.GUID]uint32
	index  memoryIndex
	change time.Time  // when the set of frameworks last changed
	list   *documents // nil until it is asked for
}

// held is a framework with what the store adds to it. It is immutable.
type held struct {
	*casefw.Framework
	document *casefw.CFDocument
	texts    document  // of the document, for filters and orders
	floor    time.Time // nothing of it counts as older
	modified time.Time
	entry    *Resource
	pack     *Resource
}

// NewMemory returns a store of frameworks; see [Memory.Put].
func NewMemory(frameworks ...*casefw.Framework) (*Memory, error) {
	m := &Memory{}
	for _, f := range frameworks {
		if err := m.Put(f); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// Put adds a framework, or replaces the one of the same identifier. The error says
// that it has no document with a UUID, and nothing to be found by.
func (m *Memory) Put(f *casefw.Framework) error {
	if f == nil || f.GUID().IsZero() {
		return errors.New("caseapi: the framework has no document with a UUID for its identifier")
	}
	h := heldOf(f)
	m.mu.Lock()
	defer m.mu.Unlock()
	slot, known := m.slots[f.GUID()]
	if known && m.held[slot].Framework == f {
		return nil
	}
	m.change, m.list = m.now(), nil
	if known {
		h.setFloor(m.change)
		m.index.remove(m.held[slot], slot)
	} else {
		slot = uint32(len(m.held))
		m.held = append(m.held, nil)
	}
	if m.slots == nil {
		m.slots = map[casefw.GUID]uint32{}
	}
	m.held[slot], m.slots[f.GUID()] = h, slot
	m.index.add(h, slot)
	return nil
}

// Remove takes a framework out and reports whether it was there. Frameworks that
// were deprecated are better left in with that status: the guide asks providers
// never to delete.
func (m *Memory) Remove(id casefw.GUID) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	slot, known := m.slots[id]
	if !known {
		return false
	}
	m.change, m.list = m.now(), nil
	m.index.remove(m.held[slot], slot)
	delete(m.slots, id)
	m.held[slot] = nil
	return true
}

// Framework returns a framework of the store, nil where there is none.
func (m *Memory) Framework(id casefw.GUID) *casefw.Framework {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if slot, known := m.slots[id]; known {
		return m.held[slot].Framework
	}
	return nil
}

func (m *Memory) now() time.Time {
	if m.Now != nil {
		return m.Now()
	}
	return time.Now()
}

func heldOf(f *casefw.Framework) *held {
	h := &held{Framework: f, document: f.StandaloneDocument()}
	h.texts = documentOf(h.document)
	h.modified = lastChange(f)
	h.wrap()
	return h
}

func (h *held) wrap() {
	var own stamps
	own.text(h.document.LastChangeDateTime)
	h.entry, h.pack = NewResource(h.document, latest(h.floor, own.time())), NewPackage(h.Framework, h.modified)
	h.entry.keep = true
}

// setFloor says that the framework's content is new as of a time, whatever its
// stamps say.
func (h *held) setFloor(at time.Time) {
	h.floor, h.modified = at, latest(h.modified, at)
	h.wrap()
}

// Find implements [Store].
func (m *Memory) Find(_ context.Context, kind Kind, id casefw.GUID) (*Resource, error) {
	m.mu.RLock()
	found := m.index.lookup(m.held, kind, id)
	outer, change := m.index.touching(m.held, kind, id), m.change
	m.mu.RUnlock()
	if len(found) == 0 {
		return nil, ErrNotFound
	}
	if kind == KindItemAssociations {
		return associationsOf(found, outer, id, change), nil
	}
	return found.preferred(kind).resource(kind), nil
}
