package sqlstore_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/caseapi/sqlstore"
	"github.com/laurel-edu/laurel/casefw/caseapi/storetest"
	"github.com/laurel-edu/laurel/internal/test/sqltest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
)

func now() time.Time { return testkit.Now }

func opened(t *testing.T, b sqltest.Base, c sqlstore.Config) *sqlstore.Store {
	t.Helper()
	s, err := sqlstore.Open(t.Context(), b.Open(t), c)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func filled(t *testing.T, s *sqlstore.Store, frameworks ...*casefw.Framework) *sqlstore.Store {
	t.Helper()
	for _, f := range frameworks {
		require.NoError(t, s.Put(t.Context(), f))
	}
	return s
}

func sample(t *testing.T) []*casefw.Framework {
	t.Helper()
	all, err := storetest.Frameworks()
	require.NoError(t, err)
	return all
}

func TestStoreKeepsThePromises(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		require.NoError(t, storetest.Test(t.Context(), func(frameworks ...*casefw.Framework) (caseapi.Store, error) {
			return filled(t, opened(t, b, sqlstore.Config{}), frameworks...), nil
		}))
	})
}

// handler serves a store.
func handler(t *testing.T, s caseapi.Store) http.Handler {
	t.Helper()
	h, err := caseapi.NewHandler(caseapi.Config{Store: s})
	require.NoError(t, err)
	return h
}

func get(t *testing.T, h http.Handler, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// targets are all that can be asked of a store in memory, in both versions.
func targets(m *caseapi.Memory) (all []string) {
	for _, v := range []caseapi.Version{caseapi.V1p0, caseapi.V1p1} {
		base := caseapi.BasePath(v) + "/"
		for _, query := range []string{"", "?sort=title&limit=2", "?filter=title~%27a%27&fields=title", "?offset=1"} {
			all = append(all, base+caseapi.KindDocument.Path()+query)
		}
		for kind, id := range m.Each() {
			all = append(all, base+kind.Path()+"/"+id.String())
			if kind == caseapi.KindItem {
				all = append(all, base+caseapi.KindItemAssociations.Path()+"/"+id.String())
			}
		}
		all = append(all, base+"CFItems/99999999-aaaa-4aaa-8aaa-000000000001")
	}
	return all
}

// What the store answers is what one in memory answers, to the byte, in whatever order
// frameworks were put, replaced and removed.
func TestStoreAnswersAsMemory(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		for i, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 0}} {
			m := &caseapi.Memory{Now: now}
			s := opened(t, b, sqlstore.Config{Tenant: fmt.Sprint(i), Now: now})
			for _, n := range order {
				require.NoError(t, m.Put(sample(t)[n]))
				filled(t, s, sample(t)[n])
			}
			same(t, m, s)
			id := sample(t)[order[0]].GUID()
			gone, err := s.Remove(t.Context(), id)
			require.NoError(t, err)
			require.Equal(t, m.Remove(id), gone)
			same(t, m, s)
		}
	})
}

func same(t *testing.T, m *caseapi.Memory, s *sqlstore.Store) {
	t.Helper()
	want, got := handler(t, m), handler(t, s)
	asked := targets(m)
	require.Greater(t, len(asked), 10)
	for _, target := range asked {
		a, b := get(t, want, target), get(t, got, target)
		require.Equal(t, a.Code, b.Code, target)
		require.Equal(t, a.Body.String(), b.Body.String(), target)
		require.Equal(t, a.Header().Get("Last-Modified"), b.Header().Get("Last-Modified"), target)
		require.Equal(t, a.Header().Get("X-Total-Count"), b.Header().Get("X-Total-Count"), target)
		if tag := b.Header().Get("ETag"); a.Code == http.StatusOK {
			require.Equal(t, http.StatusNotModified, get(t, got, target, "If-None-Match", tag).Code, target)
		}
	}
}

// A framework that is put again as it is changes nothing; one that says something else is
// served at once, by each process, with another tag and a later time.
func TestPutReplaces(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		clock := testkit.Now
		tick := func() time.Time { clock = clock.Add(time.Minute); return clock }
		s := filled(t, opened(t, b, sqlstore.Config{Now: tick}), sample(t)...)
		other := handler(t, opened(t, b, sqlstore.Config{}))
		h := handler(t, s)
		const target = "/ims/case/v1p1/CFPackages/" + storetest.IDMain
		before := clock
		filled(t, s, sample(t)...)
		require.Equal(t, before, clock, "nothing changed")
		was, list := get(t, h, target), get(t, h, "/ims/case/v1p1/CFDocuments")
		require.Equal(t, list.Body.String(), get(t, other, "/ims/case/v1p1/CFDocuments").Body.String())

		changed := sample(t)[0].Package()
		changed.CFItems[0].FullStatement = "Grow herbs"
		changed.CFDocument.Title = "Herbs"
		filled(t, s, casefw.NewFramework(changed))
		for _, h := range []http.Handler{h, other} {
			is := get(t, h, target)
			require.Contains(t, is.Body.String(), "Grow herbs")
			require.NotEqual(t, was.Header().Get("ETag"), is.Header().Get("ETag"))
			require.Equal(t, clock.Format(http.TimeFormat), is.Header().Get("Last-Modified"))
			require.Equal(t, http.StatusOK, get(t, h, target, "If-None-Match", was.Header().Get("ETag")).Code)
			require.Contains(t, get(t, h, "/ims/case/v1p1/CFDocuments").Body.String(), `"Herbs"`)
			require.Contains(t, get(t, h, "/ims/case/v1p1/CFItems/"+storetest.IDRoot).Body.String(), "Grow herbs")
		}
		f, err := s.Framework(t.Context(), changed.CFDocument.GUID())
		require.NoError(t, err)
		require.Equal(t, "Herbs", f.Title())
		_, err = s.Framework(t.Context(), casefw.GUID{1})
		require.ErrorIs(t, err, caseapi.ErrNotFound)
	})
}

