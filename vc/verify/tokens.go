package verify

import (
	"crypto"
	"errors"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/method"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// jwt checks a token: header and claims, the key, the signature, and whether the
// key is the issuer's.
func (s *state) jwt() {
	p := Check{Name: CheckProof, Outcome: OutcomeFailed}
	b := Check{Name: CheckBinding, Outcome: OutcomeNotRun}
	defer func() {
		s.authentic = p.Outcome == OutcomePassed && b.Outcome == OutcomePassed
		s.add(p)
		s.add(b)
	}()
	read := token.Read
	if s.presents() {
		read = token.ReadPresentation
	}
	signed, problems := read(s.doc)
	if signed == nil {
		p.Problems = problems
		if onlyUnsupported(problems) {
			p.Outcome = OutcomeUndetermined
		}
		return
	}
	s.token = signed
	p.Warnings = signed.Warnings()
	if alg := string(signed.Algorithm()); !s.config.takesSuite(alg) {
		p.Outcome = OutcomeUndetermined
		p.Problems = []*vc.Problem{notTaken(alg, "")}
		return
	}
	var found *foundKey
	key := signed.HeaderKey()
	if signed.KeyID() != "" {
		answer := s.tokenKey(signed)
		if found = answer.found; found == nil {
			p.Outcome, p.Problems = answer.outcome, []*vc.Problem{answer.problem}
			if isUnsupported(answer.problem) && s.isStrangers(signed.KeyID()) {
				b = s.notTheirs(b, signed.KeyID())
			}
			return
		}
		if key != nil && !sameKey(key.Public(), found.key.Public()) {
			p.Problems = []*vc.Problem{words.Problem(CodeKeyUnbound, "", vc.Quote(signed.KeyID()))}
			return
		}
		key = found.key
		p.Warnings = append(p.Warnings, answer.warnings...)
	}
	if err := signed.Verify(key); err != nil {
		p.Problems = problemsOf(err, proof.CodeSignature)
	} else {
		p.Outcome = OutcomePassed
		p.Detail = signed.Form().String() + ", " + string(signed.Algorithm())
		s.audienceOfToken(&p, signed)
	}
	switch {
	case found != nil:
		b = s.bind(found, "")
	case p.Outcome == OutcomePassed: // whose key made no signature need not be looked for
		b, found = s.bindHeaderKey(key)
	}
	if found != nil {
		s.valid = s.valid.And(signed.Valid()).And(found.valid())
	}
}

// tokenKey finds the key that kid names: by its URL, or else, where kid is a mere name
// and the issuer's document has no method of that fragment, by the kid of its JWK there.
func (s *state) tokenKey(t *token.Token) keyAnswer {
	answer := s.key(t.KeyID(), "")
	if answer.found != nil || t.KeyName() == "" || !errors.Is(answer.problem, &did.Error{Code: did.CodeMethodNotFound}) {
		return answer
	}
	issuer := s.signerID()
	doc, _ := s.document(issuer)
	if doc == nil {
		return answer
	}
	switch urls := doc.Named(t.KeyName()); len(urls) {
	case 0:
		return answer
	case 1:
		return s.ownKey(doc, urls[0])
	}
	return s.noKey(did.NewError(did.CodeMethodAmbiguous, "two keys have the name", nil), t.KeyName())
}

// ownKey is a key that a document lists for the purpose.
func (s *state) ownKey(doc *did.Document, url string) keyAnswer {
	m, err := doc.MethodAt(url, s.purpose(), s.report.At)
	if err != nil {
		return s.noKey(err, url)
	}
	key, err := method.Key(m)
	if err != nil {
		return s.noKey(err, url)
	}
	return keyAnswer{found: &foundKey{key: key, owner: doc.ID(), binds: func(id string) bool { return id == doc.ID() }}}
}

// bindHeaderKey looks for the header's key among those that the issuer lists for
// assertion, and returns it as the issuer lists it. By itself a key in the header
// proves possession and no more.
func (s *state) bindHeaderKey(key *proof.Key) (Check, *foundKey) {
	c := Check{Name: CheckBinding, Outcome: OutcomeFailed}
	issuer := s.signerID()
	if issuer == "" {
		c.Problems = []*vc.Problem{s.signerMissing()}
		return c, nil
	}
	doc, answer := s.document(issuer)
	if doc == nil {
		answer = answer.at(s.signer().Pointer())
		c.Outcome, c.Problems = answer.outcome, []*vc.Problem{answer.problem}
		return c, nil
	}
	c.Problems = []*vc.Problem{words.Problem(CodeKeyUnbound, s.signer().Pointer(), vc.Quote(issuer))}
	for _, url := range doc.Listed(s.purpose()) {
		if err := s.ctx.Err(); err != nil {
			answer := s.noKey(err, issuer)
			c.Outcome, c.Problems = answer.outcome, []*vc.Problem{answer.problem}
			return c, nil
		}
		found := s.ownKey(doc, url).found
		if found == nil || !sameKey(found.key.Public(), key.Public()) {
			continue
		}
		if !found.key.Supports(s.token.Algorithm()) {
			c.Problems = []*vc.Problem{
				words.Problem(proof.CodeJWTAlgKeyMismatch, s.signer().Pointer(), string(s.token.Algorithm()))}
			continue
		}
		c.Outcome, c.Problems = OutcomePassed, nil
		c.Detail = "the header's key is " + url + ", which " + issuer + " lists for " + s.what()
		return c, found
	}
	return c, nil
}

// sameKey compares public keys by value.
func sameKey(a, b crypto.PublicKey) bool {
	k, ok := a.(interface{ Equal(crypto.PublicKey) bool })
	return ok && k.Equal(b)
}
