package fetch_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/fetch"
)

func TestMemoryForgetsTheLeastRecent(t *testing.T) {
	m := fetch.NewMemory(10_000)
	body := make([]byte, 3000)
	for _, u := range []string{"a", "b"} {
		m.Put(t.Context(), u, &fetch.Response{Body: body})
	}
	_, ok := m.Get(t.Context(), "a")
	require.True(t, ok)
	m.Put(t.Context(), "c", &fetch.Response{Body: body})
	_, ok = m.Get(t.Context(), "b")
	require.False(t, ok, "b was used longest ago")
	for _, u := range []string{"a", "c"} {
		_, ok = m.Get(t.Context(), u)
		require.True(t, ok, u)
	}

	m.Put(t.Context(), "a", &fetch.Response{Body: []byte("new")})
	r, ok := m.Get(t.Context(), "a")
	require.True(t, ok)
	require.Equal(t, "new", string(r.Body))

	m.Put(t.Context(), "a", &fetch.Response{Body: make([]byte, 20_000)})
	_, ok = m.Get(t.Context(), "a")
	require.False(t, ok, "larger than the cache, and the old one is out of date")
	_, ok = m.Get(t.Context(), "c")
	require.True(t, ok)
}

func TestMemoryBoundsSmallEntries(t *testing.T) {
	m := fetch.NewMemory(100_000)
	for i := range 10_000 {
		m.Put(t.Context(), fmt.Sprint(i), &fetch.Response{})
	}
	held := 0
	for i := range 10_000 {
		if _, ok := m.Get(t.Context(), fmt.Sprint(i)); ok {
			held++
		}
	}
	require.Less(t, held, 200)
	require.Positive(t, held)
}

func TestMemoryIsSafeForConcurrentUse(t *testing.T) {
	m := fetch.NewMemory(5_000)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 200 {
				u := fmt.Sprint((g + i) % 20)
				m.Put(t.Context(), u, &fetch.Response{Body: make([]byte, i)})
				m.Get(t.Context(), u)
			}
		})
	}
	wg.Wait()
}
