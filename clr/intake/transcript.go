package intake

import (
	"time"

	"github.com/laurel-edu/laurel/casefw/plan"
)

// Transcript is what a record says by terms. Sums are exact.
type Transcript struct {
	Terms  []Term      // in their order
	Earned plan.Number // credits of all claims that are not against themselves but for who vouches
	Proven plan.Number // credits that count
	Stated []StatedGPA // as results state it
	GPA    ComputedGPA
}

// Term is the part of a transcript that belongs to one term.
type Term struct {
	Name       string    // "" where the claims name none
	Start, End time.Time // zero is not said
	Claims     []Claim
	Earned     plan.Number
	Proven     plan.Number
}

// StatedGPA is a grade point average that a result states.
type StatedGPA struct {
	Claim Claim
	Value string
	Max   string // of the scale, "" where none is stated
}

// ComputedGPA is one that is computed of grades and credits. Where Reason is not "" there is
// none, and the Reason says why.
type ComputedGPA struct {
	Value  plan.Number
	Max    plan.Number // of the scale
	Reason string
}
