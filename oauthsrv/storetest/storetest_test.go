package storetest_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/laurel-edu/laurel/oauthsrv/storetest"
	"github.com/stretchr/testify/require"
)

func TestMemoryStore(t *testing.T) {
	store := &oauthsrv.MemoryStore{}
	for _, c := range storetest.Cases() {
		t.Run(c.Name, func(t *testing.T) { require.NoError(t, c.Run(t.Context(), store)) })
	}
	require.NoError(t, storetest.Test(t.Context(), store), "once more, with what is there")
}

// faulty is a good store but for what it is told to do wrong.
type faulty struct {
	oauthsrv.MemoryStore
	fault string
}

func (f *faulty) AddClient(ctx context.Context, c oauthsrv.Client) error {
	switch f.fault {
	case "instants to the second":
		c.Created = c.Created.Truncate(time.Second)
	case "metadata in part":
		c.Contacts = nil
	case "no context":
		ctx = context.WithoutCancel(ctx)
	case "panic":
		panic("no table")
	}
	return f.MemoryStore.AddClient(ctx, c)
}

func (f *faulty) Client(ctx context.Context, tenant, id string) (oauthsrv.Client, error) {
	c, err := f.MemoryStore.Client(ctx, tenant, id)
	if f.fault == "an empty client for none" && err != nil {
		return oauthsrv.Client{}, nil
	}
	return c, err
}

func (f *faulty) AddRequest(ctx context.Context, r oauthsrv.Request) error {
	if f.fault == "no state" {
		r.State = ""
	}
	return f.MemoryStore.AddRequest(ctx, r)
}

func (f *faulty) Approve(ctx context.Context, tenant string, code oauthsrv.Hash, expires time.Time) (bool, error) {
	if f.fault == "the old end" {
		r, _ := f.MemoryStore.Request(ctx, tenant, code)
		expires = r.Expires
	}
	won, err := f.MemoryStore.Approve(ctx, tenant, code, expires)
	return won || f.fault == "all approve", err
}

func (f *faulty) Redeem(ctx context.Context, r oauthsrv.Redemption) (bool, error) {
	switch f.fault {
	case "tokens are lost":
		r.Tokens = r.Tokens[:min(1, len(r.Tokens))]
	case "redeemed without approval":
		_, _ = f.MemoryStore.Approve(ctx, r.Grant.Tenant, r.Code, r.Grant.Expires)
	case "a loser leaves tokens":
		_ = f.AddTokens(ctx, r.Tokens...)
	}
	won, err := f.MemoryStore.Redeem(ctx, r)
	if c, known := f.MemoryStore.Client(ctx, r.Grant.Tenant, r.Grant.Client); f.fault == "the last use of a client" && known == nil {
		c.Used = r.Grant.Created
		_ = f.AddClient(ctx, c)
	}
	return won || f.fault == "all redeem", err
}

func (f *faulty) Token(ctx context.Context, tenant string, token oauthsrv.Hash) (oauthsrv.Token, oauthsrv.Grant, error) {
	t, g, err := f.MemoryStore.Token(ctx, tenant, token)
	if f.fault == "a grant without its scopes" {
		g.Scopes = nil
	}
	return t, g, err
}

func (f *faulty) Rotate(ctx context.Context, r oauthsrv.Rotation) (bool, error) {
	switch f.fault {
	case "any generation":
		for r.Generation = range 10 {
			if won, err := f.MemoryStore.Rotate(ctx, r); won || err != nil {
				return won, err
			}
		}
	case "the presented token is not marked":
		r.Presented = oauthsrv.Hash{}
	case "the grant keeps its end":
		r.Expires = time.Date(2026, time.March, 1, 13, 30, 30, 123456000, time.UTC)
	}
	return f.MemoryStore.Rotate(ctx, r)
}

func (f *faulty) EndToken(ctx context.Context, tenant string, token oauthsrv.Hash) error {
	if f.fault == "tokens do not end" {
		return nil
	}
	return f.MemoryStore.EndToken(ctx, tenant, token)
}

func (f *faulty) EndGrant(ctx context.Context, tenant, grant string) error {
	switch f.fault {
	case "grants do not end":
		return nil
	case "grants end anywhere":
		_ = f.MemoryStore.EndGrant(ctx, tenant[:len(tenant)-1], grant)
	}
	return f.MemoryStore.EndGrant(ctx, tenant, grant)
}

func (f *faulty) EndGrants(ctx context.Context, tenant, subject, client string) error {
	if f.fault == "all of a person end" {
		return f.Erase(ctx, tenant, subject)
	}
	return f.MemoryStore.EndGrants(ctx, tenant, subject, client)
}

func (f *faulty) Touch(ctx context.Context, tenant, grant string, used time.Time) error {
	if f.fault == "no touch" {
		return nil
	}
	return f.MemoryStore.Touch(ctx, tenant, grant, used)
}

func (f *faulty) Grants(ctx context.Context, tenant, subject string, most int) ([]oauthsrv.Grant, error) {
	all, err := f.MemoryStore.Grants(ctx, tenant, subject, most+1)
	if f.fault == "oldest first" {
		slices.Reverse(all)
	}
	if f.fault != "more than most" {
		all = all[:min(len(all), most)]
	}
	return all, err
}

func (f *faulty) Erase(ctx context.Context, tenant, subject string) error {
	if f.fault == "erased in part" {
		return f.EndGrants(ctx, tenant, subject, "client-1")
	}
	return f.MemoryStore.Erase(ctx, tenant, subject)
}

func (f *faulty) Sweep(ctx context.Context, ended, unused time.Time) error {
	switch f.fault {
	case "nothing is swept":
		return nil
	case "used clients are swept":
		ended = ended.AddDate(2, 0, 0)
	case "clients are not swept":
		unused = time.Time{}
	}
	return f.MemoryStore.Sweep(ctx, ended, unused)
}

// Each fault that a store can have is told by a case that names it.
func TestFaultsAreTold(t *testing.T) {
	for fault, of := range map[string]string{
		"instants to the second": "a client comes back", "metadata in part": "a client comes back", "no context": "a context that ended",
		"panic": "a client comes back", "an empty client for none": "what is not there", "no state": "a request comes back",
		"the old end": "a request is approved once", "all approve": "one of many approves", "tokens are lost": "a token comes back",
		"redeemed without approval": "a code is not redeemed before", "a loser leaves tokens": "one of many redeems", "all redeem": "a code is redeemed once",
		"the last use of a client": "a client was used since", "a grant without its scopes": "a token comes back", "any generation": "a rotation replaces",
		"the presented token is not marked": "a rotation replaces", "the grant keeps its end": "a rotation replaces", "tokens do not end": "a token ends alone",
		"grants do not end": "a grant ends with", "grants end anywhere": "nothing of another tenant", "all of a person end": "the grants of a client",
		"no touch": "a touched grant", "oldest first": "grants are listed", "more than most": "grants are listed", "erased in part": "a person is erased",
		"nothing is swept": "a sweep takes", "used clients are swept": "a sweep takes", "clients are not swept": "a sweep takes",
	} {
		err := storetest.Test(t.Context(), &faulty{fault: fault})
		require.ErrorContains(t, err, of, fault)
	}
	require.NoError(t, storetest.Test(t.Context(), &faulty{}), "the control")
	require.ErrorContains(t, storetest.Test(t.Context(), nil), "there is no store")
}
