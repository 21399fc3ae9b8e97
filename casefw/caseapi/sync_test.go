package caseapi_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/stretchr/testify/require"
)

// shelf is a provider of packages that tests change.
type shelf struct {
	stamp     map[string]string // of the documents in the list
	packages  map[string]string // text of the package, "" for an error
	validates bool
	asked     []string
}

func (s *shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/CFDocuments") {
		var all []string
		for _, id := range []string{"a", "b", "c"} {
			if stamp, ok := s.stamp[id]; ok {
				all = append(all, fmt.Sprintf(`{"identifier":"%s","title":"T%s","lastChangeDateTime":"%s"}`, long(id), id, stamp))
			}
		}
		w.Header().Set("X-Total-Count", fmt.Sprint(len(all)))
		answer(w, 200, `{"CFDocuments":[`+strings.Join(all, ",")+`]}`)
		return
	}
	id := r.URL.Path[len(r.URL.Path)-1:]
	s.asked = append(s.asked, id)
	text := s.packages[id]
	tag := fmt.Sprintf(`"%x"`, len(text))
	switch {
	case text == "":
		w.WriteHeader(404)
	case s.validates && r.Header.Get("If-None-Match") == tag:
		w.WriteHeader(304)
	default:
		if s.validates {
			w.Header().Set("ETag", tag)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, text)
	}
}

func long(id string) string { return "11111111-1111-4111-8111-00000000000" + id }

func pack(id, stamp, statement string) string {
	return fmt.Sprintf(`{"CFDocument":{"identifier":"%[1]s","title":"T","lastChangeDateTime":"%[2]s"},
		"CFItems":[{"identifier":"%[1]s","fullStatement":"%[3]s","lastChangeDateTime":"%[2]s"}]}`, long(id), stamp, statement)
}

// sync returns the results by the last digit of the document.
func (s *shelf) sync(t *testing.T, cl *caseapi.Client, h caseapi.Holdings, o caseapi.SyncOptions,
) (map[string]caseapi.SyncResult, *caseapi.SyncReport) {
	t.Helper()
	s.asked = nil
	report, err := caseapi.Sync(context.Background(), cl, h, o)
	require.NoError(t, err)
	require.True(t, report.Complete)
	byID := map[string]caseapi.SyncResult{}
	for _, r := range report.Results {
		byID[r.Document[len(r.Document)-1:]] = r
	}
	return byID, report
}

