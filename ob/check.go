package ob

import (
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// Check judges the badge as it would be signed, by the rules of package
// vc/rules. It returns all that is wrong, warnings too, and none where all is
// well.
func (c AchievementCredential) Check() []*vc.Problem {
	return rules.AchievementCredential.CheckDraft(c.JSON())
}

// Check judges the endorsement as it would be signed.
func (c EndorsementCredential) Check() []*vc.Problem {
	return rules.EndorsementCredential.CheckDraft(c.JSON())
}

// Check judges the profile alone, as an issuer publishes it, before any badge has
// it.
func (p Profile) Check() []*vc.Problem { return rules.Profile.CheckDraft(vc.Marshal(p)) }

// Check judges the achievement alone, before any badge is awarded for it.
func (a Achievement) Check() []*vc.Problem { return rules.Achievement.CheckDraft(vc.Marshal(a)) }
