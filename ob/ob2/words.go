package ob2

import "github.com/laurel-edu/laurel/vc"

// The codes of this package. Besides them a report has those of packages vc, vc/fetch and
// proof, and those that name what came in place of a badge.
const (
	CodeContextMissing   vc.Code = "ob2-context-missing"     // no context of Open Badges 2
	CodeContextUnknown   vc.Code = "ob2-context-unknown"     // a context whose content is not at hand
	CodeContextRedefines vc.Code = "ob2-context-redefines"   // a context gives a term of the standard another meaning
	CodeLinkedData       vc.Code = "ob2-linked-data"         // JSON-LD in another form that cannot be brought into the usual one
	CodeTooComplex       vc.Code = "ob2-too-complex"         // JSON-LD in another form beyond a limit
	CodeTermDropped      vc.Code = "ob2-term-dropped"        // a member that means nothing as JSON-LD
	CodeNotOpenBadges2   vc.Code = "ob2-not-open-badges-2"   // a credential of Open Badges 3.0, or another
	CodeType             vc.Code = "ob2-type"                // none of the types that belong there
	CodeMemberMissing    vc.Code = "ob2-member-missing"      // a member that the class must have
	CodeMemberMalformed  vc.Code = "ob2-member-malformed"    // a value that its member cannot have
	CodeVerificationType vc.Code = "ob2-verification-type"   // neither hosted nor signed, or not as it came
	CodeNotHosted        vc.Code = "ob2-not-hosted"          // its publisher has no such document
	CodeNotAtItsID       vc.Code = "ob2-not-at-its-id"       // a document of another id than its address
	CodeMoved            vc.Code = "ob2-moved"               // found at another address, of the same host or behind one that only redirects
	CodeRedirected       vc.Code = "ob2-redirected"          // a redirect led to another host
	CodeCopyDiffers      vc.Code = "ob2-copy-differs"        // what came says otherwise than the hosted assertion
	CodeOutOfScope       vc.Code = "ob2-out-of-scope"        // an id where the issuer publishes nothing
	CodeNoIssuer         vc.Code = "ob2-no-issuer"           // no issuer that can be asked
	CodeKeyNotListed     vc.Code = "ob2-key-not-listed"      // the issuer's profile does not list the key
	CodeKeyOwner         vc.Code = "ob2-key-owner"           // the key is somebody else's
	CodeKeyMalformed     vc.Code = "ob2-key-malformed"       // no public key in PEM that can be used
	CodeRevoked          vc.Code = "ob2-revoked"             // the issuer took it back
	CodeRevocationList   vc.Code = "ob2-revocation-list"     // a revocation list that is not the issuer's
	CodeExpired          vc.Code = "ob2-expired"             // after its end
	CodeNotYetIssued     vc.Code = "ob2-not-yet-issued"      // before its beginning
	CodeEndsBeforeIssued vc.Code = "ob2-ends-before-issued"  // the end is before the beginning
	CodeRecipient        vc.Code = "ob2-recipient"           // awarded to somebody else
	CodeTooManyLinks     vc.Code = "ob2-too-many-links"      // more links than are followed
	CodeEndorsement      vc.Code = "ob2-endorsement"         // endorses something else than it stands on
	CodeExtensionMisfits vc.Code = "ob2-extension-misfits"   // an extension that does not fit its schema
	CodeExtensionType    vc.Code = "ob2-extension-type"      // an extension of no type that its contexts describe
	CodeExtensionUnread  vc.Code = "ob2-extension-unchecked" // an extension whose schema cannot be had
	CodeNotHTTPS         vc.Code = "ob2-not-https"           // an address without TLS
	CodeNotCarried       vc.Code = "ob2-not-carried"         // lost in a credential of Open Badges 3.0
	CodeCarriedOtherwise vc.Code = "ob2-carried-otherwise"   // changed in a credential of Open Badges 3.0
)

const (
	spec      = "OB 2.0"
	specCheck = "OB 2.0, Verification"
	specLD    = "OB 2.0, JSON-LD; JSON-LD 1.0"
	specLimit = "a limit of this library"
	specUp    = "OB 3.0 Implementation Guide, Migrating"

	specExtension = "OB 2.0, Extension Validation"

	askIssuer = "ask the issuer for the badge anew"
)

