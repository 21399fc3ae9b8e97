package verify

import (
	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// Codes of the problems that this package reports itself. The packages whose work
// it puts in order report theirs: proof/dataintegrity, proof/vcjwt, ob, clr,
// vc/status, vc/schema, and the codes of the JSON and JSON-LD layers.
const (
	CodeKindNotAccepted    vc.Code = "kind-not-accepted"                 // no type that the Config takes
	CodeContextUnknown     vc.Code = "context-unknown"                   // a context that is not part of the program
	CodeContextInline      vc.Code = "context-inline"                    // a context written into the document
	CodeContextNested      vc.Code = "context-nested"                    // a context below the top, on no credential
	CodeContextVocabulary  vc.Code = "context-vocabulary"                // a context that defines every term
	CodeContextTooMany     vc.Code = "context-too-many"                  // one @context lists too many
	CodeProofsTooMany      vc.Code = "proofs-too-many"                   // checking them would cost too much
	CodeIssuerMismatch     vc.Code = proof.CodeIssuer                    // the key belongs to somebody else
	CodeKeyUnbound         vc.Code = "key-unbound"                       // the header's key is not found at the issuer
	CodeKeyUnavailable     vc.Code = vc.Code(did.CodeUnresolved)         // the document that lists the key cannot be had
	CodeKeyNotFound        vc.Code = vc.Code(did.CodeMethodNotFound)     // the issuer's document does not list the key
	CodeKeyMalformed       vc.Code = vc.Code(did.CodeInvalidKey)         // what is listed is no acceptable key
	CodeKeyRelationship    vc.Code = vc.Code(did.CodeRelationship)       // listed, but not for signing credentials
	CodeKeyRetired         vc.Code = vc.Code(did.CodeMethodRetired)      // revoked or expired at the issuer
	CodeKeyNotYetValid     vc.Code = vc.Code(did.CodeMethodNotYetValid)  // by what is published of it
	CodeMethodsTooMany     vc.Code = vc.Code(did.CodeTooManyMethods)     // the issuer's document has more keys than are read
	CodeDIDMalformed       vc.Code = vc.Code(did.CodeInvalidDID)         // not a DID, or not canonical
	CodeDIDMethodUnknown   vc.Code = vc.Code(did.CodeMethodNotSupported) // no resolver for it
	CodeControllerDocument vc.Code = vc.Code(did.CodeInvalidDocument)    // no controller document, or one of another id
	CodeBareDID            vc.Code = "verification-method-bare"          // a warning: a did:key without its fragment
	CodeNumberInexact      vc.Code = "number-inexact"                    // another integer signs to the same text
	CodeNotYetValid        vc.Code = "not-yet-valid"                     // by validFrom, or what the token says of it
	CodeExpired            vc.Code = "expired"                           // by validUntil, or what the token says of it
	CodeRefreshAvailable   vc.Code = "refresh-available"                 // a note: a newer state may be had from the issuer
	CodeNestedUnsigned     vc.Code = "nested-unsigned"                   // the outer issuer alone vouches for it
	CodeNestedForged       vc.Code = "nested-forged"                     // its issuer did not sign what is read in it
	CodeNestedUnvouched    vc.Code = "nested-not-vouched"                // unsigned in a presentation, and not the holder's own word
	CodeNestedForeign      vc.Code = "nested-no-credential"              // something else stands where a credential belongs
	CodeNestedTooDeep      vc.Code = "nested-too-deep"                   // embedded deeper than is looked at
	CodeFetchBudget        vc.Code = vc.Code(fetch.CodeBudget)           // the verification may make no more requests
	CodeDeadline           vc.Code = vc.CodeDeadline                     // the time was over before it was decided
	CodeNestedNotVerified  vc.Code = "nested-not-verified"               // where every embedded credential must verify
	CodeNestedTooMany      vc.Code = "nested-too-many"                   // more are embedded than are looked at
	CodeMisplaced          vc.Code = "endorsement-misplaced"             // it endorses something else
)
