package sqlstore

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/sqldb"
)

// profileOf returns the profile of an owner, the zero one where there is none.
func (s *Store) profileOf(ctx context.Context, o hub.Owner) (p hub.Profile, err error) {
	const statement = `SELECT version, changed, digest, raw FROM profile WHERE owner = $1`
	var changed int64
	var digest []byte
	found, err := s.db.Row(ctx, statement, []any{owned(o)}, &p.Tag.Version, &changed, &digest, &p.Raw)
	switch {
	case err != nil || !found:
		return hub.Profile{}, err
	case len(digest) != sha256.Size:
		return hub.Profile{}, fmt.Errorf("a digest of %d bytes", len(digest))
	}
	p.Tag.Digest, p.Changed = [sha256.Size]byte(digest), instant(changed)
	return p, nil
}

// Profile implements [hub.Store].
func (s *Store) Profile(ctx context.Context, o hub.Owner) (hub.Profile, error) {
	if err := o.Check(); err != nil {
		return hub.Profile{}, err
	}
	p, err := s.profileOf(ctx, o)
	if err == nil && p.Tag.Version == 0 {
		return hub.Profile{}, hub.ErrNotFound
	}
	return p, failed("reading a profile", err)
}

// PutProfile implements [hub.Store].
func (s *Store) PutProfile(ctx context.Context, o hub.Owner, raw []byte, was *hub.Tag) (hub.Profile, error) {
	if err := cmp.Or(o.Check(), hub.CheckProfile(raw)); err != nil {
		return hub.Profile{}, err
	}
	fresh := hub.Profile{Raw: slices.Clone(raw)}
	fresh.Tag.Digest = sha256.Sum256(raw)
	var p hub.Profile
	err := s.db.Write(ctx, func() (err error) {
		p, err = s.profileOf(ctx, o)
		switch {
		case err != nil:
			return err
		case was != nil && *was != p.Tag:
			return hub.ErrChanged
		case p.Tag.Version > 0 && p.Tag.Digest == fresh.Tag.Digest:
			return nil
		}
		old := p.Tag
		p = fresh
		p.Tag.Version, p.Changed = old.Version+1, hub.Instant(s.now())
		return s.swapProfile(ctx, o, old, &p)
	})
	if errors.Is(err, hub.ErrChanged) {
		return hub.Profile{}, hub.ErrChanged
	}
	if err != nil {
		return hub.Profile{}, failed("storing a profile", err)
	}
	return p, nil
}

// swapProfile puts a profile in the place of one, or of none.
func (s *Store) swapProfile(ctx context.Context, o hub.Owner, old hub.Tag, p *hub.Profile) error {
	const insert = `INSERT INTO profile (owner, version, changed, digest, raw) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`
	const update = `UPDATE profile SET version = $2, changed = $3, digest = $4, raw = $5 WHERE owner = $1 AND version = $6 AND digest = $7`
	args := []any{owned(o), p.Tag.Version, p.Changed.UnixMicro(), p.Tag.Digest[:], p.Raw}
	statement := insert
	if old.Version > 0 {
		statement, args = update, append(args, old.Version, old.Digest[:])
	}
	changed, err := s.db.Exec(ctx, statement, args...)
	if err == nil && changed == 0 {
		err = sqldb.ErrAgain
	}
	return err
}

// Owners implements [hub.Store].
func (s *Store) Owners(ctx context.Context, tenant, after string, limit int) ([]string, error) {
	if err := hub.CheckOwners(tenant, after, limit); err != nil {
		return nil, err
	}
	const credentials = `SELECT DISTINCT owner FROM credential WHERE owner > $1 AND owner < $2 ORDER BY owner LIMIT $3`
	const profiles = `SELECT owner FROM profile WHERE owner > $1 AND owner < $2 ORDER BY owner LIMIT $3`
	const links = `SELECT DISTINCT owner FROM link WHERE owner > $1 AND owner < $2 ORDER BY owner LIMIT $3`
	var users []string
	for _, statement := range []string{credentials, profiles, links} {
		rows, err := s.db.Rows(ctx, statement, within(tenant, after), behind(tenant), limit)
		if err != nil {
			return nil, failed("listing owners", err)
		}
		for rows.Next() {
			var key []byte
			if err = rows.Scan(&key); err != nil {
				break
			}
			users = append(users, nameOf(tenant, key))
		}
		if err = errors.Join(err, rows.Err(), rows.Close()); err != nil {
			return nil, failed("listing owners", err)
		}
	}
	slices.Sort(users)
	users = slices.Compact(users)
	return users[:min(limit, len(users))], nil
}

// Erase implements [hub.Store].
func (s *Store) Erase(ctx context.Context, o hub.Owner) error {
	if err := o.Check(); err != nil {
		return err
	}
	return failed("erasing an owner", s.db.Tx(ctx, func(t *sqldb.Tx) error {
		for _, statement := range []string{`DELETE FROM credential WHERE owner = $1`, `DELETE FROM profile WHERE owner = $1`,
			`DELETE FROM link WHERE owner = $1`} {
			if _, err := t.Exec(ctx, statement, owned(o)); err != nil {
				return err
			}
		}
		return nil
	}))
}
