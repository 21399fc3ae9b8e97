package storetest_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/casefw/match/storetest"
)

// faulty is an index in memory with one fault.
type faulty struct {
	match.MemoryIndex
	query func(q *match.Query)
	page  func(p *match.Page)
	pool  func(string) string
	put   func(e []match.Entry) []match.Entry
	err   error
	panic bool
}

func (f *faulty) Put(ctx context.Context, pool, holder string, entries []match.Entry) error {
	if f.pool != nil {
		pool = f.pool(pool)
	}
	if f.put != nil {
		entries = f.put(entries)
	}
	return f.MemoryIndex.Put(ctx, pool, holder, entries)
}

func (f *faulty) Remove(ctx context.Context, pool, holder string) error {
	if f.err != nil {
		return f.err
	}
	return f.Put(ctx, pool, holder, nil)
}

func (f *faulty) Find(ctx context.Context, pool string, q match.Query) (match.Page, error) {
	if f.panic {
		panic("a fault")
	}
	if f.pool != nil {
		pool = f.pool(pool)
	}
	if f.query != nil {
		f.query(&q)
	}
	p, err := f.MemoryIndex.Find(ctx, pool, q)
	if f.page != nil {
		f.page(&p)
	}
	return p, err
}

// Each fault of an index is found, and one without any passes.
func TestFaultsAreFound(t *testing.T) {
	test := func(f *faulty) error {
		_, err := storetest.Test(t.Context(), func(context.Context) (match.Index, error) { return f, nil })
		return err
	}
	require.NoError(t, test(&faulty{}))
	for fault, f := range map[string]*faulty{
		"items are not asked for":     {query: func(q *match.Query) { q.Items = nil }},
		"issuers are not asked for":   {query: func(q *match.Query) { q.Issuers = nil }},
		"types are not asked for":     {query: func(q *match.Query) { q.Types = nil }},
		"standings are not asked for": {query: func(q *match.Query) { q.Standings = nil }},
		"what does not count counts":  {query: func(q *match.Query) { q.Counting = false }},
		"time stands still":           {query: func(q *match.Query) { q.At = q.At.Truncate(24 * 3600e9) }},
		"an empty list is any": {query: func(q *match.Query) {
			if len(q.Items) == 0 {
				q.Items = nil
			}
		}},
		"one item alone":       {query: func(q *match.Query) { q.Items = q.Items[:min(1, len(q.Items))] }},
		"the first page again": {query: func(q *match.Query) { q.After = match.Position{} }},
		"one page alone":       {page: func(p *match.Page) { p.Next = match.Position{} }},
		"a page behind the last": {page: func(p *match.Page) {
			if n := len(p.Found); n > 0 && p.Next == (match.Position{}) {
				p.Next = match.Position{Holder: p.Found[n-1].Holder, Next: p.Found[n-1].Place + 1}
			}
		}},
		"the last is left out": {page: func(p *match.Page) { p.Found = p.Found[:max(0, len(p.Found)-1)] }},
		"pools are one":        {pool: func(string) string { return "one" }},
		"levels are lost": {put: func(e []match.Entry) []match.Entry {
			e = slices.Clone(e)
			for i := range e {
				e[i].Level = 0
			}
			return e
		}},
		"nobody is removed": {err: context.Canceled},
		"it panics":         {panic: true},
	} {
		require.Error(t, test(f), fault)
	}
	_, err := storetest.Test(t.Context(), func(context.Context) (match.Index, error) { return nil, nil })
	require.ErrorContains(t, err, "there is none")
}
