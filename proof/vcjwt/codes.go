package vcjwt

import "github.com/laurel-edu/laurel/vc"

// Codes of the problems that this package reports.
const (
	CodeAlgMissing       vc.Code = "jwt-alg-missing"
	CodeAlgNone          vc.Code = "jwt-alg-none"         // not signed at all
	CodeAlgNotAllowed    vc.Code = "jwt-alg-not-allowed"  // a MAC, an encryption, or an unknown name
	CodeAlgKeyMismatch   vc.Code = "jwt-alg-key-mismatch" // the key is not of the algorithm's kind
	CodeHeaderNotAllowed vc.Code = "jwt-header-not-allowed"
	CodeHeaderMalformed  vc.Code = "jwt-header-malformed"
	CodeTypeInvalid      vc.Code = "jwt-typ-invalid"
	CodeKeyMissing       vc.Code = "jwt-key-missing"   // neither kid nor jwk
	CodeKeyMalformed     vc.Code = "jwt-jwk-malformed" // no public key of a supported kind
	CodeSignature        vc.Code = "jwt-signature-invalid"
	CodeIssMissing       vc.Code = "jwt-iss-missing"
	CodeIssMismatch      vc.Code = "jwt-iss-mismatch"
	CodeSubMissing       vc.Code = "jwt-sub-missing"
	CodeSubMismatch      vc.Code = "jwt-sub-mismatch"
	CodeNbfMissing       vc.Code = "jwt-nbf-missing"
	CodeNbfMismatch      vc.Code = "jwt-nbf-mismatch"
	CodeJtiMissing       vc.Code = "jwt-jti-missing"
	CodeJtiMismatch      vc.Code = "jwt-jti-mismatch"
	CodeExpMissing       vc.Code = "jwt-exp-missing"
	CodeExpMismatch      vc.Code = "jwt-exp-mismatch"
	CodeClaimMalformed   vc.Code = "jwt-claim-malformed" // not of the type RFC 7519 gives it
	CodeVCClaim          vc.Code = "jwt-vc-claim"        // vc+jwt must not have one
	CodeAmbiguous        vc.Code = "jwt-ambiguous"       // two credentials, or one and a presentation
	CodeClaimMember      vc.Code = "jwt-claim-member"    // Sign: a member of the credential would be read as a claim
	CodeHeaderClaim      vc.Code = "jwt-header-claim-mismatch"
	CodeContentType      vc.Code = "jwt-cty-invalid"
	CodeOldForm          vc.Code = "jwt-old-form"  // a warning: VCDM 1.1, read but no longer issued
	CodeMediaType        vc.Code = "jwt-typ-other" // a warning: another profile's typ

	CodeMethodURL           vc.Code = "verification-method-invalid" // Sign: KeyID is no URL by which a key is found
	CodeIssuerNotController vc.Code = "signing-key-not-of-issuer"   // Sign: KeyID is not the issuer's
)
