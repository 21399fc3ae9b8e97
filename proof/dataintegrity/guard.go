package dataintegrity

import (
	"context"
	"fmt"
)

// guarded calls a plug-in of the caller's: a panic becomes an error, and one that
// goes on after the end of ctx is left behind.
func guarded[T any](ctx context.Context, call func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			if r := recover(); r != nil {
				o.err = fmt.Errorf("it panicked: %v", r)
			}
			done <- o
		}()
		o.value, o.err = call()
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}
