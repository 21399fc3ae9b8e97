package verify

import "github.com/laurel-edu/laurel/vc"

var doorWords = vc.Words{
	CodeAudienceNamed: {
		Severity: vc.SeverityWarning, Type: vc.TypeInvalidDomain, Message: "the credential was secured for a named audience, and nobody said whether that is this verifier",
		Fix: "name yourself in Config.Audience, or ask the issuer for a credential for everybody", Spec: "RFC 7519, 4.1.3; Data Integrity 1.0, 2.1",
	},
	CodeAudienceOther: {
		Type: vc.TypeInvalidDomain, Message: "the credential was secured for somebody else",
		Fix: "hand in a credential that is for everybody, or for this verifier", Spec: "RFC 7519, 4.1.3; Data Integrity 1.0, 4.4",
	},
	CodeChallengeNamed: {
		Severity: vc.SeverityWarning, Type: vc.TypeInvalidChallenge, Message: "the proof answers a challenge of some exchange, which this verifier has not asked",
		Fix: "rely on it only where you know the exchange", Spec: "Data Integrity 1.0, 2.1",
	},
	CodeAuthorized: {
		Severity: vc.SeverityWarning, Type: vc.TypeInvalidMethod, Message: "the key is somebody else's, whom this verifier takes for the issuer's agent",
		Fix: "sign with a key that the issuer's own document lists", Spec: "VCDM 2.0, 4.7",
	},
	CodeContextInlineTaken: {
		Severity: vc.SeverityWarning, Type: vc.TypeMalformedValue, Message: "the document defines terms itself, and this verifier takes its definitions",
		Fix: "publish the context and list its URL", Spec: "Data Integrity 1.0, 4.6",
	},
	CodeTermWithoutMeaning: {
		Severity: vc.SeverityWarning, Type: vc.TypeDataLoss, Message: "no context defines this member: it is signed, and nothing says what it means",
		Fix: "add the context that defines it, or leave it out", Spec: "VCDM 2.0, 5.2",
	},
	CodeTermsNotLooked: {
		Severity: vc.SeverityWarning, Type: vc.TypeProofTransformation, Message: "the contexts could not be processed, so members without a meaning are not told",
		Fix: "mend the contexts of the document", Spec: "VCDM 2.0, 4.3",
	},
	CodeTypeUndefined: {
		Severity: vc.SeverityWarning, Type: vc.TypeMalformedValue, Message: "no context has a term for this type, so readers may not know it",
		Fix: "add the context that defines the type", Spec: "VCDM 2.0, 4.5",
	},
}
