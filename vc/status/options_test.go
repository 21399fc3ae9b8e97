package status_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
)

// No number of the Options panics, and none turns a set bit into a clear one.
func TestAnyNumber(t *testing.T) {
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(7)), object{"validUntil": "2026-01-01T01:00:00Z"}, object{"ttl": 3600_000})))
	h.bodies["https://school.example/revocations"] = encode(t, revocationList([]any{}, object{"id": "https://school.example/revocations"}))
	testkit.Numbers(t, config(h), func(t *testing.T, field string, value int64, c status.Options) {
		c.Cache = status.NewMemoryCache(0)
		for range 2 {
			if field == "MaxListBytes" && value == 1 {
				wantProblem(t, check(t, c, entry("7", nil)), status.CodeListTooLarge, vc.TypeStatusVerification)
				continue
			}
			require.ErrorIs(t, check(t, c, entry("7", nil)).Problem, status.ErrRevoked)
			e := check(t, c, entry("6", nil))
			if field == "MinEntries" && value == math.MaxInt {
				wantProblem(t, e, status.CodeListTooShort, vc.TypeStatusListLength)
			} else {
				require.Equal(t, status.StateClear, e.State, describe(e))
			}
			e = check(t, c, object{"type": "1EdTechRevocationList", "id": "https://school.example/revocations"})
			require.Equal(t, status.StateClear, e.State, describe(e))
		}
	})
}

// Nor does a number that a list, a publisher, or a cache is made of.
func TestAnyNumberOfAnIssuer(t *testing.T) {
	type config struct{ N int }
	testkit.Numbers(t, config{}, func(t *testing.T, _ string, value int64, c config) {
		_, err := status.NewPublisher(status.PublisherConfig{URL: base, Issuer: issuer, Store: &status.MemoryStore{},
			Sign: func(context.Context, []byte) ([]byte, error) { return nil, nil }, Entries: c.N})
		require.Equal(t, value > 0, err != nil, "%v", err)
		_, err = status.NewList(c.N, 1)
		require.ErrorContains(t, err, "status: ")
		_, err = status.NewList(status.MinEntries, c.N)
		require.Equal(t, value != 1, err != nil, "%v", err)
		_, err = status.ParseList(encodedList(t, bitsWith()), c.N)
		require.Equal(t, value != 1, err != nil, "%v", err)
		_ = status.NewMemoryCache(c.N)
	})
	_, err := status.NewList(8*16<<20, 1)
	require.NoError(t, err, "the longest list that is read")
	_, err = status.NewList(8*16<<20+1, 1)
	require.ErrorContains(t, err, "exceed")
}

// shelf is a Cache of the caller's own.
type shelf struct {
	get func(string) (*status.Snapshot, bool)
	put func(string, *status.Snapshot)
}

func (s shelf) Get(url string) (*status.Snapshot, bool) { return s.get(url) }
func (s shelf) Put(url string, list *status.Snapshot)   { s.put(url, list) }

// A Cache that does not keep to its interface holds nothing, and harms nobody.
func TestCacheThatBreaksItsWord(t *testing.T) {
	const other = "https://school.example/status/4"
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(7)), nil, object{"ttl": 3600_000})))
	h.bodies[other] = encode(t, listCredential(encodedList(t, bitsWith()), object{"id": other}, object{"ttl": 3600_000}))
	memory := status.NewMemoryCache(0)
	filled := config(h)
	filled.Cache = memory
	require.Equal(t, status.StateClear, check(t, filled, entry("7", object{"statusListCredential": other})).State)
	clear, ok := memory.Get(other)
	require.True(t, ok)
	before := filled
	before.Fetcher = serving(listURL, encode(t, listCredential(encodedList(t, bitsWith()), nil, object{"ttl": 3600_000})))
	require.Equal(t, status.StateClear, check(t, before, entry("7", nil)).State)
	older, ok := memory.Get(listURL)
	require.True(t, ok)

	ignore := func(string, *status.Snapshot) {}
	answers := func(s *status.Snapshot, ok bool) func(string) (*status.Snapshot, bool) {
		return func(string) (*status.Snapshot, bool) { return s, ok }
	}
	for name, cache := range map[string]status.Cache{
		"nothing":         shelf{answers(nil, true), ignore},
		"said to be none": shelf{answers(older, false), ignore},
		"empty":           shelf{answers(&status.Snapshot{}, true), ignore},
		"another's list":  shelf{answers(clear, true), ignore},
		"panics at Get":   shelf{func(string) (*status.Snapshot, bool) { panic("own") }, ignore},
		"panics at Put":   shelf{answers(nil, false), func(string, *status.Snapshot) { panic("own") }},
		"nil pointer":     (*shelf)(nil),
		"nil MemoryCache": (*status.MemoryCache)(nil),
	} {
		t.Run(name, func(t *testing.T) {
			c := config(h)
			c.Cache = cache
			e := check(t, c, entry("7", nil))
			require.ErrorIs(t, e.Problem, status.ErrRevoked, describe(e))
			require.Equal(t, fetch.SourceNetwork, e.Source)
		})
	}
	control := config(h)
	control.Cache = shelf{answers(older, true), ignore}
	require.Equal(t, fetch.SourceCache, check(t, control, entry("7", nil)).Source)
	t.Run("slow", func(t *testing.T) {
		stuck := make(chan struct{})
		defer close(stuck)
		c := config(h)
		c.Cache = shelf{func(string) (*status.Snapshot, bool) { <-stuck; return nil, false }, ignore}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		r := status.Check(ctx, credential(t, entry("7", nil)), c)
		require.Equal(t, status.StateUnknown, r.Entries[0].State)
	})
}

