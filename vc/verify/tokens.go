package verify

import (
	"crypto"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/door"
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
	signed, problems := token.Read(s.doc, token.ReadOptions{SubjectWithoutID: s.lenient()})
	if signed == nil {
		p.Problems = problems
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
		answer := s.key(signed.KeyID(), "")
		if found = answer.found; found == nil {
			p.Outcome, p.Problems = answer.outcome, []*vc.Problem{answer.problem}
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

// bindHeaderKey looks for the header's key among those that the issuer lists for
// assertion, and returns it as the issuer lists it. By itself a key in the header
// proves possession and no more.
func (s *state) bindHeaderKey(key *proof.Key) (Check, *foundKey) {
	c := Check{Name: CheckBinding, Outcome: OutcomeFailed}
	issuer := s.doc.IssuerID()
	if issuer == "" {
		c.Problems = []*vc.Problem{s.issuerMissing()}
		return c, nil
	}
	doc, answer := s.document(issuer)
	if doc == nil {
		answer = answer.at(door.Issuer(s.doc).Pointer())
		c.Outcome, c.Problems = answer.outcome, []*vc.Problem{answer.problem}
		return c, nil
	}
	c.Problems = []*vc.Problem{words.Problem(CodeKeyUnbound, door.Issuer(s.doc).Pointer(), vc.Quote(issuer))}
	for _, url := range doc.Listed(did.AssertionMethod) {
		if err := s.ctx.Err(); err != nil {
			answer := s.noKey(err, issuer)
			c.Outcome, c.Problems = answer.outcome, []*vc.Problem{answer.problem}
			return c, nil
		}
		listed := s.listedKey(doc, url)
		if listed == nil || !sameKey(listed.Public(), key.Public()) {
			continue
		}
		if !listed.Supports(s.token.Algorithm()) {
			c.Problems = []*vc.Problem{
				words.Problem(proof.CodeJWTAlgKeyMismatch, door.Issuer(s.doc).Pointer(), string(s.token.Algorithm()))}
			continue
		}
		c.Outcome, c.Problems = OutcomePassed, nil
		c.Detail = "the header's key is " + url + ", which " + issuer + " lists for assertion"
		return c, &foundKey{key: listed, owner: issuer, binds: func(id string) bool { return id == issuer }}
	}
	return c, nil
}

// listedKey is a key that a document lists for assertion, nil where it may not be
// used.
func (s *state) listedKey(doc *did.Document, url string) *proof.Key {
	m, err := doc.MethodAt(url, did.AssertionMethod, s.report.At)
	if err != nil {
		return nil
	}
	key, err := methodKey(m)
	if err != nil {
		return nil
	}
	return key
}

// sameKey compares public keys by value.
func sameKey(a, b crypto.PublicKey) bool {
	k, ok := a.(interface{ Equal(crypto.PublicKey) bool })
	return ok && k.Equal(b)
}
