package rules

import "github.com/laurel-edu/laurel/vc"

// saying is what a code means in words.
type saying struct {
	level   Level
	message string
	fix     string
	spec    string // the clause; where it is empty the fact of the table is named
}

const (
	specJSON  = "Open Badges 3.0, Serialization, JSON"
	specModel = "Open Badges 3.0, Data Models"
)

// words are the sayings of every code that the rules report.
var words = map[vc.Code]saying{
	CodeMemberMissing:       {Error, "a member that the class requires is missing", "add it", ""},
	CodeCredentialIDMissing: {Error, "the credential has no id", "give it one of its own, a URL or a UUID URN", ""},
	CodeIssuerMissing:       {Error, "the credential has no issuer", "add the issuer, with its id", ""},
	CodeSubjectMissing:      {Error, "the credential has no subject", "add credentialSubject", ""},
	CodeValidFromMissing:    {Error, "the credential does not say from when on it is valid", "add validFrom, with VCDM 1.1 issuanceDate", ""},
	CodeCriteriaMissing:     {Error, "the achievement does not say what it takes", "add criteria, with an id or a narrative", ""},
	CodeMemberNull:          {Error, "null stands in place of a value", "leave the member out", specJSON},
	CodeMemberKind:          {Error, "the value is of another kind than the model has", "write it as the model has it", ""},
	CodeMemberRepeated:      {Error, "an array stands where there is exactly one value", "write the one value", ""},
	CodeMemberForbidden:     {Error, "the class allows no members but its own", "remove it", ""},
	CodeTypeLacksClass:      {Error, "the type does not name the class that belongs here", "add the class to type", ""},
	CodeTerm:                {Error, "the term is not one of the enumeration", `use a listed term, or one that begins with "ext:" where that is allowed`, ""},
	CodeLanguageValue:       {Error, "the object is no language value, or its language is no tag", "write @value, and at most @language (a tag of BCP 47) and @direction", "VCDM 2.0, 11.1"},
	CodeKeyword:             {Error, "a JSON-LD keyword stands in a node of a compacted document", "write id for @id and type for @type", "VCDM 2.0, 6.1"},

	CodeIRI:          {Error, "the value is not an absolute URI", "write the whole URI, with its scheme", ""},
	CodeDateTime:     {Error, "the value is not a date and time", "write it as 2026-01-01T00:00:00Z", "XML Schema 1.1, 3.3.7"},
	CodeDateTimeZone: {Error, "the date and time has no time zone", "add Z or an offset such as +01:00", ""},
	CodeDate:         {Error, "the value is not a date", "write it as 2026-01-31", ""},
	CodeLanguage:     {Error, "the value is not a language code", "write it as en, de-DE or zh-Hant-TW", ""},
	CodeEmail:        {Error, "the value is not an e-mail address", "write it as name@example.org", ""},
	CodeCountry:      {Error, "the value is not a country code", "write the two capital letters of ISO 3166-1", ""},
	CodeJWS:          {Error, "the value is not a compact JWS", "write three parts of base64url, joined by points", ""},
	CodeIdentityHash: {Error, "the value is not an identity hash", `write "sha256$" and 64 hexadecimal digits, or set hashed to false`, "Open Badges 3.0, IdentityHash"},

	CodeContextMissing:    {Error, "a context that the credential must list is missing", "add it in its place", ""},
	CodeContextBase:       {Error, "the first context is not that of the data model", "put it first", "VCDM 2.0, 4.3"},
	CodeContextOrder:      {Error, "the contexts are not in the order that the model requires", "put the context in its place", ""},
	CodeContextItem:       {Error, "a context is neither a URL nor an object", "write the URL of the context", "VCDM 2.0, 4.3"},
	CodeContextExtensions: {Error, "a 1EdTech type is used without the context that defines it", "add " + ExtensionsContext + " to @context", "Open Badges 3.0, Verifiable Credentials Extensions"},
	CodeCredentialType:    {Error, "the type does not say what kind of credential it is", "add the type", "VCDM 2.0, 4.5"},

	CodeSubjectEmpty:        {Error, "the credential says nothing about a subject", "add the claims", "VCDM 2.0, 4.8"},
	CodeSubjectUnidentified: {Warning, "the subject has neither an id nor an identifier, so the credential can be tied to nobody", "add one of them", "Open Badges 3.0, Verification, step 1"},
	CodeValidityReversed:    {Error, "the validity ends before it begins", "correct the dates", "VCDM 2.0, 4.9"},
	CodeOtherVersion:        {Error, "the date is named as in the other version of the data model", "use validFrom and validUntil with VCDM 2.0, issuanceDate and expirationDate with 1.1", "VCDM 2.0, 4.9"},

	CodeResultDescription:  {Error, "the result names a description that the achievement does not have", "use the id of one of its resultDescription", "Open Badges 3.0, Result.resultDescription"},
	CodeAchievedLevel:      {Error, "the result names a level that its description does not have", "use the id of one of its rubricCriterionLevel", "Open Badges 3.0, Result.achievedLevel"},
	CodeResultStatus:       {Error, "the result of type Status has no status", "add the status", "Open Badges 3.0, Result.status"},
	CodeRequiredLevel:      {Error, "the required level is none of the description's", "use the id of one of its rubricCriterionLevel", "Open Badges 3.0, ResultDescription.requiredLevel"},
	CodeRequiredNotAllowed: {Error, "the required value is none of the allowed values", "use one of them", "Open Badges 3.0, ResultDescription.requiredValue"},
	CodeRequiredRange:      {Error, "the required value is outside of the range of values", "use one between valueMin and valueMax", "Open Badges 3.0, ResultDescription.requiredValue"},

	CodeImageType:      {Error, "the image is neither PNG nor SVG", "use a PNG or an SVG image", "Open Badges 3.0, Profile.image and AchievementSubject.image"},
	CodeImageContent:   {Error, "the data of the image is not of the media type that it claims", "correct the media type", "RFC 2397"},
	CodeParentOrgDepth: {Error, "the organisations are nested too deep", "name the parent by its id only", "a limit of this library"},

	CodeRelatedRepeated: {Error, "two related resources have the same id", "describe each resource once", "VCDM 2.0, 5.3"},
	CodeRelatedDigest:   {Error, "the related resource has no digest", "add digestSRI or digestMultibase", "VCDM 2.0, 5.3"},
	CodeEnvelope:        {Error, "the envelope does not hold a secured credential", "write the credential as a data: URL in id", "VCDM 2.0, 4.13.2"},

	CodeMore: {Error, "the document has more findings than are told", "mend the first ones", "a limit of this library"},

	CodeNotArray:          {Warning, "one value stands where the model has an array", "write an array, even of one", specJSON},
	CodeLooseArray:        {Warning, "an array stands where the model has one value", "write the value without the array", ""},
	CodeEmptyArray:        {Warning, "the array is empty", "leave the member out", specJSON},
	CodeLooseString:       {Warning, "an IRI stands where the model has an object", "write the object, with the IRI as its id", ""},
	CodeLanguageUnknown:   {Warning, "the language tag has a subtag that is not registered, or has one twice", "write a registered one, such as en, de-CH or zh-Hant", "RFC 5646, 2.2.9"},
	CodeLanguageMap:       {Warning, "a language value stands where the model has a string", "write the string", ""},
	CodeContextNotArray:   {Warning, "the only context is not in an array", "write an array", "VCDM 2.0, 4.3"},
	CodeContextOutdated:   {Warning, "the context is an older version", "issue with the newest one", "Open Badges 3.0, Errata"},
	CodeDataModelOutdated: {Warning, "the credential is of VCDM 1.1, which is read but no longer issued", "issue with VCDM 2.0", specModel},
	CodeCriteriaEmpty:     {Warning, "the criteria have neither an id nor a narrative; the official validator refuses that", "add one of them", "Open Badges 3.0, Criteria"},
	CodeBlank:             {Warning, "the text is blank", "write the text, or leave the member out", ""},
	CodeNotComparable:     {Warning, "the value is no number, although the results are", "write the number alone, such as 91 or 3.7", "Open Badges 3.0, ResultDescription"},
	CodeResultValue:       {Warning, "the result's value is not among those that its description allows", "correct the value or the description", "Open Badges 3.0, Result.value"},
	CodeOtherLevel:        {Warning, "the result names a level of another description of the achievement", "name the description that has the level", "Open Badges 3.0, Result.achievedLevel"},
	CodeUnsecured:         {Warning, "a presented credential has no proof, and the presentation no holder who could stand for it", "add the holder, or present secured credentials", "VCDM 2.0, 4.13.4"},

	CodeAssociationDangling: {Warning, "the association names an achievement that the record does not hold", "add the achievement to achievement, or correct the id", "CLR 2.0, Association"},
	CodeAssociationSelf:     {Warning, "the association ties an achievement to itself", "remove it", "CLR 2.0, Association"},
	CodeAssociationCycle:    {Warning, "the associations lead back to where they began", "remove one of the circle", "CLR 2.0, Association.associationType"},
	CodeOtherSubject:        {Warning, "the nested credential is about another subject than the record", "use the same id, or an identifier that both have", "CLR 2.0, ClrSubject"},
	CodeNewerContext:        {Warning, "the listed CLR context does not define the term, so that no linked data proof covers it", "list " + RecordContext, "CLR 2.0, JSON-LD contexts"},
}
