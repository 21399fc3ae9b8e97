// Package sqltest gives tests the data bases that stores are held against: a file of SQLite,
// and a schema of its own in the PostgreSQL that LAUREL_POSTGRES names.
package sqltest

import (
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgx
	_ "modernc.org/sqlite"             // the driver sqlite
)

// Pragmas are those of SQLite for a store that forgets nothing.
const Pragmas = "_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)&_txlock=immediate"

// Base is an empty data base.
type Base struct {
	Name   string // SQLite or PostgreSQL
	Driver string
	DSN    string
}

// Postgres reports whether it is PostgreSQL.
func (b Base) Postgres() bool { return b.Driver == "pgx" }

// Open opens it once more, until the test ends.
func (b Base) Open(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open(b.Driver, b.DSN)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// SQLite is a file in the test's folder.
func SQLite(t testing.TB) Base {
	path := filepath.ToSlash(filepath.Join(t.TempDir(), "store.db"))
	return Base{"SQLite", "sqlite", "file:" + path + "?" + Pragmas}
}

// Postgres is a schema in the PostgreSQL that LAUREL_POSTGRES names. It is dropped when the
// test ends, which is skipped where none is named.
func Postgres(t testing.TB) Base {
	t.Helper()
	at := os.Getenv("LAUREL_POSTGRES")
	if at == "" {
		t.Skip("LAUREL_POSTGRES names no PostgreSQL, such as postgres://user@127.0.0.1:5432/test")
	}
	u, err := url.Parse(at)
	if err != nil {
		t.Fatalf("LAUREL_POSTGRES is no URL: %v", err)
	}
	schema := "laurel_" + strings.ToLower(rand.Text()[:16])
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	do := func(statement string) {
		db, err := sql.Open("pgx", at)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	do("CREATE SCHEMA " + schema)
	t.Cleanup(func() { do("DROP SCHEMA " + schema + " CASCADE") })
	return Base{"PostgreSQL", "pgx", u.String()}
}

// Each runs a test with each data base.
func Each(t *testing.T, f func(t *testing.T, b Base)) {
	t.Run("SQLite", func(t *testing.T) { f(t, SQLite(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { f(t, Postgres(t)) })
}
