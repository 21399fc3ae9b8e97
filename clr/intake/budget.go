package intake

import (
	"context"
	"sync/atomic"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// A reading may make so many requests as a whole, however many documents it reads. What is
// left travels with the context, since the verifier and what it asks are the Reader's.
type budgetKey struct{}

func (r *Reader) budget(ctx context.Context) context.Context {
	left := new(atomic.Int64)
	left.Store(int64(r.config.Limits.Fetches))
	return context.WithValue(ctx, budgetKey{}, left)
}

// spend takes one request from what is left.
func spend(ctx context.Context, about string) error {
	left, ok := ctx.Value(budgetKey{}).(*atomic.Int64)
	if !ok || left.Add(-1) >= 0 {
		return nil
	}
	return &fetch.Error{Code: fetch.CodeBudget, URL: about,
		Detail: "this reading may make no more requests than Config.Limits.Fetches, and has made them"}
}

// limited is a Fetcher behind the budget.
type limited struct{ next fetch.Fetcher }

// Fetch implements [fetch.Fetcher].
func (l limited) Fetch(ctx context.Context, url string) (*fetch.Response, error) {
	if err := spend(ctx, url); err != nil {
		return nil, err
	}
	return l.next.Fetch(ctx, url)
}

// limitedResolver is a Resolver behind the budget.
type limitedResolver struct{ next did.Resolver }

// Resolve implements [did.Resolver].
func (l limitedResolver) Resolve(ctx context.Context, id string) (*did.Document, error) {
	if err := spend(ctx, id); err != nil {
		return nil, err
	}
	return l.next.Resolve(ctx, id)
}
