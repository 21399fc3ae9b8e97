package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/fetch"
)

const (
	waitLong = 10 * time.Second // for what happens at once unless it never does
	waitStep = time.Millisecond
)

// slow answers when it is released, deaf to its context.
type slow struct{ began, release chan struct{} }

func newSlow() *slow { return &slow{make(chan struct{}, 100), make(chan struct{})} }

func (s *slow) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	s.began <- struct{}{}
	<-s.release
	return &fetch.Response{URL: url, Body: []byte("late"), Source: fetch.SourceNetwork}, nil
}

// own is a Fetcher of the caller's own.
type own func(context.Context, string) (*fetch.Response, error)

func (f own) Fetch(ctx context.Context, url string) (*fetch.Response, error) { return f(ctx, url) }

// faults are the ways in which a Fetcher can break its word, and the code of each.
func faults() map[string]struct {
	fetcher fetch.Fetcher
	code    fetch.Code
} {
	type fault = struct {
		fetcher fetch.Fetcher
		code    fetch.Code
	}
	answer := func(r *fetch.Response, err error) own {
		return func(context.Context, string) (*fetch.Response, error) { return r, err }
	}
	var none *fetch.Error
	var pointer *answers
	var client *fetch.Client
	timeout := &fetch.Error{Code: fetch.CodeTimeout, Detail: "slow"}
	return map[string]fault{
		"nothing":            {answer(nil, nil), fetch.CodeFetcher},
		"empty answer":       {answer(&fetch.Response{}, nil), fetch.CodeFetcher},
		"no body":            {answer(&fetch.Response{URL: "https://school.example/a"}, nil), fetch.CodeFetcher},
		"plain error":        {answer(nil, errors.New("own")), fetch.CodeNetwork},
		"answer and error":   {answer(&fetch.Response{Body: []byte("{}")}, errors.New("own")), fetch.CodeNetwork},
		"nil error of ours":  {answer(nil, none), fetch.CodeFetcher},
		"error without code": {answer(nil, &fetch.Error{}), fetch.CodeFetcher},
		"wrapped error":      {answer(nil, fmt.Errorf("own: %w", timeout)), fetch.CodeTimeout},
		"cancelled":          {answer(nil, context.Canceled), fetch.CodeCancelled},
		"deadline":           {answer(nil, context.DeadlineExceeded), fetch.CodeTimeout},
		"panic":              {own(func(context.Context, string) (*fetch.Response, error) { panic("own") }), fetch.CodeFetcher},
		"nil pointer":        {pointer, fetch.CodeFetcher},
		"nil Client":         {client, fetch.CodeFetcher},
		"ends its goroutine": {own(func(context.Context, string) (*fetch.Response, error) { runtime.Goexit(); return nil, nil }),
			fetch.CodeFetcher},
	}
}

// Whatever a Fetcher does instead of answering, it is an Error that says so.
func TestGuardTurnsFaultsIntoErrors(t *testing.T) {
	pack := parse(t, `{"https://school.example/b": {}}`)
	for name, c := range faults() {
		for shape, f := range map[string]fetch.Fetcher{
			"guarded":         fetch.Guard(c.fetcher),
			"guarded twice":   fetch.Guard(fetch.Guard(c.fetcher)),
			"behind a pack":   fetch.Guard(fetch.Layered(pack, c.fetcher)),
			"around":          fetch.Around(c.fetcher, func(f fetch.Fetcher) fetch.Fetcher { return f }),
			"around and pack": fetch.Around(fetch.Layered(pack, c.fetcher), func(f fetch.Fetcher) fetch.Fetcher { return f }),
		} {
			t.Run(name+", "+shape, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				r, err := f.Fetch(ctx, "https://school.example/a")
				require.Nil(t, r)
				require.IsType(t, &fetch.Error{}, err)
				e := want(t, err, c.code)
				require.Equal(t, c.code == fetch.CodeTimeout || c.code == fetch.CodeNetwork || c.code == fetch.CodeCancelled, e.Temporary())
				require.False(t, e.Absent(), "a fault says nothing of what the publisher has")
			})
		}
	}
}

// The caller leaves a Fetcher that is deaf to its context.
func TestGuardLeavesAtTheDeadline(t *testing.T) {
	for shape, wrap := range map[string]func(fetch.Fetcher) fetch.Fetcher{
		"guarded": fetch.Guard,
	} {
		t.Run(shape, func(t *testing.T) {
			net := newSlow()
			defer close(net.release)
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
			defer cancel()
			_, err := wrap(net).Fetch(ctx, "https://school.example/a")
			require.True(t, want(t, err, fetch.CodeTimeout).Temporary())
			ended, cancel := context.WithCancel(t.Context())
			cancel()
			_, err = wrap(net).Fetch(ended, "https://school.example/a")
			want(t, err, fetch.CodeCancelled)
		})
	}
}

// What this package made is not guarded again, so that packs stay packs.
func TestGuardIsIdempotent(t *testing.T) {
	pack := parse(t, `{"https://school.example/a": {}}`)
	client, err := fetch.NewClient(fetch.Config{})
	require.NoError(t, err)
	net := own(func(context.Context, string) (*fetch.Response, error) { return nil, nil })
	for _, f := range []fetch.Fetcher{pack, client, fetch.Offline{}, fetch.Guard(net)} {
		require.Equal(t, fmt.Sprintf("%p", f), fmt.Sprintf("%p", fetch.Guard(f)))
	}
	_, err = fetch.Guard(nil).Fetch(t.Context(), "https://school.example/a")
	want(t, err, fetch.CodeOffline)
	_, err = fetch.Guard((*fetch.Pack)(nil)).Fetch(t.Context(), "https://school.example/a")
	want(t, err, fetch.CodeNotInPack)
}

// Only what costs something is wrapped: packs answer as they are.
func TestAround(t *testing.T) {
	pack := parse(t, `{"https://school.example/a": {}}`)
	net := own(func(context.Context, string) (*fetch.Response, error) {
		return nil, &fetch.Error{Code: fetch.CodeNetwork, Detail: "no route"}
	})
	for name, c := range map[string]struct {
		f       fetch.Fetcher
		wrapped int
		code    fetch.Code // of what a pack does not hold
	}{
		"nothing":   {nil, 0, fetch.CodeOffline},
		"offline":   {fetch.Offline{}, 0, fetch.CodeOffline},
		"a pack":    {pack, 0, fetch.CodeNotInPack},
		"a network": {net, 1, fetch.CodeNetwork},
		"both":      {fetch.Layered(pack, net), 1, fetch.CodeNetwork},
		"two packs": {fetch.Layered(pack, fetch.Layered(pack, net)), 1, fetch.CodeNetwork},
	} {
		wrapped, asked := 0, 0
		f := fetch.Around(c.f, func(next fetch.Fetcher) fetch.Fetcher {
			wrapped++
			return own(func(ctx context.Context, url string) (*fetch.Response, error) { asked++; return next.Fetch(ctx, url) })
		})
		require.Equal(t, c.wrapped, wrapped, name)
		_, err := f.Fetch(t.Context(), "https://school.example/a")
		require.Equal(t, name == "a pack" || name == "both" || name == "two packs", err == nil, name)
		_, err = f.Fetch(t.Context(), "https://school.example/b")
		want(t, err, c.code)
		require.Equal(t, map[string]int{"a network": 2, "both": 1, "two packs": 1}[name], asked, name)
	}
}
