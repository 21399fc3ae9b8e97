package status

import (
	"errors"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// ErrRevoked and ErrSuspended are what the problems of [CodeRevoked] and
// [CodeSuspended] wrap, for callers that branch on them.
var (
	ErrRevoked   = errors.New("status: the credential is revoked")
	ErrSuspended = errors.New("status: the credential is suspended")
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
	CodeListMalformed    vc.Code = "status-list-malformed"     // members missing or of the wrong kind
	CodeListEncoding     vc.Code = "status-list-encoding"      // encodedList is not gzip in base64url
	CodeListTooLarge     vc.Code = "status-list-too-large"     // inflates beyond MaxListBytes
	CodeListTooShort     vc.Code = "status-list-too-short"     // fewer entries than hide one among them
	CodeListInsecure     vc.Code = "status-list-insecure"      // an unsigned list without https
)

// The codes of warnings, which change no state.
const (
	CodeIndexNotString  vc.Code = "status-index-not-string"      // a JSON number
	CodeEntryIDIsList   vc.Code = "status-entry-id-is-list"      // the entry's id is the list's URL
	CodeMessageMissing  vc.Code = "status-message-missing"       // more than one bit and no messages
	CodeRefreshSet      vc.Code = "status-refresh-announced"     // the issuer has a newer credential
	CodeListIDMismatch  vc.Code = "status-list-id-mismatch"      // the list's id is not the URL it was asked by
	CodeListLaxEncoding vc.Code = "status-list-encoding-lenient" // another base64 than the specification's
	CodeListTTLInvalid  vc.Code = "status-list-ttl-invalid"      // ttl is not a number of milliseconds
	CodeListStale       vc.Code = "status-list-stale"            // older than its ttl allows
	CodeListUnsigned    vc.Code = "status-list-unsigned"         // only its host vouches for it
	CodeListOtherHost   vc.Code = "status-list-other-host"       // unsigned, and not on the issuer's host
	CodeTypeDeprecated  vc.Code = "status-type-deprecated"       // replaced by a newer type
)

// fact is what all problems of one code have in common.
type fact struct {
	url  string // ProblemDetails type
	fix  string
	spec string
}

const (
	specEntry    = "Bitstring Status List 1.0, 2.1"
	specList     = "Bitstring Status List 1.0, 2.2"
	specValidate = "Bitstring Status List 1.0, 3.2"
	specExpand   = "Bitstring Status List 1.0, 3.4"
	specVCRL     = "1EdTech VC Revocation List Status Method 1.0"
)

// facts is never written to.
var facts = map[vc.Code]fact{
	CodeRevoked:   {"", "ask the holder for a newer credential, or the issuer why", specValidate},
	CodeSuspended: {"", "ask the issuer; a suspension may be lifted", specValidate},

	CodeTypeNotSupported:    {vc.TypeStatusVerification, "ask the issuer for a credential with a BitstringStatusListEntry, or check this status by other means", "VCDM 2.0, 4.10"},
	CodePurposeNotSupported: {vc.TypeStatusVerification, "find out from the issuer what this purpose means; use revocation or suspension where that is meant", specEntry},
	CodeEntryMalformed:      {vc.TypeMalformedValue, "issue the credential anew with a complete status entry", specEntry},
	CodeEntryAmbiguous:      {vc.TypeMalformedValue, "issue the credential anew with an id for each status entry, or with none", specEntry},
	CodeTooManyEntries:      {vc.TypeRange, "issue credentials with one status entry for each purpose", specEntry},
	CodeIndexMalformed:      {vc.TypeMalformedValue, "write the index as a string of decimal digits without sign or leading zeros", specEntry},
	CodeIndexOutOfRange:     {vc.TypeRange, "publish the list at its full length, or issue the credential anew", specValidate},
	CodeSizeInvalid:         {vc.TypeMalformedValue, "write statusSize as an integer greater than zero, or leave it out for 1", specEntry},
	CodeMessageInvalid:      {vc.TypeMalformedValue, "give statusMessage an object with status and message for each of the 2^statusSize values", specEntry},
	CodeCredentialIDMissing: {vc.TypeStatusVerification, "issue credentials that can be revoked by a list of ids with an id", specVCRL},

	CodeUnavailable:           {vc.TypeStatusRetrieval, "try again later, or put the list into the trust pack", specValidate},
	vc.Code(fetch.CodeBudget): {vc.TypeStatusRetrieval, "allow more requests (verify.Config.Limits.MaxFetches), or put the list and its key into the trust pack", specValidate},
	CodeListNotVerified:       {vc.TypeStatusVerification, "the issuer has to publish the list with a proof by a key of its own", specValidate},
	CodeListWrongType:         {vc.TypeStatusVerification, "the issuer has to publish the kind of list that the entry announces", specList},
	CodeListWrongIssuer:       {vc.TypeStatusVerification, "if the signer of the list is known to act for the issuer, name it in TrustedIssuers", "Bitstring Status List 1.0, 2.2 and 3.2"},
	CodeListWrongPurpose:      {vc.TypeStatusVerification, "the issuer has to name a list whose statusPurpose holds the entry's", specValidate},
	CodeListNotYetValid:       {vc.TypeStatusVerification, "check the clock; else the issuer has published the list too early", specList},
	CodeListExpired:           {vc.TypeStatusVerification, "the issuer has to publish a current list", specList},
	CodeListMalformed:         {vc.TypeMalformedValue, "the issuer has to publish a complete list", specList},
	CodeListEncoding:          {vc.TypeMalformedValue, "encode the list as u and base64url without padding of one gzip member", specExpand},
	CodeListTooLarge:          {vc.TypeStatusVerification, "split the list, or raise MaxListBytes if lists this large are wanted", specExpand},
	CodeListTooShort:          {vc.TypeStatusListLength, "publish at least 131072 entries; MinEntries lowers the bound for an ecosystem that says so", specValidate},
	CodeListInsecure:          {vc.TypeStatusRetrieval, "publish the list at an https URL", specVCRL},

	CodeIndexNotString:  {vc.TypeMalformedValue, "write the index as a string", specEntry},
	CodeEntryIDIsList:   {vc.TypeMalformedValue, "leave the entry's id out, or give it a fragment of its own", specEntry},
	CodeMessageMissing:  {vc.TypeMalformedValue, "give statusMessage a message for each value", specEntry},
	CodeRefreshSet:      {"", "get the newer credential by its refreshService", specEntry},
	CodeListIDMismatch:  {"", "publish the list at the URL that is its id", specList},
	CodeListLaxEncoding: {vc.TypeMalformedValue, "encode the list as base64url without padding and without a prefix", "Status List 2021, StatusList2021Credential"},
	CodeListTTLInvalid:  {vc.TypeMalformedValue, "write ttl as a whole number of milliseconds", specList},
	CodeListStale:       {vc.TypeStatusRetrieval, "let caches keep the list no longer than its ttl", specList},
	CodeListUnsigned:    {"", "publish a BitstringStatusListCredential, which is signed", specVCRL},
	CodeListOtherHost:   {"", "publish the list on the issuer's host", specVCRL},
	CodeTypeDeprecated:  {"", "issue new credentials with a BitstringStatusListEntry", "OB 3.0, Verification"},
}

// malformed holds the codes of what is wrong with the entry itself. They do not
// depend on what could be had, so whoever accepts what could not does not accept
// them: a holder can often write an entry otherwise without breaking the proof.
var malformed = map[vc.Code]bool{
	CodeEntryMalformed: true, CodeEntryAmbiguous: true, CodeTooManyEntries: true, CodeIndexMalformed: true,
	CodeSizeInvalid: true, CodeMessageInvalid: true, CodeCredentialIDMissing: true,
}

// newProblem makes a Problem with what its code always says.
func newProblem(code vc.Code, pointer, message string) *vc.Problem {
	f := facts[code]
	return &vc.Problem{Code: code, Type: f.url, Pointer: pointer, Message: message, Fix: f.fix, Spec: f.spec}
}

// found adds the offending value.
func found(p *vc.Problem, value, expected string) *vc.Problem {
	p.Found, p.Expected = value, expected
	return p
}
