package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/laurel-edu/laurel/internal/sqldb"
	"github.com/laurel-edu/laurel/oauthsrv"
)

func addTokens(ctx context.Context, t *sqldb.Tx, tokens []oauthsrv.Token) error {
	const statement = `INSERT INTO oauth_token (token, grant_key, kind, scopes, expires, generation, used)
VALUES ($1, $2, $3, $4, $5, $6, $7)`
	for _, n := range tokens {
		scopes, err := written(n.Scopes)
		if err != nil {
			return err
		}
		_, err = t.Exec(ctx, statement, hashed(n.Tenant, n.Hash), within(n.Tenant, n.Grant), int64(n.Kind), scopes, n.Expires.UnixMicro(),
			n.Generation, never(n.Used))
		if err != nil {
			return err
		}
	}
	return nil
}

// Token implements [oauthsrv.Store].
func (g *Grants) Token(ctx context.Context, tenant string, token oauthsrv.Hash) (oauthsrv.Token, oauthsrv.Grant, error) {
	const statement = `SELECT t.kind, t.scopes, t.expires, t.generation, t.used, ` + grantColumns +
		` FROM oauth_token t JOIN oauth_grant g ON g.grant_key = t.grant_key WHERE t.token = $1`
	t := oauthsrv.Token{Tenant: tenant, Hash: token}
	var r grantRow
	var kind, expires int64
	var scopes []byte
	var used sql.NullInt64
	into := append([]any{&kind, &scopes, &expires, &t.Generation, &used}, r.into()...)
	found, err := g.db.Row(ctx, statement, []any{hashed(tenant, token)}, into...)
	if err := known("reading a token", found, err); err != nil {
		return oauthsrv.Token{}, oauthsrv.Grant{}, err
	}
	grant, err := r.grant(tenant)
	if err = errors.Join(err, json.Unmarshal(scopes, &t.Scopes)); err != nil {
		return oauthsrv.Token{}, oauthsrv.Grant{}, failed("reading a token", err)
	}
	t.Kind, t.Expires, t.Used, t.Grant = oauthsrv.Kind(kind), instant(expires), ever(used), grant.ID
	return t, grant, nil
}

// Rotate implements [oauthsrv.Store].
func (g *Grants) Rotate(ctx context.Context, r oauthsrv.Rotation) (bool, error) {
	const rotate = `UPDATE oauth_grant SET generation = generation + 1, rotated = $3, used = $3, expires = $4
WHERE grant_key = $1 AND generation = $2`
	const use = `UPDATE oauth_token SET used = $2 WHERE token = $1`
	return g.win(ctx, "rotating a grant", func(t *sqldb.Tx) error {
		args := []any{within(r.Tenant, r.Grant), r.Generation, r.At.UnixMicro(), r.Expires.UnixMicro()}
		if err := changes(ctx, t, errLost, rotate, args...); err != nil {
			return err
		}
		if _, err := t.Exec(ctx, use, hashed(r.Tenant, r.Presented), r.At.UnixMicro()); err != nil {
			return err
		}
		return addTokens(ctx, t, r.Tokens)
	})
}

// AddTokens implements [oauthsrv.Store].
func (g *Grants) AddTokens(ctx context.Context, tokens ...oauthsrv.Token) error {
	if len(tokens) == 0 {
		return ctx.Err()
	}
	return failed("adding tokens", g.db.Tx(ctx, func(t *sqldb.Tx) error { return addTokens(ctx, t, tokens) }))
}

// EndToken implements [oauthsrv.Store].
func (g *Grants) EndToken(ctx context.Context, tenant string, token oauthsrv.Hash) error {
	_, err := g.exec(ctx, `DELETE FROM oauth_token WHERE token = $1`, hashed(tenant, token))
	return failed("ending a token", err)
}
