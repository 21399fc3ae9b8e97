package fetch_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/fetch"
)

// An observed Fetcher answers as before, packs freely and for keys too, and each answer is
// told of.
func TestObserve(t *testing.T) {
	const key, page, away = "https://school.example/keys#1", "https://school.example/list", "https://away.example/"
	pack, err := fetch.ParsePack([]byte(`{"` + key + `": {"type": "Multikey"}}`))
	require.NoError(t, err)
	network := own(func(_ context.Context, url string) (*fetch.Response, error) {
		if url == page {
			return &fetch.Response{URL: url, Body: []byte("list"), Source: fetch.SourceNetwork}, nil
		}
		return nil, &fetch.Error{Code: fetch.CodeNotFound, URL: url}
	})
	var told []string
	f := fetch.Observe(fetch.Layered(pack, network), func(url string, r *fetch.Response, err error) {
		if err != nil {
			told = append(told, url+" "+err.(*fetch.Error).ProblemCode())
			return
		}
		told = append(told, url+" "+r.Source.String()+" "+string(r.Body))
	})
	require.Same(t, f, fetch.Guard(f))

	paid := 0
	f = fetch.Around(f, func(next fetch.Fetcher) fetch.Fetcher {
		return own(func(ctx context.Context, url string) (*fetch.Response, error) { paid++; return next.Fetch(ctx, url) })
	})
	method, ok := fetch.Method(f, key)
	require.True(t, ok)
	require.JSONEq(t, `{"type": "Multikey"}`, string(method))
	_, ok = fetch.Method(f, "https://school.example/keys#2")
	require.False(t, ok)
	for _, url := range []string{key, page, away} {
		_, err = f.Fetch(t.Context(), url)
	}
	require.ErrorIs(t, err, &fetch.Error{Code: fetch.CodeNotFound})
	require.Equal(t, 2, paid)
	require.Equal(t, []string{
		key + ` trust pack {"type": "Multikey"}`, key + ` trust pack {"type": "Multikey"}`,
		page + " network list", away + " http-not-found",
	}, told)
}

// Whoever listens changes nothing.
func TestObserverThatPanics(t *testing.T) {
	f := fetch.Observe(nil, func(string, *fetch.Response, error) { panic("listener") })
	_, err := f.Fetch(t.Context(), "https://school.example/")
	require.ErrorIs(t, err, &fetch.Error{Code: fetch.CodeOffline})
}
