package hub

import (
	"context"
	"iter"
)

// All yields the credentials of an owner and a kind in their order, page by page. It ends
// with the first error.
func All(ctx context.Context, s Store, o Owner, k Kind) iter.Seq2[Stored, error] {
	return func(yield func(Stored, error) bool) {
		for q := (Query{Kind: k}); ; {
			page, err := s.List(ctx, o, q)
			if err != nil {
				yield(Stored{}, err)
				return
			}
			for _, e := range page.Entries {
				if !yield(e, nil) {
					return
				}
			}
			if page.Next <= q.After {
				return
			}
			q.After = page.Next
		}
	}
}

// EraseTenant forgets everything of all owners of a tenant, one after the other. After an
// error it can be called again.
func EraseTenant(ctx context.Context, s Store, tenant string) error {
	for after := ""; ; {
		users, err := s.Owners(ctx, tenant, after, MaxLimit)
		if err != nil || len(users) == 0 {
			return err
		}
		for _, user := range users {
			if err := s.Erase(ctx, Owner{tenant, user}); err != nil {
				return err
			}
			after = user
		}
	}
}
