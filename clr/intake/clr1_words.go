package intake

import (
	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Codes of records of CLR 1.0.
const (
	CodeCLR1Missing     vc.Code = "clr1-member-missing"    // a member that a record must have
	CodeCLR1Unpublished vc.Code = "clr1-publisher-unknown" // the profile of the publisher, which has its key, cannot be had
	CodeCLR1KeyBrought  vc.Code = "clr1-key-brought-along" // good by the key in the document, which proves nothing of whose it is
	CodeCLR1Profile     vc.Code = "clr1-profile-other"     // what is published under the id is somebody else
	CodeCLR1Key         vc.Code = "clr1-key-malformed"     // the published profile has no key that can be used
	CodeCLR1KeyOwner    vc.Code = "clr1-key-owner"         // the key is another than the publisher's own
	CodeCLR1NotHosted   vc.Code = "clr1-not-hosted"        // its address does not have it, or is not its publisher's
	CodeCLR1Differs     vc.Code = "clr1-copy-differs"      // its address has something else
	CodeCLR1List        vc.Code = "clr1-revocation-list"   // a revocation list that is not the publisher's
	CodeCLR1Token       vc.Code = "clr1-token-malformed"   // a signed record or assertion that cannot be read
	CodeCLR1TooMany     vc.Code = "clr1-too-many"          // more assertions than are read, or the time was over
	CodeCLR1Requests    vc.Code = "clr1-too-many-requests" // more documents than are asked for
)

// codeCLR1 is a warning here: it is of CLR 1.0, and read as far as that goes.
const codeCLR1 = vc.Code(format.CodeCLR1)

const specCLR1 = "CLR 1.0"

var clr1Words = vc.Words{
	codeCLR1: {Type: vc.TypeLaurel, Severity: vc.SeverityWarning,
		Message: "this is a Comprehensive Learner Record 1.0, whose signatures most publishers give no way to check",
		Fix:     "ask for the record as CLR 2.0", Spec: specCLR1},
	CodeCLR1Missing: {Type: vc.TypeMalformedValue, Message: "a member that a record must have is missing",
		Fix: "ask the publisher for a record with it", Spec: specCLR1},
	CodeCLR1Unpublished: {Type: vc.TypeProofVerification,
		Message:  "the key cannot be had, since the publisher's profile is nowhere to be found",
		Expected: "an address at which the publisher's profile stands, or that profile in the trust pack",
		Fix:      "put the profile of the publisher into the trust pack, or ask for the record as CLR 2.0", Spec: specCLR1},
	CodeCLR1KeyBrought: {Type: vc.TypeProofVerification,
		Message:  "the signature is good by the key in the record itself, which whoever made the record could choose",
		Expected: "the key in a profile that the publisher publishes",
		Fix:      "put the profile of the publisher into the trust pack, or ask for the record as CLR 2.0", Spec: specCLR1},
	CodeCLR1Profile: {Type: vc.TypeProofVerification, Message: "what stands at the address of the publisher is not its profile",
		Fix: "the publisher must publish its profile at its id", Spec: specCLR1},
	CodeCLR1Key: {Type: vc.TypeProofVerification, Message: "the profile of the publisher has no key that can be used",
		Expected: "a public key in PEM, RSA of 2048 bits or more", Fix: "the publisher must publish the key in publicKey", Spec: specCLR1},
	CodeCLR1KeyOwner: {Type: vc.TypeProofVerification, Message: "the key is not the one that the publisher has as its own",
		Fix: "the publisher must list the key, with itself as owner", Spec: specCLR1},
	CodeCLR1NotHosted: {Type: vc.TypeProofVerification, Message: "the record does not stand at its address, on the host of its publisher",
		Fix: "ask the publisher for the record anew", Spec: specCLR1},
	CodeCLR1Differs: {Type: vc.TypeProofVerification, Message: "the address of the record has another than the one that came",
		Fix: "take the record from its own address", Spec: specCLR1},
	CodeCLR1List: {Type: vc.TypeStatusVerification, Message: "what stands in place of the revocation list is none of the publisher's",
		Fix: "the publisher must publish a list with itself as issuer", Spec: specCLR1},
	CodeCLR1Token: {Type: vc.TypeParsing, Message: "a signed record or assertion cannot be read",
		Expected: "a compact JWS of one", Fix: "hand in the record as it came", Spec: specCLR1},
	CodeCLR1TooMany: {Type: vc.TypeLaurel, Message: "there are more assertions than were read",
		Fix: "hand in the records of a set one by one, or allow more time", Spec: specBound},
	CodeCLR1Requests: {Type: vc.TypeLaurel, Message: "a record of CLR 1.0 names more documents than are asked for",
		Fix: "put the profiles of the publishers into the trust pack", Spec: specBound},

	proof.CodeNoProof: {Type: vc.TypeProofVerification, Message: "there is no signature of its own",
		Fix: "ask for a signed record", Spec: specCLR1},
	verify.CodeNotYetValid: {Type: vc.TypeRange, Message: "it was issued in the future",
		Fix: "wait, or look at the clock", Spec: specCLR1},
	verify.CodeExpired: {Type: vc.TypeRange, Message: "it has expired",
		Fix: "ask the publisher for one in force", Spec: specCLR1},
	status.CodeRevoked: {Type: vc.TypeStatusVerification, Message: "its publisher took it back",
		Fix: "ask the publisher for one in force", Spec: specCLR1},
}

// caused is a problem with what is beneath it.
func caused(code vc.Code, err error) *vc.Problem {
	p := clr1Words.Problem(code, "", "")
	p.Err = err
	return p
}

func clr1Problem(code vc.Code, pointer string, err error) *vc.Problem {
	p := caused(code, err)
	p.Pointer = pointer
	return p
}
