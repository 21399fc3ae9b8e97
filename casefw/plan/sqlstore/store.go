package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/sqldb"
)

// Config steers a [Store]. Its zero value is right for most.
type Config struct {
	// Tenant is whose learners they are, "" where there is only one. Learners of one
	// tenant are none of another's, and each tenant has an outbox of its own.
	Tenant string
	// Unprepared sends each statement as text, for a pool in between that gives every
	// transaction another connection and knows no prepared statements. The driver has to be
	// told besides: pgx by default_query_exec_mode=exec.
	Unprepared bool
}

// Store keeps states and decisions in a data base: a [plan.Store] and a [plan.Outbox]. It is
// safe for concurrent use, and several processes may have one each over the same data base.
// Make it with [Open].
type Store struct {
	db     *sqldb.DB
	tenant []byte
}

var (
	_ plan.Store  = (*Store)(nil)
	_ plan.Outbox = (*Store)(nil)
)

// Open makes a store over a data base, whose tables it makes and brings up to date. The data
// base stays the caller's to close, after the store. The error is a data base that cannot be
// used: one that does not answer, that is neither SQLite nor PostgreSQL, that would lose what
// it acknowledged, or whose tables are of a newer version.
func Open(ctx context.Context, db *sql.DB, c Config) (*Store, error) {
	d, err := sqldb.Open(ctx, db, sqldb.Options{Part: "plan", Steps: steps, Unprepared: c.Unprepared})
	if err != nil {
		return nil, fmt.Errorf("sqlstore: %w", err)
	}
	return &Store{d, []byte(c.Tenant)}, nil
}

// Close lets go of what the store has prepared. It does not close the data base.
func (s *Store) Close() error { return s.db.Close() }

// failed says what could not be done.
func failed(doing string, err error) error {
	if err == nil || errors.Is(err, plan.ErrConflict) {
		return err
	}
	return fmt.Errorf("sqlstore: %s: %w", doing, err)
}

// Load implements [plan.Store].
func (s *Store) Load(ctx context.Context, learner string) (state []byte, revision int64, err error) {
	const statement = `SELECT state, revision FROM plan_state WHERE tenant = $1 AND learner = $2`
	_, err = s.db.Row(ctx, statement, []any{s.tenant, []byte(learner)}, &state, &revision)
	return state, revision, failed("loading a state", err)
}

// Commit implements [plan.Store].
func (s *Store) Commit(ctx context.Context, learner string, revision int64, state []byte, decisions []plan.Decision) error {
	texts, err := written(decisions)
	switch {
	case err != nil:
	case len(texts) == 0:
		err = s.db.Write(ctx, func() error { return s.put(ctx, s.db, learner, revision, state) })
	default:
		err = s.db.Tx(ctx, func(t *sqldb.Tx) error {
			if err := s.put(ctx, t, learner, revision, state); err != nil {
				return err
			}
			return s.post(ctx, t, texts)
		})
	}
	return failed("keeping a state", err)
}

// written are decisions as JSON, each read back first: one that cannot be would stop the
// outbox at it for ever.
func written(decisions []plan.Decision) (texts [][]byte, err error) {
	for i := range decisions {
		text, err := json.Marshal(&decisions[i])
		if err == nil {
			_, err = plan.ParseDecision(text)
		}
		if err != nil {
			return nil, fmt.Errorf("writing the decision about plan %q: %w", decisions[i].Plan, err)
		}
		texts = append(texts, text)
	}
	return texts, nil
}

// put keeps a state where the revision is still the learner's.
func (s *Store) put(ctx context.Context, to interface {
	Exec(ctx context.Context, statement string, args ...any) (int64, error)
}, learner string, revision int64, state []byte,
) error {
	const first = `INSERT INTO plan_state (tenant, learner, revision, state) VALUES ($1, $2, 1, $3) ON CONFLICT DO NOTHING`
	const next = `UPDATE plan_state SET revision = revision + 1, state = $3 WHERE tenant = $1 AND learner = $2 AND revision = $4`
	var kept int64
	var err error
	if revision == 0 {
		kept, err = to.Exec(ctx, first, s.tenant, []byte(learner), state)
	} else {
		kept, err = to.Exec(ctx, next, s.tenant, []byte(learner), state, revision)
	}
	if err == nil && kept == 0 {
		return plan.ErrConflict
	}
	return err
}

// post puts decisions into the outbox. Whoever does so waits for others who do, so that what
// is committed later has the greater number, and no reader passes over it.
func (s *Store) post(ctx context.Context, t *sqldb.Tx, texts [][]byte) error {
	const count = `INSERT INTO plan_outbox AS o (tenant, last) VALUES ($1, $2)
ON CONFLICT (tenant) DO UPDATE SET last = o.last + excluded.last RETURNING last`
	const add = `INSERT INTO plan_decision (tenant, id, decision) VALUES ($1, $2, $3)`
	var last int64
	if _, err := t.Row(ctx, count, []any{s.tenant, len(texts)}, &last); err != nil {
		return err
	}
	for i, text := range texts {
		if _, err := t.Exec(ctx, add, s.tenant, last-int64(len(texts)-1-i), text); err != nil {
			return err
		}
	}
	return nil
}

// Pending implements [plan.Outbox].
func (s *Store) Pending(ctx context.Context, most int) (all []plan.Entry, err error) {
	if most <= 0 {
		return nil, nil
	}
	const statement = `SELECT id, decision FROM plan_decision WHERE tenant = $1 ORDER BY id LIMIT $2`
	rows, err := s.db.Rows(ctx, statement, s.tenant, most)
	if err != nil {
		return nil, failed("reading the outbox", err)
	}
	for rows.Next() {
		var e plan.Entry
		var text []byte
		if err = rows.Scan(&e.ID, &text); err != nil {
			break
		}
		if e.Decision, err = plan.ParseDecision(text); err != nil {
			err = fmt.Errorf("decision %d: %w", e.ID, err)
			break
		}
		all = append(all, e)
	}
	if err = errors.Join(err, rows.Err(), rows.Close()); err != nil {
		return nil, failed("reading the outbox", err)
	}
	return all, nil
}

// Done implements [plan.Outbox].
func (s *Store) Done(ctx context.Context, id int64) error {
	const statement = `DELETE FROM plan_decision WHERE tenant = $1 AND id = $2`
	return failed("taking a decision out", s.db.Write(ctx, func() error {
		_, err := s.db.Exec(ctx, statement, s.tenant, id)
		return err
	}))
}
