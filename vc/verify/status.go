package verify

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/status"
)

// status asks the lists that the credential names whether it was withdrawn.
func (s *state) status() {
	c := Check{Name: CheckStatus, Outcome: NotApplicable}
	if entries := s.doc.Root().Get("credentialStatus"); s.noStatus || !entries.Exists() || entries.Kind() == jsonx.Array && entries.Len() == 0 {
		s.add(c)
		return
	}
	result := status.Check(s.ctx, s.doc, status.Config{Fetcher: s.fetcher, VerifyList: s.verifyList, Now: s.report.At, Skew: s.statusSkew(),
		TrustedIssuers: s.config.StatusIssuers, MinEntries: s.config.StatusMinEntries, Cache: s.config.StatusCache})
	c.Outcome = Passed
	var clear []string
	for i := range result.Entries {
		e := &result.Entries[i]
		c.Warnings = append(c.Warnings, e.Warnings...)
		switch {
		case e.Problem == nil:
			if e.State == status.Clear {
				clear = append(clear, e.Purpose+" by "+e.List)
			}
			continue
		case e.State == status.Set || e.State == status.Malformed:
			c.Outcome = Failed
		case c.Outcome != Failed:
			c.Outcome = Undetermined
		}
		c.Problems = append(c.Problems, e.Problem)
	}
	if c.Outcome == Passed && len(clear) > 0 {
		c.Detail = "not set: " + strings.Join(clear, ", ")
	}
	s.add(c)
}

// statusSkew says "none" as package status does.
func (s *state) statusSkew() time.Duration {
	if s.config.Skew == 0 {
		return -1
	}
	return s.config.Skew
}

// verifyList verifies a status list as the credential that it is: its proof and
// whose key made it. Its dates are judged where it is used, and its own status
// would lead in circles. A list is evidence, so it must be covered by its proof as a
// whole even where a verifier is lenient with credentials.
func (s *state) verifyList(ctx context.Context, list []byte) (status.VerifiedList, error) {
	doc, err := s.parse(list)
	if err != nil {
		return status.VerifiedList{}, err
	}
	inner := *s.run
	inner.noStatus = true
	report := inner.credential(ctx, doc, nested{depth: maxNestedDepth})
	if report.Outcome(CheckProof) != Passed || report.Outcome(CheckBinding) != Passed || slices.Contains(report.Codes(), CodeIllegible) {
		return status.VerifiedList{}, &Error{Report: report}
	}
	if len(report.Unsigned) > 0 {
		return status.VerifiedList{}, fmt.Errorf("verify: its proof does not cover all of it: %w", report.Unsigned[0])
	}
	of := &state{run: &inner, ctx: ctx, doc: doc}
	if doc.Form() == vc.FormJWT {
		of.token, _ = vcjwt.Read(doc, vcjwt.Options{SubjectWithoutID: s.config.Lenient})
	}
	return status.VerifiedList{Document: doc, Valid: of.interval()}, nil
}

// interval is when the proof or the token of the document may be relied on, if it
// may at all. The dates of the document are no part of it.
func (s *state) interval() (valid vc.Interval) {
	for _, p := range s.doc.Proofs() {
		if end, err := vc.ParseTime(jsonx.Content(p.Get("expires").Single())); err == nil {
			valid = valid.And(vc.Interval{Until: end})
		}
	}
	if s.token != nil {
		from, _ := s.token.NotBefore()
		until, _ := s.token.Expires()
		valid = valid.And(vc.Interval{From: from, Until: until})
	}
	return valid
}
