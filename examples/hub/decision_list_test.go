package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func soon() string { return time.Now().Add(100 * 24 * time.Hour).UTC().Format(time.RFC3339) }

// filled is a stranger with n badges, of which each was issued a day after the other.
func filled(t *testing.T, n int) (*stranger, []string) {
	t.Helper()
	s, i := fresh(t)
	var kept []string
	for k := range n {
		from := time.Date(2025, 1, 1+k, 0, 0, 0, 0, time.UTC).Format(time.RFC3339)
		kept = append(kept, i.sign(i.badge(numbered(k), from, nil)))
		require.Equal(t, 201, s.post1(kept[k]).status)
	}
	return s, kept
}

var listDecisions = []decision{
	{55, "55 values of a page that are none", func(t *testing.T, r *running) {
		s := r.connected(t, badgesAt)
		for _, q := range []string{"limit=", "limit=0", "since=", "since=2025-01-01", "since=5", "limit=2147483648", "limit=1&limit=2", "offset=%zz"} {
			s.call("GET", "/credentials?"+q, nil, "").imsx(t, 400, "invalid_query_parameter")
		}
	}},
	{56, "56 since is about when it was issued, strictly", func(t *testing.T, _ *running) {
		s, kept := filled(t, 6)
		for _, since := range []string{"2025-01-03T00:00:00Z", "2025-01-03T02:00:00+02:00", "2025-01-03T02:00:00%2B02:00"} {
			require.Equal(t, kept[3:], s.all("?limit=2&since="+since))
		}
		require.Contains(t, s.call("GET", "/credentials?limit=1&since=2025-01-03T00:00:00Z", nil, "").header.Get("Link"), "since=")
	}},
	{57, "57 the total and the links", func(t *testing.T, _ *running) {
		s, _ := filled(t, 5)
		got := s.call("GET", "/credentials?limit=2&offset=2", nil, "")
		require.Equal(t, "5", got.header.Get("X-Total-Count"))
		for _, rel := range []string{"first", "last", "next", "prev"} {
			require.Contains(t, got.header.Get("Link"), `rel="`+rel+`"`)
		}
		require.Equal(t, 4, strings.Count(got.header.Get("Link"), "<"+s.service+"/credentials?"))
		require.NotContains(t, s.call("GET", "/credentials?limit=2&offset=4", nil, "").header.Get("Link"), `rel="next"`)
	}},
	{58, "58 the order is that of insertion, and stays", func(t *testing.T, _ *running) {
		s, kept := filled(t, 4)
		i := newIssuer(t.Name())
		kept[1] = i.sign(i.badge(numbered(1), "2026-01-01T00:00:00Z", nil))
		require.Equal(t, 200, s.post1(kept[1]).status)
		require.Equal(t, kept, s.all("?limit=3"))
	}},
	{59, "59 an empty list", func(t *testing.T, _ *running) {
		s, _ := fresh(t)
		require.Empty(t, s.all(""))
		require.Equal(t, "0", s.call("GET", "/credentials", nil, "").header.Get("X-Total-Count"))
	}},
}

// A thousand credentials are paged through, whatever the size of a page, and each comes
// once.
func TestPagingOfAThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("verifies a thousand credentials")
	}
	s, i := fresh(t)
	want := map[string]bool{}
	for n := range 1000 {
		text := i.token(i.badge(numbered(n), "2025-01-01T00:00:00Z", nil))
		want[text] = true
		require.Equal(t, 201, s.post1(text).status)
	}
	for _, limit := range []int{7, 100, 1000} {
		found := s.all(fmt.Sprint("?limit=", limit))
		require.Len(t, found, 1000)
		seen := map[string]bool{}
		for _, text := range found {
			require.True(t, want[text] && !seen[text])
			seen[text] = true
		}
	}
}
