package token

import (
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// ReadPresentation is [Read] for a token that is a presentation: a vp+jwt, a vp+sd-jwt, or, as tokens of
// VCDM 1.1 are, one with the presentation in its claim vp. Who signs it is the holder.
func ReadPresentation(doc *vc.Document) (*Token, []*vc.Problem) {
	if doc == nil || doc.Token() == nil {
		return nil, []*vc.Problem{words.Problem(vc.CodeTokenMalformed, "", "")}
	}
	r := newReader(doc)
	r.signer = door.HolderOf(r.root)
	r.presentationType()
	r.readHeader()
	r.presentationClaims()
	return r.done()
}

// presenting are the types of a presentation, today's and those of the drafts. One with
// disclosures says so: whoever adds a tilde to a token makes nothing else of it.
var presenting = map[string]Form{"vp+jwt": FormVPJOSE, "vp+ld+json+jwt": FormVPJOSE, "vp+ld+jwt": FormVPJOSE,
	"vp+sd-jwt": FormVPSDJWT, "vp+ld+json+sd-jwt": FormVPSDJWT, "vp+ld+sd-jwt": FormVPSDJWT}

// presentationType tells the form by typ and by where the presentation stands, and refuses
// a payload that holds a second document.
func (r *reader) presentationType() {
	typ := r.header.Get("typ")
	name := mediaTypeOf(typ)
	inClaim := r.t.doc.Token().VPClaim()
	disclosing := r.t.doc.Form() == vc.FormSDJWT
	form, ok := presenting[name]
	switch {
	case disclosing != (form == FormVPSDJWT):
		found, expected := typ.Shown()+" without disclosures", `"vp+jwt"`
		if disclosing {
			found, expected = typ.Shown()+" with disclosures", `"vp+sd-jwt"`
		}
		r.add(problem(proof.CodeJWTTypeInvalid, "", found, expected))
		return
	case ok:
		if r.t.form = form; inClaim || r.claims.Get("vp").Exists() || r.claims.Get("vc").Exists() {
			r.add(words.Problem(proof.CodeJWTVCClaim, "", ""))
		}
		return
	case !inClaim || typ.Exists() && name != "jwt":
		r.add(problem(proof.CodeJWTTypeInvalid, "", typ.Shown(), `"vp+jwt", or "JWT" with the claim vp`))
	}
	r.t.form = FormVPClaim
	if r.claims.Get("vc").Exists() || inClaim && r.hasCredential() {
		r.ambiguous("a presentation and a credential")
	}
}

// presentationClaims holds iss and jti against what they stand for (VCDM 1.1, 6.3.1;
// VC-JOSE-COSE 1.0, 3.1.2). What aud and nonce must say is for whoever asked.
func (r *reader) presentationClaims() {
	r.sameText(equality{"iss", "holder", proof.CodeJWTIssMissing, proof.CodeJWTIssMismatch}, r.signer)
	r.sameText(equality{"jti", "id", proof.CodeJWTJtiMissing, proof.CodeJWTJtiMismatch}, r.root.Get("id"))
	r.t.notBefore, r.t.expires = r.instant("nbf"), r.instant("exp")
	for _, name := range [...]string{"aud", "nonce"} {
		r.ofTexts(name)
	}
}

// ofTexts refuses a claim that is neither a string nor, for aud, several.
func (r *reader) ofTexts(name string) {
	v := r.claims.Get(name)
	for item := range v.All() {
		if item.Kind() != jsonx.String || name == "nonce" && v.Kind() == jsonx.Array {
			r.add(problem(vc.CodeTokenClaim, "", name+" "+v.Shown(), "a string"))
			return
		}
	}
}
