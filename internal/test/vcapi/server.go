package vcapi

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Server answers the VC-API. Make it with [New]. It is safe for concurrent use.
type Server struct {
	issuers   map[string]issuer
	verifier  *verify.Verifier
	presented *verify.Verifier // of what holds credentials, which must all verify

	mu  sync.Mutex
	log *json.Encoder
}

// New returns a server with fresh keys, which writes a line of JSON to log for each
// request: see [Entry].
func New(log io.Writer) (*Server, error) {
	s := &Server{issuers: map[string]issuer{}, log: json.NewEncoder(log)}
	for _, f := range forms {
		i, err := fresh(f.form, f.key)
		if err != nil {
			return nil, err
		}
		s.issuers[string(f.form)+"/"+f.key] = i
	}
	c := verify.Config{Kinds: []string{verify.AnyKind}, InlineContexts: anyContext, Authorize: lent}
	var err error
	if s.verifier, err = verify.New(c); err != nil {
		return nil, err
	}
	c.Nested.Policy = verify.NestedRequireAll
	s.presented, err = verify.New(c)
	return s, err
}

// borrowed are issuers for whom the suites let another key sign, with that key; an issuer
// that ends with / stands for all below it.
var borrowed = [...]struct{ issuer, controller string }{
	// The vectors of Data Integrity ECDSA Cryptosuites 1.0, appendix A, whose issuer has no document.
	{"https://vc.example/", "did:key:"},
	// What the suite of Ed25519Signature2020 signs itself.
	{"did:key:z6MkptjaoxjyKQFSqf1dHXswP6EayYhPQBYzprVCPmGBHz9S", "did:key:z6MktKwz7Ge1Yxzr4JHavN33wiwa8y81QdcMRLXQsrH9T53b"},
	// The proof chains of the suite of EdDSA.
	{"did:key:z6MkhWqdDBPojHA7cprTGTt5yHv5yUi1B8cnXn8ReLumkw6E", "did:key:z6MktgKTsu1QhX6QPbyqG6geXdw6FQCZBPq7uQpieWbiQiG7"},
}

// lent is the verify.Config.Authorize of the suites.
func lent(issuer, controller string) bool {
	return slices.ContainsFunc(borrowed[:], func(b struct{ issuer, controller string }) bool {
		below := strings.HasSuffix(b.issuer, "/") && strings.HasPrefix(issuer, b.issuer) && strings.HasPrefix(controller, b.controller)
		return below || b.issuer == issuer && b.controller == controller
	})
}

// Handler returns the endpoints. Both doors of vc/verify answer, that of credentials and that
// of presentations.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /{suite}/{key}/credentials/issue", s.answer(s.issue))
	mux.HandleFunc("POST /credentials/verify", s.answer(s.verify))
	mux.HandleFunc("POST /credentials/derive", s.answer(s.derive))
	mux.HandleFunc("POST /presentations/verify", s.answer(s.present))
	mux.HandleFunc("GET /localConfig.cjs", s.localConfig)
	return mux
}

// request is the body of each of the endpoints.
type request struct {
	Credential   json.RawMessage `json:"credential"`
	Verifiable   json.RawMessage `json:"verifiableCredential"`
	Presentation json.RawMessage `json:"verifiablePresentation"`
	Options      struct {
		Domain    string   `json:"domain"`
		Challenge string   `json:"challenge"`
		Mandatory []string `json:"mandatoryPointers"`
		Selective []string `json:"selectivePointers"`
	} `json:"options"`
}

func (q *request) document() json.RawMessage {
	for _, text := range []json.RawMessage{q.Credential, q.Verifiable} {
		if text != nil {
			return text
		}
	}
	return q.Presentation
}

// issue signs, or says what vc/issue has against it.
func (s *Server) issue(r *http.Request, q *request) (any, []*vc.Problem, error) {
	i, ok := s.issuers[r.PathValue("suite")+"/"+r.PathValue("key")]
	if !ok {
		return nil, nil, errors.New("no issuer of this suite and key")
	}
	i, err := i.with(q.Options.Mandatory)
	if err != nil {
		return nil, nil, err
	}
	issued, err := i.issue(r.Context(), q.Credential)
	if refused, ok := errors.AsType[*issue.Error](err); ok {
		return nil, refused.Problems, nil
	}
	if err != nil {
		return nil, nil, err
	}
	secured := json.RawMessage(issued.Bytes())
	if issued.Report().Form == vc.FormJWT {
		return map[string]any{"verifiableCredential": enveloped(string(secured))}, nil, nil
	}
	return map[string]any{"verifiableCredential": secured}, nil, nil
}

// enveloped puts a token where the API wants an object (VCDM 2.0, 4.13.2).
func enveloped(token string) any {
	return map[string]any{"@context": vc.ContextV2, "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt," + token}
}

// verify says what vc/verify says.
func (s *Server) verify(r *http.Request, q *request) (any, []*vc.Problem, error) {
	report, err := s.verifier.Inspect(r.Context(), q.Verifiable)
	if err != nil || report.Verdict != verify.VerdictVerified {
		return nil, report.Problems(), err
	}
	return map[string]any{"verified": true, "credential": q.Verifiable}, nil, nil
}
