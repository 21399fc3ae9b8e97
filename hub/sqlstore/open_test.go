package sqlstore_test

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/hub/sqlstore"
	"github.com/laurel-edu/laurel/hub/storetest"
	"github.com/laurel-edu/laurel/internal/test/sqltest"
)

// A store that would lose what it acknowledged is not opened.
func TestOpenRefusesWhatForgets(t *testing.T) {
	refused := func(b sqltest.Base, want string) {
		t.Helper()
		_, err := sqlstore.Open(t.Context(), b.Open(t), sqlstore.Config{})
		require.ErrorContains(t, err, want)
	}
	file := sqltest.SQLite(t)
	for from, to := range map[string]string{"(WAL)": "(DELETE)", "(FULL)": "(NORMAL)"} {
		b := file
		b.DSN = strings.Replace(sqltest.SQLite(t).DSN, from, to, 1)
		refused(b, map[string]string{"(WAL)": "journal_mode is delete", "(FULL)": "synchronous is less than FULL"}[from])
	}
	refused(sqltest.Base{Driver: "sqlite", DSN: ":memory:"}, "journal_mode is memory")
	refused(sqltest.Base{Driver: "sqlite", DSN: "file:/no/such/folder/store.db"}, "unable to open database file")
	refused(sqltest.Base{Driver: "pgx", DSN: "postgres://nobody@127.0.0.1:1/none?sslmode=disable"}, "asking the data base what it is")
	_, err := sqlstore.Open(t.Context(), nil, sqlstore.Config{})
	require.ErrorContains(t, err, "there is no data base")
	_, err = sqlstore.Open(t.Context(), file.Open(t), sqlstore.Config{Partitions: 4})
	require.ErrorContains(t, err, "PostgreSQL alone has some")

	t.Run("PostgreSQL", func(t *testing.T) {
		_, err := sqlstore.Open(t.Context(), with(t, sqltest.Postgres(t), "synchronous_commit", "off").Open(t), sqlstore.Config{})
		require.ErrorContains(t, err, "synchronous_commit is off")
	})
}

// with sets a parameter of the connections.
func with(t *testing.T, b sqltest.Base, name, value string) sqltest.Base {
	t.Helper()
	u, err := url.Parse(b.DSN)
	require.NoError(t, err)
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	b.DSN = u.String()
	return b
}

// Of processes that start at once each finds the tables, and one makes them.
func TestManyOpenAtOnce(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		var group sync.WaitGroup
		for range 6 {
			db := b.Open(t)
			group.Go(func() {
				s, err := sqlstore.Open(t.Context(), db, sqlstore.Config{})
				if err == nil {
					err = s.Close()
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	})
}

// A program does not write to tables that a newer one has made.
func TestOpenRefusesNewerTables(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		opened(t, b, sqlstore.Config{})
		db := b.Open(t)
		_, err := db.Exec("UPDATE laurel_schema SET version = 99")
		require.NoError(t, err)
		_, err = sqlstore.Open(t.Context(), db, sqlstore.Config{})
		require.ErrorContains(t, err, "the tables of hub are of version 99, which is newer than this program's")
	})
}

func TestClosedStoreSaysSo(t *testing.T) {
	s, err := sqlstore.Open(t.Context(), sqltest.SQLite(t).Open(t), sqlstore.Config{})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	_, _, err = s.Upsert(t.Context(), shared, badge(1, 1))
	require.ErrorContains(t, err, "the store is closed")
	_, err = s.List(t.Context(), shared, hub.Query{Kind: hub.KindBadge})
	require.ErrorContains(t, err, "the store is closed")
	require.NoError(t, s.Close())
}

