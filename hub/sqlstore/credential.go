package sqlstore

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/sqldb"
	"github.com/laurel-edu/laurel/vc"
)

// upsert stores a credential by the rule of hub.Store and returns nothing where there is
// nothing to change: its condition is read before anything is written, so that nothing is
// committed then. Where somebody stores the same key meanwhile, the second condition decides. The
// position is taken from what is there; of two who take one, the second does it again,
// since the index lets it in once.
const upsert = `INSERT INTO credential AS c
(owner, kind, identity, pos, version, form, valid_from, changed, digest, issuer, id, raw)
SELECT $1, $2, $3, (SELECT COALESCE(MAX(pos), 0) + 1 FROM credential WHERE owner = $1 AND kind = $2), 1, $4, $5, $6, $7, $8, $9, $10
WHERE NOT EXISTS (SELECT 1 FROM credential WHERE owner = $1 AND kind = $2 AND identity = $3
	AND (valid_from > $5 OR valid_from = $5 AND digest = $7))
ON CONFLICT (owner, kind, identity) DO UPDATE
SET version = c.version + 1, form = excluded.form, valid_from = excluded.valid_from, changed = excluded.changed,
	digest = excluded.digest, issuer = excluded.issuer, id = excluded.id, raw = excluded.raw
WHERE c.valid_from < excluded.valid_from OR c.valid_from = excluded.valid_from AND c.digest <> excluded.digest
RETURNING version, pos`

// Upsert implements [hub.Store].
func (s *Store) Upsert(ctx context.Context, o hub.Owner, c hub.Credential) (hub.Stored, hub.Outcome, error) {
	if err := cmp.Or(o.Check(), c.Check()); err != nil {
		return hub.Stored{}, 0, err
	}
	k := c.Key()
	c.ValidFrom = hub.Instant(c.ValidFrom)
	given := hub.Stored{Credential: c, Digest: sha256.Sum256(c.Raw)}
	var stored hub.Stored
	var outcome hub.Outcome
	err := s.db.Write(ctx, func() (err error) {
		stored, outcome = given, hub.OutcomeCreated
		stored.Changed = hub.Instant(s.now())
		args := []any{owned(o), int64(k.Kind), k.Identity[:], int64(c.Form), c.ValidFrom.UnixMicro(), stored.Changed.UnixMicro(),
			given.Digest[:], c.Issuer, c.ID, c.Raw}
		var version, pos int64
		found, err := s.db.Row(ctx, upsert, args, &version, &pos)
		switch {
		case err != nil:
			return err
		case !found:
			stored, outcome, err = s.unmoved(ctx, o, &given)
			return err
		case version > 1:
			outcome = hub.OutcomeReplaced
		}
		stored.Version, stored.Pos = uint64(version), hub.Position(pos)
		return nil
	})
	if err != nil {
		return hub.Stored{}, 0, failed("storing a credential", err)
	}
	stored.Raw = append([]byte(nil), stored.Raw...)
	return stored, outcome, nil
}

// same finds the entry that a credential is the text of.
const same = `SELECT pos, version, changed FROM credential
WHERE owner = $1 AND kind = $2 AND identity = $3 AND valid_from = $4 AND digest = $5`

// unmoved is the entry that a credential did not replace. What was there when it was posted
// may be gone by now, or replaced by something that it would replace.
func (s *Store) unmoved(ctx context.Context, o hub.Owner, given *hub.Stored) (hub.Stored, hub.Outcome, error) {
	k := given.Key()
	var pos, version, changed int64
	args := []any{owned(o), int64(k.Kind), k.Identity[:], given.ValidFrom.UnixMicro(), given.Digest[:]}
	found, err := s.db.Row(ctx, same, args, &pos, &version, &changed)
	if err != nil {
		return hub.Stored{}, 0, err
	}
	if found {
		stored := *given
		stored.Pos, stored.Version, stored.Changed = hub.Position(pos), uint64(version), instant(changed)
		return stored, hub.OutcomeUnchanged, nil
	}
	stored, found, err := s.find(ctx, o, k)
	switch {
	case err != nil:
		return hub.Stored{}, 0, err
	case found && stored.ValidFrom.After(given.ValidFrom):
		return stored, hub.OutcomeOlder, nil
	}
	return hub.Stored{}, 0, sqldb.ErrAgain
}

// columns are those of an entry, as an entryRow has them.
const columns = `kind, pos, version, form, valid_from, changed, digest, issuer, id, raw`

// entryRow is a row of credentials, in the types that the drivers have. It can be read into
// again.
type entryRow struct {
	kind, pos, version, form, validFrom, changed int64
	digest                                       []byte
	issuer, id                                   string
	raw                                          []byte
}

func (r *entryRow) into() []any {
	return []any{&r.kind, &r.pos, &r.version, &r.form, &r.validFrom, &r.changed, &r.digest, &r.issuer, &r.id, &r.raw}
}

// entry is what the row says.
func (r *entryRow) entry() (hub.Stored, error) {
	if len(r.digest) != sha256.Size {
		return hub.Stored{}, fmt.Errorf("a digest of %d bytes", len(r.digest))
	}
	return hub.Stored{
		Credential: hub.Credential{Kind: hub.Kind(r.kind), Issuer: r.issuer, ID: r.id, ValidFrom: instant(r.validFrom),
			Form: vc.Form(r.form), Raw: r.raw},
		Pos: hub.Position(r.pos), Version: uint64(r.version), Digest: [sha256.Size]byte(r.digest), Changed: instant(r.changed),
	}, nil
}

// instant is a time of the data base.
func instant(micro int64) time.Time { return time.UnixMicro(micro).UTC() }

func (s *Store) find(ctx context.Context, o hub.Owner, k hub.Key) (hub.Stored, bool, error) {
	const statement = `SELECT ` + columns + ` FROM credential WHERE owner = $1 AND kind = $2 AND identity = $3`
	var r entryRow
	found, err := s.db.Row(ctx, statement, []any{owned(o), int64(k.Kind), k.Identity[:]}, r.into()...)
	if err != nil || !found {
		return hub.Stored{}, false, err
	}
	e, err := r.entry()
	return e, true, err
}

// Find implements [hub.Store].
func (s *Store) Find(ctx context.Context, o hub.Owner, k hub.Key) (hub.Stored, error) {
	if err := o.Check(); err != nil {
		return hub.Stored{}, err
	}
	e, found, err := s.find(ctx, o, k)
	if err == nil && !found {
		return hub.Stored{}, hub.ErrNotFound
	}
	return e, failed("finding a credential", err)
}

// Delete implements [hub.Store].
func (s *Store) Delete(ctx context.Context, o hub.Owner, k hub.Key) error {
	if err := o.Check(); err != nil {
		return err
	}
	const which = ` WHERE owner = $1 AND kind = $2 AND identity = $3`
	args := []any{owned(o), int64(k.Kind), k.Identity[:]}
	var gone int64
	err := s.db.Tx(ctx, func(t *sqldb.Tx) (err error) {
		if gone, err = t.Exec(ctx, `DELETE FROM credential`+which, args...); err != nil || gone == 0 {
			return err
		}
		_, err = t.Exec(ctx, `DELETE FROM link`+which, args...)
		return err
	})
	if err == nil && gone == 0 {
		return hub.ErrNotFound
	}
	return failed("deleting a credential", err)
}
