package verify

import (
	"context"
	"slices"
	"sync"
)

// rounds verifies embedded credentials side by side with a result that does not
// depend on which of them is faster. They share a budget of requests, and where that
// does not suffice it must not be a race who gets what. So a request waits until
// every credential that is being verified has either ended or waits as well; then
// those who wait are answered in the order of the document, and a new round
// begins. How many are under way is fixed, and at any such moment they are those
// which come first in the document and have not ended: none of it depends on time.
type rounds struct {
	grant func(key string) error // called in the order of the document, one at a time

	mu      sync.Mutex
	active  int // under way: begun and not ended
	waiting []request
}

// request is one that waits to be granted.
type request struct {
	index  int // of the credential that asks, in the order of the document
	key    string
	answer chan error
}

// underWay is how many credentials are verified in one round. Limits.Parallel of
// them compute at the same time; the others wait for answers, or for a processor.
const underWay = 64

// turn is the part that one credential of a level has in its rounds.
type turn struct {
	*rounds
	index int
	slots chan struct{} // a token for each processor
}

type turnKey struct{}

// each calls f for 0 to n-1, side by side, and returns when all have ended.
func (r *rounds) each(ctx context.Context, n, parallel int, f func(ctx context.Context, i int)) {
	slots := make(chan struct{}, parallel)
	var wg sync.WaitGroup
	next := 0
	var begin func() // the next one, where there is one; the caller holds mu
	begin = func() {
		if next == n {
			return
		}
		i := next
		next++
		r.active++
		wg.Go(func() {
			slots <- struct{}{}
			f(context.WithValue(ctx, turnKey{}, &turn{rounds: r, index: i, slots: slots}), i)
			select {
			case <-slots:
			default: // ctx ended while the credential was aside
			}
			r.mu.Lock()
			defer r.mu.Unlock()
			r.active--
			begin()
			r.open()
		})
	}
	r.mu.Lock()
	for range underWay {
		begin()
	}
	r.mu.Unlock()
	wg.Wait()
}

// open ends a round when everybody waits. The caller holds mu.
func (r *rounds) open() {
	if len(r.waiting) == 0 || len(r.waiting) < r.active {
		return
	}
	slices.SortFunc(r.waiting, func(a, b request) int { return a.index - b.index })
	granted := r.waiting
	r.waiting = nil
	answers := make([]error, len(granted))
	for i, q := range granted {
		answers[i] = r.grant(q.key)
	}
	// Only now does anybody go on: who went on earlier might look for a key that is
	// granted later in this round, and it would be a race whether it is there.
	for i, q := range granted {
		q.answer <- answers[i]
	}
}

// wait is called by a credential that is about to make a request. It returns when
// the request is granted or refused, or at the end of ctx.
func (t *turn) wait(ctx context.Context, key string) (err error) {
	q := request{index: t.index, key: key, answer: make(chan error, 1)}
	t.aside(ctx, func() {
		t.mu.Lock()
		t.waiting = append(t.waiting, q)
		t.open()
		t.mu.Unlock()
		select {
		case err = <-q.answer:
		case <-ctx.Done():
			err = ctx.Err()
		}
	})
	return err
}

// aside gives up the processor while something else than computing is done. When
// ctx has ended nobody keeps to an order any more.
func (t *turn) aside(ctx context.Context, f func()) {
	if t == nil {
		f()
		return
	}
	select {
	case <-t.slots:
		defer func() {
			select {
			case t.slots <- struct{}{}:
			case <-ctx.Done():
			}
		}()
	case <-ctx.Done():
	}
	f()
}

// turnOf is the turn of who asks, nil outside of rounds.
func turnOf(ctx context.Context) *turn {
	t, _ := ctx.Value(turnKey{}).(*turn)
	return t
}
