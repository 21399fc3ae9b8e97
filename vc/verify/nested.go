package verify

import (
	"cmp"
	"strconv"

	"github.com/laurel-edu/laurel/vc"
)

// proofState is what became of the credential's own proof.
func (s *state) proofState() ProofState {
	switch {
	case s.doc.Form() == vc.FormJSON && len(s.doc.Proofs()) == 0:
		return None
	case s.report.Outcome(CheckReading) == Failed:
		return Bad
	case s.report.Outcome(CheckReading) == Undetermined:
		return Undecided
	case s.authentic:
		return Good
	case !s.unsupported && (s.report.Outcome(CheckProof) == Failed || s.report.Outcome(CheckBinding) == Failed):
		return Bad
	case s.report.Outcome(CheckContexts) == Failed && !s.lacksContext():
		return Bad
	}
	return Undecided
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
	c := Check{Name: CheckNested, Outcome: Passed}
	if len(limits) > 0 {
		e.beyond = limits[0].Code
	}
	var counts, aside told
	for i := range s.report.Nested {
		n, child := &s.report.Nested[i], e.children[i]
		e.forged, e.beyond = e.forged || child.forged, cmp.Or(e.beyond, child.beyond)
		switch problem := func() *vc.Problem { return n.problem(child) }; {
		case child.beyond != "", child.forged && s.config.Nested == RefuseForged, n.Report.Verdict != IsVerified && s.config.Nested == RequireAll:
			counts.add(problem)
		case n.Report.Verdict != IsVerified:
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
		c.Outcome, c.Problems, c.Warnings = Failed, counts.done(), aside.done()
	case len(aside.all) > 0:
		c.Outcome, c.Advisory, c.Problems = Undetermined, true, aside.done()
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
	case n.Proof == Bad:
		p.Code, p.Message = CodeNestedForged, "the embedded "+n.Role+" has a proof that is wrong: its issuer did not sign what is read in it"
	case e.forged:
		p.Code, p.Message = CodeNestedForged, "the embedded "+n.Role+" has another in it whose proof is wrong"
	case n.Proof == None:
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
			Expected: "at most " + strconv.Itoa(c.MaxNestedDepth) + " deep", Fix: "raise Config.MaxNestedDepth for such records"})
	}
	if e.many.Exists() {
		all = append(all, &vc.Problem{Code: CodeNestedTooMany, Pointer: e.many.Pointer(), Message: "more credentials are embedded than this verifier checks",
			Expected: "at most " + strconv.Itoa(e.state.mostNested), Fix: "raise Config.MaxNested for records of this size"})
	}
	if e.cutOff > 0 {
		p := omitted(e.cutOff)
		p.Message = "more credentials are embedded than a report of a document of this length can tell about"
		all = append(all, p)
	}
	return all
}
