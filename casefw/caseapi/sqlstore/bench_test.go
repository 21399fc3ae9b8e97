package sqlstore_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/caseapi/sqlstore"
	"github.com/laurel-edu/laurel/casefw/caseapi/storetest"
	"github.com/laurel-edu/laurel/internal/test/sqltest"
	"github.com/laurel-edu/laurel/vc"
)

// tree is a framework of 5,000 items, each below one before.
func tree(title string) *casefw.Framework {
	link := func(id string) *casefw.LinkGenURI {
		return &casefw.LinkGenURI{Title: id, Identifier: id, URI: vc.IRI("https://case.example.org/" + id)}
	}
	p := &casefw.CFPackage{CFDocument: &casefw.CFDocument{Identifier: storetest.IDMain, Title: title, Creator: "Example Board",
		URI: "https://case.example.org/" + storetest.IDMain}}
	for i := range 5000 {
		id := fmt.Sprintf("22222222-bbbb-4bbb-8bbb-%012d", i)
		above := fmt.Sprintf("22222222-bbbb-4bbb-8bbb-%012d", i/8)
		p.CFItems = append(p.CFItems, casefw.CFItem{Identifier: id, URI: vc.IRI("https://case.example.org/" + id),
			FullStatement: "The student explains how soil is made, and prepares a bed for vegetables."})
		if i > 0 {
			aid := fmt.Sprintf("33333333-bbbb-4bbb-8bbb-%012d", i)
			p.CFAssociations = append(p.CFAssociations, casefw.CFAssociation{Identifier: aid, URI: vc.IRI("https://case.example.org/" + aid),
				AssociationType: casefw.IsChildOf, OriginNodeURI: link(id), DestinationNodeURI: link(above)})
		}
	}
	return casefw.NewFramework(p)
}

func benchmarked(b *testing.B, f func(b *testing.B, s *sqlstore.Store)) {
	for name, base := range map[string]func(testing.TB) sqltest.Base{"SQLite": sqltest.SQLite, "PostgreSQL": sqltest.Postgres} {
		b.Run(name, func(b *testing.B) {
			at := base(b)
			s, err := sqlstore.Open(b.Context(), at.Open(b), sqlstore.Config{})
			require.NoError(b, err)
			require.NoError(b, s.Put(b.Context(), tree("first")))
			f(b, s)
			require.NoError(b, s.Close())
		})
	}
}

// BenchmarkPut replaces a framework of 5,000 items and as many associations.
func BenchmarkPut(b *testing.B) {
	benchmarked(b, func(b *testing.B, s *sqlstore.Store) {
		for i := 0; b.Loop(); i++ {
			require.NoError(b, s.Put(b.Context(), tree(fmt.Sprint(i))))
		}
	})
}

// BenchmarkNotModified answers a client who has the package.
func BenchmarkNotModified(b *testing.B) {
	benchmarked(b, func(b *testing.B, s *sqlstore.Store) {
		ask(b, s, "/ims/case/v1p1/CFPackages/"+storetest.IDMain, http.StatusNotModified)
	})
}

// BenchmarkItem answers with an item.
func BenchmarkItem(b *testing.B) {
	benchmarked(b, func(b *testing.B, s *sqlstore.Store) {
		ask(b, s, "/ims/case/v1p1/CFItems/22222222-bbbb-4bbb-8bbb-000000000077", http.StatusOK)
	})
}

func ask(b *testing.B, s caseapi.Store, target string, want int) {
	h, err := caseapi.NewHandler(caseapi.Config{Store: s})
	require.NoError(b, err)
	r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, target, nil)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if want == http.StatusNotModified {
		r.Header.Set("If-None-Match", w.Header().Get("ETag"))
	}
	for b.Loop() {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		require.Equal(b, want, w.Code)
	}
}
