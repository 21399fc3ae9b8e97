package sqlstore

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/laurel-edu/laurel/internal/sqldb"
	"github.com/laurel-edu/laurel/oauthsrv"
)

// askedFor is what no statement looks into of a request.
type askedFor struct {
	Client, Subject, RedirectURI, State, Challenge, Grant string
	Scopes                                                []string
}

// AddRequest implements [oauthsrv.Store].
func (g *Grants) AddRequest(ctx context.Context, r oauthsrv.Request) error {
	const statement = `INSERT INTO oauth_request (code, owner, stage, expires, rest) VALUES ($1, $2, $3, $4, $5)`
	rest, err := written(askedFor{r.Client, r.Subject, r.RedirectURI, r.State, r.Challenge, r.Grant, r.Scopes})
	if err == nil {
		_, err = g.exec(ctx, statement, hashed(r.Tenant, r.Code), within(r.Tenant, r.Subject), int64(r.Stage), r.Expires.UnixMicro(), rest)
	}
	return failed("adding a request", err)
}

// Request implements [oauthsrv.Store].
func (g *Grants) Request(ctx context.Context, tenant string, code oauthsrv.Hash) (oauthsrv.Request, error) {
	const statement = `SELECT stage, expires, rest FROM oauth_request WHERE code = $1`
	var stage, expires int64
	var rest []byte
	found, err := g.db.Row(ctx, statement, []any{hashed(tenant, code)}, &stage, &expires, &rest)
	if err := known("reading a request", found, err); err != nil {
		return oauthsrv.Request{}, err
	}
	var a askedFor
	if err := json.Unmarshal(rest, &a); err != nil {
		return oauthsrv.Request{}, failed("reading a request", err)
	}
	return oauthsrv.Request{Tenant: tenant, Code: code, Stage: oauthsrv.Stage(stage), Client: a.Client, Subject: a.Subject,
		RedirectURI: a.RedirectURI, State: a.State, Scopes: a.Scopes, Challenge: a.Challenge, Grant: a.Grant,
		Expires: instant(expires)}, nil
}

// Approve implements [oauthsrv.Store].
func (g *Grants) Approve(ctx context.Context, tenant string, code oauthsrv.Hash, expires time.Time) (bool, error) {
	const statement = `UPDATE oauth_request SET stage = $3, expires = $4 WHERE code = $1 AND stage = $2`
	n, err := g.exec(ctx, statement, hashed(tenant, code), int64(oauthsrv.StageAsked), int64(oauthsrv.StageApproved), expires.UnixMicro())
	return n == 1, failed("approving a request", err)
}

// Redeem implements [oauthsrv.Store].
func (g *Grants) Redeem(ctx context.Context, r oauthsrv.Redemption) (bool, error) {
	const redeem = `UPDATE oauth_request SET stage = $3 WHERE code = $1 AND stage = $2`
	const add = `INSERT INTO oauth_grant (grant_key, owner, client, scopes, created, used, expires, generation, rotated)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`
	const use = `UPDATE oauth_client SET used = $2 WHERE client = $1 AND used IS NULL`
	n := r.Grant
	scopes, err := written(n.Scopes)
	if err != nil {
		return false, failed("redeeming a code", err)
	}
	return g.win(ctx, "redeeming a code", func(t *sqldb.Tx) error {
		stages := []any{hashed(n.Tenant, r.Code), int64(oauthsrv.StageApproved), int64(oauthsrv.StageRedeemed)}
		if err := changes(ctx, t, errLost, redeem, stages...); err != nil {
			return err
		}
		client := within(n.Tenant, n.Client)
		args := []any{within(n.Tenant, n.ID), within(n.Tenant, n.Subject), client, scopes, n.Created.UnixMicro(), n.Used.UnixMicro(),
			n.Expires.UnixMicro(), n.Generation, never(n.Rotated)}
		if err := changes(ctx, t, errors.New("there is a grant of that ID"), add, args...); err != nil {
			return err
		}
		if err := addTokens(ctx, t, r.Tokens); err != nil {
			return err
		}
		_, err := t.Exec(ctx, use, client, n.Created.UnixMicro())
		return err
	})
}
