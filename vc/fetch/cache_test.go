package fetch_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/fetch"
)

func TestMemoryForgetsTheLeastRecent(t *testing.T) {
	m := fetch.NewMemoryCache(10_000)
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
	m := fetch.NewMemoryCache(100_000)
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
	m := fetch.NewMemoryCache(5_000)
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

// keeper is a Cache of the caller's own.
type keeper struct {
	get func(context.Context, string) (*fetch.Response, bool)
	put func(context.Context, string, *fetch.Response)
}

func (k keeper) Get(ctx context.Context, url string) (*fetch.Response, bool) { return k.get(ctx, url) }
func (k keeper) Put(ctx context.Context, url string, r *fetch.Response)      { k.put(ctx, url, r) }

// A Cache that does not keep to its interface holds nothing, and harms nobody.
func TestCacheThatBreaksItsWord(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	ignore := func(context.Context, string, *fetch.Response) {}
	answers := func(r *fetch.Response, ok bool) func(context.Context, string) (*fetch.Response, bool) {
		return func(context.Context, string) (*fetch.Response, bool) { return r, ok }
	}
	good := func(base string) *fetch.Response {
		return &fetch.Response{URL: base + "/x", Asked: base + "/x", Body: []byte("kept"), FetchedAt: now, Expires: now.Add(time.Hour)}
	}
	changed := func(base string, change func(*fetch.Response)) *fetch.Response {
		r := good(base)
		change(r)
		return r
	}
	for name, c := range map[string]struct {
		cache func(base string) fetch.Cache
		want  string
	}{
		"good":            {func(base string) fetch.Cache { return keeper{answers(good(base), true), ignore} }, "kept"},
		"nothing":         {func(string) fetch.Cache { return keeper{answers(nil, true), ignore} }, "served"},
		"said to be none": {func(base string) fetch.Cache { return keeper{answers(good(base), false), ignore} }, "served"},
		"empty":           {func(string) fetch.Cache { return keeper{answers(&fetch.Response{}, true), ignore} }, "served"},
		"of another question": {func(base string) fetch.Cache {
			return keeper{answers(changed(base, func(r *fetch.Response) { r.Asked += "y" }), true), ignore}
		}, "served"},
		"of no time": {func(base string) fetch.Cache {
			return keeper{answers(changed(base, func(r *fetch.Response) { r.FetchedAt = time.Time{} }), true), ignore}
		}, "served"},
		"of the future": {func(base string) fetch.Cache {
			return keeper{answers(changed(base, func(r *fetch.Response) { r.FetchedAt = now.Add(1) }), true), ignore}
		}, "served"},
		"for too long": {func(base string) fetch.Cache {
			return keeper{answers(changed(base, func(r *fetch.Response) { r.Expires = now.Add(24*time.Hour + 1) }), true), ignore}
		}, "served"},
		"expired": {func(base string) fetch.Cache {
			return keeper{answers(changed(base, func(r *fetch.Response) { r.Expires = now }), true), ignore}
		}, "served"},
		"panics at Get": {func(string) fetch.Cache {
			return keeper{func(context.Context, string) (*fetch.Response, bool) { panic("own") }, ignore}
		}, "served"},
		"panics at Put": {func(string) fetch.Cache {
			return keeper{answers(nil, false), func(context.Context, string, *fetch.Response) { panic("own") }}
		}, "served"},
		"nil pointer": {func(string) fetch.Cache { return (*keeper)(nil) }, "served"},
	} {
		t.Run(name, func(t *testing.T) {
			lazy := &late{}
			mux, base, client := host(t, fetch.Config{Cache: lazy, Now: func() time.Time { return now }})
			lazy.Cache = c.cache(base)
			serve(mux, "/x", "application/json", "served")
			r, err := client.Fetch(t.Context(), base+"/x#key")
			require.NoError(t, err)
			require.Equal(t, c.want, string(r.Body))
			require.Equal(t, c.want == "kept", r.Source == fetch.SourceCache)
		})
	}
}

// late is a Cache that is set when the host is known.
type late struct{ fetch.Cache }

// An asker leaves a Cache that does not answer in time.
func TestSlowCache(t *testing.T) {
	stuck := make(chan struct{})
	defer close(stuck)
	for name, cache := range map[string]fetch.Cache{
		"Get": keeper{func(context.Context, string) (*fetch.Response, bool) { <-stuck; return nil, false }, nil},
		"Put": keeper{func(context.Context, string) (*fetch.Response, bool) { return nil, false },
			func(context.Context, string, *fetch.Response) { <-stuck }},
	} {
		t.Run(name, func(t *testing.T) {
			mux, base, client := host(t, fetch.Config{Cache: cache})
			serve(mux, "/x", "application/json", "{}")
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			_, err := client.Fetch(ctx, base+"/x")
			want(t, err, fetch.CodeTimeout)
		})
	}
}

// What was kept while the clock stood ahead is not believed when it is right again.
func TestCacheDoesNotBelieveTheClock(t *testing.T) {
	right := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	now := right.AddDate(5, 0, 0)
	mux, base, client := host(t, fetch.Config{Cache: fetch.NewMemoryCache(0), Now: func() time.Time { return now }})
	serve(mux, "/x", "application/json", "{}")
	source := func() fetch.Source {
		r, err := client.Fetch(t.Context(), base+"/x")
		require.NoError(t, err)
		return r.Source
	}
	require.Equal(t, fetch.SourceNetwork, source())
	require.Equal(t, fetch.SourceCache, source())
	now = right
	require.Equal(t, fetch.SourceNetwork, source())
	require.Equal(t, fetch.SourceCache, source())
}
