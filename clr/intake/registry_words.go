package intake

import "github.com/laurel-edu/laurel/vc"

// Codes of registries of issuers.
const (
	CodeRegistryForm        vc.Code = "registry-form"                // in none of the forms in which registries are read
	CodeRegistryTooLarge    vc.Code = "registry-too-large"           // more issuers, or registries, than are read
	CodeRegistryEntry       vc.Code = "registry-entry"               // a warning: an entry that cannot be read was left out
	CodeRegistryTwice       vc.Code = "registry-entry-twice"         // a warning: an issuer is listed twice, and the first entry counts
	CodeRegistryUnavailable vc.Code = "registry-unavailable"         // the registry, or a newer copy of it, cannot be had
	CodeRegistryBusy        vc.Code = "registry-asked-too-often"     // the federation was asked for as many issuers as it may be
	CodeFederationStatement vc.Code = "federation-statement"         // not the statement of a federation that was asked for
	CodeFederationExpired   vc.Code = "federation-statement-expired" // after the end that it names
	CodeFederationKey       vc.Code = "federation-key"               // no key of the trust anchor signed it
)

const (
	specRegistry   = "Digital Credentials Consortium, Known Issuer Registry"
	specBound      = "a limit of this library"
	specFederation = "OpenID Federation 1.0, 3"
)

var registryWords = vc.Words{
	CodeRegistryForm: {Type: vc.TypeParsing, Message: "this is in none of the forms in which registries of issuers are read",
		Expected: "an object from identifier to entry, in a member registry or alone, or a list of entries",
		Fix:      "write the registry in one of these forms", Spec: specRegistry},
	CodeRegistryTooLarge: {Type: vc.TypeLaurel, Message: "the registry has more entries than are read",
		Fix: "raise the limit, or use a registry of those whom you meet", Spec: specBound},
	CodeRegistryEntry: {Type: vc.TypeMalformedValue, Severity: vc.SeverityWarning,
		Message:  "an entry of the registry cannot be read and was left out",
		Expected: "an absolute identifier with a name", Fix: "tell whoever keeps the registry", Spec: specRegistry},
	CodeRegistryTwice: {Type: vc.TypeMalformedValue, Severity: vc.SeverityWarning,
		Message: "the registry says two different things of one issuer, and the first is taken",
		Fix:     "tell whoever keeps the registry", Spec: specRegistry},
	CodeRegistryUnavailable: {Type: vc.TypeLaurel,
		Message: "the registry cannot be had, so whom it lists is not known, or only by an older copy",
		Fix:     "try again later, or give a copy of it in a trust pack", Spec: specRegistry},
	CodeRegistryBusy: {Type: vc.TypeLaurel, Message: "the federation was asked for as many issuers as it may be in a minute",
		Fix: "try again in a minute, or allow more", Spec: specBound},
	CodeFederationStatement: {Type: vc.TypeParsing, Message: "the answer of the federation is not the statement that was asked for",
		Expected: "a signed entity statement with iss, sub, iat and exp", Fix: "tell whoever runs the federation", Spec: specFederation},
	CodeFederationExpired: {Type: vc.TypeRange, Message: "the statement of the federation is no longer in force",
		Fix: "try again later, or look at the clock", Spec: specFederation},
	CodeFederationKey: {Type: vc.TypeProofVerification, Message: "no key of the trust anchor signed the statement",
		Fix: "tell whoever runs the federation", Spec: specFederation},
}
