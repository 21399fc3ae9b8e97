package rdf

import (
	"context"
	"strconv"
)

// work counts the units of Options.MaxWork and asks the context now and then.
type work struct {
	ctx   context.Context
	spent int
	limit int
	next  int // look at limit and context when spent reaches this
}

const (
	unitsBetweenLooks = 1024
	bytesPerUnit      = 64 // one block of SHA-256
	lookedPerUnit     = 1024
)

func (w *work) begin(ctx context.Context, limit, mentions int) {
	if limit <= 0 {
		limit = DefaultWork + DefaultWorkPerMention*mentions
	}
	*w = work{ctx: ctx, limit: limit, next: min(limit, unitsBetweenLooks)}
}

// spend counts units for a step about to be made.
func (w *work) spend(units int) error {
	w.spent += units
	if w.spent < w.next {
		return nil
	}
	return w.look()
}

// spendBytes counts a step that hashes or copies some bytes.
func (w *work) spendBytes(n int) error { return w.spend(1 + n/bytesPerUnit) }

// spendLooking counts a step that only compares some bytes.
func (w *work) spendLooking(n int) error { return w.spend(1 + n/lookedPerUnit) }

func (w *work) look() error {
	if w.spent > w.limit {
		return &Error{
			Code:   CodeWorkLimit,
			Detail: "the blank nodes are too alike to be told apart in " + strconv.Itoa(w.limit) + " units of work",
		}
	}
	if w.ctx.Err() != nil {
		return cancelled(w.ctx)
	}
	w.next = w.spent + min(w.limit-w.spent+1, unitsBetweenLooks)
	return nil
}

func cancelled(ctx context.Context) *Error {
	return &Error{Code: CodeCancelled, Detail: "canonicalisation stopped: " + ctx.Err().Error(), Err: ctx.Err()}
}
