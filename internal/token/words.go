package token

import (
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

const (
	specHeader = "OB 3.0, 8.2.4.1"
	specAlg    = "OB 3.0, 8.2.4.1; RFC 8725, 3.1"
	specClaims = "OB 3.0, 8.2.5"
	specJOSE   = "VC-JOSE-COSE 1.0, 3.1.1"
	specSDJWT  = "VC-JOSE-COSE 1.0, 3.2.1"
	specBound  = "RFC 9901, 4.3 and 7.3"

	bad     = vc.TypeProofVerification
	warning = vc.SeverityWarning

	algorithms = "RS256, PS256, ES256, ES384, ES512, EdDSA or Ed25519"
	useRS256   = "sign with RS256, or ES256"
)

// words are what each code says.
var words = vc.Words{
	vc.CodeTokenMalformed: {
		Type: vc.TypeParsing, Message: "the document is not a compact JWS",
		Fix: "check an embedded proof with package proof/dataintegrity", Spec: "RFC 7515, 7.1",
	},
	proof.CodeInvalidKey: {
		Type: bad, Message: "the key is no point of its curve, so that no signature is by it",
		Fix: "name the key that made the signature in kid", Spec: "RFC 8032, 5.1.3",
	},
	proof.CodeSignature: {
		Type: bad, Message: "the signature does not belong to this token: it was changed after signing, or another key signed it",
		Fix:  "take the credential again from its source; if it comes so from the issuer, the issuer must sign again",
		Spec: "RFC 7515, 5.2",
	},

	proof.CodeJWTAlgMissing: {
		Type: bad, Message: "the JOSE header names no algorithm",
		Expected: algorithms,
		Fix:      useRS256, Spec: specAlg,
	},
	proof.CodeJWTAlgNone: {
		Type: bad, Message: "the token is not signed",
		Expected: algorithms,
		Fix:      useRS256, Spec: specAlg,
	},
	proof.CodeJWTAlgNotAllowed: {
		Type: bad, Message: "the algorithm is none that a public key can verify here",
		Expected: algorithms,
		Fix:      useRS256, Spec: specAlg,
	},
	proof.CodeJWTClaimVersion: {
		Type: bad, Message: "a credential of data model 2.0 stands in the claim vc, which is the form of 1.1",
		Expected: "the credential as the payload",
		Fix:      "sign the credential itself, with the registered claims beside its members", Spec: specClaims + "; " + specJOSE,
	},
	proof.CodeJWTAlgKeyMismatch: {
		Type: bad, Message: "the key is not one that the header's algorithm signs with, by its kind or as it was published",
		Fix: "name the key that made the signature, with its algorithm", Spec: "RFC 8725, 3.1; RFC 7517, 4.4",
	},
	proof.CodeJWTHeaderNotAllowed: {
		Type: bad, Message: "the JOSE header has a parameter that the profile does not allow",
		Expected: "alg, kid, jwk and typ",
		Fix:      "sign with those header parameters only", Spec: specHeader,
	},
	proof.CodeJWTHeaderMalformed: {
		Type: bad, Message: "kid is not a string, or is empty",
		Fix: "write the key's URL", Spec: "RFC 7515, 4.1.4",
	},
	proof.CodeJWTTypeInvalid: {
		Type: bad, Message: "typ is not JWT",
		Expected: `"JWT"`,
		Fix:      "sign with typ JWT", Spec: specHeader,
	},
	proof.CodeJWTContentType: {
		Type: bad, Message: "cty is not that of a credential",
		Expected: `"vc"`,
		Fix:      "sign with cty vc, or without", Spec: specJOSE,
	},
	proof.CodeJWTKeyMissing: {
		Type: bad, Message: "the header says neither where the key is (kid) nor what it is (jwk)",
		Expected: "kid, the key's URL",
		Fix:      "sign with kid set to the URL under which the issuer publishes the key", Spec: specHeader,
	},
	proof.CodeJWTKeyMalformed: {
		Type: bad, Message: "the header's jwk is no acceptable public key",
		Fix:  "put a public key of at least the minimum size there, without private members",
		Spec: "OB 3.0, 8.2.4.1; RFC 7517",
	},
	proof.CodeJWTHeaderClaim: {
		Type: bad, Message: "the header repeats a claim and does not say what the claims say",
		Fix: "leave the claim out of the header", Spec: "RFC 7519, 5.3",
	},

	rules.CodeDateTime: {
		Type: vc.TypeMalformedValue, Message: "the value is not a date and time, so no claim can be made of it",
		Fix: "write it as 2026-01-01T00:00:00Z", Spec: "VCDM 2.0, 4.9",
	},
	vc.CodeTokenClaim: {
		Type: bad, Message: "a claim is not of its type",
		Fix: "write nbf and exp as numbers of seconds, and iss, sub and jti as strings", Spec: "RFC 7519, 2 and 4.1",
	},
	proof.CodeJWTVCClaim: {
		Type: bad, Message: "the payload of a vc+jwt has a claim vc or vp beside the credential",
		Fix: "sign the credential itself", Spec: specJOSE,
	},
	proof.CodeJWTAmbiguous: {
		Type: bad, Message: "the payload can be read as one credential or as another",
		Expected: "one credential: the payload itself, or the claim vc of data model 1.1",
		Fix:      "sign the credential alone, with the registered claims beside it",
		Spec:     "OB 3.0, 8.2.5; VCDM 1.1, 6.3.1",
	},
	proof.CodeJWTIssMissing: {
		Type: bad, Message: "the token lacks the claim iss",
		Fix: setIss, Spec: specClaims,
	},
	proof.CodeJWTIssMismatch: {
		Type: bad, Message: "the claim iss is not the credential's issuer",
		Fix: setIss, Spec: specClaims,
	},
	proof.CodeJWTSubMissing: {
		Type: bad, Message: "the token lacks the claim sub",
		Fix: setSub, Spec: specClaims,
	},
	proof.CodeJWTSubMismatch: {
		Type: bad, Message: "the claim sub is not the id of the credential's subject",
		Fix: setSub, Spec: specClaims,
	},
	proof.CodeJWTJtiMissing: {
		Type: bad, Message: "the token lacks the claim jti",
		Fix: setJti, Spec: specClaims,
	},
	proof.CodeJWTJtiMismatch: {
		Type: bad, Message: "the claim jti is not the credential's id",
		Fix: setJti, Spec: specClaims,
	},
	proof.CodeJWTNbfMissing: {
		Type: bad, Message: "the token lacks the claim nbf",
		Fix: setNbf, Spec: specClaims,
	},
	proof.CodeJWTNbfMismatch: {
		Type: bad, Message: "the claim nbf is not the instant at which the credential begins to be valid",
		Fix: setNbf, Spec: specClaims,
	},
	proof.CodeJWTExpMissing: {
		Type: bad, Message: "the token lacks the claim exp, though the credential has an end",
		Fix: setExp, Spec: specClaims,
	},
	proof.CodeJWTExpMismatch: {
		Type: bad, Message: "the claim exp is not the instant at which the credential ends",
		Fix: setExp, Spec: specClaims,
	},

	proof.CodeBindingMalformed: {
		Type: bad, Message: "the key binding is not of its form",
		Expected: "typ kb+jwt, and the claims iat, aud, nonce and sd_hash",
		Fix:      presentAgain, Spec: specBound,
	},
	proof.CodeBindingKey: {
		Type: bad, Message: "the credential names no key of its holder that could have made the key binding",
		Expected: "cnf with a public key as jwk", Fix: "ask the issuer for a credential with the holder's key", Spec: specBound,
	},
	proof.CodeBindingHash: {
		Type: bad, Message: "the key binding was made for another credential, or for other disclosures of this one",
		Fix: presentAgain, Spec: specBound,
	},
	proof.CodeBindingSignature: {
		Type: bad, Message: "the key binding is not by the holder's key that the issuer named",
		Fix: presentAgain, Spec: specBound,
	},

	proof.CodeJWTMediaType: {
		Type: bad, Severity: warning, Message: "the token follows VC-JOSE-COSE, not the 1EdTech profile",
		Expected: `"JWT"`,
		Fix:      "issue with typ JWT for verifiers of Open Badges", Spec: specHeader,
	},
	proof.CodeJWTOldForm: {
		Type: bad, Severity: warning, Message: "the credential stands in the claim vc, the form of data model 1.1",
		Fix: "issue on data model 2.0", Spec: "VCDM 1.1, 6.3.1",
	},
}

const (
	presentAgain = "present the credential again from the wallet that holds its key"

	setIss = "sign with iss set to the id of the credential's issuer"
	setSub = "sign with sub set to the id of the credential's subject"
	setJti = "sign with jti set to the credential's id"
	setNbf = "sign with nbf set to the credential's validFrom (issuanceDate in data model 1.1)"
	setExp = "sign with exp set to the credential's validUntil (expirationDate in data model 1.1)"
)

// problem is one with the words of its code, and with what was expected where that is
// not the same for all of them.
func problem(code vc.Code, pointer, found, expected string) *vc.Problem {
	p := words.Problem(code, pointer, found)
	if expected != "" {
		p.Expected = expected
	}
	return p
}
