package verify

import (
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// times checks that the credential is in force at the report's instant, under
// the names of either data model and by the claims of a token.
func (s *state) times() {
	c := Check{Name: CheckTime, Outcome: Passed}
	root := s.doc.Root()
	for _, name := range [...]string{"validFrom", "issuanceDate"} {
		if t, ok := s.date(&c, root.Get(name)); ok {
			s.begins(&c, t, root.Get(name).Pointer())
		}
	}
	for _, name := range [...]string{"validUntil", "expirationDate"} {
		if t, ok := s.date(&c, root.Get(name)); ok {
			s.ends(&c, t, root.Get(name).Pointer())
		}
	}
	if len(c.Problems) == 0 && s.token != nil {
		if t, ok := s.token.NotBefore(); ok {
			s.begins(&c, t, "")
		}
		if t, ok := s.token.Expires(); ok {
			s.ends(&c, t, "")
		}
	}
	if len(c.Problems) > 0 {
		c.Outcome = Failed
	}
	s.add(c)
}

// date reads a dateTime; a missing one is no date, a malformed one a problem,
// since nobody can say whether it has passed.
func (s *state) date(c *Check, v jsonx.Value) (time.Time, bool) {
	if !v.Exists() {
		return time.Time{}, false
	}
	if v.Kind() == jsonx.String {
		if t, err := vc.ParseTime(v.Text()); err == nil {
			return t, true
		}
	}
	c.Problems = append(c.Problems, &vc.Problem{Code: CodeDateMalformed, Type: vc.TypeMalformedValue, Pointer: v.Pointer(), Message: v.Name() + " is no dateTime, so nobody can say whether it has passed",
		Found: vc.Quote(string(v.Raw())), Expected: "such as 2026-01-01T00:00:00Z", Fix: "write the instant as an XML Schema dateTime with an offset", Spec: "VCDM 2.0, 4.9"})
	return time.Time{}, false
}

func (s *state) begins(c *Check, t time.Time, pointer string) {
	if !t.After(s.report.At.Add(s.config.Skew)) {
		return
	}
	c.Problems = append(c.Problems, &vc.Problem{Code: CodeNotYetValid, Type: vc.TypeRange, Pointer: pointer, Message: "the credential is not yet valid",
		Found: t.Format(time.RFC3339), Expected: "not after " + s.report.At.Format(time.RFC3339), Fix: "wait, or check the clock", Spec: "VCDM 2.0, 4.9; OB 3.0, 9.1"})
}

func (s *state) ends(c *Check, t time.Time, pointer string) {
	if s.report.At.Before(t.Add(s.config.Skew)) {
		return
	}
	c.Problems = append(c.Problems, &vc.Problem{Code: CodeExpired, Type: vc.TypeRange, Pointer: pointer, Message: "the credential has expired",
		Found: t.Format(time.RFC3339), Expected: "after " + s.report.At.Format(time.RFC3339), Fix: "ask the issuer for a renewed credential", Spec: "VCDM 2.0, 4.9; OB 3.0, 9.1"})
}
