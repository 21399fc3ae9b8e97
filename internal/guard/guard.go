// Package guard calls code that a caller plugs in, such as a Fetcher or a Cache,
// so that its faults end where it enters: a panic becomes an error, and a call
// that outlasts its context is left alone.
package guard

import (
	"context"
	"errors"
	"fmt"
)

// Panic is the error of a call that panicked.
type Panic struct{ Value any }

// Error shows the value, cut to length: it may hold anything.
func (p *Panic) Error() string {
	const most = 200
	text := fmt.Sprint(p.Value)
	if len(text) > most {
		text = text[:most] + "…"
	}
	return "it panicked: " + text
}

// ErrEnded is the error of a call that ended its goroutine without an answer.
var ErrEnded = errors.New("it ended its goroutine instead of answering")

// Call calls f and returns what it answers, or why there is no answer: [*Panic],
// [ErrEnded] or the error of ctx. A call that is still running when ctx ends is
// left to run, and its answer dropped, so f must not share with the caller what
// it changes. Under a context that never ends, f runs in the caller's goroutine.
func Call[T any](ctx context.Context, f func() (T, error)) (T, error) {
	var none T
	if err := ctx.Err(); err != nil {
		return none, err
	}
	if ctx.Done() == nil {
		return protect(f)
	}
	answered := make(chan answer[T], 1)
	go func() {
		a := answer[T]{err: ErrEnded}
		defer func() { answered <- a }()
		a.value, a.err = protect(f)
	}()
	select {
	case a := <-answered:
		return a.value, a.err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

// Yes asks what says yes or no, as [Call] does. No answer is a no.
func Yes(ctx context.Context, f func() bool) bool {
	yes, err := Call(ctx, func() (bool, error) { return f(), nil })
	return yes && err == nil
}

type answer[T any] struct {
	value T
	err   error
}

// protect turns a panic into an error.
func protect[T any](f func() (T, error)) (value T, err error) {
	defer func() {
		if r := recover(); r != nil {
			var none T
			value, err = none, &Panic{r}
		}
	}()
	return f()
}
