// Package sqldb is what the stores over database/sql share: they learn which data base they
// have and whether what it acknowledges is durable, bring its tables up to date, keep
// statements prepared, and do again what another transaction got into the way of.
//
// Statements have the placeholders $1, $2 and so on, and are written so that PostgreSQL,
// what speaks its protocol, and SQLite understand them alike. No driver is imported: what an
// error means is asked of it by its methods.
package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// DB is a data base. It is safe for concurrent use; make it with [Open].
type DB struct {
	db         *sql.DB
	postgres   bool
	unprepared bool
	// turn is taken by who writes to SQLite, which has one writer at a time: waiting here is
	// fair and wakes at once, where SQLite itself would sleep and look again.
	turn chan struct{}

	mu       sync.RWMutex
	prepared map[string]*sql.Stmt // nil once it is closed
}

// Options steers [Open].
type Options struct {
	Part       string // names the steps among those of others in the data base
	Steps      []Step
	Unprepared bool // statements are not prepared
	Partitions int  // for the tables that have some
}

// Open makes a DB of a data base, whose tables it brings up to date. It does not close it.
func Open(ctx context.Context, db *sql.DB, o Options) (*DB, error) {
	if db == nil {
		return nil, errors.New("there is no data base")
	}
	d := &DB{db: db, unprepared: o.Unprepared, prepared: map[string]*sql.Stmt{}}
	if err := d.recognise(ctx); err != nil {
		return nil, err
	}
	if !d.postgres {
		d.turn = make(chan struct{}, 1)
	}
	if o.Partitions < 0 || o.Partitions > 1024 || o.Partitions > 0 && !d.postgres {
		return nil, fmt.Errorf("%d partitions: PostgreSQL alone has some, at most 1024", o.Partitions)
	}
	return d, d.migrate(ctx, o)
}

// recognise learns which data base it is and refuses one that forgets what it acknowledged.
func (d *DB) recognise(ctx context.Context) error {
	var version string
	if d.db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version) == nil {
		return d.checkSQLite(ctx)
	}
	if err := d.db.QueryRowContext(ctx, "SELECT version()").Scan(&version); err != nil {
		return fmt.Errorf("asking the data base what it is: %w", err)
	}
	d.postgres = true
	var commit string
	if err := d.db.QueryRowContext(ctx, "SHOW synchronous_commit").Scan(&commit); err != nil {
		return fmt.Errorf("asking for synchronous_commit: %w", err)
	}
	if commit == "off" {
		return errors.New("synchronous_commit is off: what is acknowledged could be lost")
	}
	return nil
}

func (d *DB) checkSQLite(ctx context.Context) error {
	var journal string
	if err := d.db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&journal); err != nil {
		return fmt.Errorf("asking for journal_mode: %w", err)
	}
	var synchronous int
	if err := d.db.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&synchronous); err != nil {
		return fmt.Errorf("asking for synchronous: %w", err)
	}
	switch {
	case journal != "wal":
		return fmt.Errorf("journal_mode is %s: readers and writers need wal, which is of a file", journal)
	case synchronous < 2:
		return errors.New("synchronous is less than FULL: what is acknowledged could be lost")
	}
	return nil
}

// Postgres reports whether it is PostgreSQL, or speaks its protocol.
func (d *DB) Postgres() bool { return d.postgres }

// Close lets the prepared statements go. The data base stays open.
func (d *DB) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []error
	for _, s := range d.prepared {
		all = append(all, s.Close())
	}
	d.prepared = nil
	return errors.Join(all...)
}

// text is a statement as the data base writes it.
func (d *DB) text(statement string) string {
	if d.postgres {
		return statement
	}
	return strings.ReplaceAll(statement, "$", "?")
}

// statement prepares a statement, once.
func (d *DB) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	d.mu.RLock()
	s, open := d.prepared[text], d.prepared != nil
	d.mu.RUnlock()
	if s != nil {
		return s, nil
	}
	if !open {
		return nil, errors.New("the store is closed")
	}
	fresh, err := d.db.PrepareContext(ctx, d.text(text))
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if s = d.prepared[text]; s != nil || d.prepared == nil {
		_ = fresh.Close() // nobody used it
		if s == nil {
			return nil, errors.New("the store is closed")
		}
		return s, nil
	}
	d.prepared[text] = fresh
	return fresh, nil
}

// Rows asks for rows.
func (d *DB) Rows(ctx context.Context, statement string, args ...any) (*sql.Rows, error) {
	if d.unprepared {
		return d.db.QueryContext(ctx, d.text(statement), args...)
	}
	s, err := d.statement(ctx, statement)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// Row asks for one row, and reports whether there is one.
func (d *DB) Row(ctx context.Context, statement string, args []any, dest ...any) (bool, error) {
	rows, err := d.Rows(ctx, statement, args...)
	if err != nil {
		return false, err
	}
	return one(rows, dest)
}

// one reads one row and whatever follows it: a statement that changes something is
// committed when it has ended, and its error comes then.
func one(rows *sql.Rows, dest []any) (found bool, err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if !found {
			if err := rows.Scan(dest...); err != nil {
				return false, err
			}
		}
		found = true
	}
	return found, rows.Err()
}

// Exec changes something, and returns how many rows it changed.
func (d *DB) Exec(ctx context.Context, statement string, args ...any) (int64, error) {
	var result sql.Result
	var err error
	if d.unprepared {
		result, err = d.db.ExecContext(ctx, d.text(statement), args...)
	} else {
		var s *sql.Stmt
		if s, err = d.statement(ctx, statement); err == nil {
			result, err = s.ExecContext(ctx, args...)
		}
	}
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}
