package verify

import (
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// Codes of the problems that this package reports itself. The packages whose work
// it puts in order report theirs: proof/dataintegrity, proof/vcjwt, ob, clr,
// vc/status, vc/schema, and the codes of the JSON and JSON-LD layers.
const (
	CodeKindNotAccepted    vc.Code = "kind-not-accepted"           // no type that the Config takes
	CodeContextUnknown     vc.Code = "context-unknown"             // a context that is not part of the program
	CodeContextInline      vc.Code = "context-inline"              // a context written into the document
	CodeContextNested      vc.Code = "context-nested"              // a context below the top, on no credential
	CodeContextVocabulary  vc.Code = "context-vocabulary"          // a context that defines every term
	CodeContextTooMany     vc.Code = "context-too-many"            // one @context lists too many
	CodeContextMissing     vc.Code = "context-missing"             // no @context at all
	CodeProofsTooMany      vc.Code = "proofs-too-many"             // checking them would cost too much
	CodeIssuerMissing      vc.Code = "issuer-missing"              // nobody to bind the key to
	CodeIssuerMismatch     vc.Code = "issuer-not-controller"       // the key belongs to somebody else
	CodeKeyUnbound         vc.Code = "key-unbound"                 // the header's key is not found at the issuer
	CodeKeyUnavailable     vc.Code = "key-unavailable"             // the document that lists the key cannot be had
	CodeKeyNotFound        vc.Code = "key-not-found"               // the issuer's document does not list the key
	CodeKeyMalformed       vc.Code = "key-malformed"               // what is listed is no acceptable key
	CodeKeyRelationship    vc.Code = "key-not-for-assertion"       // listed, but not for signing credentials
	CodeKeyRetired         vc.Code = "key-retired"                 // revoked or expired at the issuer
	CodeKeyNotYetValid     vc.Code = "key-not-yet-valid"           // by what is published of it
	CodeMethodsTooMany     vc.Code = "methods-too-many"            // the issuer's document has more keys than are read
	CodeDIDMalformed       vc.Code = "did-malformed"               // not a DID, or not canonical
	CodeDIDMethodUnknown   vc.Code = "did-method-not-supported"    // no resolver for it
	CodeControllerDocument vc.Code = "controller-document-invalid" // the document that lists the key is no such document, or of another id
	CodeBareDID            vc.Code = "verification-method-bare"    // a warning: a did:key without its fragment
	CodeNumberInexact      vc.Code = "number-inexact"              // another integer signs to the same text
	CodeNotYetValid        vc.Code = "not-yet-valid"               // by validFrom, or what the token says of it
	CodeExpired            vc.Code = "expired"                     // by validUntil, or what the token says of it
	CodeDateMalformed      vc.Code = "date-malformed"              // an end or a beginning that is no dateTime
	CodeRefreshAvailable   vc.Code = "refresh-available"           // a note: a newer state may be had from the issuer
	CodeNestedUnsigned     vc.Code = "nested-unsigned"             // the outer issuer alone vouches for it
	CodeNestedForged       vc.Code = "nested-forged"               // its issuer did not sign what is read in it
	CodeNestedForeign      vc.Code = "nested-no-credential"        // something else stands where a credential belongs
	CodeNestedTooDeep      vc.Code = "nested-too-deep"             // embedded deeper than is looked at
	CodeFetchBudget        vc.Code = vc.Code(fetch.CodeBudget)     // the verification may make no more requests
	CodeDeadline           vc.Code = "deadline"                    // the time was over before it was decided
	CodeNestedNotVerified  vc.Code = "nested-not-verified"         // where every embedded credential must verify
	CodeNestedTooMany      vc.Code = "nested-too-many"             // more are embedded than are looked at
	CodeMisplaced          vc.Code = "endorsement-misplaced"       // it endorses something else
)
