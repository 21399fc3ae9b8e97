package status

import (
	"github.com/laurel-edu/laurel/vc"
)

// ErrRevoked and ErrSuspended match the problems of [CodeRevoked] and [CodeSuspended],
// for callers that branch on them.
var (
	ErrRevoked   error = &vc.Problem{Code: CodeRevoked, Message: "the credential is revoked"}
	ErrSuspended error = &vc.Problem{Code: CodeSuspended, Message: "the credential is suspended"}
)

// The codes of a status that stands against the credential.
const (
	CodeRevoked   vc.Code = "revoked"   // withdrawn for good
	CodeSuspended vc.Code = "suspended" // withdrawn for now
)

// The codes of an entry that cannot be read, so that nothing was asked. All but the
// first two are of the state [StateMalformed].
const (
	CodeTypeNotSupported    vc.Code = "status-type-not-supported"    // no type that this package reads
	CodePurposeNotSupported vc.Code = "status-purpose-not-supported" // set, and nobody here knows what that means
	CodeEntryMalformed      vc.Code = "status-entry-malformed"       // no object, or without type, purpose or list in their form
	CodeEntryAmbiguous      vc.Code = "status-entry-ambiguous"       // another entry has its id
	CodeTooManyEntries      vc.Code = "status-too-many-entries"      // more than are looked at
	CodeIndexMalformed      vc.Code = "status-index-malformed"       // not an integer in base 10
	CodeIndexOutOfRange     vc.Code = "status-index-out-of-range"    // beyond the end of the list
	CodeSizeInvalid         vc.Code = "status-size-invalid"          // statusSize is not an integer from 1 to 64
	CodeMessageInvalid      vc.Code = "status-message-invalid"       // statusMessage is not one message for each value
	CodeCredentialIDMissing vc.Code = "status-credential-id-missing" // a list of ids, and the credential has none
)

// The codes of a list that cannot be had or relied on.
const (
	CodeUnavailable      vc.Code = "status-unavailable"        // could not be fetched
	CodeListNotVerified  vc.Code = "status-list-not-verified"  // forged, or its key cannot be had
	CodeListWrongType    vc.Code = "status-list-wrong-type"    // another kind of credential
	CodeListWrongIssuer  vc.Code = "status-list-wrong-issuer"  // signed by somebody else than the issuer
	CodeListWrongPurpose vc.Code = "status-list-wrong-purpose" // revocation asked, suspension answered
	CodeListNotYetValid  vc.Code = "status-list-not-yet-valid" // by validFrom
	CodeListExpired      vc.Code = "status-list-expired"       // by validUntil
	CodeListIDMismatch   vc.Code = "status-list-id-mismatch"   // the list's id is not the URL it was asked by
	CodeListMalformed    vc.Code = "status-list-malformed"     // members missing or of the wrong kind
	// CodeListContentMissing: no encodedList, or no revokedCredential, which may be empty.
	CodeListContentMissing vc.Code = "status-list-content-missing"
	CodeListEncoding       vc.Code = "status-list-encoding"  // encodedList is not gzip in base64url
	CodeListTooLarge       vc.Code = "status-list-too-large" // inflates beyond MaxListBytes
	CodeListTooShort       vc.Code = "status-list-too-short" // fewer entries than hide one among them
	CodeListInsecure       vc.Code = "status-list-insecure"  // an unsigned list without https
)

// The codes of warnings, which change no state.
const (
	CodeIndexNotString  vc.Code = "status-index-not-string"      // a JSON number
	CodeEntryIDIsList   vc.Code = "status-entry-id-is-list"      // the entry's id is the list's URL
	CodeMessageMissing  vc.Code = "status-message-missing"       // more than one bit and no messages
	CodeRefreshSet      vc.Code = "status-refresh-announced"     // the issuer has a newer credential
	CodeListLaxEncoding vc.Code = "status-list-encoding-lenient" // another base64 than the specification's
	CodeListTTLInvalid  vc.Code = "status-list-ttl-invalid"      // ttl is not a number of milliseconds
	CodeListStale       vc.Code = "status-list-stale"            // older than its ttl allows
	CodeListUnsigned    vc.Code = "status-list-unsigned"         // only its host vouches for it
	CodeListOtherHost   vc.Code = "status-list-other-host"       // unsigned, and not on the issuer's host
	CodeTypeDeprecated  vc.Code = "status-type-deprecated"       // replaced by a newer type
)

// malformed holds the codes of what is wrong with the entry itself. They do not
// depend on what could be had, so whoever accepts what could not does not accept
// them: a holder can often write an entry otherwise without breaking the proof.
var malformed = map[vc.Code]bool{
	CodeEntryMalformed: true, CodeEntryAmbiguous: true, CodeTooManyEntries: true, CodeIndexMalformed: true,
	CodeSizeInvalid: true, CodeMessageInvalid: true, CodeCredentialIDMissing: true,
}

// problem is one with the words of its code, and with what was found and what was
// expected where that is not the same for all of them.
func problem(code vc.Code, pointer, found, expected string) *vc.Problem {
	p := words.Problem(code, pointer, found)
	if expected != "" {
		p.Expected = expected
	}
	return p
}
