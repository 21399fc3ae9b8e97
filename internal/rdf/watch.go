package rdf

import (
	"context"
	"slices"
)

// watch asks the context now and then in loops over the statements of a stranger.
type watch struct {
	ctx   context.Context
	steps int
	err   error // of the context, once it has ended
}

// ended is called for each step and reports whether to stop.
func (w *watch) ended() bool {
	if w.steps++; w.steps&1023 != 0 {
		return w.err != nil
	}
	return w.look()
}

func (w *watch) look() bool {
	if w.err == nil {
		w.err = w.ctx.Err()
	}
	return w.err != nil
}

// fault is the error of a context that has ended, nil otherwise.
func (w *watch) fault() error {
	if w.err == nil {
		return nil
	}
	return cancelled(w.ctx)
}

// sortWatched sorts s. When the context ends, all elements count as equal from
// then on, so that the sort is soon over; its outcome means nothing then.
func sortWatched[T any](w *watch, s []T, compare func(a, b T) int) {
	slices.SortFunc(s, func(a, b T) int {
		if w.ended() {
			return 0
		}
		return compare(a, b)
	})
}
