package status_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
)

// lifetimes holds how long a list is used again, by what its issuer and its
// host say of it.
func TestLifetime(t *testing.T) {
	cases := map[string]struct {
		changes, subject object
		hostSays         time.Duration
		source           fetch.Source
		want             time.Duration
	}{
		"nothing said":          {hostSays: time.Hour, want: 5 * time.Minute},
		"host says less":        {hostSays: time.Minute, want: time.Minute},
		"host says no":          {hostSays: 0, want: 0},
		"trust pack":            {source: fetch.SourcePack, want: 5 * time.Minute},
		"ttl":                   {subject: object{"ttl": 600_000}, want: 10 * time.Minute},
		"ttl 0":                 {subject: object{"ttl": 0}, hostSays: time.Hour, want: 0},
		"ttl a year":            {subject: object{"ttl": 365 * 24 * 3600_000}, want: 24 * time.Hour},
		"ttl negative":          {subject: object{"ttl": -1}, hostSays: time.Hour, want: 5 * time.Minute},
		"ttl beyond validUntil": {subject: object{"ttl": 600_000}, changes: object{"validUntil": "2026-01-01T00:02:00Z"}, want: 2 * time.Minute},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(7)), c.changes, c.subject)))
			h.expires = testkit.Now.Add(c.hostSays)
			if c.source != 0 {
				h.source, h.fetched, h.expires = c.source, time.Time{}, time.Time{}
			}
			conf := config(h)
			conf.Cache = status.NewMemoryCache(0)
			ask := func(after time.Duration) int32 {
				conf.At = testkit.Now.Add(after)
				e := check(t, conf, entry("7", nil))
				require.ErrorIs(t, e.Problem, status.ErrRevoked)
				return h.asked.Load()
			}
			require.EqualValues(t, 1, ask(0))
			if c.want > 0 {
				require.EqualValues(t, 1, ask(c.want-1))
			}
			require.EqualValues(t, 2, ask(c.want))
		})
	}
}

// What depends on the credential is judged for each use of a cached list.
func TestCachedListIsJudgedAgain(t *testing.T) {
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(7)), object{"id": "https://school.example/else"}, object{"ttl": 3_600_000})))
	c := config(h)
	c.Cache, c.SkipListID = status.NewMemoryCache(0), true
	require.Equal(t, status.StateClear, check(t, c, entry("6", nil)).State)

	e := check(t, c, entry("7", nil))
	require.ErrorIs(t, e.Problem, status.ErrRevoked)
	require.Equal(t, fetch.SourceCache, e.Source)
	require.Equal(t, testkit.Now, e.FetchedAt)
	require.Equal(t, []vc.Code{status.CodeListIDMismatch}, codes(e))
	strict := c
	strict.SkipListID = false
	wantProblem(t, check(t, strict, entry("6", nil)), status.CodeListIDMismatch, vc.TypeStatusVerification)

	wantProblem(t, check(t, c, entry("7", object{"statusPurpose": "suspension"})), status.CodeListWrongPurpose, vc.TypeStatusVerification)
	doc, err := vc.Parse([]byte(`{"issuer":"https://evil.example","credentialStatus":` + encode(t, entry("6", nil)) + `}`))
	require.NoError(t, err)
	r := status.Check(t.Context(), doc, c)
	wantProblem(t, &r.Entries[0], status.CodeListWrongIssuer, vc.TypeStatusVerification)
	require.EqualValues(t, 1, h.asked.Load())

	// A list of one kind does not answer for another.
	wantProblem(t, check(t, c, entry("6", object{"type": "StatusList2021Entry"})), status.CodeListWrongType, vc.TypeStatusVerification)
}

// Lists that were not relied on are not kept.
func TestRefusedListIsNotCached(t *testing.T) {
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(7)), object{"issuer": "https://evil.example"}, nil)))
	c := config(h)
	c.Cache = status.NewMemoryCache(0)
	check(t, c, entry("6", nil))
	_, ok := c.Cache.Get(listURL)
	require.False(t, ok)
}

func TestMemoryIsBounded(t *testing.T) {
	h := &host{bodies: map[string]string{}, source: fetch.SourcePack}
	c := config(h)
	memory := status.NewMemoryCache(3 * 20_000)
	c.Cache = memory
	url := func(i int) string { return fmt.Sprintf("https://school.example/status/%d", i) }
	for i := range 5 {
		h.bodies[url(i)] = encode(t, listCredential(encodedList(t, bitsWith(i)), object{"id": url(i)}, nil))
		check(t, c, entry("0", object{"statusListCredential": url(i)}))
	}
	held := 0
	for i := range 5 {
		if s, ok := memory.Get(url(i)); ok {
			held++
			require.Greater(t, i, 1, "the oldest are forgotten first")
			require.Greater(t, s.Size(), status.MinEntries/8)
			require.Equal(t, testkit.Now.Add(5*time.Minute), s.Expires())
		}
	}
	require.Equal(t, 3, held)

	tiny := status.NewMemoryCache(1)
	c.Cache = tiny
	check(t, c, entry("0", object{"statusListCredential": url(0)}))
	_, ok := tiny.Get(url(0))
	require.False(t, ok)
}

// Run with -race: one cache, many verifications.
func TestCacheIsSafeForConcurrentUse(t *testing.T) {
	h := serving(listURL, encode(t, listCredential(encodedList(t, bitsWith(7)), object{"id": "https://school.example/else"}, object{"ttl": 3_600_000})))
	c := config(h)
	c.Cache, c.SkipListID = status.NewMemoryCache(40_000), true
	doc := credential(t, []any{entry("7", nil), entry("6", nil)})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				r := status.Check(t.Context(), doc, c)
				if r.Entries[0].State != status.StateSet || r.Entries[1].State != status.StateClear || len(r.Entries[0].Warnings) != 1 {
					t.Error(describe(&r.Entries[0]), describe(&r.Entries[1]))
				}
			}
		})
	}
	group.Wait()
}
