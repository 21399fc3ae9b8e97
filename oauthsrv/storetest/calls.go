package storetest

import (
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/laurel-edu/laurel/oauthsrv"
)

// approve wants Approve to return won.
func (b *bench) approve(won bool) error {
	got, err := b.store.Approve(b.ctx, b.tenant, b.hash("code"), at(15))
	return verdict("Approve", got, won, err)
}

// redeem wants Redeem to return won.
func (b *bench) redeem(won bool) error {
	got, err := b.store.Redeem(b.ctx, b.redemption())
	return verdict("Redeem", got, won, err)
}

// rotate wants Rotate to return won.
func (b *bench) rotate(r oauthsrv.Rotation, won bool) error {
	got, err := b.store.Rotate(b.ctx, r)
	return verdict("Rotate", got, won, err)
}

func verdict(call string, got, want bool, err error) error {
	switch {
	case err != nil:
		return failed(call, err)
	case got != want:
		return fmt.Errorf("%s: it returns %v, not %v", call, got, want)
	}
	return nil
}

// asked wants the request to be so.
func (b *bench) asked(want oauthsrv.Request) error {
	got, err := b.store.Request(b.ctx, b.tenant, want.Code)
	return same("Request", got, want, err)
}

// tokenIs wants a token to be so, and its grant.
func (b *bench) tokenIs(want oauthsrv.Token, of oauthsrv.Grant) error {
	token, grant, err := b.store.Token(b.ctx, b.tenant, want.Hash)
	return first(same("Token", token, want, err), same("the grant of Token", grant, of, nil))
}

// found wants tokens to be there.
func (b *bench) found(names ...string) error {
	for _, name := range names {
		if _, _, err := b.store.Token(b.ctx, b.tenant, b.hash(name)); err != nil {
			return fmt.Errorf("the token %s: %w", name, err)
		}
	}
	return nil
}

// lost wants tokens not to be found.
func (b *bench) lost(names ...string) error {
	for _, name := range names {
		if _, _, err := b.store.Token(b.ctx, b.tenant, b.hash(name)); !errors.Is(err, oauthsrv.ErrNotFound) {
			return fmt.Errorf("the token %s: the error is %v, not ErrNotFound", name, err)
		}
	}
	return nil
}

// notFound wants a call to have ended with ErrNotFound.
func notFound(call string, err error) error {
	if errors.Is(err, oauthsrv.ErrNotFound) {
		return nil
	}
	return fmt.Errorf("%s: the error is %v, not ErrNotFound", call, err)
}

// same compares records. Instants that are equal are the same in any zone, and an empty
// list is none.
func same[T any](call string, got, want T, err error) error {
	switch {
	case err != nil:
		return failed(call, err)
	case !equal(reflect.ValueOf(got), reflect.ValueOf(want)):
		return fmt.Errorf("%s: it returns %+v, not %+v", call, got, want)
	}
	return nil
}

func equal(got, want reflect.Value) bool {
	switch {
	case got.Type() == reflect.TypeFor[time.Time]():
		return got.Interface().(time.Time).Equal(want.Interface().(time.Time))
	case got.Kind() == reflect.Struct:
		for i := range got.NumField() {
			if !equal(got.Field(i), want.Field(i)) {
				return false
			}
		}
		return true
	case got.Kind() == reflect.Slice && got.Len() == 0:
		return want.Len() == 0
	}
	return reflect.DeepEqual(got.Interface(), want.Interface())
}
