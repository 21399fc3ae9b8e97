package intake

import (
	"github.com/laurel-edu/laurel/vc/verify"
)

// basis is what a credential gives to what is embedded in it without a proof.
type basis struct {
	standing Standing // who can be held to an unsigned credential of the issuer in it
	issuer   string   // who signed it, or what it stands in
	validity Validity
}

// baseOf is the basis of a document by its own proof, or by that of what it stands in.
func baseOf(one verify.Embedded, around basis) basis {
	issuer := signer(one.Report)
	switch one.Proof {
	case verify.ProofGood:
		return basis{StandingRecordSameIssuer, issuer, validityOf(one.Report)}
	case verify.ProofBad:
		return basis{standing: StandingNobody}
	case verify.ProofUndecided:
		return basis{standing: StandingNotChecked}
	}
	if around.standing == StandingRecordSameIssuer {
		around.validity = both(around.validity, validityOf(one.Report))
	}
	return around
}

// signer is who a document says signed it.
func signer(r *verify.Report) string {
	if r.HolderID != "" && r.IssuerID == "" {
		return r.HolderID
	}
	return r.IssuerID
}

// stand decides who can be held to an entry, and whether it holds.
func (e *Entry) stand(around basis) {
	switch e.found.Proof {
	case verify.ProofGood:
		e.Standing, e.Validity = StandingOwnProof, validityOf(e.found.Report)
		return
	case verify.ProofBad:
		e.Standing = StandingForged
		return
	case verify.ProofUndecided:
		e.Standing = StandingNotChecked
		return
	}
	switch {
	case e.interchanged():
		e.Standing = StandingNotChecked
	case around.standing != StandingRecordSameIssuer:
		e.Standing = around.standing
	case around.issuer == "" || around.issuer != e.Issuer:
		e.Standing = StandingRecordOtherIssuer
	default:
		e.Standing, e.Validity = StandingRecordSameIssuer, both(around.validity, validityOf(e.found.Report))
	}
}

// interchanged reports whether nothing ties what the entry says to it.
func (e *Entry) interchanged() bool {
	for _, p := range e.found.Unattributed() {
		if p == "/credentialSubject" {
			return true
		}
	}
	return false
}
