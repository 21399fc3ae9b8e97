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
	proof.CodeIRIName: {
		Type: vc.TypeProofGeneration, Message: "a member is named by an IRI, which readers of JSON do not look for",
		Expected: "a term that the contexts define",
		Fix:      "list a context that defines a term for it", Spec: "VCDM 2.0, 6.1",
	},
}
