package verify

import (
	"cmp"
	"strconv"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/vc"
)

// proofState is what became of the credential's own proof.
func (s *state) proofState() ProofState {
	switch {
	case s.sealed() && isUnsupported(s.envelope.why):
		return ProofUndecided
	case s.sealed():
		return ProofBad
	case s.doc.Form() == vc.FormJSON && len(door.Proofs(s.doc)) == 0:
		return ProofNone
	case s.report.Outcome(CheckReading) == OutcomeFailed:
		return ProofBad
	case s.report.Outcome(CheckReading) == OutcomeUndetermined:
		return ProofUndecided
	case s.authentic:
		return ProofGood
	case !s.unsupported && (s.report.Outcome(CheckProof) == OutcomeFailed || s.report.Outcome(CheckBinding) == OutcomeFailed):
		return ProofBad
	case s.report.Outcome(CheckContexts) == OutcomeFailed && !s.lacksContext():
		return ProofBad
	}
	return ProofUndecided
}

// lacksContext reports whether all that is wrong with the contexts is that one could
// not be had. Whatever else is wrong with them can be the doing of whoever holds the
// document.
func (s *state) lacksContext() bool {
	for i := range s.report.Checks {
		for _, p := range s.report.Checks[i].Problems {
			if s.report.Checks[i].Name == CheckContexts && p.Code != CodeContextUnknown {
				return false
			}
		}
	}
	return true
}

// nested judges by the policy what is embedded.
func (s *state) nested() {
	e := s.entry
	limits := e.limits(&s.config)
	if len(e.children) == 0 && len(limits) == 0 {
		return
	}
	c := Check{Name: CheckNested, Outcome: OutcomePassed}
	if len(limits) > 0 {
		e.beyond = limits[0].Code
	}
	var counts, aside told
	for _, p := range limits { // first, since of the rest only so many are told
		counts.add(func() *vc.Problem { return p })
	}
	for i := range s.report.Nested {
		n, child := &s.report.Nested[i], e.children[i]
		e.forged, e.beyond = e.forged || child.forged, cmp.Or(e.beyond, child.beyond)
		switch problem := func() *vc.Problem { return n.problem(child) }; {
		case child.beyond != "", (child.forged || n.unvouched(s)) && s.config.Nested.Policy == NestedRefuseForged,
			n.Report.Verdict != VerdictVerified && s.config.Nested.Policy == NestedRequireAll:
			counts.add(problem)
		case n.Report.Verdict != VerdictVerified:
			aside.add(problem)
		}
	}
	if err := s.ctx.Err(); err != nil && len(counts.all) == 0 {
		s.late(&c)
		aside.severity = vc.SeverityWarning
		c.Warnings = aside.done()
		s.add(c)
		return
	}
	switch {
	case len(counts.all) > 0:
		aside.severity = vc.SeverityWarning
		c.Outcome, c.Problems, c.Warnings = OutcomeFailed, counts.done(), aside.done()
	case len(aside.all) > 0:
		c.Outcome, c.Advisory, c.Problems = OutcomeUndetermined, true, aside.done()
	}
	s.add(c)
}

// problem says how an embedded credential does not verify.
func (n *Nested) problem(e *entry) *vc.Problem {
	found := n.Report.Verdict.String()
	switch {
	case e.beyond != "":
		return words.Problem(e.beyond, n.Pointer, withinThis)
	case n.Proof == ProofBad:
		return words.Problem(CodeNestedForged, n.Pointer, found)
	case e.forged:
		return words.Problem(CodeNestedForged, n.Pointer, withinThis)
	case n.Proof == ProofNone && n.unvouched(e.parent.state):
		return words.Problem(CodeNestedUnvouched, n.Pointer, vc.Quote(n.Report.IssuerID))
	case n.Proof == ProofNone:
		return words.Problem(CodeNestedUnsigned, n.Pointer, found)
	}
	return words.Problem(CodeNestedNotVerified, n.Pointer, found)
}

// unvouched reports whether it is a credential without a proof that a presentation holds
// and that is not the word of whoever signed that: then nobody at all vouches for it
// (VCDM 2.0, 4.13.3).
func (n *Nested) unvouched(around *state) bool {
	holder := around.report.presenter
	return around.presents() && n.Proof == ProofNone && (holder == "" || n.Report.IssuerID != holder)
}

// withinThis says that what is wrong stands deeper than the pointer says.
const withinThis = "within this one"

// limits are the findings about what was not verified at all. Each refuses the
// document: beyond a limit anything may stand.
func (e *entry) limits(c *Config) (all []*vc.Problem) {
	if e.foreign > 0 {
		all = append(all, problem(CodeNestedForeign, e.stranger.Pointer(),
			strconv.Itoa(e.foreign)+" of them", "a credential, or one as a compact JWS"))
	}
	if e.deep.Exists() {
		all = append(all, problem(CodeNestedTooDeep, e.deep.Pointer(),
			"", "at most "+strconv.Itoa(c.Limits.MaxNestedDepth)+" deep"))
	}
	if e.many.Exists() {
		all = append(all, problem(CodeNestedTooMany, e.many.Pointer(),
			"", "at most "+strconv.Itoa(e.state.mostNested)))
	}
	if e.cutOff > 0 {
		p := omitted(e.cutOff)
		p.Found += " embedded credentials"
		all = append(all, p)
	}
	return all
}
