package embedded

import (
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// chainable is what of the document's proofs has one id.
type chainable struct {
	proof jsonx.Value
	more  bool // others have it too
}

// earlier finds the proofs that a proof was made upon (Data Integrity 1.0, 4.3 and
// 4.5), each named once, had by one proof, and none the proof itself. The proofs of
// a cycle can never all check out, since each would sign over the other's value;
// only self reference needs refusing.
func (s *Subject) earlier(p *Proof) ([]jsonx.Value, error) {
	s.listProofs()
	named := make([]jsonx.Value, 0, len(p.previous))
	for _, ref := range p.previous {
		found, ok := s.proofs[ref.Text()]
		switch {
		case !ok:
			return nil, chainProblem(ref, "the id of a proof of this document")
		case found.more:
			return nil, chainProblem(ref, "an id that one proof has")
		case found.proof == p.value:
			return nil, chainProblem(ref, "the id of another proof")
		}
		named = append(named, found.proof)
	}
	return named, nil
}

func (s *Subject) listProofs() {
	if s.proofs != nil {
		return
	}
	s.proofs = map[string]chainable{}
	for _, p := range door.Proofs(s.doc) {
		if id := idOf(p); id != "" {
			_, other := s.proofs[id]
			s.proofs[id] = chainable{p, other}
		}
	}
}

// idOf is the id of a proof; an array of one is its value.
func idOf(proof jsonx.Value) string { return jsonx.Content(proof.Get("id").Single()) }

// previous reads the ids of the earlier proofs. One that stands there twice is
// refused as in every set, and would only make the chain longer.
func (r *reader) previous() []jsonx.Value { return r.texts("previousProof", proof.CodeProofChain) }

func chainProblem(ref jsonx.Value, expected string) *vc.Problem {
	return problem(proof.CodeProofChain, ref.Pointer(), vc.Quote(ref.Text()), expected)
}
