package verify

import (
	"context"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
)

// status asks the lists that the credential names whether it was withdrawn.
func (s *state) status() {
	c := Check{Name: CheckStatus, Outcome: OutcomeNotApplicable}
	entries := door.Root(s.doc).Get("credentialStatus")
	if s.entry.evidence || !entries.Exists() || entries.Kind() == jsonx.Array && entries.Len() == 0 {
		s.add(c)
		return
	}
	from := &s.config.Status
	result := status.Check(s.ctx, s.doc, status.Options{
		Fetcher: s.statusLists(), VerifyList: s.verifyList, At: s.report.At, Skew: s.statusSkew(),
		TrustedIssuers: from.TrustedIssuers, SkipListID: from.SkipListID,
		MinEntries: from.MinEntries, MaxListBytes: from.MaxListBytes, Cache: from.Cache,
	})
	c.Outcome = OutcomePassed
	var clear []string
	for i := range result.Entries {
		e := &result.Entries[i]
		c.Warnings = append(c.Warnings, e.Warnings...)
		s.stale(&c, e)
		switch {
		case e.Problem == nil:
			if e.State == status.StateClear {
				clear = append(clear, e.Purpose+" by "+e.List)
			}
			continue
		case e.State == status.StateSet || e.State == status.StateMalformed:
			c.Outcome = OutcomeFailed
		case c.Outcome != OutcomeFailed:
			c.Outcome = OutcomeUndetermined
		}
		if e.State == status.StateMalformed && s.refused(e.Problem.Pointer) {
			c.Detail = "an entry cannot be read: see the check rules"
			continue
		}
		c.Problems = append(c.Problems, e.Problem)
	}
	if c.Outcome == OutcomePassed && len(clear) > 0 {
		c.Detail = "not set: " + strings.Join(clear, ", ")
	}
	s.add(c)
}

// lists is where status lists come from: packs alone, where a document around this one
// is not authentic and may not make the verifier ask for more than keys.
func (s *state) lists() fetch.Fetcher {
	if s.entry.place.keysOnly {
		return s.packs
	}
	return s.fetcher
}

// statusSkew says "none" as package status does.
func (s *state) statusSkew() time.Duration {
	if s.config.Skew == 0 {
		return -1
	}
	return s.config.Skew
}

// verifyList verifies a status list as the credential that it is: its proof and
// whose key made it, strictly, since it is evidence. Its dates are judged where it
// is used, and its own status would lead in circles.
func (s *state) verifyList(ctx context.Context, list []byte) (status.VerifiedList, error) {
	doc, err := s.parse(list)
	if err != nil {
		return status.VerifiedList{}, err
	}
	e := &entry{evidence: true, own: len(list)}
	e.state = s.newState(doc, e)
	e.state.begin(ctx)
	e.state.conclude()
	if e.state.proofState() != ProofGood {
		return status.VerifiedList{}, &Error{Report: e.state.report}
	}
	return status.VerifiedList{Document: e.state.doc, Valid: e.state.valid}, nil
}
