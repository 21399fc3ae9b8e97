package rules

import (
	"slices"

	"github.com/laurel-edu/laurel/vc"
)

// Level is how much a [Finding] weighs. The zero value is an error.
type Level uint8

// The levels.
const (
	// Error: the document breaks a MUST of its specification. It does not conform.
	Error Level = iota
	// Warning: it breaks a SHOULD, or a MUST in a way that readers are told to
	// accept or that changes nothing of what is said. An issuer mends it.
	Warning
)

// String returns "error" or "warning".
func (l Level) String() string {
	if l == Warning {
		return "warning"
	}
	return "error"
}

// Finding is one thing that the rules say about a document. Its pointer leads to
// the value, and for a missing member to where it belongs. Spec names the clause.
type Finding struct {
	Level   Level
	Problem *vc.Problem
}

// HasErrors reports whether any finding is an error.
func HasErrors(findings []Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.Level == Error })
}

// Errors returns the problems of the findings that are errors.
func Errors(findings []Finding) []*vc.Problem { return problems(findings, Error) }

// Warnings returns the problems of the findings that are warnings.
func Warnings(findings []Finding) []*vc.Problem { return problems(findings, Warning) }

func problems(findings []Finding, level Level) (all []*vc.Problem) {
	for _, f := range findings {
		if f.Level == level {
			all = append(all, f.Problem)
		}
	}
	return all
}
