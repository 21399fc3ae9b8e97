package sqlstore_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/hub/sqlstore"
	"github.com/laurel-edu/laurel/internal/test/sqltest"
	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/laurel-edu/laurel/oauthsrv/storetest"
)

func TestGrantsKeepThePromises(t *testing.T) {
	all := storetest.Cases()
	count := func(t *testing.T, name string, store oauthsrv.Store) int {
		passed := 0
		for _, c := range all {
			if t.Run(c.Name, func(t *testing.T) { require.NoError(t, c.Run(t.Context(), store)) }) {
				passed++
			}
		}
		t.Logf("%s: %d cases passed", name, passed)
		return passed
	}
	require.NotEmpty(t, all)
	t.Run("memory", func(t *testing.T) { require.Len(t, all, count(t, "memory", &oauthsrv.MemoryStore{})) })
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		require.Len(t, all, count(t, b.Name, opened(t, b, sqlstore.Config{}).Grants()))
	})
}
