package proof

import (
	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/vc"
)

// Codes of embedded proofs: what signing them in package proof/dataintegrity refuses,
// and what verifying them finds. The codes of the JSON-LD layer
// (protected-term-redefinition, context-unknown, …) pass through as they are.
const (
	CodeNoProof            vc.Code = "proof-missing"             // nothing to check
	CodeProofMalformed     vc.Code = "proof-malformed"           // a member is missing or of the wrong kind
	CodeProofTypeUnknown   vc.Code = "proof-type-unknown"        // no proof type of this library
	CodeSuiteUnknown       vc.Code = "cryptosuite-unknown"       // no cryptosuite that we know of
	CodeSuiteConfusion     vc.Code = "proof-type-suite-mismatch" // type and cryptosuite contradict each other
	CodeProofPurpose       vc.Code = "proof-purpose-mismatch"    // made for another purpose
	CodeProofCreated       vc.Code = "proof-created-invalid"     // no dateTime
	CodeProofCreatedFuture vc.Code = "proof-created-in-future"   // later than now and the allowed skew
	CodeProofExpires       vc.Code = "proof-expires-invalid"     // no dateTime
	CodeProofExpired       vc.Code = "proof-expired"             // the proof's own end has passed
	CodeProofValue         vc.Code = "proof-value-malformed"     // not multibase of the suite's length
	CodeProofIsBase        vc.Code = "proof-is-base"             // the holder's own copy, which is for nobody else
	CodeDisclosureValue    vc.Code = "disclosure-malformed"      // not the proof value of what is shown in part
	CodeDisclosureTooMany  vc.Code = "disclosure-too-many"       // more statements are signed one by one than are checked
	CodeDisclosureLabels   vc.Code = "disclosure-labels"         // not one label for each blank node
	CodeDisclosureIndexes  vc.Code = "disclosure-indexes"        // mandatory statements that are not there
	CodeDisclosureCount    vc.Code = "disclosure-count"          // more or fewer statements than signatures
	CodeStatementSignature vc.Code = "statement-signature"       // a statement that the issuer did not sign
	CodePointer            vc.Code = "pointer-not-found"         // Sign and Derive: a JSON pointer that leads to nothing
	CodePointerInside      vc.Code = "pointer-inside"            // Sign and Derive: a part of what is shown whole or not at all
	CodePointerDiffers     vc.Code = "pointer-differs"           // Derive: the part means something else than in the whole
	CodePointerNotPortable vc.Code = "pointer-not-portable"      // a warning of Sign: other libraries cannot derive so
	CodeNothingShown       vc.Code = "nothing-shown"             // Derive: no pointers, and nothing is mandatory
	CodeNoBaseProof        vc.Code = "base-proof-missing"        // Derive: no base proof, or several
	CodeKeyType            vc.Code = "key-type-mismatch"         // the key is not of the suite's kind
	CodeProofChain         vc.Code = "proof-chain-invalid"       // previousProof names no proof, two, or itself
	CodeDataLoss           vc.Code = "term-undefined"            // something in the document is not covered by the signature
	CodeWorkExhausted      vc.Code = "work-exhausted"            // Config.MaxUnits: the search for a good signature was given up
	CodeProofContext       vc.Code = "proof-context-mismatch"    // the proof brings a context that the document lacks
	CodeMethodURL          vc.Code = vc.Code(did.CodeInvalidURL) // no URL by which a key is found
	CodeObsoleteSuite      vc.Code = "cryptosuite-obsolete"      // a warning: still checked, no longer to be issued
	CodeArchivedContext    vc.Code = "context-archived"          // a warning: signed under an earlier content of a context
	CodeDeployedEscaping   vc.Code = "escaping-as-deployed"      // a warning: signed over URDNA2015's escaping
	CodeDeployedOrder      vc.Code = "order-as-deployed"         // a warning: signed over statements in the order of UTF-16
	CodeNumberNotPortable  vc.Code = "number-not-portable"       // Sign: others would read or canonicalise another number
	CodeIRIName            vc.Code = "member-named-by-iri"       // Sign: readers of JSON would miss it
	CodeAlreadyToken       vc.Code = "already-a-token"           // Sign and Issue: JSON is signed, and this is signed already
)