// A list that was kept while the clock stood ahead is not believed when it is right
// again, however long it was to be kept.
func TestCacheDoesNotBelieveTheClock(t *testing.T) {
	for _, ahead := range []time.Duration{time.Second, time.Hour, 5 * 365 * 24 * time.Hour} {
		h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith()), nil, object{"ttl": 24 * 3600_000})))
		h.bodies["https://school.example/revocations"] = encode(t, revocationList([]any{}, object{"id": "https://school.example/revocations"}))
		for _, e := range []object{entry("7", nil), {"type": "1EdTechRevocationList", "id": "https://school.example/revocations"}} {
			c := config(h)
			c.Cache = status.NewMemoryCache(0)
			c.At = testkit.Now.Add(ahead)
			h.fetched, h.expires = c.At, c.At.Add(time.Hour)
			require.Equal(t, fetch.SourceNetwork, check(t, c, e).Source)
			require.Equal(t, fetch.SourceCache, check(t, c, e).Source)
			c.At = testkit.Now
			require.Equal(t, fetch.SourceNetwork, check(t, c, e).Source)
		}
	}
}

// A Fetcher of the caller's own is held to its interface.
func TestFetcherThatBreaksItsWord(t *testing.T) {
	for name, f := range map[string]fetch.Fetcher{
		"nothing": silent{},
		"panic":   own(func(context.Context, string) (*fetch.Response, error) { panic("own") }),
		"no body": own(func(context.Context, string) (*fetch.Response, error) { return &fetch.Response{}, nil }),
		"error":   own(func(context.Context, string) (*fetch.Response, error) { return nil, fmt.Errorf("own") }),
		"nil":     (*host)(nil),
	} {
		t.Run(name, func(t *testing.T) {
			for _, e := range []any{entry("7", nil), revocationEntry()} {
				got := check(t, config(f), e)
				wantProblem(t, got, status.CodeUnavailable, vc.TypeStatusRetrieval)
				var cause *fetch.Error
				require.ErrorAs(t, got.Problem, &cause)
			}
		})
	}
	stuck := make(chan struct{})
	defer close(stuck)
	slow := own(func(context.Context, string) (*fetch.Response, error) { <-stuck; return nil, nil })
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	r := status.Check(ctx, credential(t, []any{entry("7", nil), revocationEntry()}), config(slow))
	for i := range r.Entries {
		wantProblem(t, &r.Entries[i], status.CodeUnavailable, vc.TypeStatusRetrieval)
		require.True(t, r.Entries[i].Temporary())
	}
}

// own is a Fetcher of the caller's own.
type own func(context.Context, string) (*fetch.Response, error)

func (d own) Fetch(ctx context.Context, url string) (*fetch.Response, error) { return d(ctx, url) }

// A budget that is spent has its own code, at the list as at what proves it.
func TestBudgetHasItsCode(t *testing.T) {
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith()), nil, nil)))
	spent := &fetch.Error{Code: fetch.CodeBudget}
	c := config(own(func(ctx context.Context, url string) (*fetch.Response, error) {
		if url != listURL {
			return nil, spent
		}
		return h.Fetch(ctx, url)
	}))
	c.VerifyList = func(context.Context, []byte) (status.VerifiedList, error) {
		return status.VerifiedList{}, fmt.Errorf("the key: %w", spent)
	}
	for range 2 {
		e := check(t, c, entry("7", nil))
		wantProblem(t, e, vc.Code(fetch.CodeBudget), vc.TypeStatusRetrieval)
		require.False(t, e.Temporary())
		require.ErrorIs(t, e.Problem, &fetch.Error{Code: fetch.CodeBudget})
	}
	e := check(t, c, entry("7", object{"statusListCredential": "https://school.example/status/9"}))
	wantProblem(t, e, vc.Code(fetch.CodeBudget), vc.TypeStatusRetrieval)
}

// runsOut is a context that ends when it has been looked at so often.
type runsOut struct {
	context.Context
	looks, most int
}

func (r *runsOut) Err() error {
	if r.looks++; r.looks > r.most {
		return context.DeadlineExceeded
	}
	return nil
}

// A deadline ends the reading of a stranger's list between two of its items, and
// what was not read in time says so.
func TestDeadlineEndsReading(t *testing.T) {
	items := strings.Repeat(`{"id":"urn:x"},`, 100_000)
	body := `{"id":"` + listURL + `","issuer":"` + issuer + `","revokedCredential":[` + items + `{"id":"urn:uuid:7"}]}`
	require.True(t, json.Valid([]byte(body)))
	pack, err := fetch.ParsePack([]byte(`{"` + listURL + `":` + body + `}`))
	require.NoError(t, err)
	ask := func(most int) (*status.Result, int) {
		ctx := &runsOut{context.Background(), 0, most}
		return status.Check(ctx, credential(t, revocationEntry()), config(pack)), ctx.looks
	}
	whole, looks := ask(math.MaxInt)
	require.ErrorIs(t, whole.Err(), status.ErrRevoked)
	require.Greater(t, looks, 20)
	for most := range looks {
		r, seen := ask(most)
		wantProblem(t, &r.Entries[0], status.CodeUnavailable, vc.TypeStatusRetrieval)
		require.True(t, r.Entries[0].Temporary())
		require.ErrorIs(t, r.Err(), context.DeadlineExceeded)
		require.LessOrEqual(t, seen, most+2)
	}
}
