package vcjwt

import (
	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// Codes of the problems that this package reports.
const (
	CodeAlgMissing       vc.Code = "jwt-alg-missing"           // the header has no alg
	CodeAlgNone          vc.Code = "jwt-alg-none"              // not signed at all
	CodeAlgNotAllowed    vc.Code = "jwt-alg-not-allowed"       // a MAC, an encryption, or an unknown name
	CodeAlgKeyMismatch   vc.Code = "jwt-alg-key-mismatch"      // the key is not of the algorithm's kind
	CodeHeaderNotAllowed vc.Code = "jwt-header-not-allowed"    // a member of the header that the profile does not have
	CodeHeaderMalformed  vc.Code = "jwt-header-malformed"      // a member of the header is of the wrong kind
	CodeTypeInvalid      vc.Code = "jwt-typ-invalid"           // typ is not JWT
	CodeKeyMissing       vc.Code = "jwt-key-missing"           // neither kid nor jwk
	CodeKeyMalformed     vc.Code = "jwt-jwk-malformed"         // no public key of a supported kind
	CodeSignature        vc.Code = proof.CodeSignature         // the token was changed, or another key signed
	CodeIssMissing       vc.Code = "jwt-iss-missing"           // no claim for the issuer
	CodeIssMismatch      vc.Code = "jwt-iss-mismatch"          // the claim is not the issuer
	CodeSubMissing       vc.Code = "jwt-sub-missing"           // no claim for the subject's id
	CodeSubMismatch      vc.Code = "jwt-sub-mismatch"          // the claim is not the subject's id
	CodeNbfMissing       vc.Code = "jwt-nbf-missing"           // no claim for validFrom
	CodeNbfMismatch      vc.Code = "jwt-nbf-mismatch"          // the claim is not validFrom
	CodeJtiMissing       vc.Code = "jwt-jti-missing"           // no claim for the credential's id
	CodeJtiMismatch      vc.Code = "jwt-jti-mismatch"          // the claim is not the credential's id
	CodeExpMissing       vc.Code = "jwt-exp-missing"           // no claim for validUntil
	CodeExpMismatch      vc.Code = "jwt-exp-mismatch"          // the claim is not validUntil
	CodeClaimMalformed   vc.Code = vc.CodeTokenClaim           // not of the type RFC 7519 gives it
	CodeVCClaim          vc.Code = "jwt-vc-claim"              // vc+jwt must not have one
	CodeAmbiguous        vc.Code = "jwt-ambiguous"             // two credentials, or one and a presentation
	CodeClaimMember      vc.Code = "jwt-claim-member"          // Sign: a member of the credential would be read as a claim
	CodeHeaderClaim      vc.Code = "jwt-header-claim-mismatch" // the header repeats a claim and says something else
	CodeContentType      vc.Code = "jwt-cty-invalid"           // cty is not that of a credential
	CodeOldForm          vc.Code = "jwt-old-form"              // a warning: VCDM 1.1, read but no longer issued
	CodeMediaType        vc.Code = "jwt-typ-other"             // a warning: another profile's typ

	CodeMethodURL           vc.Code = vc.Code(did.CodeInvalidURL) // Sign: KeyID is no URL by which a key is found
	CodeIssuerNotController vc.Code = proof.CodeIssuer            // Sign: KeyID is not the issuer's
)
