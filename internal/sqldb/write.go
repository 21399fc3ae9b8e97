package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"time"
)

// maxTries bounds how often a write is done again. Each time that somebody gets into the
// way, somebody gets on: this many are enough for as many writers of one owner at once.
const maxTries = 64

// longestPause is how long a write waits at most before it is done again.
const longestPause = 64 * time.Millisecond

// ErrAgain is for functions that [DB.Write] and [DB.Tx] call: somebody was faster, and it
// is to be done again.
var ErrAgain = errors.New("somebody else is changing the same")

// Write calls a function that changes something by one statement, and calls it again where
// others got into its way. f must begin anew each time.
func (d *DB) Write(ctx context.Context, f func() error) error {
	if d.turn != nil {
		select {
		case d.turn <- struct{}{}:
			defer func() { <-d.turn }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for try := range maxTries {
		err := f()
		if err == nil || !again(err) || try == maxTries-1 {
			return err
		}
		if err := pause(ctx, try); err != nil {
			return err
		}
	}
	return ErrAgain
}

// pause waits for a random time, which is longer on average each time.
func pause(ctx context.Context, try int) error {
	most := min(time.Millisecond<<min(try, 10), longestPause)
	timer := time.NewTimer(rand.N(most))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The conditions of PostgreSQL that go away when one tries again: a serialization failure, a
// deadlock, and a key that somebody else inserted, since keys are made of what was there.
var passing = map[string]bool{"40001": true, "40P01": true, "23505": true}

// The conditions of SQLite that go away.
const (
	sqliteBusy   = 5
	sqliteLocked = 6
)

// again reports whether an error goes away when one tries again.
func again(err error) bool {
	if state, ok := errors.AsType[interface {
		error
		SQLState() string
	}](err); ok {
		return passing[state.SQLState()]
	}
	if code, ok := errors.AsType[interface {
		error
		Code() int
	}](err); ok {
		primary := code.Code() & 0xff
		return primary == sqliteBusy || primary == sqliteLocked
	}
	return errors.Is(err, ErrAgain)
}

// Tx is a transaction.
type Tx struct {
	d  *DB
	tx *sql.Tx
}

// Tx calls a function within a transaction, which is committed when it returns nil. It
// calls it again where others got into its way.
func (d *DB) Tx(ctx context.Context, f func(*Tx) error) error {
	return d.Write(ctx, func() error {
		tx, err := d.db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if err := f(&Tx{d, tx}); err != nil {
			_ = tx.Rollback() // err says what is the matter
			return err
		}
		return tx.Commit()
	})
}

// Exec is as [DB.Exec].
func (t *Tx) Exec(ctx context.Context, statement string, args ...any) (int64, error) {
	result, err := t.tx.ExecContext(ctx, t.d.text(statement), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// Row is as [DB.Row].
func (t *Tx) Row(ctx context.Context, statement string, args []any, dest ...any) (bool, error) {
	rows, err := t.Rows(ctx, statement, args...)
	if err != nil {
		return false, err
	}
	return one(rows, dest)
}

// Rows is as [DB.Rows].
func (t *Tx) Rows(ctx context.Context, statement string, args ...any) (*sql.Rows, error) {
	return t.tx.QueryContext(ctx, t.d.text(statement), args...)
}
