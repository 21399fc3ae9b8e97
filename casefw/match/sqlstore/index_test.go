package sqlstore_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/casefw/match/sqlstore"
	"github.com/laurel-edu/laurel/casefw/match/storetest"
	hubstore "github.com/laurel-edu/laurel/hub/sqlstore"
	"github.com/laurel-edu/laurel/internal/test/sqltest"
)

// opening opens indexes over a data base, which take turns with two sets of connections.
func opening(t *testing.T, b sqltest.Base, c sqlstore.Config) func(context.Context) (match.Index, error) {
	dbs, n := []*sql.DB{b.Open(t), b.Open(t)}, 0
	return func(ctx context.Context) (match.Index, error) {
		n++
		x, err := sqlstore.Open(ctx, dbs[n%2], c)
		if err == nil {
			t.Cleanup(func() { require.NoError(t, x.Close()) })
		}
		return x, err
	}
}

// Memory and both data bases keep the same promises, counted.
func TestIndexesKeepThePromises(t *testing.T) {
	m := &match.MemoryIndex{}
	want, err := storetest.Test(t.Context(), func(context.Context) (match.Index, error) { return m, nil })
	require.NoError(t, err)
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		passed, err := storetest.Test(t.Context(), opening(t, b, sqlstore.Config{}))
		require.NoError(t, err)
		require.Equal(t, want, passed)
	})
}

// With partitions and without prepared statements too.
func TestOtherWaysKeepThePromises(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: it takes its time (-short)")
	}
	_, err := storetest.Test(t.Context(), opening(t, sqltest.SQLite(t), sqlstore.Config{Unprepared: true}))
	require.NoError(t, err)
	t.Run("PostgreSQL", func(t *testing.T) {
		_, err := storetest.Test(t.Context(), opening(t, sqltest.Postgres(t), sqlstore.Config{Partitions: 4}))
		require.NoError(t, err)
	})
}

// It stands in the data base of a hub, beside its tables.
func TestBesideTheHub(t *testing.T) {
	b := sqltest.SQLite(t)
	hub, err := hubstore.Open(t.Context(), b.Open(t), hubstore.Config{})
	require.NoError(t, err)
	defer func() { require.NoError(t, hub.Close()) }()
	x, err := opening(t, b, sqlstore.Config{})(t.Context())
	require.NoError(t, err)
	require.NoError(t, x.Put(t.Context(), "pool", "ana", []match.Entry{{Item: "a"}}))
	page, err := x.Find(t.Context(), "pool", match.Query{Items: []string{"a"}})
	require.NoError(t, err)
	require.Len(t, page.Found, 1)
}

func TestClosedIndexSaysSo(t *testing.T) {
	_, err := sqlstore.Open(t.Context(), nil, sqlstore.Config{})
	require.ErrorContains(t, err, "there is no data base")
	x, err := sqlstore.Open(t.Context(), sqltest.SQLite(t).Open(t), sqlstore.Config{})
	require.NoError(t, err)
	require.NoError(t, x.Close())
	_, err = x.Find(t.Context(), "pool", match.Query{})
	require.ErrorContains(t, err, "sqlstore: finding entries: the store is closed")
}

// Whoever has an item is found by the index of items, in a pool of any size: the plan of the
// data base says so.
func TestNobodyIsScanned(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		x, err := opening(t, b, sqlstore.Config{})(t.Context())
		require.NoError(t, err)
		for i := range 300 {
			entries := []match.Entry{{Item: fmt.Sprint("item ", i), Issuer: fmt.Sprint("issuer ", i), Type: fmt.Sprint("type ", i)},
				{Item: fmt.Sprint("other ", i), Issuer: fmt.Sprint("other ", i)}}
			require.NoError(t, x.Put(t.Context(), "pool", fmt.Sprint("holder ", i), entries))
		}
		db := b.Open(t)
		_, err = db.Exec("ANALYZE match_entry")
		require.NoError(t, err)
		explain := "EXPLAIN QUERY PLAN "
		if b.Postgres() {
			explain = "EXPLAIN "
		}
		for name, index := range map[string]string{"item": "match_entry_item", "issuer": "match_entry_issuer", "kind": "match_entry_kind"} {
			statement, args := sqlstore.Statement("pool", name, name+" 7")
			if !b.Postgres() {
				statement = strings.ReplaceAll(statement, "$", "?")
			}
			plan := planned(t, db, explain+statement, args)
			require.Contains(t, plan, index, plan)
			require.NotContains(t, plan, "Seq Scan", plan)
			require.NotContains(t, plan, "SCAN match_entry", plan)
		}
	})
}

func planned(t *testing.T, db *sql.DB, statement string, args []any) string {
	t.Helper()
	rows, err := db.Query(statement, args...)
	require.NoError(t, err)
	columns, err := rows.Columns()
	require.NoError(t, err)
	var all []string
	for rows.Next() {
		line := make([]any, len(columns))
		for i := range line {
			line[i] = new(any)
		}
		require.NoError(t, rows.Scan(line...))
		all = append(all, fmt.Sprint(*line[len(line)-1].(*any)))
	}
	require.NoError(t, rows.Err())
	return strings.Join(all, "\n")
}
