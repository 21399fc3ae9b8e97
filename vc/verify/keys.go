package verify

import (
	"errors"
	"strings"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/loopback"
	"github.com/laurel-edu/laurel/internal/method"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/notdone"
	"github.com/laurel-edu/laurel/internal/unsupported"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/rules"
)

// foundKey is a key and whose it is.
type foundKey struct {
	key   *proof.Key
	owner string                   // the identifier whose publisher states the key as its own
	binds func(issuer string) bool // whether it is proven to be a key of issuer
}

// valid is when the key may be relied on, as its publication says.
func (f *foundKey) valid() vc.Interval { return f.key.Valid() }

// keyAnswer is what became of the search for a key: the key, or how it ended
// without one, which is OutcomeFailed or OutcomeUndetermined.
type keyAnswer struct {
	found    *foundKey
	outcome  Outcome
	problem  *vc.Problem // without a pointer
	warnings []*vc.Problem
}

// key finds the key that a verification method names (Controlled Identifiers 1.0,
// 3.3): in its controller's own document, listed for the purpose. Within one run
// each method is looked for once. pointer is where the document names the method.
func (s *state) key(method, pointer string) keyAnswer {
	if rest, ok := strings.CutPrefix(method, "did:key:"); ok && s.config.Resolver == nil {
		return s.keys.local(method, func() keyAnswer { return s.localKey(method, rest) }).at(pointer)
	}
	return s.keys.answers.get(string(s.purpose())+" "+method, func() keyAnswer { return s.findKey(method) }).at(pointer)
}

// at gives the answer its place in a document.
func (a keyAnswer) at(pointer string) keyAnswer {
	if a.problem != nil {
		p := *a.problem
		p.Pointer = pointer
		a.problem = &p
	}
	for i, w := range a.warnings {
		p := *w
		p.Pointer = pointer
		a.warnings = append(a.warnings[:i:i], &p)
	}
	return a
}

func (s *state) findKey(url string) keyAnswer {
	_, web := s.keys.sources(s.run)
	found, err := web.Retrieve(s.ctx, url, s.purpose(), s.report.At)
	if err != nil {
		return s.noKey(err, url)
	}
	key, err := method.Key(found.Method)
	if err != nil {
		return s.noKey(err, url)
	}
	return keyAnswer{found: &foundKey{key: key, owner: found.Controller, binds: found.ControlledBy}}
}

// localKey reads a did:key, which is its own document.
func (s *state) localKey(method, rest string) keyAnswer {
	var warnings []*vc.Problem
	owner, _, ok := strings.Cut(method, "#")
	if !ok {
		warnings = append(warnings, words.Problem(CodeBareDID, "", vc.Quote(method)))
		method += "#" + rest
	}
	public, err := didkey.PublicKey(method)
	if err != nil {
		return s.noKey(err, method)
	}
	key, err := proof.NewKey(public)
	if err != nil {
		return s.noKey(err, method)
	}
	return keyAnswer{found: &foundKey{key: key, owner: owner, binds: func(issuer string) bool { return issuer == owner }},
		warnings: warnings}
}

// noKey is the end of a search that found none: OutcomeUndetermined where the document
// could not be had, OutcomeFailed where it speaks against the key.
func (s *state) noKey(err error, about string) keyAnswer {
	p := keyProblem(err, about)
	if p.Code == CodeKeyUnavailable || p.Code == CodeFetchBudget || isUnsupported(p) {
		return keyAnswer{outcome: OutcomeUndetermined, problem: p}
	}
	return keyAnswer{outcome: OutcomeFailed, problem: p}
}

// document has the controller document of an issuer; where there is none, the
// answer says why.
func (s *state) document(id string) (*did.Document, keyAnswer) {
	resolver, web := s.keys.sources(s.run)
	if strings.HasPrefix(id, "https:") || s.config.InsecureAllowLoopback && loopback.URL(id) {
		resolver = did.Guard(web)
	}
	doc, err := resolver.Resolve(s.ctx, id)
	if err != nil {
		return nil, s.noKey(err, id)
	}
	return doc, keyAnswer{}
}

