// Package storetest holds stores of an authorization server against what oauthsrv.Store
// promises.
package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/oauthsrv"
)

// Case is one promise of [oauthsrv.Store]. Run returns what breaks it, joined, or nil. It
// works at tenants of its own, so that cases may share a store that holds other things,
// and run side by side.
type Case struct {
	Name string
	Run  func(ctx context.Context, store oauthsrv.Store) error
}

// Cases are all that a store has to keep. Run them as subtests with the race detector on,
// and count them where several stores must keep the same:
//
//	for _, c := range storetest.Cases() {
//		t.Run(c.Name, func(t *testing.T) {
//			if err := c.Run(t.Context(), store); err != nil {
//				t.Fatal(err)
//			}
//		})
//	}
//
// The store is swept of what ended before the year 2002.
func Cases() []Case {
	return []Case{
		{"a client comes back as it was kept", run(client)},
		{"a request comes back as it was kept", run(request)},
		{"a token comes back with its grant", run(token)},
		{"nothing of another tenant is found or changed", run(tenants)},
		{"what is not there is not found", run(missing)},
		{"a request is approved once", run(approved)},
		{"a code is redeemed once", run(redeemed)},
		{"a code is not redeemed before it is approved", run(unapproved)},
		{"one of many redeems a code", run(redeemRace)},
		{"one of many approves a request", run(approveRace)},
		{"a client was used since the first code", run(used)},
		{"a rotation replaces the refresh token", run(rotated)},
		{"one of many rotates a generation", run(rotateRace)},
		{"a rotation of an ended grant is none", run(rotateEnded)},
		{"tokens are added to a grant", run(added)},
		{"a token ends alone", run(tokenEnds)},
		{"a grant ends with its tokens", run(grantEnds)},
		{"a grant that ends while it rotates stays ended", run(endRace)},
		{"the grants of a client end together", run(grantsEnd)},
		{"grants are listed newest first", run(listed)},
		{"a touched grant says so", run(touched)},
		{"a person is erased", run(erased)},
		{"a sweep takes what has ended", run(swept)},
		{"a context that ended is honoured", run(cancelled)},
	}
}

// Test runs all cases one after another, for a command of yours, and joins what they say.
func Test(ctx context.Context, store oauthsrv.Store) error {
	var all []error
	for _, c := range Cases() {
		if err := c.Run(ctx, store); err != nil {
			all = append(all, fmt.Errorf("%s: %w", c.Name, err))
		}
	}
	return errors.Join(all...)
}

// bench is the store under test with what one case needs. Its first error ends the case.
type bench struct {
	ctx    context.Context
	store  oauthsrv.Store
	tenant string
}

// run makes the Run of a Case. A store that panics breaks its promise.
func run(f func(b *bench) error) func(context.Context, oauthsrv.Store) error {
	return func(ctx context.Context, store oauthsrv.Store) error {
		if store == nil {
			return errors.New("there is no store")
		}
		b := &bench{ctx: ctx, store: store, tenant: "t" + rand.Text()}
		_, err := guard.Call(context.WithoutCancel(ctx), func() (struct{}, error) { return guard.Legible(struct{}{}, f(b)) })
		return err
	}
}

// failed says that a call returned an error where it must not.
func failed(call string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", call, err)
}

// first returns the first of several errors.
func first(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}
