package vcapi

import (
	"encoding/json"
	"net/http"

	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
)

// derive shows a part of what one of the issuers signed for a holder, as the suites want it:
// the credential itself, with nothing around it.
func (s *Server) derive(r *http.Request, q *request) (any, []*vc.Problem, error) {
	part, err := dataintegrity.Derive(r.Context(), q.Verifiable, dataintegrity.DeriveOptions{
		Pointers: q.Options.Selective, InlineContexts: true})
	if err != nil {
		return nil, nil, err
	}
	return json.RawMessage(part), nil, nil
}
