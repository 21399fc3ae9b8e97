package issue

import (
	"strconv"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Error is a credential that is not issued, with every finding that stands against
// it. It unwraps to each [*vc.Problem], so errors.Is and errors.As find a cause.
type Error struct {
	// Problems are the findings. Pointers lead into the credential that was given. There
	// are none where the verifier alone says why, in the report.
	Problems []*vc.Problem
	// Report is what the verifier said of the signed credential, nil where it was refused
	// before it was signed.
	Report *verify.Report
}

// Error names the first finding.
func (e *Error) Error() string {
	if len(e.Problems) == 0 {
		return "issue: the credential is not issued: a verifier calls it " + e.Report.Verdict.String()
	}
	more := ""
	if n := len(e.Problems) - 1; n > 0 {
		more = " (and " + strconv.Itoa(n) + " more)"
	}
	return "issue: the credential is not issued: " + e.Problems[0].Error() + more
}

// Unwrap returns the findings.
func (e *Error) Unwrap() []error {
	all := make([]error, len(e.Problems))
	for i, p := range e.Problems {
		all[i] = p
	}
	return all
}

// refused makes an [Error] of an error that is problems and nothing else, and nil of
// any other.
func refused(err error) *Error {
	problems, ok := problemsOf(err, nil)
	if !ok {
		return nil
	}
	return &Error{Problems: problems}
}

func problemsOf(err error, all []*vc.Problem) ([]*vc.Problem, bool) {
	switch e := err.(type) {
	case *vc.Problem:
		return append(all, e), true
	case interface{ Unwrap() error }:
		return problemsOf(e.Unwrap(), all)
	case interface{ Unwrap() []error }:
		for _, e := range e.Unwrap() {
			var ok bool
			if all, ok = problemsOf(e, all); !ok {
				return all, false
			}
		}
		return all, true
	}
	return all, false
}
