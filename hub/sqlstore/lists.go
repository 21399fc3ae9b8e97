package sqlstore

import (
	"context"
	"errors"

	"github.com/laurel-edu/laurel/vc/status"
)

// Lists are the status lists of a tenant, a [status.Store].
type Lists struct {
	s      *Store
	tenant string
}

var _ status.Store = (*Lists)(nil)

// Lists returns the status lists of a tenant, "" where there is only one.
func (s *Store) Lists(tenant string) *Lists { return &Lists{s, tenant} }

// Take implements [status.Store].
func (l *Lists) Take(ctx context.Context, list string, index int) (bool, error) {
	const statement = `INSERT INTO status_entry (list, place, value) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING`
	var taken int64
	err := l.s.db.Write(ctx, func() (err error) {
		taken, err = l.s.db.Exec(ctx, statement, within(l.tenant, list), index)
		return err
	})
	return taken == 1, failed("taking an index", err)
}

// Set implements [status.Store].
func (l *Lists) Set(ctx context.Context, list string, index int, value uint64) error {
	const statement = `INSERT INTO status_entry (list, place, value) VALUES ($1, $2, $3)
ON CONFLICT (list, place) DO UPDATE SET value = excluded.value`
	return failed("setting an entry", l.s.db.Write(ctx, func() error {
		_, err := l.s.db.Exec(ctx, statement, within(l.tenant, list), index, int64(value))
		return err
	}))
}

// Load implements [status.Store].
func (l *Lists) Load(ctx context.Context, list string) (status.Kept, error) {
	const count = `SELECT COUNT(*) FROM status_entry WHERE list = $1`
	const values = `SELECT place, value FROM status_entry WHERE list = $1 AND value <> 0`
	kept := status.Kept{Values: map[int]uint64{}}
	if _, err := l.s.db.Row(ctx, count, []any{within(l.tenant, list)}, &kept.Taken); err != nil {
		return status.Kept{}, failed("loading a list", err)
	}
	rows, err := l.s.db.Rows(ctx, values, within(l.tenant, list))
	if err != nil {
		return status.Kept{}, failed("loading a list", err)
	}
	for rows.Next() {
		var place int
		var value int64
		if err = rows.Scan(&place, &value); err != nil {
			break
		}
		kept.Values[place] = uint64(value)
	}
	if err = errors.Join(err, rows.Err(), rows.Close()); err != nil {
		return status.Kept{}, failed("loading a list", err)
	}
	return kept, nil
}
