package token

import (
	"time"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// equality is one MUST of the profile: a registered claim says the same as a
// member of the credential (OB 3.0, 8.2.5).
type equality struct {
	claim, member     string
	missing, mismatch vc.Code
}

func (r *reader) readClaims() {
	r.sameText(equality{"iss", "issuer.id", proof.CodeJWTIssMissing, proof.CodeJWTIssMismatch}, door.Issuer(r.t.doc))
	r.sameText(equality{"jti", "id", proof.CodeJWTJtiMissing, proof.CodeJWTJtiMismatch}, r.root.Get("id"))
	r.sameText(equality{"sub", "credentialSubject.id", proof.CodeJWTSubMissing, proof.CodeJWTSubMismatch},
		r.root.Get("credentialSubject").Single().Get("id"))
	from, until := "validFrom", "validUntil"
	if r.root.Get("issuanceDate").Exists() {
		from, until = "issuanceDate", "expirationDate"
	}
	r.t.notBefore = r.sameTime(equality{"nbf", from, proof.CodeJWTNbfMissing, proof.CodeJWTNbfMismatch}, r.root.Get(from))
	// Where only exp is there, it sets the end.
	r.t.expires = r.sameTime(equality{"exp", until, proof.CodeJWTExpMissing, proof.CodeJWTExpMismatch}, r.root.Get(until))
}

// required reports whether the profile demands the claim that repeats a member: where
// the credential has nothing to repeat there is no claim. The forms of VC-JOSE-COSE leave all
// of them optional, and in every form those present must agree.
func (r *reader) required(member jsonx.Value) bool { return !r.t.form.jose() && member.Exists() }

func (r *reader) sameText(e equality, member jsonx.Value) {
	claim := r.claims.Get(e.claim)
	switch {
	case !claim.Exists():
		if r.required(member) {
			r.missing(e)
		}
	case claim.Kind() != jsonx.String:
		r.add(problem(vc.CodeTokenClaim, "", e.claim+" as "+claim.Kind().String(), "a string"))
	case r.withheld(member):
	case jsonx.Content(member) != claim.Text():
		r.mismatch(e, claim.Text(), jsonx.Content(member), member.Pointer())
	}
}

// withheld reports whether a claim repeats a member that is not disclosed: then nobody
// reads anything else.
func (r *reader) withheld(member jsonx.Value) bool { return !member.Exists() && door.InPart(r.t.doc) }

// sameTime compares whole seconds, which is what signers write.
func (r *reader) sameTime(e equality, member jsonx.Value) instant {
	claim := r.instant(e.claim)
	if !claim.set {
		if r.required(member) && !r.claims.Get(e.claim).Exists() {
			r.missing(e)
		}
		return claim
	}
	if !member.Exists() {
		return claim
	}
	t, err := vc.ParseTime(jsonx.Content(member))
	if err != nil || t.Unix() != claim.at.Unix() {
		r.mismatch(e, claim.at.Format(time.RFC3339), jsonx.Content(member), member.Pointer())
	}
	return claim
}

func (r *reader) missing(e equality) {
	r.add(r.worded(problem(e.missing, "", "", "the credential's "+e.member), e, "lacks"))
}

func (r *reader) mismatch(e equality, claim, member, pointer string) {
	r.add(r.worded(problem(e.mismatch, pointer, vc.Quote(claim), vc.Quote(member)), e, "is not"))
}

// worded says of a presentation what the words of the codes say of a credential.
func (r *reader) worded(p *vc.Problem, e equality, how string) *vc.Problem {
	if r.t.form != FormVPClaim && r.t.form != FormVPJOSE {
		return p
	}
	whose := "the presentation's " + e.member
	p.Message, p.Fix = "the claim "+e.claim+" is not "+whose, "sign with "+e.claim+" set to "+whose
	if how == "lacks" {
		p.Message, p.Expected = "the token lacks the claim "+e.claim, whose
	}
	p.Spec = "VC-JOSE-COSE 1.0, 3.1.2; VCDM 1.1, 6.3.1"
	return p
}
