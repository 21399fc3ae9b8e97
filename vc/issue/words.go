package issue

import (
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// words are those of the refusals that are this package's own.
var words = vc.Words{
	proof.CodeAlreadyToken: {
		Type: vc.TypeProofGeneration, Message: "the credential is a token already, and what is issued is signed anew",
		Fix: "give the credential as JSON", Spec: "RFC 7515, 3",
	},
}
