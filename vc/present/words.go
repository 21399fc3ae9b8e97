package present

import (
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// The codes of what cannot be shared as it was asked for.
const (
	CodeShownWhole   vc.Code = "shown-whole"           // what is to be hidden stands in something that is shown whole or not at all
	CodeShownAlways  vc.Code = "shown-always"          // its issuer left it to nobody to hide it
	CodeUnvouched    vc.Code = "entry-unsigned"        // outside of its record nobody vouches for the entry
	CodePresentation vc.Code = "presentation-as-entry" // it is a presentation, which was made for somebody else
)

const specSharing = "VCDM 2.0, 5.7"

var words = vc.Words{
	CodeShownWhole: {
		Type:    vc.TypeLaurel,
		Message: "what is to be hidden stands in something with one proof, which is shown whole or not at all",
		Fix:     "leave out the credential, or ask its issuer for one that can be shown in part", Spec: specSharing,
	},
	CodeShownAlways: {
		Type:    vc.TypeLaurel,
		Message: "what is to be hidden is always shown of this credential: its issuer decided so",
		Fix:     "share it all the same, or leave out the credential", Spec: specSharing,
	},
	CodeUnvouched: {
		Type:    vc.TypeLaurel,
		Message: "the entry has no proof of its own, so outside of its record nobody vouches for it",
		Fix:     "share the record, or of it this entry where its proof allows that", Spec: "VCDM 2.0, 4.13",
	},
	proof.CodeProofIsBase: {
		Type: vc.TypeProofGeneration, Message: "the credential is its holder's own copy, by which all that is hidden of it could be told",
		Fix: "share it by a plan, or cut it before", Spec: "Data Integrity ECDSA Cryptosuites 1.0, 3.4",
	},
	CodePresentation: {
		Type:    vc.TypeLaurel,
		Message: "the document is a presentation, which was made for somebody else, and no credential",
		Fix:     "take the credentials out of it", Spec: "VCDM 2.0, 4.13",
	},
}
