package verify

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// Many who ask for the same things at once get one answer each, and later ones that
// of those before.
func TestMemory(t *testing.T) {
	var m memory[string]
	var wait sync.WaitGroup
	for i := range 64 {
		wait.Go(func() {
			what := string(rune('a' + i%4))
			require.Equal(t, what, m.get(what, func() string { return what }))
		})
	}
	wait.Wait()
	for _, what := range []string{"a", "b", "c", "d"} {
		require.Equal(t, what, m.get(what, nil), "it is known")
	}
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
