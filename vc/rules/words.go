package rules

import "github.com/laurel-edu/laurel/vc"

const (
	specJSON  = "Open Badges 3.0, Serialization, JSON"
	specModel = "Open Badges 3.0, Data Models"

	malformed = vc.TypeMalformedValue
	warning   = vc.SeverityWarning
)

// words are what each code says. Where no clause stands here, the fact of the table is
// named, and what is expected comes from the fact too.
var words = vc.Words{
	CodeMemberMissing: {
		Type: malformed, Message: "a member that the class requires is missing",
		Fix: "add it",
	},
	CodeCredentialIDMissing: {
		Type: malformed, Message: "the credential has no id",
		Fix: "give it one of its own, a URL or a UUID URN",
	},
	CodeIssuerMissing: {
		Type: malformed, Message: "the credential has no issuer",
		Fix: "add the issuer, with its id",
	},
	CodeSubjectMissing: {
		Type: malformed, Message: "the credential has no subject",
		Fix: "add credentialSubject",
	},
	CodeValidFromMissing: {
		Type: malformed, Message: "the credential does not say from when on it is valid",
		Fix: "add validFrom, with VCDM 1.1 issuanceDate",
	},
	CodeCriteriaMissing: {
		Type: malformed, Message: "the achievement does not say what it takes",
		Fix: "add criteria, with an id or a narrative",
	},
	CodeWithheld: {
		Type: vc.TypeLaurel, Severity: vc.SeverityAdvice, Message: "the holder shows the credential without this",
		Fix: "ask the holder to show it, where it is needed", Spec: "Data Integrity ECDSA Cryptosuites 1.0, 3.4; RFC 9901, 7.1",
	},
	CodeMemberNull: {
		Type: malformed, Message: "null stands in place of a value",
		Fix: "leave the member out", Spec: specJSON,
	},
	CodeMemberKind: {
		Type: malformed, Message: "the value is of another kind than the model has",
		Fix: "write it as the model has it",
	},
	CodeMemberRepeated: {
		Type: malformed, Message: "an array stands where there is exactly one value",
		Fix: "write the one value",
	},
	CodeMemberForbidden: {
		Type: malformed, Message: "the class allows no members but its own",
		Fix: "remove it",
	},
	CodeTypeLacksClass: {
		Type: malformed, Message: "the type does not name the class that belongs here",
		Fix: "add the class to type",
	},
	CodeTerm: {
		Type: malformed, Message: "the term is not one of the enumeration",
		Fix: `use a listed term, or one that begins with "ext:" where that is allowed`,
	},
	CodeLanguageValue: {
		Type: malformed, Message: "the object is no language value, or its language is no tag",
		Fix: "write @value, and at most @language (a tag of BCP 47) and @direction", Spec: "VCDM 2.0, 11.1",
	},
	CodeKeyword: {
		Type: malformed, Message: "a JSON-LD keyword stands in a node of a compacted document",
		Fix: "write id for @id and type for @type", Spec: "VCDM 2.0, 6.1",
	},

	CodeIRI: {
		Type: malformed, Message: "the value is not an absolute URI",
		Fix: "write the whole URI, with its scheme",
	},
	CodeIRIMalformed: {
		Type: malformed, Message: "the value begins with a scheme, and what follows makes no URI",
		Fix: "write the whole URI, in which characters that no URI has are percent-encoded",
	},
	CodeDateTime: {
		Type: malformed, Message: "the value is not a date and time",
		Fix: "write it as 2026-01-01T00:00:00Z", Spec: "XML Schema 1.1, 3.3.7",
	},
	CodeDateTimeZone: {
		Type: malformed, Message: "the date and time has no time zone",
		Fix: "add Z or an offset such as +01:00",
	},
	CodeDate: {
		Type: malformed, Message: "the value is not a date",
		Fix: "write it as 2026-01-31",
	},
	CodeLanguage: {
		Type: malformed, Message: "the value is not a language code",
		Fix: "write it as en, de-DE or zh-Hant-TW",
	},
	CodeEmail: {
		Type: malformed, Message: "the value is not an e-mail address",
		Fix: "write it as name@example.org",
	},
	CodeLanguageUnknown: {
		Severity: warning, Type: malformed, Message: "the language tag has a subtag that is not registered, or has one twice",
		Fix: "write a registered one, such as en, de-CH or zh-Hant", Spec: "RFC 5646, 2.2.9",
	},
	CodeBlank: {
		Severity: warning, Type: malformed, Message: "the text is blank",
		Fix: "write the text, or leave the member out",
	},
	CodeNotComparable: {
		Severity: warning, Type: malformed, Message: "the value is no number, although the results are",
		Fix: "write the number alone, such as 91 or 3.7", Spec: "Open Badges 3.0, ResultDescription",
	},
	CodeCountry: {
		Type: malformed, Message: "the value is not a country code",
		Fix: "write the two capital letters of ISO 3166-1",
	},
	vc.CodeTokenMalformed: {
		Type: malformed, Message: "the value is not a compact JWS",
		Fix: "write three parts of base64url, joined by points",
	},
	CodeIdentityHash: {
		Type: malformed, Message: "the value is not an identity hash",
		Fix: `write "sha256$" and 64 hexadecimal digits, or set hashed to false`, Spec: "Open Badges 3.0, IdentityHash",
	},

	CodeContextMissing: {
		Type: malformed, Message: "the document has no @context, so its members mean nothing",
		Fix: "list the context of the data model first, then those of the kind of credential", Spec: "VCDM 2.0, 4.3",
	},
	CodeContextNotListed: {
		Type: malformed, Message: "a context that this kind of credential must list is not among its contexts",
		Fix: "add it in its place",
	},
	CodeContextBase: {
		Type: malformed, Message: "the first context is not that of the data model",
		Fix: "put it first", Spec: "VCDM 2.0, 4.3",
	},
	CodeContextOrder: {
		Type: malformed, Message: "the contexts are not in the order that the model requires",
		Fix: "put the context in its place",
	},
	CodeContextItem: {
		Type: malformed, Message: "a context is neither a URL nor an object",
		Fix: "write the URL of the context", Spec: "VCDM 2.0, 4.3",
	},
	CodeContextExtensions: {
		Type: malformed, Message: "a 1EdTech type is used without the context that defines it",
		Fix: "add " + ExtensionsContext + " to @context", Spec: "Open Badges 3.0, Verifiable Credentials Extensions",
	},
	CodeCredentialType: {
		Type: malformed, Message: "the type of the credential lacks a name that it must hold",
		Fix: "add the name to type", Spec: "VCDM 2.0, 4.5",
	},

	CodeSubjectEmpty: {
		Type: malformed, Message: "the subject is an empty object, so nothing is said of anybody",
		Fix: "add the claims, or the subject's id", Spec: "VCDM 2.0, 4.8",
	},
	CodeSubjectUnidentified: {
		Type: malformed, Severity: warning,
		Message: "the subject has neither an id nor an identifier, so the credential can be tied to nobody",
		Fix:     "add one of them", Spec: "Open Badges 3.0, Verification, step 1",
	},
	CodeValidityReversed: {
		Type: malformed, Message: "the validity ends before it begins",
		Fix: "correct the dates", Spec: "VCDM 2.0, 4.9",
	},
	CodeOtherVersion: {
		Type: malformed, Message: "the date is named as in the other version of the data model",
		Fix: "use validFrom and validUntil with VCDM 2.0, issuanceDate and expirationDate with 1.1", Spec: "VCDM 2.0, 4.9",
	},

	CodeResultDescription: {
		Type: malformed, Message: "the result names a description that the achievement does not have",
		Fix: "use the id of one of its resultDescription", Spec: "Open Badges 3.0, Result.resultDescription",
	},
	CodeAchievedLevel: {
		Type: malformed, Message: "the result names a level that its description does not have",
		Fix: "use the id of one of its rubricCriterionLevel", Spec: "Open Badges 3.0, Result.achievedLevel",
	},
	CodeResultStatus: {
		Type: malformed, Message: "the result of type Status has no status",
		Fix: "add the status", Spec: "Open Badges 3.0, Result.status",
	},
	CodeRequiredLevel: {
		Type: malformed, Message: "the required level is none of the description's",
		Fix: "use the id of one of its rubricCriterionLevel", Spec: "Open Badges 3.0, ResultDescription.requiredLevel",
	},
	CodeRequiredNotAllowed: {
		Type: malformed, Message: "the required value is none of the allowed values",
		Fix: "use one of them", Spec: "Open Badges 3.0, ResultDescription.requiredValue",
	},
	CodeRequiredRange: {
		Type: vc.TypeRange, Message: "the required value is outside of the range of values",
		Fix: "use one between valueMin and valueMax", Spec: "Open Badges 3.0, ResultDescription.requiredValue",
	},

	CodeImageType: {
		Type: malformed, Message: "the image is neither PNG nor SVG",
		Fix: "use a PNG or an SVG image", Spec: "Open Badges 3.0, Profile.image and AchievementSubject.image",
	},
	CodeImageContent: {
		Type: malformed, Message: "the data of the image is not of the media type that it claims",
		Fix: "correct the media type", Spec: "RFC 2397",
	},
	CodeImageData: {
		Type: malformed, Message: "the image is a data: URL that cannot be decoded",
		Fix: "write data:image/png;base64, and then the whole image in base64", Spec: "RFC 2397",
	},
	CodeParentOrgDepth: {
		Type: malformed, Message: "the organisations are nested too deep",
		Fix: "name the parent by its id only", Spec: "a limit of this library",
	},

	CodeRelatedRepeated: {
		Type: malformed, Message: "two related resources have the same id",
		Fix: "describe each resource once", Spec: "VCDM 2.0, 5.3",
	},
	CodeRelatedDigest: {
		Type: malformed, Message: "the related resource has no digest",
		Fix: "add digestSRI or digestMultibase", Spec: "VCDM 2.0, 5.3",
	},
	CodeEnvelope: {
		Type: malformed, Message: "the envelope does not hold a secured credential",
		Fix: "write the credential as a data: URL in id", Spec: "VCDM 2.0, 4.13.2",
	},

	vc.CodeJSON: {
		Type: vc.TypeParsing, Message: "the draft cannot be written as JSON",
		Fix: "look at the values that were set", Spec: specJSON,
	},
	CodeMore: {
		Type: vc.TypeLaurel, Message: "the document has more findings than are told",
		Fix: "mend the first ones", Spec: "a limit of this library",
	},

	CodeNotArray: {
		Type: malformed, Severity: warning, Message: "one value stands where the model has an array",
		Fix: "write an array, even of one", Spec: specJSON,
	},
	CodeLooseArray: {
		Type: malformed, Severity: warning, Message: "an array stands where the model has one value",
		Fix: "write the value without the array",
	},
	CodeEmptyArray: {
		Type: malformed, Severity: warning, Message: "the array is empty",
		Fix: "leave the member out", Spec: specJSON,
	},
	CodeLooseString: {
		Type: malformed, Severity: warning, Message: "an IRI stands where the model has an object",
		Fix: "write the object, with the IRI as its id",
	},
	CodeLanguageMap: {
		Type: malformed, Severity: warning, Message: "a language value stands where the model has a string",
		Fix: "write the string",
	},
	CodeContextNotArray: {
		Type: malformed, Severity: warning, Message: "the only context is not in an array",
		Fix: "write an array", Spec: "VCDM 2.0, 4.3",
	},
	CodeContextOutdated: {
		Type: malformed, Severity: warning, Message: "the context is an older version",
		Fix: "issue with the newest one", Spec: "Open Badges 3.0, Errata",
	},
	CodeDataModelOutdated: {
		Type: malformed, Severity: warning,
		Message: "the credential is of VCDM 1.1, which is read but no longer issued",
		Fix:     "issue with VCDM 2.0", Spec: specModel,
	},
	CodeCriteriaEmpty: {
		Type: malformed, Severity: warning,
		Message: "the criteria have neither an id nor a narrative; the official validator refuses that",
		Fix:     "add one of them", Spec: "Open Badges 3.0, Criteria",
	},
	CodeActiveURL: {
		Type: malformed, Severity: warning,
		Message: "the URL runs code or opens what is on the reader's device: do not follow or show it",
		Fix:     "write an https URL",
	},
	CodeRangeReversed: {
		Type: vc.TypeRange, Severity: warning, Message: "valueMin is above valueMax, so no value can be judged by them",
		Fix: "write the lower number as valueMin", Spec: "Open Badges 3.0, ResultDescription.valueMin",
	},
	CodeResultValue: {
		Type: malformed, Severity: warning,
		Message: "the result's value is not among those that its description allows",
		Fix:     "correct the value or the description", Spec: "Open Badges 3.0, Result.value",
	},
	CodeResultRange: {
		Type: vc.TypeRange, Severity: warning,
		Message: "the result's value is outside of the range of its description",
		Fix:     "correct the value or the description", Spec: "Open Badges 3.0, ResultDescription.valueMin",
	},
	CodeOtherLevel: {
		Type: malformed, Severity: warning,
		Message: "the result names a level of another description of the achievement",
		Fix:     "name the description that has the level", Spec: "Open Badges 3.0, Result.achievedLevel",
	},
	CodeUnsecured: {
		Type: malformed, Severity: warning,
		Message: "a presented credential has no proof, and the presentation no holder who could stand for it",
		Fix:     "add the holder, or present secured credentials", Spec: "VCDM 2.0, 4.13.4",
	},

	CodeAssociationDangling: {
		Type: malformed, Severity: warning,
		Message: "the association names an achievement that the record does not hold",
		Fix:     "add the achievement to achievement, or correct the id", Spec: "CLR 2.0, Association",
	},
	CodeAssociationSelf: {
		Type: malformed, Severity: warning, Message: "the association ties an achievement to itself",
		Fix: "remove it", Spec: "CLR 2.0, Association",
	},
	CodeAssociationCycle: {
		Type: malformed, Severity: warning, Message: "the associations lead back to where they began",
		Fix: "remove one of the circle", Spec: "CLR 2.0, Association.associationType",
	},
	CodeOtherSubject: {
		Type: malformed, Severity: warning,
		Message: "the nested credential is about another subject than the record",
		Fix:     "use the same id, or an identifier that both have", Spec: "CLR 2.0, ClrSubject",
	},
	CodeNewerContext: {
		Type: malformed, Severity: warning,
		Message: "the listed CLR context does not define the term, so that no linked data proof covers it",
		Fix:     "list " + RecordContext, Spec: "CLR 2.0, JSON-LD contexts",
	},
}
