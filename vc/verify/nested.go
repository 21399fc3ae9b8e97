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
	for i := range s.report.Nested {
		n, child := &s.report.Nested[i], e.children[i]
		e.forged, e.beyond = e.forged || child.forged, cmp.Or(e.beyond, child.beyond)
		switch problem := func() *vc.Problem { return n.problem(child) }; {
		case child.beyond != "", child.forged && s.config.Nested.Policy == NestedRefuseForged, n.Report.Verdict != VerdictVerified && s.config.Nested.Policy == NestedRequireAll:
			counts.add(problem)
		case n.Report.Verdict != VerdictVerified:
			aside.add(problem)
		}
	}
	for _, p := range limits {
		counts.add(func() *vc.Problem { return p })
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
	p := &vc.Problem{Code: CodeNestedNotVerified, Pointer: n.Pointer, Message: "the embedded " + n.Role + " does not verify by itself", Found: n.Report.Verdict.String(),
		Fix: "see its own report", Spec: "OB 3.0, 9.1"}
	switch {
	case e.beyond != "":
		p.Code, p.Message = e.beyond, "a limit was met within the embedded "+n.Role+", so not all of it was verified"
	case n.Proof == ProofBad:
		p.Code, p.Message = CodeNestedForged, "the embedded "+n.Role+" has a proof that is wrong: its issuer did not sign what is read in it"
	case e.forged:
		p.Code, p.Message = CodeNestedForged, "the embedded "+n.Role+" has another in it whose proof is wrong"
	case n.Proof == ProofNone:
		p.Code, p.Message = CodeNestedUnsigned, "the embedded "+n.Role+" has no proof of its own: the outer issuer vouches for it, nobody else"
	}
	return p
}

// limits are the findings about what was not verified at all. Each refuses the
// document: beyond a limit anything may stand.
func (e *entry) limits(c *Config) (all []*vc.Problem) {
	if e.foreign > 0 {
		all = append(all, &vc.Problem{Code: CodeNestedForeign, Type: vc.TypeMalformedValue, Pointer: e.stranger.Pointer(), Message: "where a credential is to be embedded stands something else",
			Found: strconv.Itoa(e.foreign) + " of them", Expected: "a credential, or one as a compact JWS", Fix: "embed credentials as they were issued", Spec: "OB 3.0, B.1; CLR 2.0, ClrSubject"})
	}
	if e.deep.Exists() {
		all = append(all, &vc.Problem{Code: CodeNestedTooDeep, Pointer: e.deep.Pointer(), Message: "credentials are embedded in one another deeper than this verifier checks",
			Expected: "at most " + strconv.Itoa(c.Limits.MaxNestedDepth) + " deep", Fix: "raise Config.Limits.MaxNestedDepth for such records"})
	}
	if e.many.Exists() {
		all = append(all, &vc.Problem{Code: CodeNestedTooMany, Pointer: e.many.Pointer(), Message: "more credentials are embedded than this verifier checks",
			Expected: "at most " + strconv.Itoa(e.state.mostNested), Fix: "raise Config.Limits.MaxNested for records of this size"})
	}
	if e.cutOff > 0 {
		p := omitted(e.cutOff)
		p.Message = "more credentials are embedded than a report of a document of this length can tell about"
		all = append(all, p)
	}
	return all
}
