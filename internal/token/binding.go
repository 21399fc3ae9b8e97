package token

import (
	"time"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// Binding is the key binding of an SD-JWT, of which everything was checked that does not
// depend on who asked for it: it is by the key that the issuer named, and for just these
// disclosures.
type Binding struct {
	Audience []string
	Nonce    string
	IssuedAt time.Time
	Valid    vc.Interval // by nbf and exp, where it has them
}

// Binding checks the key binding (RFC 9901, 7.3). Both results are nil where there is none.
func (t *Token) Binding() (*Binding, []*vc.Problem) {
	disclosed := door.DisclosedIn(t.doc)
	if disclosed == nil || disclosed.Binding == nil {
		return nil, nil
	}
	r := &reader{t: &Token{doc: t.doc}, header: disclosed.Binding.Header, claims: disclosed.Binding.Claims}
	b := r.bindingClaims()
	r.bindingHeader()
	if r.claims.Get("sd_hash").Text() != disclosed.Hash.Digest(disclosed.Bound) {
		r.add(words.Problem(proof.CodeBindingHash, "", ""))
	}
	key, err := t.holderKey()
	switch {
	case err != nil:
		p := words.Problem(proof.CodeBindingKey, "", "")
		p.Err = err
		r.add(p)
	case r.t.algorithm == "":
	case !key.Supports(r.t.algorithm):
		r.add(words.Problem(proof.CodeBindingSignature, "", string(r.t.algorithm)))
	default:
		if err := key.Verify(r.t.algorithm, disclosed.Binding.SigningInput, disclosed.Binding.Signature); err != nil {
			p := words.Problem(proof.CodeBindingSignature, "", "")
			p.Err = err
			r.add(p)
		}
	}
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return b, nil
}

// holderKey is the key of cnf (RFC 7800, 3.2). Other ways to name one are not followed.
func (t *Token) holderKey() (*proof.Key, error) {
	_, claims := door.Token(t.doc)
	public, algorithm, err := multikey.PublicKey(multikey.Material{Type: multikey.TypeJSONWebKey, JWK: claims.Get("cnf").Get("jwk").Raw()})
	if err != nil {
		return nil, err
	}
	key, err := proof.NewKey(public)
	if err != nil {
		return nil, err
	}
	return key.Limited(proof.Limits{Algorithm: algorithm}), nil
}

// bindingHeader asks for the type, so that nothing else that the holder signed is taken for
// a key binding, and refuses what changes how it is read.
func (r *reader) bindingHeader() {
	if typ := r.header.Get("typ"); mediaTypeOf(typ) != "kb+jwt" {
		r.malformedBinding("typ "+typ.Shown(), "typ kb+jwt")
	}
	for _, name := range [...]string{"crit", "b64", "zip", "enc"} {
		if r.header.Get(name).Exists() {
			r.malformedBinding("the header parameter "+name, "alg and typ")
		}
	}
	r.algorithm()
}

func (r *reader) bindingClaims() *Binding {
	b := &Binding{Audience: jsonx.Texts(r.claims.Get("aud")), Nonce: jsonx.Content(r.claims.Get("nonce"))}
	at := r.instant("iat")
	if b.IssuedAt = at.at; !at.set {
		r.malformedBinding("no instant in iat", "")
	}
	b.Valid.From = r.instant("nbf").at
	if end := r.instant("exp"); end.set {
		b.Valid = b.Valid.And(vc.Until(end.at))
	}
	if len(b.Audience) != 1 || b.Audience[0] == "" {
		r.malformedBinding("aud "+r.claims.Get("aud").Shown(), "one audience")
	}
	for _, name := range [...]string{"nonce", "sd_hash"} {
		if jsonx.Content(r.claims.Get(name)) == "" {
			r.malformedBinding("no text in "+name, "")
		}
	}
	return b
}

func (r *reader) malformedBinding(found, expected string) {
	r.add(problem(proof.CodeBindingMalformed, "", found, expected))
}
