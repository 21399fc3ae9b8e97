package fetch

import (
	"context"
	"fmt"
	"sync"
)

// DefaultBudget is the number of requests that one verification may cause: a
// badge needs a key, a status list, that list's key and a refreshed credential,
// with room for a schema and an endorser. A record of a thousand credentials by
// a thousand issuers must not turn its verifier into a weapon.
const DefaultBudget = 8

// Budget is how many requests one verification may cause, by whatever makes them:
// [Limit] spends it on a Fetcher, and whoever calls something else that leaves the
// machine spends it with [Budget.Spend]. It is safe for concurrent use. The zero
// Budget has [DefaultBudget] requests.
type Budget struct {
	// Gate is asked by [Limit] for each request that neither a trust pack nor an
	// earlier answer spares, before anything is spent: the place to let those that
	// ask at the same time go in an order that can be repeated. It may wait; ctx is
	// that of the asker. Its error becomes the asker's answer and is not remembered.
	// Nil lets everybody go at once. A Budget made by [Budget.Within] without a Gate
	// has that of the one above. Set it before the Budget is used.
	Gate func(ctx context.Context, url string) error

	above *Budget // nil for the whole
	most  int
	mu    sync.Mutex // of the whole, for all within it
	used  int
}

// NewBudget allows n requests, [DefaultBudget] where n is not positive.
func NewBudget(n int) *Budget { return &Budget{most: n} }

// Within returns a smaller budget of n requests at most, [DefaultBudget] where n is
// not positive. What it spends is spent of b too.
func (b *Budget) Within(n int) *Budget { return &Budget{above: b, most: n} }

// Spend takes one request, or returns an [*Error] with [CodeBudget] where none is
// left, here or above. url is what would be asked.
func (b *Budget) Spend(url string) error {
	whole := b.whole()
	whole.mu.Lock()
	defer whole.mu.Unlock()
	for p := b; p != nil; p = p.above {
		if p.used >= p.limit() {
			return &Error{Code: CodeBudget, URL: url, Detail: fmt.Sprintf("this verification has asked for %d documents already, which is all it may", p.used)}
		}
	}
	for p := b; p != nil; p = p.above {
		p.used++
	}
	return nil
}

// Used returns how many requests were spent.
func (b *Budget) Used() int {
	whole := b.whole()
	whole.mu.Lock()
	defer whole.mu.Unlock()
	return b.used
}

func (b *Budget) limit() int {
	if b.most <= 0 {
		return DefaultBudget
	}
	return b.most
}

func (b *Budget) whole() *Budget {
	for b.above != nil {
		b = b.above
	}
	return b
}

// within reports whether what b spends is spent of other.
func (b *Budget) within(other *Budget) bool {
	for ; b != nil; b = b.above {
		if b == other {
			return true
		}
	}
	return false
}

// pass asks the nearest Gate.
func (b *Budget) pass(ctx context.Context, url string) error {
	for ; b != nil; b = b.above {
		if b.Gate != nil {
			return b.Gate(ctx, url)
		}
	}
	return nil
}
