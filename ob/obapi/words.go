package obapi

import (
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// The codes of a [Keeper], besides those of what it asks: package vc, vc/verify and what
// these stand on.
const (
	CodeAhead  vc.Code = "valid-from-far-ahead" // a validFrom after KeeperConfig.MaxAhead
	CodeUnkept vc.Code = "credential-unkept"    // it has no id, issuer or validFrom that a store can keep
	CodeOther  vc.Code = "credential-other"     // it is another than was said
)

const specUpsert = "OB 3.0, Credential Equality and Comparison Algorithm"

// words are what each code says.
var words = vc.Words{
	CodeAhead: {
		Type: vc.TypeLaurel, Message: "validFrom is so far ahead that nothing could replace the credential until then",
		Fix: "ask the issuer for a credential with another validFrom", Spec: specUpsert,
	},
	CodeUnkept: {
		Type: vc.TypeLaurel, Message: "the id, the issuer or the validFrom of the credential is none that can be kept",
		Expected: "ids of at most 8 KiB, and a validFrom in the years 1 to 9999",
		Fix:      "ask the issuer for a credential with such", Spec: specUpsert,
	},
	CodeOther: {
		Type: vc.TypeLaurel, Message: "the credential has another issuer, id, validFrom or form than was said of it",
		Fix: "take what the credential itself says", Spec: specUpsert,
	},
	vc.CodeTooLarge: {
		Type: vc.TypeLaurel, Message: "the file is longer than is read",
		Fix: "bring the credential alone, or raise ImportOptions.MaxFile", Spec: "a limit of this library",
	},
	verify.CodeKindNotAccepted: {
		Type: vc.TypeMalformedValue, Message: "the credential is of no kind that is kept here",
		Fix: "send badges to the service of Open Badges and records to that of CLR", Spec: "OB 3.0, B.1",
	},
}