// Codes of tokens: what signing them in package proof/vcjwt refuses, and what
// verifying them finds.
const (
	CodeJWTAlgMissing       vc.Code = "jwt-alg-missing"           // the header has no alg
	CodeJWTAlgNone          vc.Code = "jwt-alg-none"              // not signed at all
	CodeJWTAlgNotAllowed    vc.Code = "jwt-alg-not-allowed"       // a MAC, an encryption, or an unknown name
	CodeJWTAlgKeyMismatch   vc.Code = "jwt-alg-key-mismatch"      // the key is not of the algorithm's kind
	CodeJWTHeaderNotAllowed vc.Code = "jwt-header-not-allowed"    // a member of the header that the profile does not have
	CodeJWTHeaderMalformed  vc.Code = "jwt-header-malformed"      // a member of the header is of the wrong kind
	CodeJWTTypeInvalid      vc.Code = "jwt-typ-invalid"           // typ is not JWT
	CodeJWTKeyMissing       vc.Code = "jwt-key-missing"           // neither kid nor jwk
	CodeJWTKeyMalformed     vc.Code = "jwt-jwk-malformed"         // no public key of a supported kind
	CodeJWTIssMissing       vc.Code = "jwt-iss-missing"           // no claim for the issuer
	CodeJWTIssMismatch      vc.Code = "jwt-iss-mismatch"          // the claim is not the issuer
	CodeJWTSubMissing       vc.Code = "jwt-sub-missing"           // no claim for the subject's id
	CodeJWTSubMismatch      vc.Code = "jwt-sub-mismatch"          // the claim is not the subject's id
	CodeJWTNbfMissing       vc.Code = "jwt-nbf-missing"           // no claim for validFrom
	CodeJWTNbfMismatch      vc.Code = "jwt-nbf-mismatch"          // the claim is not validFrom
	CodeJWTJtiMissing       vc.Code = "jwt-jti-missing"           // no claim for the credential's id
	CodeJWTJtiMismatch      vc.Code = "jwt-jti-mismatch"          // the claim is not the credential's id
	CodeJWTExpMissing       vc.Code = "jwt-exp-missing"           // no claim for validUntil
	CodeJWTExpMismatch      vc.Code = "jwt-exp-mismatch"          // the claim is not validUntil
	CodeJWTVCClaim          vc.Code = "jwt-vc-claim"              // vc+jwt must not have one
	CodeJWTClaimVersion     vc.Code = "jwt-vc-claim-version"      // a credential of data model 2.0 in the claim vc
	CodeJWTAmbiguous        vc.Code = "jwt-ambiguous"             // two credentials, or one and a presentation
	CodeJWTDataModel        vc.Code = "jwt-data-model"            // Sign: not on data model 2.0
	CodeJWTClaimMember      vc.Code = "jwt-claim-member"          // Sign: a member of the credential would be read as a claim
	CodeJWTHeaderClaim      vc.Code = "jwt-header-claim-mismatch" // the header repeats a claim and says something else
	CodeJWTContentType      vc.Code = "jwt-cty-invalid"           // cty is not that of a credential
	CodeJWTOldForm          vc.Code = "jwt-old-form"              // a warning: VCDM 1.1, read but no longer issued
	CodeJWTMediaType        vc.Code = "jwt-typ-other"             // a warning: another profile's typ
)

// Codes of the key binding of an SD-JWT, by which its holder signs a presentation, and of
// issuing and presenting one in package proof/sdjwt.
const (
	CodeBindingMalformed vc.Code = "key-binding-malformed"         // not of typ kb+jwt with iat, aud, nonce and sd_hash
	CodeBindingKey       vc.Code = "key-binding-key-missing"       // the credential names no key of its holder
	CodeBindingHash      vc.Code = "key-binding-hash-mismatch"     // made for another credential or other disclosures
	CodeBindingSignature vc.Code = "key-binding-signature-invalid" // not by the holder's key
	CodeDisclosurePath   vc.Code = "disclosure-path-unmatched"     // Issue and Present: a pointer to what is not there, or cannot be apart
	CodeNotSDJWT         vc.Code = "not-an-sd-jwt"                 // Present: the credential is none
)
