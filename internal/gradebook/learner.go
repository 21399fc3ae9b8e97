package gradebook

import (
	"context"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/guard"
)

// Learner asks the caller's own mapping who a person of a source is, "" for nobody that it
// knows. The error is what the mapping says, or that it panicked.
func Learner(ctx context.Context, learners plan.Learners, source, person string) (string, error) {
	return guard.Call(ctx, func() (string, error) {
		learner, known, err := learners.Learner(ctx, source, person)
		if !known {
			learner = ""
		}
		return learner, err
	})
}
