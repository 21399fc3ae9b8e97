package oauthclient

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/laurel-edu/laurel/internal/guard"
)

// Store keeps what an application must not forget: registrations, which have the secret of
// the application, and connections, which have tokens. Whoever reads it can act for every
// person in it, so encrypt the values where others read the database or its copies.
//
// A key has at most 64 letters, digits, "-", "_" and ":". A value is JSON. Implementations
// are safe for concurrent use and honour ctx.
type Store interface {
	// Load returns the value of a key, nil where there is none.
	Load(ctx context.Context, key string) ([]byte, error)
	// Swap puts value in the place of old, in one step: it returns false, and changes
	// nothing, where the value is not old. nil is none, on either side.
	Swap(ctx context.Context, key string, old, value []byte) (bool, error)
}

// MemoryStore is a Store for tests, and for programs that connect anew each time. The zero
// MemoryStore is empty and ready.
type MemoryStore struct {
	mu     sync.Mutex
	values map[string][]byte
}

// Load implements Store.
func (m *MemoryStore) Load(ctx context.Context, key string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.values[key], ctx.Err()
}

// Swap implements Store.
func (m *MemoryStore) Swap(ctx context.Context, key string, old, value []byte) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if now := m.values[key]; ctx.Err() != nil || (now == nil) != (old == nil) || !bytes.Equal(now, old) {
		return false, ctx.Err()
	}
	if m.values == nil {
		m.values = map[string][]byte{}
	}
	if m.values[key] = value; value == nil {
		delete(m.values, key)
	}
	return true, nil
}

// guarded calls a Store.
type guarded struct{ Store }

// kept is a record with the bytes that it was read from.
type kept[T any] struct {
	value T
	raw   []byte // nil where there is none
}

func load[T any](ctx context.Context, g guarded, key string) (k kept[T], err error) {
	k.raw, err = guard.Call(ctx, func() ([]byte, error) { return guard.Legible(g.Load(ctx, key)) })
	if err == nil && k.raw != nil {
		err = json.Unmarshal(k.raw, &k.value)
	}
	if err != nil {
		return kept[T]{}, fmt.Errorf("oauthclient: the store: %w", err)
	}
	return k, nil
}

// swap keeps value in the place of what was read.
func swap[T any](ctx context.Context, g guarded, key string, was []byte, value *T) (bool, error) {
	var raw []byte
	if value != nil {
		var err error
		if raw, err = json.Marshal(value); err != nil {
			return false, fmt.Errorf("oauthclient: %w", err)
		}
	}
	done, err := guard.Call(ctx, func() (bool, error) { return guard.Legible(g.Swap(ctx, key, was, raw)) })
	if err != nil {
		return false, fmt.Errorf("oauthclient: the store: %w", err)
	}
	return done, nil
}

// key names what is kept of one kind under several texts.
func key(kind string, texts ...string) string {
	h := sha256.New()
	for _, text := range texts {
		fmt.Fprintf(h, "%d:%s", len(text), text)
	}
	return kind + ":" + base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}
