package fetch

import (
	"context"
	"sync"

	"github.com/laurel-edu/laurel/internal/guard"
)

// flights lets many goroutines wait for one request. The zero value is ready and
// forgets what has been answered.
type flights struct {
	mu  sync.Mutex
	all map[string]*flight
}

// flight is one request. Its answer is set before done is closed and not written
// to after that.
type flight struct {
	done    chan struct{}
	r       *Response
	err     error
	waiting int
	cancel  context.CancelFunc
}

// do returns the answer of ask, which one goroutine asks for all that want the
// key at a time. A waiter whose ctx ends leaves with the error of ctx; the request
// ends when the last has left.
func (g *flights) do(ctx context.Context, key string, ask func(context.Context) (*Response, error)) (*Response, error) {
	f, err := g.board(ctx, key, ask)
	if err != nil {
		return nil, err
	}
	select {
	case <-f.done:
	case <-ctx.Done():
		if !g.leave(key, f) {
			return nil, ctx.Err()
		}
	}
	return f.r, f.err
}

// board joins the flight of a key, or starts it.
func (g *flights) board(ctx context.Context, key string, ask func(context.Context) (*Response, error)) (*flight, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if f := g.all[key]; f != nil {
		f.waiting++
		return f, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	// The request is everybody's, so it does not end with whoever was first.
	inner, cancel := context.WithCancel(context.WithoutCancel(ctx))
	f := &flight{done: make(chan struct{}), waiting: 1, cancel: cancel}
	if g.all == nil {
		g.all = map[string]*flight{}
	}
	g.all[key] = f
	go g.fly(inner, key, f, ask)
	return f, nil
}

func (g *flights) fly(ctx context.Context, key string, f *flight, ask func(context.Context) (*Response, error)) {
	r, err := guard.Call(context.WithoutCancel(ctx), func() (*Response, error) { return ask(ctx) })
	f.cancel()
	g.mu.Lock()
	defer g.mu.Unlock()
	f.r, f.err = r, err
	if g.all[key] == f { // it may have been given up, and begun anew
		delete(g.all, key)
	}
	close(f.done)
}

// leave gives up waiting, unless the answer is there. A request that nobody waits
// for is cancelled, and whoever comes later begins another.
func (g *flights) leave(key string, f *flight) (answered bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if f.isDone() {
		return true
	}
	if f.waiting--; f.waiting == 0 {
		f.cancel()
		delete(g.all, key)
	}
	return false
}

func (f *flight) isDone() bool {
	select {
	case <-f.done:
		return true
	default:
		return false
	}
}
