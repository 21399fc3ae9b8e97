package verify

import (
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
// dates and by the claims of its token.
func (s *state) times() {
	c := Check{Name: CheckTime, Outcome: OutcomePassed}
	for _, d := range dates {
		v := door.Root(s.doc).Get(d.name).Single()
		if !v.Exists() {
			continue
		}
		t, p := instant(v)
		switch {
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
	if len(c.Problems) > 0 {
		c.Outcome = OutcomeFailed
	}
	s.add(c)
}

// instant reads a dateTime. A malformed one is a problem, since nobody can say
// whether it has passed.
func instant(v jsonx.Value) (time.Time, *vc.Problem) {
	if v.Kind() == jsonx.String {
		if t, err := vc.ParseTime(v.Text()); err == nil {
			return t, nil
		}
	}
	return time.Time{}, words.Problem(rules.CodeDateTime, v.Pointer(), vc.Quote(string(v.Raw())))
}

// within notes an interval of validity, and whether the report's instant lies in it.
func (s *state) within(c *Check, i vc.Interval, pointer string) {
	s.valid = s.valid.And(i)
	at := s.report.At
	if !i.Begun(at, s.config.Skew) {
		c.Problems = append(c.Problems, problem(CodeNotYetValid, pointer,
			i.From.Format(time.RFC3339), "not after "+at.Format(time.RFC3339)))
	}
	if i.Ended(at, s.config.Skew) {
		c.Problems = append(c.Problems, problem(CodeExpired, pointer,
			i.Until.Format(time.RFC3339), "after "+at.Format(time.RFC3339)))
	}
}