// Whoever began to read a text ends it, though the framework is replaced meanwhile.
func TestReadersEndWhatTheyBegan(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		s := filled(t, opened(t, b, sqlstore.Config{}), large(t, "one"))
		id := large(t, "one").GUID()
		r, err := s.Find(t.Context(), caseapi.KindPackage, id)
		require.NoError(t, err)
		var want strings.Builder
		require.NoError(t, r.WriteJSON(t.Context(), &want, caseapi.V1p1))
		require.Greater(t, want.Len(), 1<<20)
		filled(t, s, large(t, "two"))
		var got strings.Builder
		require.NoError(t, r.WriteJSON(t.Context(), &got, caseapi.V1p1))
		require.Equal(t, want.String(), got.String())
		filled(t, s, large(t, "three"))
		require.ErrorContains(t, r.WriteJSON(t.Context(), &got, caseapi.V1p1), "the framework was replaced meanwhile")
	})
}

// A client who has a framework already, and one who asks for its headers, costs a look for
// its tag: nothing of more than a megabyte is read or written.
func TestUnchangedCostsALook(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		h := handler(t, filled(t, opened(t, b, sqlstore.Config{}), large(t, "one")))
		const target = "/ims/case/v1p1/CFPackages/" + storetest.IDMain
		whole := get(t, h, target)
		require.Greater(t, whole.Body.Len(), 1<<20)
		tag := whole.Header().Get("ETag")
		cold := handler(t, opened(t, b, sqlstore.Config{}))
		require.Equal(t, http.StatusNotModified, get(t, cold, target, "If-None-Match", tag).Code)
		spent := testkit.Allocated(func() { get(t, cold, target, "If-None-Match", tag) })
		require.Less(t, spent, uint64(64<<10))
	})
}

// large is a framework of more than a megabyte.
func large(t testing.TB, title string) *casefw.Framework {
	t.Helper()
	p := &casefw.CFPackage{CFDocument: &casefw.CFDocument{Identifier: storetest.IDMain, Title: title, Creator: "Example Board",
		URI: "https://case.example.org/" + storetest.IDMain}}
	for i := range 1000 {
		id := fmt.Sprintf("22222222-bbbb-4bbb-8bbb-%012d", i)
		p.CFItems = append(p.CFItems, casefw.CFItem{Identifier: id, URI: vc.IRI("https://case.example.org/" + id),
			FullStatement: strings.Repeat("a word and another ", 60)})
	}
	return casefw.NewFramework(p)
}

// Frameworks of one tenant are not another's.
func TestTenantsAreApart(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		one, two := opened(t, b, sqlstore.Config{Tenant: "a"}), opened(t, b, sqlstore.Config{Tenant: "ab"})
		filled(t, one, sample(t)...)
		_, err := two.Find(t.Context(), caseapi.KindItem, sample(t)[0].At(0).GUID())
		require.ErrorIs(t, err, caseapi.ErrNotFound)
		q, err := caseapi.NewQuery("", caseapi.V1p1)
		require.NoError(t, err)
		page, err := two.Documents(t.Context(), q)
		require.NoError(t, err)
		require.Zero(t, page.Total)
		gone, err := two.Remove(t.Context(), sample(t)[0].GUID())
		require.NoError(t, err)
		require.False(t, gone)
		filled(t, two, sample(t)[1])
		require.NoError(t, one.Holdings("bc").Hold(t.Context(), "d", &caseapi.Held{Stamp: "1"}))
		held, err := two.Holdings("c").Held(t.Context(), "d")
		require.NoError(t, err)
		require.Nil(t, held)
		_, err = one.Find(t.Context(), caseapi.KindPackage, sample(t)[0].GUID())
		require.NoError(t, err)
	})
}

func TestPutRefuses(t *testing.T) {
	s := opened(t, sqltest.SQLite(t), sqlstore.Config{})
	require.ErrorContains(t, s.Put(t.Context(), nil), "UUID")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, s.Put(ctx, sample(t)[0]), context.Canceled)
	_, err := s.Find(t.Context(), caseapi.KindPackage, sample(t)[0].GUID())
	require.ErrorIs(t, err, caseapi.ErrNotFound)
}
