package caseapi

import (
	"context"
	"sync"
	"time"
)

// patience is how long requests that belong together may pause in all. It goes with their
// context, since a walk of a list and the packages of a synchronisation share it.
type patience struct {
	mu    sync.Mutex
	left  time.Duration
	spent bool // more was wanted than was left
}

type patienceKey struct{}

// patient returns a context with patience, that which it has or a new one.
func (cl *Client) patient(ctx context.Context) context.Context {
	if patienceOf(ctx) != nil {
		return ctx
	}
	return context.WithValue(ctx, patienceKey{}, &patience{left: cl.c.MaxWaiting})
}

func patienceOf(ctx context.Context) *patience {
	p, _ := ctx.Value(patienceKey{}).(*patience)
	return p
}

// take reports whether there is patience for a pause, and uses it. A single request has
// no patience of its own: its retries bound it.
func (p *patience) take(d time.Duration) bool {
	if p == nil {
		return true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if d > p.left {
		p.spent = true
		return false
	}
	p.left -= d
	return true
}

// exhausted reports whether more was wanted than there was.
func (p *patience) exhausted() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.spent
}
