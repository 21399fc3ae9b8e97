package sqldb_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/sqldb"
	"github.com/laurel-edu/laurel/internal/test/sqltest"
)

var steps = []sqldb.Step{`
CREATE TABLE thing (owner bytea NOT NULL, n bigint NOT NULL, PRIMARY KEY (owner, n)) PARTITIONED BY (owner);
CREATE INDEX thing_n ON thing (owner, n);
`, `CREATE TABLE other (name text NOT NULL PRIMARY KEY)`}

func opened(t *testing.T, b sqltest.Base, o sqldb.Options) *sqldb.DB {
	t.Helper()
	o.Part = "test"
	if o.Steps == nil {
		o.Steps = steps
	}
	d, err := sqldb.Open(t.Context(), b.Open(t), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return d
}

// state is an error of PostgreSQL, and code one of SQLite.
type state string

func (s state) Error() string    { return "state " + string(s) }
func (s state) SQLState() string { return string(s) }

type code int

func (c code) Error() string { return fmt.Sprint("code ", int(c)) }
func (c code) Code() int     { return int(c) }

// What goes away when one tries again is tried again; anything else is not.
func TestWriteTriesAgain(t *testing.T) {
	d := opened(t, sqltest.SQLite(t), sqldb.Options{})
	for _, c := range []struct {
		err   error
		tries int
	}{
		{state("40001"), 4}, {state("40P01"), 4}, {state("23505"), 4}, {state("57014"), 1}, {state(""), 1},
		{code(5), 4}, {code(5 | 2<<8), 4}, {code(6), 4}, {code(19), 1}, {sqldb.ErrAgain, 4}, {io.ErrUnexpectedEOF, 1},
		{fmt.Errorf("while storing: %w", state("40001")), 4},
	} {
		tries := 0
		err := d.Write(t.Context(), func() error {
			if tries++; tries < 4 {
				return c.err
			}
			return nil
		})
		require.Equal(t, c.tries, tries, c.err)
		if c.tries == 1 {
			require.ErrorIs(t, err, c.err)
		} else {
			require.NoError(t, err)
		}
	}
	tries := 0
	err := d.Write(t.Context(), func() error { tries++; return state("40001") })
	require.ErrorIs(t, err, state("40001"))
	require.Equal(t, 64, tries)
}

// Who waits for a turn, or to try again, goes when nobody waits for them any more.
func TestWriteHonoursItsContext(t *testing.T) {
	d := opened(t, sqltest.SQLite(t), sqldb.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	require.NoError(t, d.Write(t.Context(), func() error {
		cancel()
		require.ErrorIs(t, d.Write(ctx, func() error { return errors.New("it is not its turn") }), context.Canceled)
		return nil
	}))
	ctx, cancel = context.WithCancel(t.Context())
	err := d.Write(ctx, func() error { cancel(); return sqldb.ErrAgain })
	require.ErrorIs(t, err, context.Canceled)
}

// Steps are taken once, one after the other, whoever opens the data base.
func TestStepsAreTakenOnce(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		first := opened(t, b, sqldb.Options{Steps: steps[:1]})
		_, err := first.Exec(t.Context(), `INSERT INTO thing (owner, n) VALUES ($1, $2)`, []byte("a"), 1)
		require.NoError(t, err)
		second := opened(t, b, sqldb.Options{})
		opened(t, b, sqldb.Options{})
		var n int
		found, err := second.Row(t.Context(), `SELECT n FROM thing WHERE owner = $1`, []any{[]byte("a")}, &n)
		require.NoError(t, err)
		require.True(t, found)
		require.Equal(t, 1, n)
		_, err = second.Exec(t.Context(), `INSERT INTO other (name) VALUES ($1)`, "x")
		require.NoError(t, err)
		broken := append(steps, `CREATE TABLE third (name text NOT NULL PRIMARY KEY); CREATE TABLE third (name text)`)
		_, err = sqldb.Open(t.Context(), b.Open(t), sqldb.Options{Part: "test", Steps: broken})
		require.ErrorContains(t, err, "bringing the tables of test to version 3")
		_, err = second.Exec(t.Context(), `INSERT INTO third (name) VALUES ($1)`, "x")
		require.ErrorContains(t, err, "third", "a step is taken as a whole")
	})
}

func TestTransactionsAreWhole(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		d := opened(t, b, sqldb.Options{})
		own := errors.New("own")
		require.ErrorIs(t, d.Tx(t.Context(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(), `INSERT INTO other (name) VALUES ($1)`, "x")
			require.NoError(t, err)
			return own
		}), own)
		found, err := d.Row(t.Context(), `SELECT name FROM other`, nil, new(string))
		require.NoError(t, err)
		require.False(t, found)
	})
}

// late is a driver whose statements return a row, and fail when the next one is asked for:
// as one does whose commit fails.
type late struct{}

var errLate = errors.New("the commit failed")

func (late) Open(string) (driver.Conn, error)             { return late{}, nil }
func (late) Connect(context.Context) (driver.Conn, error) { return late{}, nil }
func (late) Driver() driver.Driver                        { return late{} }
func (late) Close() error                                 { return nil }
func (late) Begin() (driver.Tx, error)                    { return late{}, nil }
func (late) Commit() error                                { return nil }
func (late) Rollback() error                              { return nil }
func (late) NumInput() int                                { return -1 }
func (late) Exec([]driver.Value) (driver.Result, error)   { return driver.RowsAffected(1), nil }
func (late) Prepare(query string) (driver.Stmt, error)    { return lateStmt{query: query}, nil }

type lateStmt struct {
	late
	query string
}

func (s lateStmt) Query([]driver.Value) (driver.Rows, error) { return &lateRows{query: s.query}, nil }

type lateRows struct {
	query string
	read  bool
}

func (r *lateRows) Columns() []string { return []string{"one"} }
func (r *lateRows) Close() error      { return nil }
func (r *lateRows) Next(dest []driver.Value) error {
	switch {
	case !r.read && strings.Contains(r.query, "journal_mode"):
		dest[0] = "wal"
	case !r.read && strings.Contains(r.query, "synchronous"):
		dest[0] = int64(2)
	case !r.read:
		dest[0] = int64(0)
	case strings.HasPrefix(r.query, "INSERT"):
		return errLate
	default:
		return io.EOF
	}
	r.read = true
	return nil
}

// What a statement returned counts once it has ended, since it is committed then.
func TestRowIsReadToTheEnd(t *testing.T) {
	d, err := sqldb.Open(t.Context(), sql.OpenDB(late{}), sqldb.Options{Part: "test"})
	require.NoError(t, err)
	found, err := d.Row(t.Context(), `SELECT 1`, nil, new(int64))
	require.NoError(t, err)
	require.True(t, found)
	_, err = d.Row(t.Context(), `INSERT INTO thing RETURNING n`, nil, new(int64))
	require.ErrorIs(t, err, errLate)
}
