// Package notdone tells of what somebody defined and this library does not do, as one
// fault for all the packages that meet it. What is not done here is neither good nor bad.
package notdone

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/unsupported"
	"github.com/laurel-edu/laurel/vc"
)

// fixes are what to do about each kind.
var fixes = map[unsupported.Kind]string{
	unsupported.Algorithm: "ask the issuer to sign with RS256, or ES256",
	unsupported.Proof:     "add a proof of a supported cryptosuite beside it",
	unsupported.Suite:     "add a proof of a supported cryptosuite beside it",
	unsupported.Key:       "ask the issuer to sign with a key on Ed25519, P-256, P-384 or RSA",
	unsupported.Media:     "ask for the credential as a token or with an embedded proof",
}

// Problem is about an entry that a document names at pointer, "" for outside of it; found
// is what stands there. Expected is for whoever knows what is done in its place.
func Problem(e unsupported.Entry, pointer, found string) *vc.Problem {
	return &vc.Problem{Code: vc.Code(e.Code()), Type: vc.TypeProofVerification, Pointer: pointer, Message: e.Message(),
		Found: vc.Quote(found), Fix: fixes[e.Kind], Spec: e.Spec}
}

// Is reports whether a problem says that something is not done here, or not taken by a
// verifier that was set up so.
func Is(p *vc.Problem) bool { return strings.HasPrefix(string(p.Code), unsupported.CodePrefix) }
