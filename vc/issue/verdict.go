package issue

import (
	"slices"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

// draft judges a credential by the rules before it is signed. Of what is embedded the
// verifier is the judge.
func draft(doc *vc.Document) (errors, strict []*vc.Problem) {
	findings := rules.Check(doc, rules.Options{SkipEmbedded: true})
	for _, w := range vc.Warnings(findings) {
		if isStrict(w) {
			strict = append(strict, w.WithSeverity(vc.SeverityError))
		}
	}
	return vc.Errors(findings), strict
}

// isStrict reports whether what is a warning to whoever receives a credential is an
// error of whoever issues it: that it says of nobody in particular who got it, that it
// has a URL which nobody may follow, a range by which nothing can be judged, and what a
// status entry must not be though it can be read (Bitstring Status List 1.0, 2.1).
func isStrict(p *vc.Problem) bool {
	switch p.Code {
	case rules.CodeSubjectUnidentified, rules.CodeActiveURL, rules.CodeRangeReversed,
		status.CodeIndexNotString, status.CodeEntryIDIsList, status.CodeMessageMissing:
		return true
	}
	return false
}

// judge sorts what a report says: what stands against the issue, and what is told.
func judge(r *verify.Report, asked bool) (against, told []*vc.Problem) {
	for _, w := range r.Warnings() {
		if isStrict(w) {
			against = append(against, w.WithSeverity(vc.SeverityError))
		} else {
			told = append(told, w)
		}
	}
	for i := range r.Checks {
		switch c := &r.Checks[i]; {
		case c.Advisory:
		case c.Outcome == verify.OutcomeUndetermined && c.Name == verify.CheckStatus:
			if asked {
				told = append(told, asWarnings(c.Problems)...)
			}
		case c.Outcome == verify.OutcomeUndetermined && c.Name == verify.CheckSchema, c.Name == verify.CheckTime && onlyEarly(c):
			told = append(told, asWarnings(c.Problems)...)
		default:
			against = append(against, c.Problems...)
		}
	}
	return append(against, ownWord(r.Nested)...), told
}

// asWarnings are problems that do not stand against the issue.
func asWarnings(problems []*vc.Problem) []*vc.Problem {
	all := make([]*vc.Problem, len(problems))
	for i, p := range problems {
		all[i] = p.WithSeverity(vc.SeverityWarning)
	}
	return all
}

// onlyEarly reports whether the credential will be valid without anybody's doing.
func onlyEarly(c *verify.Check) bool {
	return !slices.ContainsFunc(c.Problems, func(p *vc.Problem) bool { return p.Code != verify.CodeNotYetValid })
}

// ownWord finds what is wrong with embedded credentials that have no proof: the issuer
// of what is around them vouches for them, and wrote them. Whom they are about, the
// credential around them may say.
func ownWord(nested []verify.Nested) (all []*vc.Problem) {
	for _, n := range nested {
		if n.Proof != verify.ProofNone {
			continue
		}
		for i := range n.Report.Checks {
			c := &n.Report.Checks[i]
			if c.Name != verify.CheckRules {
				continue
			}
			all = append(all, c.Problems...)
			for _, w := range c.Warnings {
				if isStrict(w) && w.Code != rules.CodeSubjectUnidentified {
					all = append(all, w.WithSeverity(vc.SeverityError))
				}
			}
		}
		all = append(all, ownWord(n.Report.Nested)...)
	}
	return all
}

// signedByIssuer reports whether the key signed, and is the issuer's, which nothing
// excuses.
func signedByIssuer(r *verify.Report) bool {
	return r.Outcome(verify.CheckProof) == verify.OutcomePassed && r.Outcome(verify.CheckBinding) == verify.OutcomePassed
}
