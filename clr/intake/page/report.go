package page

import (
	"cmp"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// report is how one credential was checked.
type report struct{ Checks []check }

type check struct {
	Name, Outcome, Word, Detail string
	of                          verify.CheckName
}

// problem is something that is wrong, or off.
type problem struct{ Weight, Code, Message, Found, Expected, Fix, Pointer string }

// reportOf leaves out what there was nothing to check of.
func reportOf(r *verify.Report) *report {
	if r == nil || len(r.Checks) == 0 {
		return nil
	}
	out := &report{}
	for i := range r.Checks {
		c := &r.Checks[i]
		if c.Outcome == verify.OutcomeNotApplicable {
			continue
		}
		name := cmp.Or(checks[c.Name], string(c.Name))
		out.Checks = append(out.Checks, check{name, c.Outcome.String(), outcomes[c.Outcome], c.Detail, c.Name})
	}
	return out
}

// problemsOf are the problems of a report, then what is off without being wrong, each code
// once at each place.
func problemsOf(r *verify.Report) (all []problem) {
	if r == nil {
		return nil
	}
	seen := map[[2]string]bool{}
	take := func(list []*vc.Problem, weight string) {
		for _, p := range list {
			key := [2]string{string(p.Code), p.Pointer}
			if seen[key] {
				continue
			}
			seen[key] = true
			all = append(all, problem{weight, string(p.Code), sentence(p.Message), p.Found, p.Expected, sentence(p.Fix), p.Pointer})
		}
	}
	take(r.Problems(), "error")
	take(r.Warnings(), "warning")
	return all
}

// sentence begins with a capital and ends with a stop: problems are written to stand within
// a line.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	b := []byte(s)
	if b[0] >= 'a' && b[0] <= 'z' {
		b[0] -= 'a' - 'A'
	}
	switch b[len(b)-1] {
	case '.', '?', '!', ')':
		return string(b)
	}
	return string(append(b, '.'))
}
