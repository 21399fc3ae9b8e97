package rules

import "github.com/laurel-edu/laurel/vc"

// The codes of the rules, errors first. A table fact that is broken gives one of
// the member codes; Spec names the class and the member.
const (
	CodeMemberMissing       vc.Code = "member-missing"        // a required member is absent
	CodeCredentialIDMissing vc.Code = "credential-id-missing" // the credential has no id
	CodeIssuerMissing       vc.Code = "issuer-missing"        // the credential has no issuer
	CodeSubjectMissing      vc.Code = "subject-missing"       // the credential has no subject, or an empty array of them
	CodeValidFromMissing    vc.Code = "valid-from-missing"    // issuanceDate of VCDM 1.1 too
	CodeCriteriaMissing     vc.Code = "criteria-missing"      // the achievement has no criteria

	CodeMemberNull      vc.Code = "member-null"              // null in place of a value
	CodeMemberKind      vc.Code = "member-wrong-kind"        // another JSON kind than the model has
	CodeMemberRepeated  vc.Code = "member-repeated"          // several values where there is one
	CodeMemberForbidden vc.Code = "member-forbidden"         // a member that a closed class lacks
	CodeTypeLacksClass  vc.Code = "type-lacks-class"         // type does not hold the class
	CodeTerm            vc.Code = "value-not-in-enumeration" // a term that the enumeration lacks
	CodeLanguageValue   vc.Code = "language-value-malformed" // an object that is no language value
	CodeKeyword         vc.Code = "keyword-in-node"          // @id, @type and the like in a node

	CodeIRI          vc.Code = "iri-not-absolute"        // no scheme where an absolute IRI belongs
	CodeIRIMalformed vc.Code = "iri-malformed"           // a scheme, and what no IRI may hold, or nothing behind it
	CodeDateTime     vc.Code = "datetime-malformed"      // no dateTime of XML Schema
	CodeDateTimeZone vc.Code = "datetime-without-zone"   // a dateTime without its offset from UTC
	CodeDate         vc.Code = "date-malformed"          // no calendar date
	CodeLanguage     vc.Code = "language-code-malformed" // no language tag (BCP 47)
	CodeEmail        vc.Code = "email-malformed"         // no e-mail address
	CodeCountry      vc.Code = "country-code-malformed"  // not two capital letters of ISO 3166-1
	CodeIdentityHash vc.Code = "identity-hash-malformed" // not algorithm$hex, or to be made without a salt

	CodeContextMissing    vc.Code = "context-missing"            // no @context at all
	CodeContextNotListed  vc.Code = "context-not-listed"         // one that it must list is not there
	CodeContextBase       vc.Code = "context-base-not-first"     // the first is not the data model's
	CodeContextOrder      vc.Code = "context-order"              // the others are not in their order
	CodeContextItem       vc.Code = "context-item-invalid"       // neither a URL nor an object
	CodeContextExtensions vc.Code = "context-extensions-missing" // a 1EdTech type without its context
	CodeCredentialType    vc.Code = "credential-type-missing"    // type lacks VerifiableCredential, or the kind

	CodeSubjectEmpty     vc.Code = "subject-empty"         // a subject of which nothing is said, an empty object
	CodeValidityReversed vc.Code = "validity-reversed"     // it ends before it begins
	CodeOtherVersion     vc.Code = "date-of-other-version" // a date named as in the other version of the data model

	CodeResultDescription  vc.Code = "result-description-unknown"  // names none of the achievement's
	CodeAchievedLevel      vc.Code = "achieved-level-unknown"      // names no level of the description
	CodeResultStatus       vc.Code = "result-status-missing"       // a Status result without status
	CodeRequiredLevel      vc.Code = "required-level-unknown"      // names no level of its description
	CodeRequiredNotAllowed vc.Code = "required-value-not-allowed"  // not among allowedValue
	CodeRequiredRange      vc.Code = "required-value-out-of-range" // outside valueMin to valueMax

	CodeImageType      vc.Code = "image-neither-png-nor-svg" // an image that is neither PNG nor SVG
	CodeImageContent   vc.Code = "image-content-differs"     // the data is not of the media type it claims
	CodeImageData      vc.Code = "image-data-malformed"      // a data: URL that cannot be decoded
	CodeParentOrgDepth vc.Code = "parent-org-too-deep"       // organisations within organisations, deeper than is read

	CodeRelatedRepeated vc.Code = "related-resource-repeated"       // two related resources of one id
	CodeRelatedDigest   vc.Code = "related-resource-without-digest" // a related resource without a digest
	CodeEnvelope        vc.Code = "envelope-malformed"              // an envelope without a secured credential

	CodeMore vc.Code = "more-findings" // of a level, beyond the hundred that are told; a warning among warnings

	// CodeMemberWithheld is advice: a fact that cannot be judged, because the holder of a
	// credential that is disclosed in part keeps the member back.
	CodeMemberWithheld vc.Code = "member-withheld"

	// Warnings.
	CodeNotArray          vc.Code = "member-not-array"                    // one value where an array belongs
	CodeLooseArray        vc.Code = "member-is-array"                     // an array of what is single by the model
	CodeEmptyArray        vc.Code = "member-empty-array"                  // an array of nothing, to be left out
	CodeLooseString       vc.Code = "object-is-string"                    // an IRI where the model has an object
	CodeLanguageUnknown   vc.Code = "language-unknown"                    // a language tag that is well formed and not registered
	CodeLanguageMap       vc.Code = "string-is-language-value"            // a language value where the model has a string
	CodeContextNotArray   vc.Code = "context-not-array"                   // the only context is not in an array
	CodeContextOutdated   vc.Code = "context-outdated"                    // an older context of Open Badges or CLR
	CodeDataModelOutdated vc.Code = "data-model-outdated"                 // VCDM 1.1: to be verified, never issued
	CodeCriteriaEmpty     vc.Code = "criteria-empty"                      // criteria with neither an id nor a narrative
	CodeBlank             vc.Code = "text-blank"                          // a text for people in which nothing is to be seen
	CodeNotComparable     vc.Code = "value-not-comparable"                // no number, where results are numbers
	CodeActiveURL         vc.Code = "active-url"                          // it runs code, or opens what is on the reader's device
	CodeRangeReversed     vc.Code = "value-range-reversed"                // valueMin is above valueMax
	CodeResultValue       vc.Code = "result-value-not-allowed"            // not among allowedValue of its description
	CodeResultRange       vc.Code = "result-value-out-of-range"           // outside valueMin to valueMax of its description
	CodeOtherLevel        vc.Code = "achieved-level-of-other-description" // names a level of another description
	// CodeSubjectUnidentified: neither id nor identifier. The verification algorithm
	// asks for one of them; badges in the wild lack both, and are authentic all the
	// same: a relying party that must know whose the badge is branches on it.
	CodeSubjectUnidentified vc.Code = "subject-unidentified"
	CodeUnsecured           vc.Code = "presented-credential-unsecured" // presented without a proof and without a holder

	// Warnings about records: the specification says what an association means, and
	// not what a reader does where it makes no sense.
	CodeAssociationDangling vc.Code = "association-dangling"     // names no achievement of the record
	CodeAssociationSelf     vc.Code = "association-with-itself"  // source and target are the same
	CodeAssociationCycle    vc.Code = "association-cycle"        // a hierarchy or an order that leads back to itself
	CodeOtherSubject        vc.Code = "nested-subject-differs"   // a nested credential is about somebody else
	CodeNewerContext        vc.Code = "term-needs-newer-context" // the listed CLR context does not define it
)
