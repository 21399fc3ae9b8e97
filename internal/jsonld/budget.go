package jsonld

import "errors"

// Budget counts work that several calls share, in units of about a microsecond. What
// a call pays does not depend on what the engine has compiled before. It is not safe
// for concurrent use.
type Budget struct {
	Spent int
	Limit int // once Spent is above it, whatever is paid next fails
}

// ErrExhausted is the error of a [Budget] that is used up.
var ErrExhausted = errors.New("jsonld: the budget of work is used up")

// Spend pays for work that was done or is about to be.
func (b *Budget) Spend(units int) error {
	if b.Spent += units; b.Spent > b.Limit {
		return ErrExhausted
	}
	return nil
}

// What is paid for beside statements, by what it costs.
const (
	unitsPerContext = 8  // and one for each so many bytes of it and terms of the context it extends
	bytesPerUnit    = 64 // of a context that is read or processed for one call
	unitsPerIRIName = 32 // a term is made for it each time, and honest documents have next to none
	unitsPerDrop    = 4  // it is described in words
)
