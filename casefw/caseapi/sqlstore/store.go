package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/internal/sqldb"
)

// Config steers a [Store]. Its zero value is right for most.
type Config struct {
	// Tenant is whose frameworks they are, "" where there is only one. Nothing of one
	// tenant is served to another.
	Tenant string
	// Unprepared sends each statement as text, for a pool in between that gives every
	// transaction another connection and knows no prepared statements. The driver has to be
	// told besides: pgx by default_query_exec_mode=exec.
	Unprepared bool
	// Now is the clock, time.Now by default.
	Now func() time.Time
}

// Store keeps frameworks in a data base and answers from there: a [caseapi.Store]. What
// [caseapi.Memory] says of frameworks and of when they changed holds here too. It is safe for
// concurrent use, and several processes may have one each over the same data base. Make it
// with [Open].
type Store struct {
	db     *sqldb.DB
	tenant []byte
	now    func() time.Time

	mu   sync.Mutex
	list *listed // of documents, as it last was
}

var _ caseapi.Store = (*Store)(nil)

// Open makes a store over a data base, whose tables it makes and brings up to date. The data
// base stays the caller's to close, after the store.
func Open(ctx context.Context, db *sql.DB, c Config) (*Store, error) {
	d, err := sqldb.Open(ctx, db, sqldb.Options{Part: "case", Steps: steps, Unprepared: c.Unprepared})
	if err != nil {
		return nil, fmt.Errorf("sqlstore: %w", err)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Store{db: d, tenant: []byte(c.Tenant), now: c.Now}, nil
}

// Close lets go of what the store has prepared. It does not close the data base.
func (s *Store) Close() error { return s.db.Close() }

// failed says what could not be done.
func failed(doing string, err error) error {
	if err == nil || errors.Is(err, caseapi.ErrNotFound) {
		return err
	}
	return fmt.Errorf("sqlstore: %s: %w", doing, err)
}

// belonging are the tables of what belongs to a revision of a framework.
var belonging = []string{"case_answer", "case_association", "case_link", "case_piece"}

// Remove takes a framework out and reports whether it was there. Frameworks that were
// deprecated are better left in with that status: the guide asks providers never to delete.
func (s *Store) Remove(ctx context.Context, id casefw.GUID) (bool, error) {
	var there bool
	err := s.db.Tx(ctx, func(t *sqldb.Tx) error {
		n, err := t.Exec(ctx, `DELETE FROM case_framework WHERE tenant = $1 AND framework = $2`, s.tenant, id[:])
		if there = n > 0; err != nil || !there {
			return err
		}
		for _, table := range belonging {
			if _, err := t.Exec(ctx, `DELETE FROM `+table+` WHERE tenant = $1 AND framework = $2`, s.tenant, id[:]); err != nil {
				return err
			}
		}
		_, err = s.advance(ctx, t)
		return err
	})
	return there, failed("removing a framework", err)
}

// advance counts a change of the store, and returns the number. It also makes whoever
// changes something wait for others who do.
func (s *Store) advance(ctx context.Context, t *sqldb.Tx) (revision int64, err error) {
	const statement = `INSERT INTO case_store AS s (tenant, revision, changed) VALUES ($1, 1, $2)
ON CONFLICT (tenant) DO UPDATE SET revision = s.revision + 1, changed = excluded.changed RETURNING revision`
	_, err = t.Row(ctx, statement, []any{s.tenant, s.now().UnixMicro()}, &revision)
	return revision, err
}

// micro is an instant that may be unknown.
func micro(t time.Time) sql.NullInt64 {
	if t.IsZero() {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: t.UnixMicro(), Valid: true}
}

// since is the later of two instants that may be unknown, the zero time where both are.
func since(a, b sql.NullInt64) time.Time {
	if b.Valid && (!a.Valid || a.Int64 < b.Int64) {
		a = b
	}
	if !a.Valid {
		return time.Time{}
	}
	return time.UnixMicro(a.Int64).UTC()
}
