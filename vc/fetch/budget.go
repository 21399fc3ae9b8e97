package fetch

import (
	"context"
	"fmt"
	"sync/atomic"
)

// DefaultBudget is the number of requests that one verification may cause: a
// badge needs a key, a status list, that list's key and a refreshed credential,
// with room for a schema and an endorser. A record of a thousand credentials by
// a thousand issuers must not turn its verifier into a weapon.
const DefaultBudget = 8

// Budget is a [Fetcher] that passes on a limited number of requests and refuses
// the rest with [CodeBudget]. Make one for each verification, and put it around
// what costs something: Layered(pack, NewBudget(client, 0)). Answers from a cache
// of next count too. It is safe for concurrent use.
type Budget struct {
	next Fetcher
	most int
	used atomic.Int64
}

// NewBudget allows n requests to next, [DefaultBudget] where n is not positive.
// A nil next is [Offline].
func NewBudget(next Fetcher, n int) *Budget {
	if n <= 0 {
		n = DefaultBudget
	}
	if next == nil {
		next = Offline{}
	}
	return &Budget{next: next, most: n}
}

// Fetch implements [Fetcher].
func (b *Budget) Fetch(ctx context.Context, url string) (*Response, error) {
	if b.used.Add(1) > int64(b.most) {
		return nil, &Error{Code: CodeBudget, URL: url, Detail: fmt.Sprintf("this verification has asked for %d documents already, which is all it may", b.most)}
	}
	return b.next.Fetch(ctx, url)
}
