package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/laurel-edu/laurel/internal/sqldb"
	"github.com/laurel-edu/laurel/oauthsrv"
)

// Grants are what an authorization server keeps, an [oauthsrv.Store].
type Grants struct{ db *sqldb.DB }

var _ oauthsrv.Store = (*Grants)(nil)

// Grants returns what an authorization server keeps.
func (s *Store) Grants() *Grants { return &Grants{s.db} }

// known turns the answer of a statement into that of the store.
func known(doing string, found bool, err error) error {
	if err == nil && !found {
		return oauthsrv.ErrNotFound
	}
	return failed(doing, err)
}

// hashed is a hash of a tenant as it stands in keys.
func hashed(tenant string, h oauthsrv.Hash) []byte { return within(tenant, string(h[:])) }

// never is an instant that may be none.
func never(t time.Time) sql.NullInt64 {
	if t.IsZero() {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: t.UnixMicro(), Valid: true}
}

// ever is what never wrote.
func ever(n sql.NullInt64) time.Time {
	if !n.Valid {
		return time.Time{}
	}
	return instant(n.Int64)
}

// written is a value as JSON: what no statement looks into.
func written(value any) (string, error) {
	b, err := json.Marshal(value)
	return string(b), err
}

// exec changes something by one statement, and returns how many rows it changed.
func (g *Grants) exec(ctx context.Context, statement string, args ...any) (n int64, err error) {
	err = g.db.Write(ctx, func() (err error) {
		n, err = g.db.Exec(ctx, statement, args...)
		return err
	})
	return n, err
}

// errLost ends a transaction that changed nothing, because somebody else was faster.
var errLost = errors.New("somebody was faster")

// win is a transaction that changes something, unless it ends with errLost.
func (g *Grants) win(ctx context.Context, doing string, f func(*sqldb.Tx) error) (bool, error) {
	err := g.db.Tx(ctx, f)
	if errors.Is(err, errLost) {
		return false, nil
	}
	return err == nil, failed(doing, err)
}

// changes is a statement that must change something, or ends the transaction.
func changes(ctx context.Context, t *sqldb.Tx, otherwise error, statement string, args ...any) error {
	n, err := t.Exec(ctx, statement, args...)
	if err == nil && n == 0 {
		return otherwise
	}
	return err
}

// Erase implements [oauthsrv.Store]. Requests go first: whoever redeems one meanwhile has
// it locked, and the grant that comes of it is there when grants go.
func (g *Grants) Erase(ctx context.Context, tenant, subject string) error {
	return failed("erasing a person", g.db.Tx(ctx, func(t *sqldb.Tx) error {
		for _, statement := range []string{
			`DELETE FROM oauth_request WHERE owner = $1`,
			`DELETE FROM oauth_token WHERE grant_key IN (SELECT grant_key FROM oauth_grant WHERE owner = $1)`,
			`DELETE FROM oauth_grant WHERE owner = $1`,
		} {
			if _, err := t.Exec(ctx, statement, within(tenant, subject)); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Sweep implements [oauthsrv.Store]. Its statements stand for themselves: what one of them
// leaves the next sweep takes.
func (g *Grants) Sweep(ctx context.Context, ended, unused time.Time) error {
	const clients = `DELETE FROM oauth_client WHERE expires < $1 OR used IS NULL AND created < $2`
	for _, statement := range []string{
		`DELETE FROM oauth_request WHERE expires < $1`, `DELETE FROM oauth_grant WHERE expires < $1`,
		`DELETE FROM oauth_token WHERE expires < $1
OR NOT EXISTS (SELECT 1 FROM oauth_grant g WHERE g.grant_key = oauth_token.grant_key)`,
	} {
		if _, err := g.exec(ctx, statement, ended.UnixMicro()); err != nil {
			return failed("sweeping", err)
		}
	}
	_, err := g.exec(ctx, clients, ended.UnixMicro(), unused.UnixMicro())
	return failed("sweeping", err)
}
