package intake

import (
	"github.com/laurel-edu/laurel/casefw/plan"
)

// Credits sums the credits earned of the claims that count, each achievement once for each
// standing, exactly. A standing without credits is not in it.
func (r *Reading) Credits() map[Standing]plan.Number { return creditsOf(r.Claims()) }

func creditsOf(claims []Claim) map[Standing]plan.Number {
	type once struct {
		standing    Standing
		achievement string
	}
	sums, seen := map[Standing]plan.Number{}, map[once]bool{}
	for i := range claims {
		c := &claims[i]
		n, ok := earned(c)
		if !ok || c.Against != "" {
			continue
		}
		if key := (once{c.Standing, c.Achievement}); c.Achievement != "" {
			if seen[key] {
				continue
			}
			seen[key] = true
		}
		sums[c.Standing] = sums[c.Standing].Plus(n)
	}
	return sums
}

// earned is what a claim says was earned, false where it says nothing that can be summed.
func earned(c *Claim) (plan.Number, bool) {
	n, ok := plan.ParseNumber(string(c.Credits))
	return n, ok && n.AtLeast(plan.NewNumber(0))
}
