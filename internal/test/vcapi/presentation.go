package vcapi

import (
	"net/http"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// present says what vc/verify says of a presentation, as an answer to the challenge and
// the domain that were given out.
func (s *Server) present(r *http.Request, q *request) (any, []*vc.Problem, error) {
	e := verify.Expect{Challenge: q.Options.Challenge}
	if q.Options.Domain != "" {
		e.Domain = []string{q.Options.Domain}
	}
	report, err := s.presented.InspectPresentation(r.Context(), q.Presentation, e)
	if err != nil || report.Verdict != verify.VerdictVerified {
		return nil, report.Problems(), err
	}
	return map[string]any{"verified": true, "presentation": q.Presentation}, nil, nil
}
