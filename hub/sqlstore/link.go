package sqlstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/hub"
)

// AddLink implements [hub.Store].
func (s *Store) AddLink(ctx context.Context, l hub.Link) error {
	if err := l.Check(); err != nil {
		return err
	}
	const statement = `INSERT INTO link (link, owner, kind, identity, file, created) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING`
	file := int64(0)
	if l.File {
		file = 1
	}
	var n int64
	err := s.db.Write(ctx, func() (err error) {
		n, err = s.db.Exec(ctx, statement, within(l.Owner.Tenant, l.ID), owned(l.Owner), int64(l.Key.Kind), l.Key.Identity[:], file,
			l.Created.UnixMicro())
		return err
	})
	if err == nil && n == 0 {
		return fmt.Errorf("%w: a link whose ID another has", hub.ErrInvalid)
	}
	return failed("adding a link", err)
}

// linkColumns are those of a link, as a linkRow has them.
const linkColumns = `link, owner, kind, identity, file, created`

type linkRow struct {
	link, owner, identity []byte
	kind, file, created   int64
}

func (r *linkRow) into() []any {
	return []any{&r.link, &r.owner, &r.kind, &r.identity, &r.file, &r.created}
}

// in is the link of a tenant that the row says.
func (r *linkRow) in(tenant string) (l hub.Link, err error) {
	if len(r.identity) != len(l.Key.Identity) {
		return l, fmt.Errorf("an identity of %d bytes", len(r.identity))
	}
	return hub.Link{ID: nameOf(tenant, r.link), Owner: hub.Owner{Tenant: tenant, User: nameOf(tenant, r.owner)},
		Key: hub.Key{Kind: hub.Kind(r.kind), Identity: hub.Identity(r.identity)}, File: r.file != 0, Created: instant(r.created)}, nil
}

// Link implements [hub.Store].
func (s *Store) Link(ctx context.Context, tenant, id string) (hub.Link, error) {
	if err := hub.CheckLinkID(tenant, id); err != nil {
		return hub.Link{}, err
	}
	const statement = `SELECT ` + linkColumns + ` FROM link WHERE link = $1`
	var r linkRow
	found, err := s.db.Row(ctx, statement, []any{within(tenant, id)}, r.into()...)
	switch {
	case err != nil:
		return hub.Link{}, failed("finding a link", err)
	case !found:
		return hub.Link{}, hub.ErrNotFound
	}
	l, err := r.in(tenant)
	return l, failed("finding a link", err)
}

// Links implements [hub.Store].
func (s *Store) Links(ctx context.Context, o hub.Owner) (all []hub.Link, err error) {
	if err := o.Check(); err != nil {
		return nil, err
	}
	const statement = `SELECT ` + linkColumns + ` FROM link WHERE owner = $1 ORDER BY created DESC LIMIT $2`
	rows, err := s.db.Rows(ctx, statement, owned(o), hub.MaxLinks)
	if err != nil {
		return nil, failed("listing links", err)
	}
	for rows.Next() && err == nil {
		var r linkRow
		var l hub.Link
		if err = rows.Scan(r.into()...); err == nil {
			l, err = r.in(o.Tenant)
			all = append(all, l)
		}
	}
	if err = errors.Join(err, rows.Err(), rows.Close()); err != nil {
		return nil, failed("listing links", err)
	}
	return all, nil
}

// EndLink implements [hub.Store].
func (s *Store) EndLink(ctx context.Context, o hub.Owner, id string) error {
	if err := cmp.Or(o.Check(), hub.CheckLinkID(o.Tenant, id)); err != nil {
		return err
	}
	const statement = `DELETE FROM link WHERE link = $1 AND owner = $2`
	var gone int64
	err := s.db.Write(ctx, func() (err error) {
		gone, err = s.db.Exec(ctx, statement, within(o.Tenant, id), owned(o))
		return err
	})
	if err == nil && gone == 0 {
		return hub.ErrNotFound
	}
	return failed("ending a link", err)
}
