package intake

import (
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

// worse lists the validities, the one that counts before others first.
var worse = [...]Validity{ValidityRevoked, ValiditySuspended, ValidityExpired, ValidityNotYetValid, ValidityUnknown}

// both is the validity of what depends on two.
func both(a, b Validity) Validity {
	for _, v := range worse {
		if a == v || b == v {
			return v
		}
	}
	return ValidityCurrent
}

// endings are the codes that say that a credential does not hold.
var endings = map[vc.Code]Validity{
	status.CodeRevoked: ValidityRevoked, status.CodeSuspended: ValiditySuspended,
	verify.CodeExpired: ValidityExpired, verify.CodeNotYetValid: ValidityNotYetValid,
}

// validityOf is what dates and status say of an authentic credential.
func validityOf(r *verify.Report) Validity {
	all := ValidityCurrent
	for i := range r.Checks {
		c := &r.Checks[i]
		if c.Name != verify.CheckTime && c.Name != verify.CheckStatus {
			continue
		}
		if c.Outcome == verify.OutcomePassed || c.Outcome == verify.OutcomeNotApplicable {
			continue
		}
		own := ValidityUnknown
		for _, p := range c.Problems {
			if v := endings[p.Code]; v != ValidityUnknown && (own == ValidityUnknown || both(own, v) == v) {
				own = v
			}
		}
		all = both(all, own)
	}
	return all
}
