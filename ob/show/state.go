package show

import (
	"slices"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

// State says whether a credential counts. The zero value is [StateUnknown].
type State uint8

// The states of a credential that is its issuer's word.
const (
	StateUnknown     State = iota // something could not be had, such as a status list
	StateValid                    // verified
	StateExpired                  // its validity is over
	StateNotYetValid              // its validity has not begun
	StateRevoked                  // its issuer withdrew it for good
	StateSuspended                // its issuer withdrew it for now
	StateInvalid                  // it fails another check, such as that of its own schema
)

var stateWords = [...]string{"Could not be checked", "Valid", "Expired", "Not valid yet", "Revoked", "Suspended", "Not valid"}

// String says it in words for a page.
func (s State) String() string {
	if int(s) < len(stateWords) {
		return stateWords[s]
	}
	return stateWords[StateUnknown]
}

// Name is a stable word for style sheets: valid, expired, not-yet-valid, revoked,
// suspended, invalid or unknown.
func (s State) Name() string {
	names := [...]string{"unknown", "valid", "expired", "not-yet-valid", "revoked", "suspended", "invalid"}
	if int(s) < len(names) {
		return names[s]
	}
	return names[StateUnknown]
}

// causes are the codes that are a state of their own, the gravest first.
var causes = []struct {
	code  vc.Code
	state State
}{
	{status.CodeRevoked, StateRevoked},
	{status.CodeSuspended, StateSuspended},
	{verify.CodeExpired, StateExpired},
	{verify.CodeNotYetValid, StateNotYetValid},
}

// stateOf reads the state out of a report, with the sentences of its problems.
func stateOf(r *verify.Report) (State, []string) {
	if r.Verdict == verify.VerdictVerified {
		return StateValid, nil
	}
	reasons, codes := sentences(r.Problems()), r.Codes()
	for _, c := range causes {
		if slices.Contains(codes, c.code) {
			return c.state, reasons
		}
	}
	if r.Verdict == verify.VerdictUndetermined {
		return StateUnknown, reasons
	}
	return StateInvalid, reasons
}

// sentences are what problems say, each once.
func sentences(problems []*vc.Problem) (texts []string) {
	for _, p := range problems {
		if text := p.Message; !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts
}

// places are the members that problems point at.
func places(problems []*vc.Problem) (texts []string) {
	for _, p := range problems {
		if !slices.Contains(texts, p.Pointer) {
			texts = append(texts, p.Pointer)
		}
	}
	return texts
}
