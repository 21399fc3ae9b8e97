// Package guard calls what a caller of the module plugged in: a signer, a
// resolver, a fetcher, a store. Whatever such a thing does ends as a value or as
// an error, before the context does.
package guard

import (
	"context"
	"errors"
	"fmt"
)

// Panic is the error for a plug-in that panicked, or that ended its goroutine.
type Panic struct{ text string }

// Error implements error.
func (p *Panic) Error() string { return "the plug-in panicked: " + p.text }

// errEmpty stands for an error value without content, which panics when it is
// read: a nil pointer as an error.
var errEmpty = errors.New("the plug-in returned an empty error")

// maxText bounds what a panic says, since it may hold whatever was being read.
const maxText = 200

// Call runs f and returns what it returns. A panic becomes a [*Panic]. When ctx
// is done first, Call returns its error and leaves f to its goroutine: what f
// still returns is dropped, so f must not write to what the caller keeps. Where
// ctx can never be done, f runs in the caller's goroutine.
func Call[T any](ctx context.Context, f func() (T, error)) (T, error) {
	var none T
	if err := ctx.Err(); err != nil {
		return none, err
	}
	if ctx.Done() == nil {
		return run(f)
	}
	type answer struct {
		value T
		err   error
	}
	answers := make(chan answer, 1)
	go func() {
		a := answer{err: &Panic{"its goroutine ended"}} // what stands if f calls runtime.Goexit
		defer func() { answers <- a }()
		a.value, a.err = run(f)
	}()
	select {
	case a := <-answers:
		return a.value, a.err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

func run[T any](f func() (T, error)) (value T, err error) {
	defer func() {
		if r := recover(); r != nil {
			var none T
			value, err = none, &Panic{fmt.Sprintf("%.*s", maxText, fmt.Sprint(r))}
		}
	}()
	value, err = f()
	if err != nil && !legible(err) {
		err = errEmpty
	}
	return value, err
}

// legible reports whether an error can say what it is.
func legible(err error) (ok bool) {
	defer func() { _ = recover() }()
	_ = err.Error()
	return true
}
