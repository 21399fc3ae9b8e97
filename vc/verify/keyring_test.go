package verify

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// Many who ask for the same things at once: each is looked for once, and all get
// the answer.
func TestSearchesOnce(t *testing.T) {
	var s searches[string]
	var looked atomic.Int64
	var wait sync.WaitGroup
	for i := range 64 {
		wait.Go(func() {
			what := string(rune('a' + i%4))
			answer, ok := s.once(t.Context(), what, func() string { looked.Add(1); return what })
			require.True(t, ok)
			require.Equal(t, what, answer)
		})
	}
	wait.Wait()
	require.EqualValues(t, 4, looked.Load())
}

// Who waits for another's search waits no longer than the context lets it.
func TestSearchesEnd(t *testing.T) {
	var s searches[string]
	ctx, cancel := context.WithCancel(t.Context())
	_, ok := s.once(ctx, "a", func() string {
		cancel()
		_, ok := s.once(ctx, "a", func() string { t.Error("looked for twice"); return "" })
		require.False(t, ok)
		return "found"
	})
	require.True(t, ok)
	answer, ok := s.once(t.Context(), "a", nil)
	require.True(t, ok)
	require.Equal(t, "found", answer)
}

// The last did:key is remembered, and read by one goroutine beside another.
func TestKeyringLocal(t *testing.T) {
	var k keyring
	var wait sync.WaitGroup
	for i := range 32 {
		wait.Go(func() {
			method := string(rune('a' + i%3))
			for range 100 {
				a := k.local(method, func() keyAnswer { return keyAnswer{found: &foundKey{owner: method}} })
				require.Equal(t, method, a.found.owner)
			}
		})
	}
	wait.Wait()
	first := k.local("x", func() keyAnswer { return keyAnswer{found: &foundKey{}} })
	require.Same(t, first.found, k.local("x", nil).found)
}
