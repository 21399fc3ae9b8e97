package sdjwt

import (
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// words are those of what is refused here before an SD-JWT is handed out.
var words = vc.Words{
	proof.CodeAlreadyToken: {
		Type: vc.TypeProofGeneration, Message: "the credential is a token already",
		Fix: "give the credential as JSON", Spec: "RFC 7515, 3",
	},
	proof.CodeJWTDataModel: {
		Type: vc.TypeProofGeneration, Message: "the credential is not on data model 2.0, and tokens are made of no other",
		Expected: vc.ContextV2,
		Fix:      "begin @context with the context of data model 2.0", Spec: "VC-JOSE-COSE 1.0, 3.2",
	},
	proof.CodeJWTClaimMember: {
		Type: vc.TypeProofGeneration, Message: "the credential has a member that readers of tokens take for a claim",
		Fix:  "give the member another name, or sign with an embedded proof",
		Spec: "RFC 7519, 4; RFC 9901, 4.1",
	},
	proof.CodeDisclosurePath: {
		Type: vc.TypeProofGeneration, Message: "the pointer is to nothing that can be disclosed by itself",
		Expected: "a member or an element of the credential that may be kept back",
		Fix:      "leave it out, or correct the pointer", Spec: "RFC 6901; RFC 9901, 9.7",
	},
	proof.CodeNotSDJWT: {
		Type: vc.TypeProofGeneration, Message: "the credential is no SD-JWT, so nothing of it can be kept back",
		Fix: "present it as it is, or ask the issuer for an SD-JWT", Spec: "RFC 9901, 4",
	},
}
