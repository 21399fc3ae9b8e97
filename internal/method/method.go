// Package method judges the URL under which a signer says that its key is
// published, and reads the key that is. One judge serves every form of proof: what one
// door signs, the other does too. One reader serves those who verify and those who
// publish.
package method

import (
	"strings"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/loopback"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// words are those of the two faults.
var words = vc.Words{
	vc.Code(did.CodeInvalidURL): {
		Type: vc.TypeInvalidMethodURL, Message: "the verification method is no URL by which a verifier finds the key",
		Expected: "a DID URL or an https URL, with a fragment",
		Fix:      "name the key by its whole URL in the issuer's document", Spec: "Controlled Identifiers 1.0, 2.2",
	},
	proof.CodeIssuer: {
		Type: vc.TypeInvalidMethod, Message: "the verification method is not the issuer's, so nobody would accept the credential",
		Fix:  "make the issuer's id and the part of the verification method before # the same",
		Spec: "Controlled Identifiers 1.0, 3.3",
	},
}

// Judge refuses a method that no verifier would take for a key of the document's
// issuer: it is a DID URL, or an https URL, with a fragment, and what stands before
// that is the issuer's id, compared as written. A plain http URL of this machine is
// let through, since verifiers have an option for it. Nil is a good method.
func Judge(doc *vc.Document, url string) *vc.Problem {
	controller, fragment, _ := strings.Cut(url, "#")
	if !vc.IsAbsoluteIRI(url) || fragment == "" || !published(url) {
		return words.Problem(vc.Code(did.CodeInvalidURL), "", vc.Quote(url))
	}
	if issuer := doc.IssuerID(); issuer != controller {
		p := words.Problem(proof.CodeIssuer, door.Issuer(doc).Pointer(), vc.Quote(issuer))
		p.Expected = vc.Quote(controller)
		return p
	}
	return nil
}

// published reports whether a verifier looks for a key at such a URL.
func published(url string) bool {
	return strings.HasPrefix(url, "did:") || strings.HasPrefix(url, "https://") || loopback.URL(url)
}

// Key reads the key of a method, with what its publication limits it to. Errors are those
// of packages multikey and proof.
func Key(m *did.VerificationMethod) (*proof.Key, error) {
	public, algorithm, err := multikey.PublicKey(multikey.Material{
		Type: m.Type, Multibase: m.PublicKeyMultibase, Base58: m.PublicKeyBase58, JWK: m.PublicKeyJWK})
	if err != nil {
		return nil, err
	}
	key, err := proof.NewKey(public)
	if err != nil {
		return nil, err
	}
	return key.Limited(proof.Limits{Algorithm: algorithm, Valid: vc.Interval{From: m.NotBefore, Until: m.Until()}}), nil
}