// words are what each code says.
var words = vc.Words{
	CodeContextMissing: {Type: vc.TypeMalformedValue, Message: "no context of Open Badges 2 is listed",
		Expected: Context, Fix: "list the context", Spec: specLD},
	CodeContextUnknown: {Type: vc.TypeLaurel, Message: "the context is not known here, so its terms mean nothing here",
		Fix: "list only the contexts of the standard, and of extensions in the extensions", Spec: specLD},
	CodeContextRedefines: {Type: vc.TypeMalformedValue, Message: "a context of the document gives a term of the standard another meaning",
		Fix: "leave the terms of the standard as they are", Spec: specLD},
	CodeLinkedData: {Type: vc.TypeParsing, Message: "the JSON-LD cannot be brought into the form of the standard",
		Fix: "publish the document with the terms of the standard", Spec: specLD},
	CodeTooComplex: {Type: vc.TypeParsing, Message: "the JSON-LD is of an unusual form and too large to be brought into the usual one",
		Fix: "publish the document with the terms of the standard", Spec: specLimit},
	CodeTermDropped: {Type: vc.TypeDataLoss, Severity: vc.SeverityWarning, Message: "no context of the document defines the member",
		Fix: "use a term of a context", Spec: specLD},
	CodeNotOpenBadges2: {Type: vc.TypeParsing, Message: "this is no document of Open Badges 2",
		Fix: "verify credentials with package vc/verify", Spec: spec},
	CodeType: {Type: vc.TypeMalformedValue, Message: "the object is of no type that belongs here",
		Fix: "give it the type of its class", Spec: spec},
	CodeMemberMissing: {Type: vc.TypeMalformedValue, Message: "a member that the class must have is missing",
		Fix: "add the member", Spec: spec},
	CodeMemberMalformed: {Type: vc.TypeMalformedValue, Message: "the value is none that the member can have",
		Fix: "write it as the specification has it", Spec: spec},
	CodeVerificationType: {Type: vc.TypeMalformedValue, Message: "the badge does not say a way of verification that fits how it came",
		Expected: "HostedBadge, or SignedBadge for a token", Fix: "hand in a signed badge as the token that it is", Spec: specCheck},
	CodeNotHosted: {Type: vc.TypeProofVerification, Message: "the publisher has no document at the id of the badge",
		Fix: askIssuer, Spec: specCheck},
	CodeNotAtItsID: {Type: vc.TypeProofVerification, Message: "the document found at the address says that it is another",
		Fix: "publish each document at its own id", Spec: specCheck},
	CodeMoved: {Type: vc.TypeLaurel, Severity: vc.SeverityWarning, Message: "the document stands at another address than its link has",
		Fix: "link it by its id", Spec: specCheck},
	CodeRedirected: {Type: vc.TypeProofVerification, Message: "a redirect led to another host, which does not speak for the first",
		Fix: "publish the document at its id, or list a host that only redirects (Config.Redirectors)", Spec: specCheck},
	CodeCopyDiffers: {Type: vc.TypeProofVerification,
		Message: "the badge that came says something else than the one that its issuer publishes",
		Fix:     "take the badge from its own address", Spec: specCheck},
	CodeOutOfScope: {Type: vc.TypeProofVerification, Message: "the document stands where the issuer publishes no badges",
		Fix: "the issuer must list the place in verification, as allowedOrigins or startsWith", Spec: specCheck},
	CodeNoIssuer: {Type: vc.TypeProofVerification, Message: "the badge has no issuer with an address at which its profile stands",
		Fix: "the issuer must publish its profile and name it by its address", Spec: specCheck},
	CodeKeyNotListed: {Type: vc.TypeProofVerification, Message: "the profile of the issuer does not list the key",
		Fix: "the issuer must list the key in publicKey", Spec: specCheck},
	CodeKeyOwner: {Type: vc.TypeProofVerification, Message: "the key says that it is not the issuer's",
		Fix: "the issuer must publish a key with itself as owner", Spec: specCheck},
	CodeKeyMalformed: {Type: vc.TypeProofVerification, Message: "there is no public key that can be used",
		Expected: "a public key in PEM, RSA of 2048 bits or more", Fix: "publish the key in publicKeyPem", Spec: spec},
	CodeRevoked: {Type: vc.TypeStatusVerification, Message: "the issuer revoked the badge",
		Fix: askIssuer, Spec: specCheck},
	CodeRevocationList: {Type: vc.TypeStatusVerification, Message: "the revocation list is not that of the issuer",
		Fix: "the issuer must publish a list with itself as issuer", Spec: spec},
	CodeExpired: {Type: vc.TypeRange, Message: "the badge has expired",
		Fix: askIssuer, Spec: specCheck},
	CodeNotYetIssued: {Type: vc.TypeRange, Message: "the badge is issued in the future",
		Fix: "wait, or look at the clock", Spec: specCheck},
	CodeEndsBeforeIssued: {Type: vc.TypeRange, Message: "the badge expires before it is issued",
		Fix: askIssuer, Spec: specCheck},
	CodeRecipient: {Type: vc.TypeLaurel, Message: "the badge was awarded to none of the identities that were given",
		Fix: "give the identity that the badge was awarded to, in the same letters", Spec: specCheck},
	CodeTooManyLinks: {Type: vc.TypeLaurel, Message: "there are more links than are followed",
		Fix: "allow more, or look at the rest by itself", Spec: specLimit},
	CodeEndorsement: {Type: vc.TypeLaurel, Severity: vc.SeverityWarning,
		Message: "the endorsement is about something else than it stands on",
		Fix:     "list it where it belongs", Spec: spec},
	CodeExtensionUnread: {Type: vc.TypeLaurel, Severity: vc.SeverityWarning,
		Message: "an extension was not checked, since its schema cannot be had",
		Fix:     "put its context and its schema into the trust pack", Spec: specExtension},
	CodeExtensionMisfits: {Type: vc.TypeMalformedValue, Message: "the extension does not fit the schema that its context names",
		Fix: "write it as the schema says", Spec: specExtension},
	CodeExtensionType: {Type: vc.TypeMalformedValue, Message: "the extension is of no type that its contexts describe",
		Fix: "give it the type of the extension whose context it has", Spec: specExtension},
	CodeNotHTTPS: {Type: vc.TypeLaurel, Severity: vc.SeverityWarning,
		Message: "the address has no TLS, so that anybody on the way could answer",
		Fix:     "publish at https", Spec: spec},
	CodeNotCarried: {Type: vc.TypeDataLoss, Severity: vc.SeverityWarning,
		Message: "Open Badges 3.0 has no place for this, and it was left out",
		Fix:     "keep the badge of Open Badges 2 beside the new one", Spec: specUp},
	CodeCarriedOtherwise: {Type: vc.TypeDataLoss, Severity: vc.SeverityWarning, Message: "this stands in the credential in another form",
		Fix: "look whether it still says what it said", Spec: specUp},
}

func problem(code vc.Code, pointer, found, expected string) *vc.Problem {
	p := words.Problem(code, pointer, found)
	if expected != "" {
		p.Expected = expected
	}
	return p
}

func caused(code vc.Code, pointer, found string, err error) *vc.Problem {
	p := words.Problem(code, pointer, found)
	p.Err = err
	return p
}
