package lru_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/lru"
)

func texts(most int) *lru.Cache[string] {
	return lru.New(most, func(s string) int { return len(s) })
}

func TestForgetsWhatWasUsedLongestAgo(t *testing.T) {
	c := texts(30)
	c.Put("a", strings.Repeat("x", 9))
	c.Put("b", strings.Repeat("y", 9))
	c.Put("c", strings.Repeat("z", 9))
	_, ok := c.Get("a") // now b is the oldest
	require.True(t, ok)
	c.Put("d", "1")
	_, ok = c.Get("b")
	require.False(t, ok)
	for key, want := range map[string]string{"a": "xxxxxxxxx", "c": "zzzzzzzzz", "d": "1"} {
		got, ok := c.Get(key)
		require.True(t, ok, key)
		require.Equal(t, want, got)
	}
}

func TestReplaces(t *testing.T) {
	c := texts(30)
	for range 100 { // each takes the place of the last, also in the budget
		c.Put("a", strings.Repeat("x", 20))
	}
	c.Put("b", "12345")
	_, ok := c.Get("a")
	require.True(t, ok)
	c.Put("a", strings.Repeat("x", 30))
	_, ok = c.Get("a")
	require.False(t, ok, "too large, and the earlier value is out of date")
	_, ok = c.Get("b")
	require.True(t, ok, "what was there stays")
}

func TestConcurrentUse(t *testing.T) {
	c := texts(100)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for i := range 1000 {
				key := fmt.Sprint(i % 37)
				c.Put(key, key)
				if got, ok := c.Get(key); ok && got != key {
					t.Errorf("%q under %q", got, key)
				}
			}
		})
	}
	wait.Wait()
}
