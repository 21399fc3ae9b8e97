package verify

import (
	"bytes"
	"crypto"
	"errors"
	"strings"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/did/controller"
	"github.com/laurel-edu/laurel/did/didjwk"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/did/didweb"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// newResolver is the one place where the default resolvers are put together.
func newResolver(f fetch.Fetcher) did.Resolver {
	return did.Mux{
		"key":   didkey.Resolver{},
		"jwk":   didjwk.Resolver{},
		"web":   didweb.Resolver{Fetcher: f},
		"https": controller.Resolver{Fetcher: f},
	}
}

// foundKey is a key and the document whose controller lists it for assertion.
type foundKey struct {
	key        *proof.Key
	controller string
}

// key finds the key that a verification method names (Controlled Identifiers 1.0,
// 3.3): in the controller's own document, in its assertionMethod. pointer is
// where the document names the method.
func (s *state) key(method, pointer string) (*foundKey, Outcome, []*vc.Problem, []*vc.Problem) {
	var warnings []*vc.Problem
	if strings.HasPrefix(method, "did:key:") && !strings.Contains(method, "#") {
		warnings = append(warnings, &vc.Problem{Code: CodeBareDID, Pointer: pointer, Message: "the proof names a DID where a verification method belongs; a did:key has only one",
			Found: vc.Quote(method), Expected: "did:key:z…#z…", Fix: "sign with the full URL of the key", Spec: "Controlled Identifiers 1.0, 3.3"})
		method += "#" + strings.TrimPrefix(method, "did:key:")
	}
	owner, _, _ := strings.Cut(method, "#")
	if s.localKeys && strings.HasPrefix(method, "did:key:") {
		public, err := didkey.PublicKey(method)
		if err != nil {
			return nil, Failed, []*vc.Problem{s.keyProblem(err, pointer, method)}, nil
		}
		return s.checkedKey(public, owner, pointer, method, warnings)
	}
	doc, outcome, problems := s.stated(method, owner, pointer)
	if doc == nil && problems == nil {
		doc, outcome, problems = s.document(owner, pointer)
	}
	if doc == nil {
		return nil, outcome, problems, nil
	}
	m, err := doc.MethodAt(method, did.AssertionMethod, s.report.At)
	if err != nil {
		return nil, Failed, []*vc.Problem{s.keyProblem(err, pointer, method)}, nil
	}
	public, err := material(m)
	if err != nil {
		return nil, Failed, []*vc.Problem{s.keyProblem(err, pointer, method)}, nil
	}
	return s.checkedKey(public, owner, pointer, method, warnings)
}

func (s *state) checkedKey(public crypto.PublicKey, owner, pointer, method string, warnings []*vc.Problem) (*foundKey, Outcome, []*vc.Problem, []*vc.Problem) {
	key, err := proof.NewKey(public)
	if err != nil {
		return nil, Failed, []*vc.Problem{s.keyProblem(err, pointer, method)}, nil
	}
	return &foundKey{key: key, controller: owner}, Passed, nil, warnings
}

// material reads the key of a method.
func material(m *did.VerificationMethod) (crypto.PublicKey, error) {
	return multikey.PublicKey(multikey.Material{Type: m.Type, Multibase: m.PublicKeyMultibase, Base58: m.PublicKeyBase58, JWK: m.PublicKeyJWK})
}

// stated has the document that a trust pack's entry for the method itself stands
// for: one in which its controller lists it. Without such an entry it is nil.
func (s *state) stated(method, owner, pointer string) (*did.Document, Outcome, []*vc.Problem) {
	entry, ok := fetch.Method(s.config.Fetcher, method)
	if !ok {
		return nil, NotRun, nil
	}
	b := append([]byte(`{"id":`), jcs.AppendString(nil, owner)...)
	b = append(b, `,"assertionMethod":[`...)
	if !bytes.Contains(entry, []byte(`"controller"`)) && bytes.Contains(entry, []byte(`"kty"`)) {
		b = append(append(b, `{"type":"JsonWebKey","id":`...), jcs.AppendString(nil, method)...)
		b = append(append(b, `,"controller":`...), jcs.AppendString(nil, owner)...)
		b = append(append(append(b, `,"publicKeyJwk":`...), entry...), '}')
	} else {
		b = append(b, entry...)
	}
	doc, err := did.ParseDocument(append(b, "]}"...))
	if err != nil {
		return nil, Failed, []*vc.Problem{s.keyProblem(err, pointer, method)}
	}
	return doc, Passed, nil
}

// document has the controller document of a DID or a URL.
func (s *state) document(id, pointer string) (*did.Document, Outcome, []*vc.Problem) {
	doc, err := s.resolver.Resolve(s.ctx, id)
	if err == nil {
		return doc, Passed, nil
	}
	p := s.keyProblem(err, pointer, id)
	if p.Code == CodeKeyUnavailable {
		return nil, Undetermined, []*vc.Problem{p}
	}
	return nil, Failed, []*vc.Problem{p}
}

// keyProblem tells the causes apart for which a key is not found.
func (s *state) keyProblem(err error, pointer, about string) *vc.Problem {
	p := &vc.Problem{Code: CodeKeyUnavailable, Type: vc.TypeProofVerification, Pointer: pointer, Found: vc.Quote(about), Spec: "Controlled Identifiers 1.0, 3.3", Err: err,
		Message: "the document that lists the key cannot be had: " + err.Error(),
		Fix:     "give the verifier a trust pack that holds the document, or a client that may fetch it (Config.Fetcher)"}
	var fe *fetch.Error
	var me *multikey.Error
	var pe *proof.Error
	var de *did.Error
	switch {
	case errors.As(err, &fe):
		if fe.Code == fetch.CodeNotFound || fe.Code == fetch.CodeGone {
			p.Code, p.Message, p.Fix = CodeKeyNotFound, "the issuer publishes no document at that address: "+err.Error(), "the issuer must publish the document that lists its keys"
		}
	case errors.As(err, &me), errors.As(err, &pe):
		p.Code, p.Type, p.Message, p.Fix = CodeKeyMalformed, vc.TypeInvalidMethod, "what is published is no acceptable key: "+err.Error(), "publish a key of a supported kind, in its exact form"
	case errors.As(err, &de):
		s.didProblem(p, de)
	}
	return p
}

func (s *state) didProblem(p *vc.Problem, e *did.Error) {
	if e.Type != "" {
		p.Type = e.Type
	}
	p.Message = e.Error()
	switch e.Code {
	case did.CodeInvalidKey, did.CodeUnsupportedKey:
		p.Code, p.Fix = CodeKeyMalformed, "publish a key of a supported kind, in its exact form"
	case did.CodeUnresolved:
		p.Code, p.Fix = CodeKeyUnavailable, "try again later, or give the verifier a trust pack that holds the document"
	case did.CodeInvalidDID, did.CodeInvalidURL:
		p.Code, p.Fix = CodeDIDMalformed, "write the DID in its one canonical form"
	case did.CodeMethodNotSupported:
		p.Code, p.Fix = CodeDIDMethodUnknown, "give the verifier a resolver for this method (Config.Resolver)"
	case did.CodeNotFound, did.CodeMethodNotFound, did.CodeDeactivated:
		p.Code, p.Fix = CodeKeyNotFound, "the issuer must list the key in its document"
	case did.CodeRelationship:
		p.Code, p.Fix = CodeKeyRelationship, "the issuer must list the key under assertionMethod"
	case did.CodeMethodRevoked, did.CodeMethodExpired:
		p.Code, p.Fix = CodeKeyRetired, "ask the issuer to sign again with a key in force"
	default:
		p.Code, p.Fix = CodeControllerDocument, "the issuer must mend its document"
	}
}

// bind compares who holds the key with who the credential says issued it. The
// ids are compared as they are: no normalisation makes two issuers one.
func (s *state) bind(found *foundKey, pointer string) Check {
	c := Check{Name: CheckBinding, Outcome: Failed, Pointer: pointer}
	issuer := s.doc.IssuerID()
	switch issuer {
	case "":
		c.Problems = []*vc.Problem{s.issuerMissing()}
	case found.controller:
		c.Outcome = Passed
		c.Detail = "the key is listed for assertion by the issuer, " + issuer
	default:
		c.Problems = []*vc.Problem{{Code: CodeIssuerMismatch, Type: vc.TypeInvalidMethod, Pointer: s.doc.Issuer().Pointer(), Message: "the key belongs to somebody else than the issuer, so the issuer did not sign this",
			Found: vc.Quote(found.controller), Expected: vc.Quote(issuer), Fix: "sign with a key that the issuer's own document lists", Spec: "VCDM 2.0, 4.7; Controlled Identifiers 1.0, 3.3"}}
	}
	return c
}

func (s *state) issuerMissing() *vc.Problem {
	return &vc.Problem{Code: CodeIssuerMissing, Type: vc.TypeMalformedValue, Pointer: s.doc.Root().Pointer() + "/issuer", Message: "the credential names no issuer, so no key can be the issuer's",
		Expected: "a URL, or an object with one as id", Fix: "name the issuer and sign again", Spec: "VCDM 2.0, 4.7"}
}
