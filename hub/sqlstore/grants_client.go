package sqlstore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/laurel-edu/laurel/oauthsrv"
)

// AddClient implements [oauthsrv.Store].
func (g *Grants) AddClient(ctx context.Context, c oauthsrv.Client) error {
	const statement = `INSERT INTO oauth_client (client, secret, created, expires, used, metadata) VALUES ($1, $2, $3, $4, $5, $6)`
	metadata, err := written(c.Metadata)
	if err == nil {
		_, err = g.exec(ctx, statement, within(c.Tenant, c.ID), c.Secret[:], c.Created.UnixMicro(), never(c.Expires), never(c.Used),
			metadata)
	}
	return failed("adding a client", err)
}

// Client implements [oauthsrv.Store].
func (g *Grants) Client(ctx context.Context, tenant, id string) (oauthsrv.Client, error) {
	const statement = `SELECT secret, created, expires, used, metadata FROM oauth_client WHERE client = $1`
	var secret, metadata []byte
	var created int64
	var expires, used sql.NullInt64
	c := oauthsrv.Client{Tenant: tenant, ID: id}
	found, err := g.db.Row(ctx, statement, []any{within(tenant, id)}, &secret, &created, &expires, &used, &metadata)
	if err := known("reading a client", found, err); err != nil {
		return oauthsrv.Client{}, err
	}
	if len(secret) != sha256.Size {
		return oauthsrv.Client{}, fmt.Errorf("sqlstore: reading a client: a secret of %d bytes", len(secret))
	}
	c.Secret, c.Created, c.Expires, c.Used = oauthsrv.Hash(secret), instant(created), ever(expires), ever(used)
	if err := json.Unmarshal(metadata, &c.Metadata); err != nil {
		return oauthsrv.Client{}, failed("reading a client", err)
	}
	return c, nil
}
