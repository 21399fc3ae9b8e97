package oauthsrv

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/laurel-edu/laurel/internal/guard"
)

// guarded calls a Store: a panic, and an answer to another question, is an error.
type guarded struct{ Store Store }

var errOther = errors.New("the store answers another question")

// call calls one method and holds its answer against the question.
func call[T any](ctx context.Context, name string, f func() (T, error), answers func(T) bool) (T, error) {
	value, err := guard.Call(ctx, func() (T, error) { return guard.Legible(f()) })
	if err == nil && answers != nil && !answers(value) {
		err = errOther
	}
	if err != nil && !errors.Is(err, ErrNotFound) {
		err = fmt.Errorf("oauthsrv: %s: %w", name, err)
	}
	return value, err
}

// do calls a method that answers nothing.
func do(ctx context.Context, name string, f func() error) error {
	_, err := call(ctx, name, func() (struct{}, error) { return struct{}{}, f() }, nil)
	return err
}

func (g *guarded) AddClient(ctx context.Context, c Client) error {
	return do(ctx, "AddClient", func() error { return g.Store.AddClient(ctx, c) })
}

func (g *guarded) Client(ctx context.Context, tenant, id string) (Client, error) {
	return call(ctx, "Client", func() (Client, error) { return g.Store.Client(ctx, tenant, id) },
		func(c Client) bool { return c.Tenant == tenant && c.ID == id })
}

func (g *guarded) AddRequest(ctx context.Context, r Request) error {
	return do(ctx, "AddRequest", func() error { return g.Store.AddRequest(ctx, r) })
}

func (g *guarded) Request(ctx context.Context, tenant string, code Hash) (Request, error) {
	return call(ctx, "Request", func() (Request, error) { return g.Store.Request(ctx, tenant, code) },
		func(r Request) bool { return r.Tenant == tenant && r.Code == code })
}

func (g *guarded) Approve(ctx context.Context, tenant string, code Hash, expires time.Time) (bool, error) {
	return call(ctx, "Approve", func() (bool, error) { return g.Store.Approve(ctx, tenant, code, expires) }, nil)
}

func (g *guarded) Redeem(ctx context.Context, r Redemption) (bool, error) {
	return call(ctx, "Redeem", func() (bool, error) { return g.Store.Redeem(ctx, r) }, nil)
}

// held is a token with its grant.
type held struct {
	Token
	grant Grant
}

func (g *guarded) Token(ctx context.Context, tenant string, token Hash) (held, error) {
	return call(ctx, "Token", func() (h held, err error) {
		h.Token, h.grant, err = g.Store.Token(ctx, tenant, token)
		return h, err
	}, func(h held) bool {
		return h.Tenant == tenant && h.Hash == token && h.grant.Tenant == tenant && h.grant.ID == h.Grant
	})
}

func (g *guarded) Rotate(ctx context.Context, r Rotation) (bool, error) {
	return call(ctx, "Rotate", func() (bool, error) { return g.Store.Rotate(ctx, r) }, nil)
}

func (g *guarded) AddTokens(ctx context.Context, tokens ...Token) error {
	return do(ctx, "AddTokens", func() error { return g.Store.AddTokens(ctx, tokens...) })
}

func (g *guarded) EndToken(ctx context.Context, tenant string, token Hash) error {
	return do(ctx, "EndToken", func() error { return g.Store.EndToken(ctx, tenant, token) })
}

func (g *guarded) Touch(ctx context.Context, tenant, grant string, used time.Time) error {
	return do(ctx, "Touch", func() error { return g.Store.Touch(ctx, tenant, grant, used) })
}

func (g *guarded) EndGrant(ctx context.Context, tenant, grant string) error {
	return do(ctx, "EndGrant", func() error { return g.Store.EndGrant(ctx, tenant, grant) })
}

func (g *guarded) EndGrants(ctx context.Context, tenant, subject, client string) error {
	return do(ctx, "EndGrants", func() error { return g.Store.EndGrants(ctx, tenant, subject, client) })
}

func (g *guarded) Grants(ctx context.Context, tenant, subject string, most int) ([]Grant, error) {
	return call(ctx, "Grants", func() ([]Grant, error) { return g.Store.Grants(ctx, tenant, subject, most) }, func(all []Grant) bool {
		for _, one := range all {
			if one.Tenant != tenant || one.Subject != subject {
				return false
			}
		}
		return len(all) <= most
	})
}

func (g *guarded) Sweep(ctx context.Context, ended, unused time.Time) error {
	return do(ctx, "Sweep", func() error { return g.Store.Sweep(ctx, ended, unused) })
}
