package dataintegrity

import (
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// words are those of what is refused here before anything is signed.
var words = vc.Words{
	proof.CodeAlreadyToken: {
		Type: vc.TypeProofGeneration, Message: "the credential is a token already, and an embedded proof goes into JSON",
		Fix: "sign the JSON that the token was made of", Spec: "Data Integrity 1.0, 4.2",
	},
	proof.CodeNumberNotPortable: {
		Type: vc.TypeProofGeneration, Message: "verifiers read or canonicalise this number in different ways",
		Expected: "an integer within 2^53, and nothing smaller than a millionth",
		Fix:      "write it as a string, or round it", Spec: "RFC 7493, 2.2; JSON-LD 1.1 API, 8.6",
	},
	proof.CodeDisclosureTooMany: {
		Type: vc.TypeProofGeneration, Message: "the credential has more statements to be shown one by one than are signed",
		Fix: "make more of it mandatory", Spec: "a limit of this library",
	},
	proof.CodeNothingShown: {
		Type: vc.TypeProofGeneration, Message: "nothing is chosen to be shown, and nothing is mandatory",
		Fix: "name what is to be shown", Spec: "Data Integrity ECDSA Cryptosuites 1.0, 3.4.3",
	},
	proof.CodeNoBaseProof: {
		Type: vc.TypeProofGeneration, Message: "the credential does not have one base proof from which another can be derived",
		Expected: "one base proof of ecdsa-sd-2023, as the issuer made it",
		Fix:      "take the credential as the issuer sent it", Spec: "Data Integrity ECDSA Cryptosuites 1.0, 3.4.3",
	},
	proof.CodeIRIName: {
		Type: vc.TypeProofGeneration, Message: "a member is named by an IRI, which readers of JSON do not look for",
		Expected: "a term that the contexts define",
		Fix:      "list a context that defines a term for it", Spec: "VCDM 2.0, 6.1",
	},
}
