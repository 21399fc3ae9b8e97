package verify

import (
	"errors"
	"time"

	"github.com/laurel-edu/laurel/vc"
)

// Check is one step of the pipeline and what it found.
type Check struct {
	Name    CheckName
	Outcome Outcome
	Pointer string // the part of the document that was checked, "" for the whole
	Detail  string // what was established, for a person

	// Problems are why the check failed or could not be decided.
	Problems []*vc.Problem
	// Warnings are what is off without being wrong.
	Warnings []*vc.Problem
	// Advisory checks are reported and do not count towards the verdict: a proof of
	// an unknown kind beside a good one, an embedded credential.
	Advisory bool
}

// Report is everything that was found out about one credential.
type Report struct {
	Verdict Verdict
	At      time.Time // the instant that the times were compared with
	// Valid is when all holds that the verdict depends on and that has an end of its
	// own: the credential's dates, the claims of its token, its proofs and their keys.
	// Whoever keeps a verdict keeps it no longer.
	Valid vc.Interval

	// What the document says of itself. Without a verdict of VerdictVerified it is
	// only what a stranger wrote.
	ID, IssuerID string
	HolderID     string // of a presentation
	Types        []string
	Form         vc.Form

	// Checks are in the order of the pipeline.
	Checks []Check
	// Unsigned lists, in lenient mode, what the signature does not cover.
	Unsigned []*vc.Problem
	// Withheld lists what the rules ask for and the holder does not show, of a credential
	// that its issuer signed for the holder to show in part (ecdsa-sd-2023, vc+sd-jwt), as
	// far as that can be told: each is advice, and no fault. What the rules do not ask for
	// can be left out without a trace.
	Withheld []*vc.Problem
	// Nested are the reports of embedded credentials and endorsements.
	Nested []Nested

	presentation bool   // it is of one
	presenter    string // the holder, once he is proven
}

// Nested is the report of a credential inside another.
type Nested struct {
	// Number is its place in the order of the document, from 1, and Within that of what it is
	// embedded in, 0 for the document itself.
	Number, Within int

	Pointer string     // where it stands
	Role    string     // "endorsement" or "credential"
	Proof   ProofState // what became of its own proof: who can be held to it
	Holding Holding    // in a presentation, whether whom it is about presents it
	Report  *Report

	doc    *vc.Document
	around []*vc.Document
	shared []string
}

// Outcome returns the worst outcome of the checks of that name: OutcomeFailed before
// OutcomeUndetermined before OutcomeNotRun before OutcomePassed.
func (r *Report) Outcome(name CheckName) Outcome {
	rank := [...]int{OutcomeNotRun: 2, OutcomePassed: 1, OutcomeFailed: 4, OutcomeUndetermined: 3, OutcomeNotApplicable: 0}
	found, worst := false, OutcomeNotApplicable
	for i := range r.Checks {
		if c := &r.Checks[i]; c.Name == name && !c.Advisory {
			if !found || rank[c.Outcome] > rank[worst] {
				worst = c.Outcome
			}
			found = true
		}
	}
	if !found {
		return OutcomeNotRun
	}
	return worst
}

// Authentic reports whether the credential is its issuer's word and reads as it was
// signed, whatever its dates, its status and its schema: parse, contexts, proof,
// binding, rules and reading passed, and nothing that is embedded is refused by
// Config.Nested.Policy. It is the question of a host that keeps expired badges too; whoever
// relies on a credential asks for the Verdict.
func (r *Report) Authentic() bool {
	for _, name := range [...]CheckName{CheckParse, CheckContexts, CheckProof, CheckBinding, CheckRules, CheckReading} {
		if r.Outcome(name) != OutcomePassed {
			return false
		}
	}
	return r.Outcome(CheckNested) != OutcomeFailed
}

// Problems returns the problems of all checks that count, in their order.
func (r *Report) Problems() []*vc.Problem {
	var all []*vc.Problem
	for i := range r.Checks {
		if !r.Checks[i].Advisory {
			all = append(all, r.Checks[i].Problems...)
		}
	}
	return all
}

// Codes returns the codes of Problems, each once, in their order.
func (r *Report) Codes() []vc.Code {
	var codes []vc.Code
	seen := map[vc.Code]bool{}
	for _, p := range r.Problems() {
		if !seen[p.Code] {
			seen[p.Code] = true
			codes = append(codes, p.Code)
		}
	}
	return codes
}

// Warnings returns the warnings of all checks, in their order.
func (r *Report) Warnings() []*vc.Problem {
	var all []*vc.Problem
	for i := range r.Checks {
		all = append(all, r.Checks[i].Warnings...)
	}
	return all
}

// Error is a credential that does not verify, with the report of why. It unwraps
// to every [*vc.Problem] of the report, so errors.Is and errors.As find a cause.
type Error struct {
	Report *Report
	// Err is why the verification ended early, nil where it did not: the error of the
	// context, or of a Config that cannot be used.
	Err error
}

// Error names the verdict and the first cause.
func (e *Error) Error() string {
	about := "verify: the credential is "
	if e.Report.presentation {
		about = "verify: the presentation is "
	}
	about += e.Report.Verdict.String()
	problems := e.Report.Problems()
	switch {
	case e.Err != nil:
		return about + ": " + e.Err.Error()
	case len(problems) == 0:
		return about
	}
	more := ""
	if len(problems) > 1 {
		more = " (and more: see the report)"
	}
	return about + ": " + problems[0].Error() + more
}

// Unwrap returns the problems, and why the verification ended early.
func (e *Error) Unwrap() []error {
	var all []error
	if e.Err != nil {
		all = append(all, e.Err)
	}
	for _, p := range e.Report.Problems() {
		all = append(all, p)
	}
	return all
}

// problemsOf takes the problems out of an error that joins them. What is no
// problem is wrapped as one of the given code.
func problemsOf(err error, code vc.Code) []*vc.Problem {
	if err == nil {
		return nil
	}
	var many interface{ Unwrap() []error }
	if p, ok := err.(*vc.Problem); ok {
		return []*vc.Problem{p}
	}
	if errors.As(err, &many) {
		var all []*vc.Problem
		for _, e := range many.Unwrap() {
			all = append(all, problemsOf(e, code)...)
		}
		return all
	}
	if p := vc.ProblemOf(err); p != nil {
		return []*vc.Problem{p}
	}
	return []*vc.Problem{{Code: code, Type: vc.TypeLaurel, Message: err.Error(), Err: err}}
}
