package sqlstore_test

import (
	"context"
	"errors"
	"time"

	"github.com/laurel-edu/laurel/hub/sqlstore"
	"github.com/laurel-edu/laurel/oauthsrv"
)

// redeem brings a code to its token, whose secret, like the grant's ID, is a name.
func redeem(ctx context.Context, g *sqlstore.Grants, name string) error {
	now := time.Now()
	end := now.Add(time.Hour)
	code := oauthsrv.HashOf("code of " + name)
	r := oauthsrv.Request{Tenant: "demo", Code: code, Stage: oauthsrv.StageApproved, Client: "client", Subject: "anna", Grant: name,
		Expires: end}
	if err := g.AddRequest(ctx, r); err != nil {
		return err
	}
	won, err := g.Redeem(ctx, oauthsrv.Redemption{Code: code,
		Grant:  oauthsrv.Grant{Tenant: "demo", ID: name, Subject: "anna", Client: "client", Created: now, Used: now, Expires: end},
		Tokens: []oauthsrv.Token{{Tenant: "demo", Hash: oauthsrv.HashOf(name), Kind: oauthsrv.KindAccess, Grant: name, Expires: end}}})
	if err == nil && !won {
		err = errors.New("somebody redeemed it")
	}
	return err
}
