package sqlstore_test

import (
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/caseapi/sqlstore"
	"github.com/laurel-edu/laurel/casefw/caseapi/storetest"
	"github.com/laurel-edu/laurel/internal/test/sqltest"
)

// A provider is synchronised with holdings in a data base: what did not change is told
// without its framework, and what did is compared with the one that is held.
func TestHoldingsTellWhatChanged(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		provider, err := caseapi.NewMemory(sample(t)...)
		require.NoError(t, err)
		server := httptest.NewServer(handler(t, provider))
		defer server.Close()
		cl, err := caseapi.NewClient(caseapi.ClientConfig{BaseURL: server.URL, InsecureAllowLoopback: true})
		require.NoError(t, err)
		sync := func(o caseapi.SyncOptions) map[string]caseapi.SyncResult {
			h := opened(t, b, sqlstore.Config{}).Holdings(server.URL)
			report, err := caseapi.Sync(t.Context(), cl, h, o)
			require.NoError(t, err)
			require.True(t, report.Complete)
			all := map[string]caseapi.SyncResult{}
			for _, r := range report.Results {
				all[r.Document] = r
			}
			require.Len(t, all, 3)
			return all
		}
		for id, r := range sync(caseapi.SyncOptions{}) {
			require.Equal(t, caseapi.Added, r.Action, id)
		}
		for _, recheck := range []bool{false, true} {
			for id, r := range sync(caseapi.SyncOptions{Recheck: recheck}) {
				require.Equal(t, caseapi.Unchanged, r.Action, id)
				require.Nil(t, r.Framework, "it is not loaded")
			}
		}
		p := sample(t)[0].Package()
		p.CFItems[0].FullStatement = "Grow herbs"
		p.CFDocument.LastChangeDateTime = sample(t)[1].Document().LastChangeDateTime
		require.NoError(t, provider.Put(casefw.NewFramework(p)))
		r := sync(caseapi.SyncOptions{})[storetest.IDMain]
		require.Equal(t, caseapi.Updated, r.Action)
		require.NotNil(t, r.Changes)
		require.Len(t, r.Changes.Changed, 1)
	})
}

// What was sent comes back as it was sent.
func TestHoldingsKeepWhatWasSent(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		h := opened(t, b, sqlstore.Config{}).Holdings("https://provider.example")
		held, err := h.Held(t.Context(), storetest.IDMain)
		require.NoError(t, err)
		require.Nil(t, held)
		f := large(t, "one")
		want := caseapi.Held{Framework: f, Stamp: "2024-01-01T00:00:00Z", Known: caseapi.Known{ETag: "W/\"\xe9\x00\"", LastModified: "x"}, Digest: [32]byte{1}}
		require.NoError(t, h.Hold(t.Context(), storetest.IDMain, &want))
		held, err = h.Held(t.Context(), storetest.IDMain)
		require.NoError(t, err)
		require.Equal(t, want.Stamp, held.Stamp)
		require.Equal(t, want.Known, held.Known)
		require.Equal(t, want.Digest, held.Digest)
		require.Nil(t, held.Framework)
		equal := func(load *caseapi.Held, f *casefw.Framework) {
			t.Helper()
			got, err := load.Load(t.Context())
			require.NoError(t, err)
			require.Equal(t, f.Package(), got.Package())
		}
		equal(held, f)
		require.NoError(t, h.Hold(t.Context(), storetest.IDMain, &caseapi.Held{Stamp: "2025", Digest: [32]byte{2}}))
		again, err := h.Held(t.Context(), storetest.IDMain)
		require.NoError(t, err)
		require.Equal(t, "2025", again.Stamp)
		equal(again, f)
		require.NoError(t, h.Hold(t.Context(), storetest.IDMain, &caseapi.Held{Framework: large(t, "two")}))
		equal(again, f) // whoever began to load it can end
		require.NoError(t, h.Hold(t.Context(), storetest.IDMain, &caseapi.Held{Framework: large(t, "three")}))
		_, err = again.Load(t.Context())
		require.ErrorContains(t, err, "the framework was replaced meanwhile")

		require.NoError(t, h.Hold(t.Context(), "another", &caseapi.Held{Stamp: "1"}))
		trace, err := h.Held(t.Context(), "another")
		require.NoError(t, err)
		require.Nil(t, trace.Load, "there is nothing to load")
		all, err := h.Documents(t.Context())
		require.NoError(t, err)
		require.Equal(t, []string{storetest.IDMain, "another"}, all)
		require.ErrorContains(t, h.Hold(t.Context(), "another", nil), "nothing to hold")
	})
}
