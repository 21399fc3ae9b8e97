package conformance

import "fmt"

// Outcome is what became of a check. The zero value is OutcomeNotRun.
type Outcome uint8

// The outcomes.
const (
	OutcomeNotRun Outcome = iota // something else must be mended first, or the suite cannot run it
	OutcomePass                  // it was looked at, and is as it should be
	OutcomeFail                  // it is not
	OutcomeWarn                  // it is not, and the role does not fail by it
	OutcomeSkip                  // what it needs was not given, or the product does not offer it
	OutcomeManual                // a person has to judge
)

var outcomeNames = [...]string{"not-run", "pass", "fail", "warn", "skip", "manual"}

// String returns the stable name.
func (o Outcome) String() string {
	if int(o) < len(outcomeNames) {
		return outcomeNames[o]
	}
	return "unknown"
}

// MarshalText writes the stable name.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads the stable name.
func (o *Outcome) UnmarshalText(text []byte) error {
	for k, name := range outcomeNames {
		if name == string(text) {
			*o = Outcome(k)
			return nil
		}
	}
	return fmt.Errorf("conformance: no outcome is called %q", text)
}

// skipped ends a check that has nothing to look at.
type skipped struct{ reason string }

func (s skipped) Error() string { return s.reason }

// blocked ends a check for which something else must be mended first.
type blocked struct {
	by     string // the check that says what
	reason string
}

func (b blocked) Error() string { return b.reason }
