package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"

	"github.com/laurel-edu/laurel/hub"
)

// later are the conditions of Query.Since, for each of what it can be compared with.
var later = map[hub.SinceBy]string{
	hub.SinceIssued:  ` AND valid_from > $3`,
	hub.SinceChanged: ` AND changed > $3`,
	hub.SinceEither:  ` AND (valid_from > $3 OR changed > $3)`,
}

// all is the condition where nothing is left out. It has the parameter too.
const all = ` AND $3 = 0`

// countOf counts what a condition lets pass.
func countOf(condition string) string {
	return `SELECT COUNT(*) FROM credential WHERE owner = $1 AND kind = $2` + condition
}

// pageOf is a page of what a condition lets pass, each entry with the count of all.
func pageOf(condition string) string {
	return `SELECT (` + countOf(condition) + `), ` + columns + ` FROM credential WHERE owner = $1 AND kind = $2` + condition +
		` AND pos > $4 ORDER BY pos LIMIT $5 OFFSET $6`
}

// listing are the two statements for a condition.
type listing struct{ page, count string }

var listings = func() map[string]listing {
	made := map[string]listing{all: {pageOf(all), countOf(all)}}
	for _, condition := range later {
		made[condition] = listing{pageOf(condition), countOf(condition)}
	}
	return made
}()

// List implements [hub.Store].
func (s *Store) List(ctx context.Context, o hub.Owner, q hub.Query) (hub.Page, error) {
	q, err := q.Normal()
	if err = cmp.Or(o.Check(), err); err != nil {
		return hub.Page{}, err
	}
	condition, since := all, int64(0)
	if !q.Since.IsZero() {
		condition, since = later[q.By], q.Since.UnixMicro()
	}
	l := listings[condition]
	base := []any{owned(o), int64(q.Kind), since}
	// One more than asked for shows whether something follows.
	rows, err := s.db.Rows(ctx, l.page, append(base, int64(q.After), q.Limit+1, q.Offset)...)
	if err != nil {
		return hub.Page{}, failed("listing credentials", err)
	}
	page, err := readPage(rows, q)
	if err == nil && len(page.Entries) == 0 && (q.Offset > 0 || q.After > 0) {
		_, err = s.db.Row(ctx, l.count, base, &page.Total)
	}
	if err != nil {
		return hub.Page{}, failed("listing credentials", err)
	}
	return page, nil
}

// readPage reads the rows of a page, as far as it has room.
func readPage(rows *sql.Rows, q hub.Query) (page hub.Page, err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	size := 0
	var r entryRow
	into := append([]any{&page.Total}, r.into()...)
	for rows.Next() {
		if len(page.Entries) == q.Limit {
			page.Next = page.Entries[q.Limit-1].Pos
			return page, nil
		}
		if err := rows.Scan(into...); err != nil {
			return hub.Page{}, err
		}
		if page.Entries == nil {
			page.Entries = make([]hub.Stored, 0, min(q.Limit, page.Total))
		}
		if size += len(r.raw); len(page.Entries) > 0 && size > q.MaxBytes {
			page.Next = page.Entries[len(page.Entries)-1].Pos
			return page, nil
		}
		e, err := r.entry()
		if err != nil {
			return hub.Page{}, err
		}
		page.Entries = append(page.Entries, e)
	}
	return page, rows.Err()
}
