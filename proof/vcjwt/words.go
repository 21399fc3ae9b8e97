package vcjwt

import (
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// words are those of what is refused here before a token is handed out.
var words = vc.Words{
	proof.CodeAlreadyToken: {
		Type: vc.TypeProofGeneration, Message: "the credential is a token already",
		Fix: "give the credential as JSON", Spec: "RFC 7515, 3",
	},
	proof.CodeJWTDataModel: {
		Type: vc.TypeProofGeneration, Message: "the credential is not on data model 2.0, and tokens are made of no other",
		Expected: vc.ContextV2,
		Fix:      "begin @context with the context of data model 2.0", Spec: "OB 3.0, 8.2",
	},
	proof.CodeJWTClaimMember: {
		Type: vc.TypeProofGeneration, Message: "the credential has a member that readers of tokens take for a claim",
		Fix:  "give the member another name, or sign with an embedded proof",
		Spec: "RFC 7519, 4; VC-JOSE-COSE 1.0, 3.1",
	},
	proof.CodeJWTAmbiguous: {
		Type: vc.TypeProofGeneration, Message: "the token reads as another credential than the one that was given",
		Fix: "sign the credential alone, without members that are claims", Spec: "OB 3.0, 8.2.5",
	},
}
