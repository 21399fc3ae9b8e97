package verify

import (
	"slices"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// disclosedInPart takes what the rules could not judge, because its holder keeps it back,
// out of their findings and lists it in Report.Withheld.
func (s *state) disclosedInPart(findings []*vc.Problem) []*vc.Problem {
	isWithheld := func(p *vc.Problem) bool { return p.Code == rules.CodeMemberWithheld }
	var withheld []*vc.Problem
	for _, p := range findings {
		if isWithheld(p) {
			withheld = append(withheld, p)
		}
	}
	s.report.Withheld = append(s.report.Withheld, s.room.keep(withheld)...)
	return slices.DeleteFunc(findings, isWithheld)
}
