package verify

import (
	"slices"
	"time"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// dates are the members of a credential that begin and end its validity, under the
// names of either data model.
var dates = [...]struct {
	name string
	ends bool
}{{"validFrom", false}, {"issuanceDate", false}, {"validUntil", true}, {"expirationDate", true}}

// times checks that the credential is in force at the report's instant, by its own
// dates and by the claims of its token. What form a date has is for the rules to judge:
// one that they refuse is not told of twice.
func (s *state) times() {
	c := Check{Name: CheckTime, Outcome: OutcomePassed}
	refused := false
	for _, d := range dates {
		v := door.Root(s.doc).Get(d.name).Single()
		if !v.Exists() {
			continue
		}
		t, p := instant(v)
		switch {
		case p != nil && s.refused(p.Pointer):
			refused = true
		case p != nil:
			c.Problems = append(c.Problems, p)
		case d.ends:
			s.within(&c, vc.Until(t), v.Pointer())
		default:
			s.within(&c, vc.Interval{From: t}, v.Pointer())
		}
	}
	if len(c.Problems) == 0 && s.token != nil {
		s.within(&c, s.token.Valid(), "")
	}
	switch {
	case len(c.Problems) > 0:
		c.Outcome = OutcomeFailed
	case refused:
		c.Outcome, c.Detail = OutcomeNotRun, "a date cannot be read: see the check rules"
	}
	s.add(c)
}

// refused reports whether the rules have told of an error at a place.
func (s *state) refused(pointer string) bool {
	for i := range s.report.Checks {
		c := &s.report.Checks[i]
		if c.Name == CheckRules && slices.ContainsFunc(c.Problems, func(p *vc.Problem) bool { return p.Pointer == pointer }) {
			return true
		}
	}
	return false
}

// instant reads a dateTime. A malformed one is a problem, since nobody can say
// whether it has passed.
func instant(v jsonx.Value) (time.Time, *vc.Problem) {
	if v.Kind() == jsonx.String {
		if t, err := vc.ParseTime(v.Text()); err == nil {
			return t, nil
		}
	}
	return time.Time{}, words.Problem(rules.CodeDateTime, v.Pointer(), v.Shown())
}

// within notes an interval of validity, and whether the report's instant lies in it. One
// without a pointer is that of a token.
func (s *state) within(c *Check, i vc.Interval, pointer string) {
	s.valid = s.valid.And(i)
	at, from, until := s.report.At, "", ""
	if pointer == "" {
		from, until = "nbf ", "exp "
	}
	if !i.Begun(at, s.config.Skew) {
		c.Problems = append(c.Problems, problem(CodeNotYetValid, pointer,
			from+i.From.Format(time.RFC3339), "not after "+at.Format(time.RFC3339)))
	}
	if i.Ended(at, s.config.Skew) {
		c.Problems = append(c.Problems, problem(CodeExpired, pointer,
			until+i.Until.Format(time.RFC3339), "after "+at.Format(time.RFC3339)))
	}
}
