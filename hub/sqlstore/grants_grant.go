package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/laurel-edu/laurel/oauthsrv"
)

// grantColumns are those of a grant, as a grantRow has them.
const grantColumns = `g.grant_key, g.owner, g.client, g.scopes, g.created, g.used, g.expires, g.generation, g.rotated`

type grantRow struct {
	key, owner, client, scopes []byte
	created, used, expires     int64
	generation                 int
	rotated                    sql.NullInt64
}

func (r *grantRow) into() []any {
	return []any{&r.key, &r.owner, &r.client, &r.scopes, &r.created, &r.used, &r.expires, &r.generation, &r.rotated}
}

func (r *grantRow) grant(tenant string) (oauthsrv.Grant, error) {
	g := oauthsrv.Grant{Tenant: tenant, ID: nameOf(tenant, r.key), Subject: nameOf(tenant, r.owner), Client: nameOf(tenant, r.client),
		Created: instant(r.created), Used: instant(r.used), Expires: instant(r.expires), Generation: r.generation, Rotated: ever(r.rotated)}
	return g, json.Unmarshal(r.scopes, &g.Scopes)
}

// Touch implements [oauthsrv.Store].
func (g *Grants) Touch(ctx context.Context, tenant, grant string, used time.Time) error {
	_, err := g.exec(ctx, `UPDATE oauth_grant SET used = $2 WHERE grant_key = $1`, within(tenant, grant), used.UnixMicro())
	return failed("touching a grant", err)
}

// EndGrant implements [oauthsrv.Store].
func (g *Grants) EndGrant(ctx context.Context, tenant, grant string) error {
	_, err := g.exec(ctx, `DELETE FROM oauth_grant WHERE grant_key = $1`, within(tenant, grant))
	return failed("ending a grant", err)
}

// EndGrants implements [oauthsrv.Store].
func (g *Grants) EndGrants(ctx context.Context, tenant, subject, client string) error {
	const statement = `DELETE FROM oauth_grant WHERE owner = $1 AND client = $2`
	_, err := g.exec(ctx, statement, within(tenant, subject), within(tenant, client))
	return failed("ending the grants of a client", err)
}

// Grants implements [oauthsrv.Store].
func (g *Grants) Grants(ctx context.Context, tenant, subject string, most int) ([]oauthsrv.Grant, error) {
	const statement = `SELECT ` + grantColumns + ` FROM oauth_grant g WHERE g.owner = $1 ORDER BY g.created DESC, g.grant_key LIMIT $2`
	rows, err := g.db.Rows(ctx, statement, within(tenant, subject), max(most, 0))
	if err != nil {
		return nil, failed("listing grants", err)
	}
	var all []oauthsrv.Grant
	for rows.Next() {
		var r grantRow
		var grant oauthsrv.Grant
		if err = rows.Scan(r.into()...); err == nil {
			grant, err = r.grant(tenant)
		}
		if err != nil {
			break
		}
		all = append(all, grant)
	}
	if err = errors.Join(err, rows.Err(), rows.Close()); err != nil {
		return nil, failed("listing grants", err)
	}
	return all, nil
}
