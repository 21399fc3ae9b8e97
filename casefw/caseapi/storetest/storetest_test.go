package storetest_test

import (
	"context"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/caseapi/storetest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

func TestMemoryKeepsThePromisesOfAStore(t *testing.T) {
	store := func(f ...*casefw.Framework) (caseapi.Store, error) { return caseapi.NewMemory(f...) }
	require.NoError(t, storetest.Test(t.Context(), store))
}

// faulty is a store with a fault that the suite must find.
type faulty struct {
	*caseapi.Memory
	find      func(kind caseapi.Kind, r *caseapi.Resource, err error) (*caseapi.Resource, error)
	documents func(p *caseapi.Page, err error) (*caseapi.Page, error)
}

func (f faulty) Find(ctx context.Context, kind caseapi.Kind, id casefw.GUID) (*caseapi.Resource, error) {
	r, err := f.Memory.Find(ctx, kind, id)
	if f.find == nil {
		return r, err
	}
	return f.find(kind, r, err)
}

func (f faulty) Documents(ctx context.Context, q *caseapi.Query) (*caseapi.Page, error) {
	page, err := f.Memory.Documents(ctx, q)
	if f.documents == nil {
		return page, err
	}
	return f.documents(page, err)
}

// unreadable is an error that panics when it is read.
type unreadable struct{ text string }

func (u *unreadable) Error() string { return u.text }

func TestSuiteFindsFaults(t *testing.T) {
	frameworks, err := storetest.Frameworks()
	require.NoError(t, err)
	item := caseapi.NewResource(frameworks[1].At(1).Standalone(), testkit.Now)
	broken := func(size int64, text string) *caseapi.Resource {
		id, err := casefw.ParseGUID(storetest.IDLicense)
		require.NoError(t, err)
		open := func(context.Context) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
		return caseapi.NewStored(caseapi.KindLicense, id, testkit.Now, func(context.Context, caseapi.Version) (caseapi.Text, error) {
			return caseapi.Text{Tag: "t", Size: size, Open: open}, nil
		})
	}
	licence := func(r *caseapi.Resource, err error) func(caseapi.Kind, *caseapi.Resource, error) (*caseapi.Resource, error) {
		return func(kind caseapi.Kind, found *caseapi.Resource, e error) (*caseapi.Resource, error) {
			if kind != caseapi.KindLicense || e != nil {
				return found, e
			}
			return r, err
		}
	}
	for name, c := range map[string]struct {
		store faulty
		says  []string
	}{
		"an error":           {faulty{find: licence(nil, errors.New("gone"))}, []string{"CFLicenses", "gone"}},
		"nothing":            {faulty{find: licence(nil, nil)}, []string{"neither a resource nor an error", "is answered with 500"}},
		"an unreadable":      {faulty{find: licence(nil, (*unreadable)(nil))}, []string{"it panicked"}},
		"a zero resource":    {faulty{find: licence(&caseapi.Resource{}, nil)}, []string{"a Resource of nothing"}},
		"a nil record":       {faulty{find: licence(caseapi.NewResource[casefw.CFLicense](nil, testkit.Now), nil)}, []string{"a Resource of nothing"}},
		"another kind":       {faulty{find: licence(item, nil)}, []string{`the store returned \"CFItems\" for \"CFLicenses\"`}},
		"a text cut off":     {faulty{find: licence(broken(15, `{"identifier":"`), nil)}, []string{"not an object of JSON"}},
		"a text too short":   {faulty{find: licence(broken(20, `{}`), nil)}, []string{"has 2 bytes and not 20"}},
		"a text too long":    {faulty{find: licence(broken(2, `{}    `), nil)}, []string{"more than 2 bytes"}},
		"a text and another": {faulty{find: licence(broken(4, `{}{}`), nil)}, []string{"not an object of JSON"}},
		"a list":             {faulty{find: licence(broken(2, `[]`), nil)}, []string{"not an object of JSON"}},
		"no UTF-8":           {faulty{find: licence(broken(9, "{\"a\":\"\xff\"}"), nil)}, []string{"not an object of JSON"}},
		"another item": {faulty{find: func(kind caseapi.Kind, r *caseapi.Resource, err error) (*caseapi.Resource, error) {
			if kind == caseapi.KindItem && err == nil {
				return item, nil
			}
			return r, err
		}}, []string{"of another identifier", "CFItems " + storetest.IDRoot + " has"}},
		"a panic": {faulty{find: func(caseapi.Kind, *caseapi.Resource, error) (*caseapi.Resource, error) { panic("row") }},
			[]string{"it panicked: row", "is answered with 500"}},
		"an end": {faulty{find: func(caseapi.Kind, *caseapi.Resource, error) (*caseapi.Resource, error) {
			runtime.Goexit()
			return nil, nil
		}},
			[]string{"ended its goroutine"}},
		"found everywhere": {faulty{find: func(_ caseapi.Kind, r *caseapi.Resource, _ error) (*caseapi.Resource, error) { return r, nil }},
			[]string{"the error is <nil>, not ErrNotFound"}},
		"a page without total": {faulty{documents: func(p *caseapi.Page, err error) (*caseapi.Page, error) {
			p.Total = len(p.Documents)
			return p, err
		}}, []string{"the total at offset 0 is 1, not 3", "for a page of 2 from 1"}},
		"no page":            {faulty{documents: func(*caseapi.Page, error) (*caseapi.Page, error) { return nil, nil }}, []string{"neither a page nor an error"}},
		"a page that panics": {faulty{documents: func(*caseapi.Page, error) (*caseapi.Page, error) { panic("rows") }}, []string{"it panicked: rows"}},
		"a page with a hole": {faulty{documents: func(p *caseapi.Page, err error) (*caseapi.Page, error) {
			return &caseapi.Page{Documents: make([]*caseapi.Resource, len(p.Documents)), Total: p.Total}, nil
		}}, []string{"document 0 is nil", "something else than a document"}},
		"a page of items": {faulty{documents: func(p *caseapi.Page, err error) (*caseapi.Page, error) {
			p = &caseapi.Page{Documents: slices.Clone(p.Documents), Total: p.Total}
			for i := range p.Documents {
				p.Documents[i] = item
			}
			return p, nil
		}}, []string{"something else than a document"}},
	} {
		t.Run(name, func(t *testing.T) {
			err := storetest.Test(t.Context(), func(f ...*casefw.Framework) (caseapi.Store, error) {
				m, err := caseapi.NewMemory(f...)
				c.store.Memory = m
				return c.store, err
			})
			for _, text := range c.says {
				require.ErrorContains(t, err, text)
			}
		})
	}
}

func TestSuiteFindsStoresThatDoNotOpen(t *testing.T) {
	err := storetest.Test(t.Context(), func(...*casefw.Framework) (caseapi.Store, error) { panic("no file") })
	require.ErrorContains(t, err, "no file")
	err = storetest.Test(t.Context(), func(...*casefw.Framework) (caseapi.Store, error) { return nil, nil })
	require.ErrorContains(t, err, "there is none")
}
