package verify

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
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
		case e.State == status.Set:
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
// would lead in circles.
func (s *state) verifyList(ctx context.Context, list []byte) (*vc.Document, error) {
	doc, err := s.parse(list)
	if err != nil {
		return nil, err
	}
	inner := *s.run
	inner.noStatus = true
	report := inner.credential(ctx, doc, nested{depth: maxNestedDepth})
	if report.Outcome(CheckProof) != Passed || report.Outcome(CheckBinding) != Passed || slices.Contains(report.Codes(), CodeIllegible) {
		return nil, &Error{Report: report}
	}
	return doc, nil
}
