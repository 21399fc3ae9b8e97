package ob2

import (
	"fmt"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// endorsements looks at what others say of the assertion, the badge class and the issuer,
// each by itself. What becomes of them says nothing of the badge.
func (r *run) endorsements(d *Document) {
	s := begin(verify.CheckNested)
	s.Advisory = true
	left, any := r.config.MaxEndorsements, false
	each := func(pointer string, on vc.IRI, list vc.OneOrMany[vc.Ref[Endorsement]]) {
		for i, e := range list.Items {
			any = true
			at := fmt.Sprintf("%s/endorsement/%d", pointer, i)
			if left--; left < 0 {
				s.take(unknown(problem(CodeTooManyLinks, at, fmt.Sprintf("%d endorsements", list.Len()), "")), at)
				return
			}
			r.endorsement(at, on, e, s)
		}
	}
	if a := r.badge.Assertion; a != nil {
		each("", a.ID, a.Endorsement)
	}
	if b := r.badge.BadgeClass; b != nil {
		each(pointerTo(d, "/badge", ClassBadgeClass), b.ID, b.Endorsement)
	}
	if i := r.badge.Issuer; i != nil {
		each(pointerTo(d, "/issuer", ClassProfile), i.ID, i.Endorsement)
	}
	if !any {
		s.Outcome = verify.OutcomeNotApplicable
	}
	r.add(s)
}

// pointerTo is where a thing stands in the tree of an assertion that holds its badge class,
// which holds its issuer.
func pointerTo(d *Document, pointer string, class Class) string {
	switch {
	case d.class == class:
		return ""
	case d.class == ClassAssertion && class == ClassProfile:
		return "/badge" + pointer
	}
	return pointer
}

func (r *run) endorsement(at string, on vc.IRI, e vc.Ref[Endorsement], s *step) {
	d, warnings, f := r.web.own(string(e.Identifier()), ClassEndorsement, false)
	s.Warnings = append(s.Warnings, warnings...)
	if f != nil {
		s.take(f, at)
		return
	}
	inner := &run{config: r.config, web: r.web, inner: true, report: &verify.Report{At: r.report.At}}
	inner.document(d)
	inner.conclude()
	if claimed := idOf(d.root.Get("claim")); claimed != string(on) {
		s.Warnings = append(s.Warnings, problem(CodeEndorsement, at, vc.Quote(claimed), vc.Quote(string(on))))
	}
	state := verify.ProofUndecided
	switch o := inner.report.Outcome(verify.CheckProof); {
	case o == verify.OutcomePassed && inner.report.Outcome(verify.CheckBinding) == verify.OutcomePassed:
		state = verify.ProofGood
	case o == verify.OutcomeFailed || inner.report.Outcome(verify.CheckBinding) == verify.OutcomeFailed:
		state = verify.ProofBad
	}
	r.report.Nested = append(r.report.Nested, verify.Nested{Pointer: at, Role: "endorsement", Proof: state, Report: inner.report})
}