func TestSync(t *testing.T) {
	const t1, t2, t3 = "2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z", "2025-03-01T00:00:00Z"
	s := &shelf{
		stamp:    map[string]string{"a": t1, "b": t1, "c": t1},
		packages: map[string]string{"a": pack("a", t1, "A"), "b": pack("b", t1, "B")},
	}
	cl, _ := provider(t, s.ServeHTTP)
	h := &caseapi.MemoryHoldings{}

	r, report := s.sync(t, cl, h, caseapi.SyncOptions{})
	require.Equal(t, caseapi.Added, r["a"].Action)
	require.Equal(t, caseapi.Failed, r["c"].Action)
	require.ErrorIs(t, r["c"].Err, caseapi.ErrNotFound)
	require.Equal(t, 2, report.Count(caseapi.Added))

	r, _ = s.sync(t, cl, h, caseapi.SyncOptions{})
	require.Equal(t, []string{"c"}, s.asked, "the stamp spares the request")
	require.Equal(t, caseapi.Unchanged, r["a"].Action)
	require.Equal(t, caseapi.ByStamp, r["a"].Evidence)
	require.Equal(t, 1, r["a"].Framework.Len())

	// The stamp moves: the same bytes, only stamps, a real change.
	s.stamp = map[string]string{"a": t2, "b": t2}
	s.packages["b"] = pack("b", t2, "B")
	r, _ = s.sync(t, cl, h, caseapi.SyncOptions{})
	require.Equal(t, caseapi.ByDigest, r["a"].Evidence)
	require.Equal(t, caseapi.Restamped, r["b"].Action)
	s.stamp["a"] = t3
	s.packages["a"] = pack("a", t3, "A better")
	r, _ = s.sync(t, cl, h, caseapi.SyncOptions{})
	require.Equal(t, caseapi.Updated, r["a"].Action)
	require.Len(t, r["a"].Changes.Changed, 1)
	require.NotNil(t, r["a"].Lint)
	require.Equal(t, "A better", r["a"].Framework.At(0).Statement())

	// A provider that never moves the stamp is caught by Recheck, cheaply where it
	// knows validators.
	s.packages["b"] = pack("b", t2, "B silently")
	r, _ = s.sync(t, cl, h, caseapi.SyncOptions{})
	require.Equal(t, caseapi.Unchanged, r["b"].Action)
	s.validates = true
	r, _ = s.sync(t, cl, h, caseapi.SyncOptions{Recheck: true})
	require.Equal(t, caseapi.Updated, r["b"].Action)
	r, _ = s.sync(t, cl, h, caseapi.SyncOptions{Recheck: true})
	require.Equal(t, caseapi.ByValidator, r["b"].Evidence)

	// What is gone stays held, and is not reported where a filter hides it.
	delete(s.stamp, "b")
	r, _ = s.sync(t, cl, h, caseapi.SyncOptions{})
	require.Equal(t, caseapi.Gone, r["b"].Action)
	require.NotNil(t, r["b"].Framework)
	r, _ = s.sync(t, cl, h, caseapi.SyncOptions{List: caseapi.List{Filter: caseapi.Where("title").Equal("x"), Fields: []string{"title"}}})
	require.Zero(t, r["b"].Action)

	// A package that cannot be read leaves what is held.
	s.stamp["a"], s.packages["a"] = "2025-04-01T00:00:00Z", `{"CFDocument":`
	r, _ = s.sync(t, cl, h, caseapi.SyncOptions{})
	require.Equal(t, caseapi.Failed, r["a"].Action)
	failed(t, r["a"].Err, caseapi.CodeNotJSON)
	held, err := h.Held(context.Background(), long("a"))
	require.NoError(t, err)
	require.Equal(t, "A better", held.Framework.At(0).Statement())
}

func TestSyncStops(t *testing.T) {
	cl, _ := provider(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) })
	report, err := caseapi.Sync(context.Background(), cl, &caseapi.MemoryHoldings{}, caseapi.SyncOptions{})
	require.ErrorIs(t, err, caseapi.ErrForbidden)
	require.False(t, report.Complete)
	full := errors.New("disk full")
	s := &shelf{stamp: map[string]string{"a": ""}, packages: map[string]string{"a": pack("a", "", "A")}}
	cl, _ = provider(t, s.ServeHTTP)
	_, err = caseapi.Sync(context.Background(), cl, fullHoldings{&caseapi.MemoryHoldings{}, full}, caseapi.SyncOptions{})
	require.ErrorIs(t, err, full)
}

type fullHoldings struct {
	*caseapi.MemoryHoldings
	err error
}

func (f fullHoldings) Hold(context.Context, string, *caseapi.Held) error { return f.err }

func TestSyncAgainstHandler(t *testing.T) {
	store, count := sampleStore(t)
	cl := served(t, store, 0)
	h := &caseapi.MemoryHoldings{}
	report, err := caseapi.Sync(context.Background(), cl, h, caseapi.SyncOptions{})
	require.NoError(t, err)
	require.Equal(t, count, report.Count(caseapi.Added))
	report, err = caseapi.Sync(context.Background(), cl, h, caseapi.SyncOptions{Recheck: true})
	require.NoError(t, err)
	require.Equal(t, count, report.Count(caseapi.Unchanged))
	require.Empty(t, report.Warnings)
	for _, r := range report.Results {
		require.Equal(t, caseapi.ByValidator, r.Evidence)
	}
}
