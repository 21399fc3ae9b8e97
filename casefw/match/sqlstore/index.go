package sqlstore

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/internal/sqldb"
	"github.com/laurel-edu/laurel/vc"
)

// Config steers an [Index]. Its zero value is right for most.
type Config struct {
	// Partitions splits the table by the hash of the pool, in PostgreSQL alone. It counts when
	// the table is made; later it is ignored.
	Partitions int
	// Unprepared sends each statement as text, for a pool in between that gives every
	// transaction another connection and knows no prepared statements. The driver has to be
	// told besides: pgx by default_query_exec_mode=exec.
	Unprepared bool
}

// Index is a [match.Index] in a data base. It is safe for concurrent use, and several
// processes may have one each over the same data base. Make it with [Open].
type Index struct{ db *sqldb.DB }

var _ match.Index = (*Index)(nil)

// Open makes an index over a data base, whose tables it makes and brings up to date. The data
// base stays the caller's to close, after the index.
func Open(ctx context.Context, db *sql.DB, c Config) (*Index, error) {
	d, err := sqldb.Open(ctx, db, sqldb.Options{Part: "match", Steps: steps, Unprepared: c.Unprepared, Partitions: c.Partitions})
	if err != nil {
		return nil, fmt.Errorf("sqlstore: %w", err)
	}
	return &Index{d}, nil
}

// Close lets go of what the index has prepared. It does not close the data base.
func (x *Index) Close() error { return x.db.Close() }

// failed says what could not be done.
func failed(doing string, err error) error {
	if err == nil || errors.Is(err, match.ErrInvalid) {
		return err
	}
	return fmt.Errorf("sqlstore: %s: %w", doing, err)
}

const (
	columns = 11 // of a row
	rows    = 50 // that are inserted at once
)

// inserts is the statement that inserts so many rows.
func inserts(n int) string {
	var b strings.Builder
	b.WriteString(`INSERT INTO match_entry
(pool, holder, place, item, issuer, kind, standing, against, holds_from, holds_until, entry) VALUES `)
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(" + places(i*columns+1, columns) + ")")
	}
	return b.String()
}

// places are placeholders from a number on.
func places(from, n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprint("$", from+i)
	}
	return strings.Join(all, ", ")
}

var insertOne, insertMany = inserts(1), inserts(rows)

// Put implements [match.Index].
func (x *Index) Put(ctx context.Context, pool, holder string, entries []match.Entry) error {
	if err := match.CheckPut(pool, holder, entries); err != nil {
		return err
	}
	args := make([]any, 0, columns*len(entries))
	for i := range entries {
		row, err := row(pool, holder, i, entries[i])
		if err != nil {
			return failed("writing an entry", err)
		}
		args = append(args, row...)
	}
	return failed("putting entries", x.db.Tx(ctx, func(t *sqldb.Tx) error {
		if _, err := t.Exec(ctx, `DELETE FROM match_entry WHERE pool = $1 AND holder = $2`, []byte(pool), []byte(holder)); err != nil {
			return err
		}
		return insert(ctx, t, args)
	}))
}

func insert(ctx context.Context, t *sqldb.Tx, args []any) error {
	for len(args) > 0 {
		statement, n := insertOne, columns
		if len(args) >= columns*rows {
			statement, n = insertMany, columns*rows
		}
		if _, err := t.Exec(ctx, statement, args[:n]...); err != nil {
			return err
		}
		args = args[n:]
	}
	return nil
}

// Remove implements [match.Index].
func (x *Index) Remove(ctx context.Context, pool, holder string) error {
	return x.Put(ctx, pool, holder, nil)
}

// row are the columns of an entry.
func row(pool, holder string, place int, e match.Entry) ([]any, error) {
	e.From, e.Until = e.From.UTC(), e.Until.UTC()
	text, err := vc.Marshal(e)
	if err != nil {
		return nil, err
	}
	against := 0
	if e.Against != "" {
		against = 1
	}
	return []any{[]byte(pool), []byte(holder), int64(place), digest(e.Item), digest(e.Issuer), digest(e.Type), bit(e.Standing),
		against, moment(e.From, math.MinInt64), moment(e.Until, math.MaxInt64), text}, nil
}

func digest(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}

func bit(s match.Standing) int64 { return 1 << (s & 31) }

// moment is an instant in microseconds, or what stands for none.
func moment(t time.Time, none int64) int64 {
	if t.IsZero() {
		return none
	}
	return t.UnixMicro()
}

// Find implements [match.Index]. The items of a large query are asked for some at a time:
// what comes first of each is what comes first of all.
func (x *Index) Find(ctx context.Context, pool string, q match.Query) (match.Page, error) {
	q, err := q.Normal()
	if err = cmp.Or(err, match.CheckPut(pool, "holder", nil)); err != nil {
		return match.Page{}, err
	}
	if q.FindsNothing() {
		return match.Page{}, nil
	}
	s := searchOf(pool, &q)
	if len(q.Items) == 0 {
		found, err := x.some(ctx, s, nil)
		return match.CutPage(found, q.Limit), failed("finding entries", err)
	}
	var all []match.Found
	for items := unique(q.Items); len(items) > 0; {
		n := min(len(items), atOnce)
		found, err := x.some(ctx, s, items[:n])
		if err != nil {
			return match.Page{}, failed("finding entries", err)
		}
		all = first(all, found, q.Limit+1)
		items = items[n:]
	}
	return match.CutPage(all, q.Limit), nil
}
