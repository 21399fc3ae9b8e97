package dataintegrity

import (
	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// Codes of the problems that this package reports. The codes of the JSON-LD layer
// (protected-term-redefinition, context-unknown, …) pass through as they are.
const (
	CodeNoProof             vc.Code = "proof-missing"             // nothing to check
	CodeProofMalformed      vc.Code = "proof-malformed"           // a member is missing or of the wrong kind
	CodeProofTypeUnknown    vc.Code = "proof-type-unknown"        // no proof type of this library
	CodeSuiteUnknown        vc.Code = "cryptosuite-unknown"       // no cryptosuite that we know of
	CodeSuiteConfusion      vc.Code = "proof-type-suite-mismatch" // type and cryptosuite contradict each other
	CodePurpose             vc.Code = "proof-purpose-mismatch"    // made for another purpose
	CodeDomain              vc.Code = "proof-domain-mismatch"     // made for another domain
	CodeChallenge           vc.Code = "proof-challenge-mismatch"  // made for another exchange
	CodeCreated             vc.Code = "proof-created-invalid"     // no dateTime
	CodeCreatedFuture       vc.Code = "proof-created-in-future"   // later than now and the allowed skew
	CodeExpires             vc.Code = "proof-expires-invalid"     // no dateTime
	CodeExpired             vc.Code = "proof-expired"             // the proof's own end has passed
	CodeProofValue          vc.Code = "proof-value-malformed"     // not multibase of the suite's length
	CodeSignature           vc.Code = proof.CodeSignature         // the document or the proof was changed, or another key signed
	CodeKeyType             vc.Code = "key-type-mismatch"         // the key is not of the suite's kind
	CodeChain               vc.Code = "proof-chain-invalid"       // previousProof names no proof, two, or itself
	CodeDataLoss            vc.Code = "term-undefined"            // something in the document is not covered by the signature
	CodeTransformation      vc.Code = "canonicalization-failed"   // no canonical form within the limits
	CodeWorkExhausted       vc.Code = "work-exhausted"            // Config.MaxUnits: the search for a good signature was given up
	CodeProofContext        vc.Code = "proof-context-mismatch"    // the proof brings a context that the document lacks
	CodeMethodURL           vc.Code = vc.Code(did.CodeInvalidURL) // no URL
	CodeObsoleteSuite       vc.Code = "cryptosuite-obsolete"      // a warning: still checked, no longer to be issued
	CodeArchivedContext     vc.Code = "context-archived"          // a warning: signed under an earlier content of a context
	CodeDeployedEscaping    vc.Code = "escaping-as-deployed"      // a warning: signed over URDNA2015's escaping
	CodeDeployedOrder       vc.Code = "order-as-deployed"         // a warning: signed over statements in the order of UTF-16
	CodeNumber              vc.Code = "number-not-portable"       // Sign: others would read or canonicalise another number
	CodeIRIName             vc.Code = "member-named-by-iri"       // Sign: readers of JSON would miss it
	CodeIssuerNotController vc.Code = proof.CodeIssuer            // Sign: the method is not the issuer's
)

// notEnabled is the code for a cryptosuite that exists and is not taken here, so
// that a report names it instead of calling the signature bad.
func notEnabled(suite string) vc.Code { return vc.Code("not-enabled-" + suite) }
