package plan

import (
	"context"
	"fmt"
	"time"

	"github.com/laurel-edu/laurel/vc"
)

// Source is a gradebook that is asked what changed: package casefw/plan/oneroster and
// casefw/plan/ags have one each.
type Source interface {
	// Pull returns what changed since the pull that returned a cursor, and everything for
	// an empty one. An error means that nothing was concluded, and the cursor stays good.
	Pull(ctx context.Context, cursor []byte) (Batch, error)
}

// Batch is what a [Source] found.
type Batch struct {
	Events []Event
	// Cursor is what the source has to know the next time: keep it after the events were
	// taken. Events that come again because it was not kept change nothing. It holds ids,
	// numbers and dates, no names and no comments.
	Cursor []byte
	// Full says that all was read that the gradebook has, so that what is missing is gone.
	Full bool
	// Frozen says that the gradebook no longer lets itself be read, as platforms do after
	// the end of a course. What is known of it stays.
	Frozen bool
	// Parked is what could not be made an event of yet. The source keeps it and tries
	// again with each pull.
	Parked   []Parked
	Warnings []*vc.Problem
}

// Parked is a record that waits.
type Parked struct {
	Result   string // its id
	Person   string // whom the gradebook names
	LineItem string
	Reason   Reason // ReasonLearnerUnknown, ReasonLineItemUnknown or ReasonRecordMalformed
	Since    time.Time
	Tries    int
	// Dead says that it was tried as often as it is worth: somebody has to look.
	Dead bool
}

// The reasons for which a record is parked.
const (
	ReasonLearnerUnknown  Reason = "learner-unknown"
	ReasonLineItemUnknown Reason = "line-item-unknown"
	ReasonRecordMalformed Reason = "record-malformed"
)

// Learners maps the persons of gradebooks to learners. The id of a person in one system is
// none in another, so that somebody has to know. It must be safe for concurrent use.
type Learners interface {
	// Learner returns who a person of a source is; known is false where nobody knows yet.
	// An error ends the pull.
	Learner(ctx context.Context, source, person string) (learner string, known bool, err error)
}

// LearnersFunc is a function as [Learners].
type LearnersFunc func(ctx context.Context, source, person string) (learner string, known bool, err error)

// Learner implements [Learners].
func (f LearnersFunc) Learner(ctx context.Context, source, person string) (string, bool, error) {
	return f(ctx, source, person)
}

// SourceError is why a gradebook gave nothing.
type SourceError struct {
	URL    string // what was asked for
	Status int    // of HTTP, 0 where there was no answer
	// RetryAfter is how long the gradebook asks to wait, 0 where it does not.
	RetryAfter time.Duration
	// Passing says that asking later may help.
	Passing bool
	Detail  string // one sentence for a person
	Err     error
}

// Error implements error.
func (e *SourceError) Error() string {
	text := "plan: gradebook at " + vc.Quote(e.URL) + ": " + e.Detail
	if e.Status != 0 {
		text += fmt.Sprintf(" (status %d)", e.Status)
	}
	if e.RetryAfter > 0 {
		text += fmt.Sprintf(", asks to wait %s", e.RetryAfter)
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns the cause.
func (e *SourceError) Unwrap() error { return e.Err }

// Poll pulls once, applies what came to a store, and returns the cursor for the next time
// with what was decided. After an error the old cursor holds: what was applied before it
// is applied again without effect.
func (e *Engine) Poll(ctx context.Context, source Source, s Store, cursor []byte) (Batch, []Decision, error) {
	batch, err := source.Pull(ctx, cursor)
	if err != nil {
		return Batch{Cursor: cursor}, nil, err
	}
	var all []Decision
	for _, event := range batch.Events {
		decisions, err := e.Process(ctx, s, event)
		if err != nil {
			return Batch{Cursor: cursor}, all, err
		}
		all = append(all, decisions...)
	}
	return batch, all, nil
}
