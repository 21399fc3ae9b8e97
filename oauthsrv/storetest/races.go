package storetest

import (
	"errors"
	"fmt"
	"sync"

	"github.com/laurel-edu/laurel/oauthsrv"
)

// many is how many callers a race has, and rounds how often it is run.
const (
	many   = 8
	rounds = 5
)

// race calls f from many goroutines at a time and wants one to win.
func race(call string, f func(i int) (bool, error)) error {
	var (
		wins  = make([]bool, many)
		errs  = make([]error, many)
		start = make(chan struct{})
		wg    sync.WaitGroup
	)
	for i := range many {
		wg.Go(func() {
			<-start
			wins[i], errs[i] = f(i)
		})
	}
	close(start)
	wg.Wait()
	won := 0
	for _, yes := range wins {
		if yes {
			won++
		}
	}
	if err := errors.Join(errs...); err != nil {
		return failed(call, err)
	}
	if won != 1 {
		return fmt.Errorf("%d of %d calls of %s win, not one", won, many, call)
	}
	return nil
}

// repeat runs a race at several tenants.
func (b *bench) repeat(f func(b *bench) error) error {
	for i := range rounds {
		if err := f(&bench{b.ctx, b.store, fmt.Sprintf("%s-%d", b.tenant, i)}); err != nil {
			return err
		}
	}
	return nil
}

func approveRace(b *bench) error {
	return b.repeat(func(b *bench) error {
		return first(failed("AddRequest", b.store.AddRequest(b.ctx, b.request())), race("Approve", func(int) (bool, error) {
			return b.store.Approve(b.ctx, b.tenant, b.hash("code"), at(15))
		}))
	})
}

// redeemRace has every caller bring tokens of its own: those of the winner alone are
// there afterwards.
func redeemRace(b *bench) error {
	return b.repeat(func(b *bench) error {
		err := first(failed("AddClient", b.store.AddClient(b.ctx, b.client())),
			failed("AddRequest", b.store.AddRequest(b.ctx, b.request())), b.approve(true))
		if err != nil {
			return err
		}
		err = race("Redeem", func(i int) (bool, error) {
			r := b.redemption()
			r.Tokens = []oauthsrv.Token{b.access(fmt.Sprint("access ", i)), b.refresh(fmt.Sprint("refresh ", i), 0)}
			return b.store.Redeem(b.ctx, r)
		})
		return first(err, b.one("access"), b.one("refresh"))
	})
}

// rotateRace does likewise with a refresh token.
func rotateRace(b *bench) error {
	return b.repeat(func(b *bench) error {
		if err := b.granted(); err != nil {
			return err
		}
		err := race("Rotate", func(i int) (bool, error) {
			next := []oauthsrv.Token{b.access(fmt.Sprint("access ", i)), b.refresh(fmt.Sprint("refresh ", i), 1)}
			return b.store.Rotate(b.ctx, b.rotation(1, "refresh", next...))
		})
		return first(err, b.one("access"), b.one("refresh"))
	})
}

// one wants a single token of those that the callers of a race brought.
func (b *bench) one(kind string) error {
	found := 0
	for i := range many {
		_, _, err := b.store.Token(b.ctx, b.tenant, b.hash(fmt.Sprint(kind, " ", i)))
		if err == nil {
			found++
		} else if err := notFound("Token", err); err != nil {
			return err
		}
	}
	if found != 1 {
		return fmt.Errorf("%d %s tokens of a race are there, not one", found, kind)
	}
	return nil
}

// endRace ends a grant while others use it: whatever came first, nothing of it is left.
func endRace(b *bench) error {
	return b.repeat(func(b *bench) error {
		if err := b.granted(); err != nil {
			return err
		}
		err := race("EndGrant", func(i int) (bool, error) {
			switch i {
			case 0:
				return true, b.store.EndGrant(b.ctx, b.tenant, grantID)
			case 1:
				_, err := b.store.Rotate(b.ctx, b.rotation(1, "refresh", b.access("access 2"), b.refresh("refresh 2", 1)))
				return false, err
			}
			return false, b.store.Touch(b.ctx, b.tenant, grantID, at(30+i))
		})
		return first(err, b.lost("access", "refresh", "access 2", "refresh 2"), b.list(10))
	})
}
