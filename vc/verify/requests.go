package verify

import (
	"context"
	"fmt"
	"sync"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// requests is what one verification asks others for: documents by URL, and DIDs of
// a resolver of the caller's own. Everything is asked for once, answers and
// failures are kept for the run, and the number is bounded. It is safe for
// concurrent use.
type requests struct {
	mu   sync.Mutex
	kept map[string]*answer
	left int
	most int
}

// answer is what became of one request, once done is closed.
type answer struct {
	begun bool
	done  chan struct{}
	value any
	err   error
}

// narrow leaves at most n requests in all, those that were made included.
func (q *requests) narrow(n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if used := q.most - q.left; n < q.most {
		q.most, q.left = n, max(n-used, 0)
	}
}

// grant spends one request on what nobody asked for yet.
func (q *requests) grant(key string) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.kept[key] != nil {
		return nil
	}
	if q.left == 0 {
		return &fetch.Error{Code: fetch.CodeBudget, URL: key,
			Detail: fmt.Sprintf("this verification may make no more than %d requests, and has made them", q.most)}
	}
	q.left--
	if q.kept == nil {
		q.kept = map[string]*answer{}
	}
	q.kept[key] = &answer{done: make(chan struct{})}
	return nil
}

// find returns the answer to a request, and whether the caller is the one to ask.
func (q *requests) find(key string) (a *answer, ask bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if a = q.kept[key]; a != nil && !a.begun {
		a.begun, ask = true, true
	}
	return a, ask
}

// do returns what ask answered, for the first who asked for key and for all others.
func (q *requests) do(ctx context.Context, key string, ask func() (any, error)) (value any, err error) {
	t := turnOf(ctx)
	a, mine := q.find(key)
	if a == nil {
		if t == nil {
			err = q.grant(key)
		} else {
			err = t.wait(ctx, key)
		}
		if err != nil {
			return nil, err
		}
		a, mine = q.find(key)
	}
	t.aside(ctx, func() {
		if mine {
			a.value, a.err = ask()
			close(a.done)
		}
		select {
		case <-a.done:
			value, err = a.value, a.err
		case <-ctx.Done():
			err = ctx.Err()
		}
	})
	return value, err
}

// requested is a Fetcher behind the requests of a run.
type requested struct {
	*requests
	next fetch.Fetcher
}

// Fetch implements [fetch.Fetcher].
func (r requested) Fetch(ctx context.Context, url string) (*fetch.Response, error) {
	v, err := r.do(ctx, url, func() (any, error) { return r.next.Fetch(ctx, url) })
	response, _ := v.(*fetch.Response)
	return response, err
}

// requestedResolver is a resolver of the caller's own behind the requests of a run.
type requestedResolver struct {
	*requests
	next did.Resolver
}

// Resolve implements [did.Resolver].
func (r requestedResolver) Resolve(ctx context.Context, id string) (*did.Document, error) {
	v, err := r.do(ctx, id, func() (any, error) { return r.next.Resolve(ctx, id) })
	document, _ := v.(*did.Document)
	return document, err
}
