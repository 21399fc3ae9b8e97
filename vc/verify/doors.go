package verify

import "github.com/laurel-edu/laurel/vc"

var doorWords = vc.Words{
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
