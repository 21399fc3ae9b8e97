package sqlstore_test

import (
	"context"
	"database/sql"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/hub/sqlstore"
	"github.com/laurel-edu/laurel/hub/storetest"
	"github.com/laurel-edu/laurel/internal/test/sqltest"
)

// opening opens stores over a data base, which take turns with two sets of connections.
func opening(t *testing.T, b sqltest.Base, c sqlstore.Config) func(context.Context) (hub.Store, error) {
	dbs, n := []*sql.DB{b.Open(t), b.Open(t)}, 0
	return func(ctx context.Context) (hub.Store, error) {
		n++
		s, err := sqlstore.Open(ctx, dbs[n%2], c)
		if err == nil {
			t.Cleanup(func() { require.NoError(t, s.Close()) })
		}
		return s, err
	}
}

func opened(t *testing.T, b sqltest.Base, c sqlstore.Config) *sqlstore.Store {
	t.Helper()
	s, err := opening(t, b, c)(t.Context())
	require.NoError(t, err)
	return s.(*sqlstore.Store)
}

// The three stores keep the same promises, counted.
func TestStoresKeepThePromises(t *testing.T) {
	m := &hub.Memory{}
	want, err := storetest.Test(t.Context(), func(context.Context) (hub.Store, error) { return m, nil })
	require.NoError(t, err)
	require.NotZero(t, want)
	t.Logf("memory: %d cases passed", want)
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		passed, err := storetest.Test(t.Context(), opening(t, b, sqlstore.Config{}))
		require.NoError(t, err)
		require.Equal(t, want, passed)
		t.Logf("%s: %d cases passed", b.Name, passed)
	})
}