// keyProblem tells the causes apart for which a key is not found.
func keyProblem(err error, about string) *vc.Problem {
	if kind, ok := errors.AsType[*multikey.Error](err); ok && kind.Kind != "" {
		return unsupportedKey(kind, about)
	}
	of := keyFault(err)
	p := vc.ProblemOf(&did.Error{Code: of.Code, Type: of.Type, Detail: of.Detail})
	if of.Err != nil {
		p.Message += ": " + of.Err.Error()
	}
	if errors.Is(err, &fetch.Error{Code: fetch.CodeBudget}) {
		p.Code = CodeFetchBudget
		p.Fix = "allow more requests (Config.Limits.MaxFetches), or give the verifier a trust pack that holds the document"
	}
	p.Found, p.Spec, p.Err = vc.Quote(about), "Controlled Identifiers 1.0, 3.3", err
	return p
}

// unsupportedKey is about a kind of key that somebody defined and that is not used here.
func unsupportedKey(kind *multikey.Error, about string) *vc.Problem {
	e, _ := unsupported.Find(unsupported.Key, kind.Kind)
	p := notdone.Problem(e, "", about)
	p.Err = kind
	return p
}

// keyFault is the error of a search as one of package did. Whatever a resolver's error
// wraps, it decided nothing, but that a publisher says there is no such document.
func keyFault(err error) *did.Error {
	unavailable := did.NewError(did.CodeUnresolved, "the document that lists the key cannot be had", err)
	de, isDID := errors.AsType[*did.Error](err)
	fe, isFetch := errors.AsType[*fetch.Error](err)
	switch {
	case isFetch && fe.Absent():
		return did.NewError(did.CodeNotFound, "the issuer publishes no document at that address", err)
	case isDID:
		return de
	case isFetch:
		return unavailable
	case errors.Is(err, &multikey.Error{Code: multikey.CodeUnsupported}), errors.Is(err, &proof.Error{Code: proof.CodeKey}):
		return did.NewError(did.CodeUnsupportedKey, "what is published is no key that is used here", err)
	}
	if _, ok := errors.AsType[*multikey.Error](err); ok || errors.Is(err, proof.ErrWeakKey) {
		return did.NewError(did.CodeInvalidKey, "what is published is no acceptable key", err)
	}
	return unavailable
}

// bind compares who holds the key with who the credential says issued it. The
// ids are compared as they are: no normalisation makes two issuers one.
func (s *state) bind(found *foundKey, pointer string) Check {
	c := Check{Name: CheckBinding, Outcome: OutcomeFailed, Pointer: pointer}
	issuer := s.signerID()
	switch {
	case issuer == "" && s.presents():
		return s.nobody(c, found.owner)
	case issuer == "":
		c.Problems = []*vc.Problem{s.signerMissing()}
		return c
	case found.binds(issuer):
		c.Outcome = OutcomePassed
		c.Detail = "the key is listed for " + s.what() + " by the " + s.who() + ", " + issuer
		return c
	}
	switch yes, decided := s.authorizes(found.owner); {
	case yes:
		c.Outcome = OutcomePassed
		c.Detail = "the key is listed for " + s.what() + " by " + found.owner + ", which Config.Authorize takes for " + issuer
		c.Warnings = append(c.Warnings, words.Problem(CodeAuthorized, s.signer().Pointer(), vc.Quote(found.owner)))
	case decided || !s.late(&c):
		c.Problems = []*vc.Problem{s.signerMismatch(found.owner)}
	}
	return c
}

func (s *state) signerMismatch(owner string) *vc.Problem {
	code := CodeIssuerMismatch
	if s.presents() {
		code = CodeHolderMismatch
	}
	return problem(code, s.signer().Pointer(), vc.Quote(owner), vc.Quote(s.signerID()))
}

// isStrangers reports whether a method is that of a DID which neither is the issuer's nor
// signs for the issuer. A DID URL says whose document lists the key, so whoever could read
// that would find no key of the issuer there.
func (s *state) isStrangers(method string) bool {
	owner, _, _ := strings.Cut(method, "#")
	if id := s.signerID(); !strings.HasPrefix(owner, "did:") || id == "" || owner == id {
		return false
	}
	yes, decided := s.authorizes(owner)
	return !yes && decided
}

// notTheirs fails a binding though the key was not read.
func (s *state) notTheirs(c Check, method string) Check {
	owner, _, _ := strings.Cut(method, "#")
	c.Outcome, c.Problems = OutcomeFailed, []*vc.Problem{s.signerMismatch(owner)}
	return c
}

func (s *state) signerMissing() *vc.Problem {
	if s.presents() {
		return words.Problem(CodeHolderMissing, door.Root(s.doc).Pointer()+"/holder", "").WithSeverity(vc.SeverityError)
	}
	return words.Problem(rules.CodeIssuerMissing, door.Root(s.doc).Pointer()+"/issuer", "")
}
