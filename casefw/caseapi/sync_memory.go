package caseapi

import (
	"context"
	"maps"
	"slices"
	"sync"
)

// MemoryHoldings keeps frameworks in memory. The zero value is empty and ready; it
// is safe for concurrent use.
type MemoryHoldings struct {
	mu   sync.Mutex
	held map[string]Held
}

// Held implements [Holdings].
func (m *MemoryHoldings) Held(_ context.Context, document string) (*Held, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	h, ok := m.held[document]
	if !ok {
		return nil, nil
	}
	return &h, nil
}

// Hold implements [Holdings].
func (m *MemoryHoldings) Hold(_ context.Context, document string, h *Held) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.held == nil {
		m.held = map[string]Held{}
	}
	kept := *h
	if old := m.held[document]; kept.Framework == nil {
		kept.Framework = old.Framework
		if kept.Load == nil {
			kept.Load = old.Load
		}
	}
	m.held[document] = kept
	return nil
}

// Documents implements [Holdings].
func (m *MemoryHoldings) Documents(context.Context) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.held)), nil
}
