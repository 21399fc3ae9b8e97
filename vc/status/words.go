package status

import (
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

const (
	specEntry    = "Bitstring Status List 1.0, 2.1"
	specList     = "Bitstring Status List 1.0, 2.2"
	specValidate = "Bitstring Status List 1.0, 3.2"
	specExpand   = "Bitstring Status List 1.0, 3.4"
	specVCRL     = "1EdTech VC Revocation List Status Method 1.0"
)

// words are what each code says.
var words = vc.Words{
	CodeRevoked: {
		Type: vc.TypeStatusVerification, Message: "the issuer has revoked the credential",
		Fix: "ask the holder for a newer credential, or the issuer why", Spec: specValidate,
	},
	CodeSuspended: {
		Type: vc.TypeStatusVerification, Message: "the issuer has suspended the credential",
		Fix: "ask the issuer; a suspension may be lifted", Spec: specValidate,
	},

	CodeTypeNotSupported: {
		Type:     vc.TypeStatusVerification,
		Message:  "the status entry has a type that is not supported, so nothing says whether the credential is revoked",
		Expected: "BitstringStatusListEntry, StatusList2021Entry, RevocationList2020Status or 1EdTechRevocationList",
		Fix:      "ask the issuer for a credential with a BitstringStatusListEntry, or check this status by other means",
		Spec:     "VCDM 2.0, 4.10",
	},
	CodePurposeNotSupported: {
		Type: vc.TypeStatusVerification, Message: "the status is set for a purpose whose meaning is not known here",
		Expected: "revocation, suspension, refresh or message",
		Fix:      "find out from the issuer what this purpose means; use revocation or suspension where that is meant",
		Spec:     specEntry,
	},
	CodeEntryMalformed: {
		Type:    vc.TypeMalformedValue,
		Message: "the status entry is not an object with type, purpose and list, each in its form",
		Fix:     "issue the credential anew with a complete status entry", Spec: specEntry,
	},
	CodeEntryAmbiguous: {
		Type:    vc.TypeMalformedValue,
		Message: "another status entry has the same id, so nobody can tell which members are whose",
		Fix:     "issue the credential anew with an id for each status entry, or with none", Spec: specEntry,
	},
	CodeTooManyEntries: {
		Type: vc.TypeRange, Message: "the credential has more status entries than are looked at, so none was asked",
		Fix: "issue credentials with one status entry for each purpose", Spec: specEntry,
	},
	CodeIndexMalformed: {
		Type: vc.TypeMalformedValue, Message: "the index is not a non-negative integer in base 10",
		Expected: "decimal digits without sign or leading zeros",
		Fix:      "write the index as a string of decimal digits without sign or leading zeros", Spec: specEntry,
	},
	CodeIndexOutOfRange: {
		Type: vc.TypeRange, Message: "the index is beyond the end of the list",
		Fix: "publish the list at its full length, or issue the credential anew", Spec: specValidate,
	},
	CodeSizeInvalid: {
		Type: vc.TypeMalformedValue, Message: "statusSize is not a number of bits",
		Fix: "write statusSize as an integer greater than zero, or leave it out for 1", Spec: specEntry,
	},
	CodeMessageInvalid: {
		Type: vc.TypeMalformedValue, Message: "statusMessage does not have one message for each value",
		Fix:  "give statusMessage an object with status and message for each of the 2^statusSize values",
		Spec: specEntry,
	},
	CodeCredentialIDMissing: {
		Type: vc.TypeStatusVerification, Message: "the credential has no id to be looked up in the revocation list",
		Fix: "issue credentials that can be revoked by a list of ids with an id", Spec: specVCRL,
	},

	CodeUnavailable: {
		Type: vc.TypeStatusRetrieval, Message: "the status list cannot be had",
		Fix: "try again later, or put the list into the trust pack", Spec: specValidate,
	},
	vc.Code(fetch.CodeBudget): {
		Type: vc.TypeStatusRetrieval, Message: "the status list, or what proves it, was not asked for",
		Fix:  "allow more requests (verify.Config.Limits.MaxFetches), or put the list and its key into the trust pack",
		Spec: specValidate,
	},
	CodeListNotVerified: {
		Type:    vc.TypeStatusVerification,
		Message: "the status list is not proven to be its issuer's, so it says nothing about the credential",
		Fix:     "the issuer has to publish the list with a proof by a key of its own", Spec: specValidate,
	},
	CodeListWrongType: {
		Type: vc.TypeStatusVerification, Message: "the list is not of the kind that the entry announces",
		Fix: "the issuer has to publish the kind of list that the entry announces", Spec: specList,
	},
	CodeListWrongIssuer: {
		Type: vc.TypeStatusVerification, Message: "the list is of somebody else than the credential's issuer",
		Fix:  "if the list's signer is known to act for the issuer, the verifier may trust it (TrustedIssuers)",
		Spec: "Bitstring Status List 1.0, 2.2 and 3.2",
	},
	CodeListWrongPurpose: {
		Type: vc.TypeStatusVerification, Message: "the list has another purpose than the entry",
		Fix: "the issuer has to name a list whose statusPurpose holds the entry's", Spec: specValidate,
	},
	CodeListNotYetValid: {
		Type: vc.TypeStatusVerification, Message: "the list is not valid yet",
		Fix: "check the clock; else the issuer has published the list too early", Spec: specList,
	},
	CodeListExpired: {
		Type: vc.TypeStatusVerification, Message: "the list has expired",
		Fix: "the issuer has to publish a current list", Spec: specList,
	},
	CodeListIDMismatch: {
		Type: vc.TypeStatusVerification, Message: "the list's id is not the URL that the entry names",
		Fix:  "publish the list at the URL that is its id, and name that URL in entries",
		Spec: specList,
	},
	CodeListMalformed: {
		Type: vc.TypeMalformedValue, Message: "the list lacks a member, or has one that is not in its form",
		Fix: "the issuer has to publish a complete list", Spec: specList,
	},
	CodeListContentMissing: {
		Type: vc.TypeMalformedValue, Message: "the list lacks the member that says what is revoked",
		Fix: "the issuer has to publish the list with encodedList or revokedCredential, even if nothing is revoked", Spec: specList,
	},
	CodeListEncoding: {
		Type: vc.TypeMalformedValue, Message: "the list is not encoded as its specification has it",
		Fix: "encode the list as u and base64url without padding of one gzip member", Spec: specExpand,
	},
	CodeListTooLarge: {
		Type: vc.TypeStatusVerification, Message: "the list is longer than is read",
		Fix: "the issuer has to split the list; a verifier may raise the limit (MaxListBytes)", Spec: specExpand,
	},
	CodeListTooShort: {
		Type: vc.TypeStatusListLength, Message: "the list has fewer entries than are needed to hide one among them",
		Fix:  "the issuer has to publish at least 131072 entries; a verifier may lower the bound (MinEntries)",
		Spec: specValidate,
	},
	CodeListInsecure: {
		Type: vc.TypeStatusRetrieval, Message: "an unsigned list is believed for its host, which only https proves",
		Expected: "an https URL",
		Fix:      "publish the list at an https URL", Spec: specVCRL,
	},

	CodeIndexNotString: {
		Type: vc.TypeMalformedValue, Severity: vc.SeverityWarning, Message: "the index is a JSON number",
		Expected: "a string",
		Fix:      "write the index as a string", Spec: specEntry,
	},
	CodeEntryIDIsList: {
		Type: vc.TypeMalformedValue, Severity: vc.SeverityWarning, Message: "the entry's id is the URL of the list",
		Fix: "leave the entry's id out, or give it a fragment of its own", Spec: specEntry,
	},
	CodeMessageMissing: {
		Type: vc.TypeMalformedValue, Severity: vc.SeverityWarning,
		Message: "the entry has more than one bit and no statusMessage",
		Fix:     "give statusMessage a message for each value", Spec: specEntry,
	},
	CodeRefreshSet: {
		Type: vc.TypeStatusVerification, Severity: vc.SeverityWarning,
		Message: "the issuer says that a newer credential may be had",
		Fix:     "get the newer credential by its refreshService", Spec: specEntry,
	},
	CodeListLaxEncoding: {
		Type: vc.TypeMalformedValue, Severity: vc.SeverityWarning,
		Message: "the list is encoded as many lists are, and not as its specification shows",
		Fix:     "encode the list as base64url without padding and without a prefix",
		Spec:    "Status List 2021, StatusList2021Credential",
	},
	CodeListTTLInvalid: {
		Type: vc.TypeMalformedValue, Severity: vc.SeverityWarning,
		Message:  "the list's ttl is not a number of milliseconds",
		Expected: "a number",
		Fix:      "write ttl as a whole number of milliseconds", Spec: specList,
	},
	CodeListStale: {
		Type: vc.TypeStatusRetrieval, Severity: vc.SeverityWarning,
		Message: "a cache has a list that is older than its ttl",
		Fix:     "let caches keep the list no longer than its ttl", Spec: specList,
	},
	CodeListUnsigned: {
		Type: vc.TypeStatusVerification, Severity: vc.SeverityWarning,
		Message: "the revocation list is not signed, so only its host vouches for it",
		Fix:     "publish a BitstringStatusListCredential, which is signed", Spec: specVCRL,
	},
	CodeListOtherHost: {
		Type: vc.TypeStatusVerification, Severity: vc.SeverityWarning,
		Message: "the unsigned list is not on the issuer's host",
		Fix:     "publish the list on the issuer's host", Spec: specVCRL,
	},
	CodeTypeDeprecated: {
		Type: vc.TypeStatusVerification, Severity: vc.SeverityWarning,
		Message: "the type of the status entry is deprecated",
		Fix:     "issue new credentials with a BitstringStatusListEntry", Spec: "OB 3.0, Verification",
	},
}