// The ways of running it that others have keep the promises too: with partitions, without
// prepared statements, and where each transaction is as if it were alone, as in distributed
// data bases.
func TestOtherWaysKeepThePromises(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: it takes its time (-short)")
	}
	for name, c := range map[string]struct {
		config    sqlstore.Config
		parameter string
		value     string
	}{
		"partitions":   {sqlstore.Config{Partitions: 4}, "application_name", "laurel"},
		"unprepared":   {sqlstore.Config{Unprepared: true}, "default_query_exec_mode", "exec"},
		"serializable": {sqlstore.Config{}, "default_transaction_isolation", "serializable"},
	} {
		t.Run(name, func(t *testing.T) {
			if name != "partitions" && os.Getenv("LAUREL_LONG") == "" {
				t.Skip("skipped: it takes its time (LAUREL_LONG=1)")
			}
			b := with(t, sqltest.Postgres(t), c.parameter, c.value)
			_, err := storetest.Test(t.Context(), opening(t, b, c.config))
			require.NoError(t, err)
		})
	}
	t.Run("unprepared SQLite", func(t *testing.T) {
		_, err := storetest.Test(t.Context(), opening(t, sqltest.SQLite(t), sqlstore.Config{Unprepared: true}))
		require.NoError(t, err)
	})
}

// A page of an owner is read in one partition, by the index.
func TestPartitionsAreReadAlone(t *testing.T) {
	b := sqltest.Postgres(t)
	s := opened(t, b, sqlstore.Config{Partitions: 4})
	for i := range 100 {
		_, _, err := s.Upsert(t.Context(), writer(i%20), badge(i, 1))
		require.NoError(t, err)
	}
	db := b.Open(t)
	_, err := db.Exec("ANALYZE credential")
	require.NoError(t, err)
	var parts int
	require.NoError(t, db.QueryRow("SELECT COUNT(DISTINCT tableoid) FROM credential").Scan(&parts))
	require.Equal(t, 4, parts)
	plan := explained(t, db, `SELECT id FROM credential WHERE owner = $1 AND kind = 1 AND pos > 0 ORDER BY pos LIMIT 10`, sqlstore.Owned(shared))
	require.Equal(t, 1, strings.Count(plan, "Scan"), plan)
}

func explained(t *testing.T, db *sql.DB, statement string, args ...any) string {
	t.Helper()
	rows, err := db.Query("EXPLAIN "+statement, args...)
	require.NoError(t, err)
	var all []string
	for rows.Next() {
		var line string
		require.NoError(t, rows.Scan(&line))
		all = append(all, line)
	}
	require.NoError(t, rows.Err())
	return strings.Join(all, "\n")
}

// A post that changes nothing commits nothing: the file of the log, or the position in it,
// stays where it is.
func TestUnchangedPostCommitsNothing(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		s := opened(t, b, sqlstore.Config{})
		db := b.Open(t)
		post := func(day int) {
			_, _, err := s.Upsert(t.Context(), shared, badge(1, day))
			require.NoError(t, err)
		}
		where := func() string {
			if b.Postgres() { // this table's alone: others write to the log as well
				var id sql.NullString
				require.NoError(t, db.QueryRow("SELECT MAX(xmin::text || ' ' || xmax::text) FROM credential").Scan(&id))
				return id.String
			}
			var busy, frames, moved int
			require.NoError(t, db.QueryRow("PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &frames, &moved))
			return fmt.Sprint(frames)
		}
		post(2)
		before := where()
		post(2)
		post(1)
		require.Equal(t, before, where())
		post(3)
		require.NotEqual(t, before, where())
	})
}

// The clock of a store is the one that it was given.
func TestStoreUsesItsClock(t *testing.T) {
	at := time.Date(2024, 1, 1, 0, 0, 0, 5000, time.UTC)
	s := opened(t, sqltest.SQLite(t), sqlstore.Config{Now: func() time.Time { return at }})
	e, _, err := s.Upsert(t.Context(), shared, badge(1, 1))
	require.NoError(t, err)
	require.Equal(t, at, e.Changed)
}

func TestPragmasAreThoseOfTheTests(t *testing.T) {
	require.Equal(t, sqltest.Pragmas, sqlstore.SQLitePragmas)
}
