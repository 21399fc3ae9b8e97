package vcapi

import (
	"context"
	"net/http"
	"strings"

	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// present verifies a presentation as far as the module can. vc/verify takes proofs for
// assertion only, so what it has against a presentation is all but that, and the proof
// is checked for its own purpose.
func (s *Server) present(r *http.Request, q *request) (any, []*vc.Problem, error) {
	report, err := s.presented.Inspect(r.Context(), q.Presentation)
	if err != nil {
		return nil, report.Problems(), err
	}
	problems := held(r.Context(), q)
	for _, p := range report.Problems() {
		if p.Code != proof.CodeProofPurpose {
			problems = append(problems, p)
		}
	}
	if len(problems) > 0 {
		return nil, problems, nil
	}
	return map[string]any{"verified": true, "presentation": q.Presentation}, nil, nil
}

// held checks the proofs of a presentation: for authentication, with the challenge and
// the domain that were given out, by a did:key that is the holder's where one is named.
// All of them must be good; that there is one vc/verify says.
func held(ctx context.Context, q *request) []*vc.Problem {
	doc, err := vc.Parse(q.Presentation)
	if err != nil {
		return nil // which vc/verify says
	}
	o := embedded.ReadOptions{Purpose: "authentication"}
	subject := embedded.NewVerifier(embedded.Config{InlineContexts: true}).Open(doc, embedded.OpenOptions{})
	for _, value := range door.Proofs(doc) {
		p, problems := embedded.Read(value, o)
		if p == nil {
			return problems
		}
		for name, given := range map[string]string{"challenge": q.Options.Challenge, "domain": q.Options.Domain} {
			if found := value.Get(name).Text(); given != "" && found != given {
				return []*vc.Problem{{Code: vc.Code(name + "-other"), Type: vc.TypeProofVerification, Pointer: value.Pointer() + "/" + name,
					Message: "the proof was made for another " + name, Found: vc.Quote(found), Expected: vc.Quote(given)}}
			}
		}
		if err := made(ctx, subject, p, holder(doc)); err != nil {
			return []*vc.Problem{vc.ProblemOf(err)}
		}
	}
	return nil
}

// made reports whether the holder made the proof; "" is a presentation that names none.
func made(ctx context.Context, subject *embedded.Subject, p *embedded.Proof, holder string) error {
	controller, _, _ := strings.Cut(p.VerificationMethod(), "#")
	if holder != "" && holder != controller {
		return &vc.Problem{Code: verify.CodeIssuerMismatch, Type: vc.TypeLaurel, Pointer: "/holder",
			Message: "the key belongs to somebody else", Found: vc.Quote(holder), Expected: vc.Quote(controller)}
	}
	public, err := didkey.PublicKey(p.VerificationMethod())
	if err != nil {
		return err
	}
	key, err := proof.NewKey(public)
	if err != nil {
		return err
	}
	_, err = subject.Verify(ctx, p, key)
	return err
}

func holder(doc *vc.Document) string {
	v := door.Root(doc).Get("holder")
	if id := v.Get("id"); id.Exists() {
		v = id
	}
	return jsonx.Content(v)
}
