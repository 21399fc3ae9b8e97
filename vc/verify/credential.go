package verify

import (
	"context"

	"github.com/laurel-edu/laurel/internal/token"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/vc"
)

// state is the verification of one document.
type state struct {
	*run
	entry       *entry
	ctx         context.Context
	doc         *vc.Document
	envelope    *envelope // around doc, nil where there is none
	report      *Report
	room        room
	token       *token.Token // nil unless a token was read
	subject     *embedded.Subject
	trace       *jsonld.Trace // what the names mean in the form that was signed, where that is RDF
	valid       vc.Interval   // in which everything holds that was relied on
	whole       bool          // somebody signed the document as it is, and not only for its holder to show a part
	fixed       bool          // the JSON itself is signed, not only its statements
	unsupported bool          // all that is wrong with the proofs is that they are not checked here
	strange     bool          // a context of its own is not as published
	authentic   bool          // proof and binding passed: from here on the document may cause requests
	unattended  bool          // a presentation without a proof, taken as such
}

func (r *run) newState(doc *vc.Document, e *entry) *state {
	s := &state{run: r, entry: e, doc: doc}
	s.unwrap()
	return s
}

// begin runs the checks that do not depend on what is embedded.
func (s *state) begin(ctx context.Context) {
	if s.ctx = ctx; s.entry.place.keysOnly {
		s.ctx = context.WithValue(ctx, keysOnly{}, true)
	}
	s.report = &Report{At: s.at, ID: s.doc.ID(), IssuerID: s.doc.IssuerID(), Types: s.doc.Types(), Form: s.doc.Form(),
		Checks: make([]Check, 0, 11)}
	s.room.left = outerRoom + outerFactor*s.entry.own
	if s.entry.parent != nil || s.entry.evidence {
		s.room.left = innerRoom + ownFactor*s.entry.own
	}
	if s.sealed() {
		s.report.ID = "" // which is what it holds
		s.unopened()
		return
	}
	if s.presents() {
		s.report.presentation, s.report.HolderID = true, s.signerID()
	}
	s.room.pay(textSize(s.report.ID) + textSize(s.report.IssuerID) + textSize(s.report.HolderID))
	parsed := Check{Name: CheckParse, Outcome: OutcomePassed}
	if s.envelope != nil {
		s.envelope.told(&parsed)
	}
	s.add(parsed)
	s.contexts()
	s.secured()
	s.identify()
	s.keyBinding()
	s.related()
	s.rules()
	s.times()
	if s.presents() {
		return
	}
	s.schema()
	switch {
	case s.authentic:
		s.status()
		s.refresh()
	case s.covered():
		s.status()
		s.withheld("refreshService")
	default:
		s.withheld("credentialStatus")
		s.withheld("refreshService")
	}
}

// sealed reports whether the document is an envelope that was not opened.
func (s *state) sealed() bool { return s.envelope != nil && s.envelope.why != nil }

// conclude runs the check that does, and sums up.
func (s *state) conclude() {
	if s.subject != nil {
		defer s.subject.Release()
		s.work.Add(int64(s.subject.Work()))
	}
	s.reading()
	s.holder()
	s.sum()
}

// lenient reports whether data may be dropped. Evidence is always judged strictly.
func (s *state) lenient() bool { return s.config.Lenient && !s.entry.evidence }

func (s *state) add(c Check) {
	s.room.fit(&c)
	s.report.Checks = append(s.report.Checks, c)
}

// covered reports whether a credential without a proof is the word of whoever signed what
// is around it: that signature covers the status it names as well.
func (s *state) covered() bool {
	around := s.entry.parent
	if around == nil || s.doc.Form() != vc.FormJSON || len(door.Proofs(s.doc)) > 0 {
		return false
	}
	by := around.state.signerID()
	return by != "" && by == s.signerID() && (around.state.authentic && !around.state.unattended || around.state.covered())
}

// withheld says that a check did not run because the document is not authentic.
func (s *state) withheld(member string) {
	c := Check{Name: CheckStatus, Outcome: OutcomeNotApplicable}
	if member == "refreshService" {
		c.Name = CheckRefresh
	}
	if door.Root(s.doc).Get(member).Exists() {
		c.Outcome, c.Advisory = OutcomeNotRun, true
		c.Detail = "not asked, because the proof or its key was not accepted"
	}
	s.add(c)
}

// sum sums the checks up.
func (s *state) sum() {
	s.report.Valid = s.valid
	verdict := VerdictVerified
	if !s.authentic {
		verdict = VerdictUndetermined
	}
	for i := range s.report.Checks {
		c := &s.report.Checks[i]
		switch {
		case c.Advisory || c.Outcome == OutcomePassed || c.Outcome == OutcomeNotApplicable:
		case c.Outcome == OutcomeFailed:
			s.report.Verdict = VerdictNotVerified
			return
		case c.Outcome == OutcomeUndetermined && s.authentic && s.config.accepts(c.Name):
		default:
			verdict = VerdictUndetermined
		}
	}
	s.report.Verdict = verdict
}

// late reports whether the time of the verification is over, and says so in a check
// that was not decided for it.
func (s *state) late(c *Check) bool {
	err := s.ctx.Err()
	if err == nil {
		return false
	}
	c.Outcome = OutcomeUndetermined
	c.Problems = []*vc.Problem{vc.ProblemOf(err).Within(c.Pointer)}
	return true
}
