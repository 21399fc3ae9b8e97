package issue

import (
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// words are those of the refusals that are this package's own.
var words = vc.Words{
	vc.CodeNotACredential: {
		Type: vc.TypeParsing, Message: "the credential is signed already: it is a token",
		Fix: "give the credential as JSON", Spec: "RFC 7515, 3",
	},
	verify.CodeNestedNotVerified: {
		Type: vc.TypeLaurel, Message: "a verifier does not accept the credential",
		Fix: "see the report", Spec: "OB 3.0, 9.1",
	},
}
