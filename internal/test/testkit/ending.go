package testkit

import "context"

// Ending is a context that ends when it has been looked at so many times, so that a
// test of deadlines needs no clock. With an After of zero it does not end. It is not
// safe for concurrent use, and its Done channel never closes.
type Ending struct {
	context.Context
	After int
	Looks int    // how many times Err was called
	Ended func() // called at the first look after the end, if set
}

// Err implements context.Context.
func (e *Ending) Err() error {
	e.Looks++
	if e.After == 0 || e.Looks <= e.After {
		return nil
	}
	if e.Looks == e.After+1 && e.Ended != nil {
		e.Ended()
	}
	return context.Canceled
}
