package rules

import "github.com/laurel-edu/laurel/vc"

// saying is what a code means in words.
type saying struct {
	level   vc.Severity
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
	CodeMemberMissing:       {vc.SeverityError, "a member that the class requires is missing", "add it", ""},
	CodeCredentialIDMissing: {vc.SeverityError, "the credential has no id", "give it one of its own, a URL or a UUID URN", ""},
	CodeIssuerMissing:       {vc.SeverityError, "the credential has no issuer", "add the issuer, with its id", ""},
	CodeSubjectMissing:      {vc.SeverityError, "the credential has no subject", "add credentialSubject", ""},
	CodeValidFromMissing:    {vc.SeverityError, "the credential does not say from when on it is valid", "add validFrom, with VCDM 1.1 issuanceDate", ""},
	CodeCriteriaMissing:     {vc.SeverityError, "the achievement does not say what it takes", "add criteria, with an id or a narrative", ""},
	CodeMemberNull:          {vc.SeverityError, "null stands in place of a value", "leave the member out", specJSON},
	CodeMemberKind:          {vc.SeverityError, "the value is of another kind than the model has", "write it as the model has it", ""},
	CodeMemberRepeated:      {vc.SeverityError, "an array stands where there is exactly one value", "write the one value", ""},
	CodeMemberForbidden:     {vc.SeverityError, "the class allows no members but its own", "remove it", ""},
	CodeTypeLacksClass:      {vc.SeverityError, "the type does not name the class that belongs here", "add the class to type", ""},
	CodeTerm:                {vc.SeverityError, "the term is not one of the enumeration", `use a listed term, or one that begins with "ext:" where that is allowed`, ""},
	CodeLanguageValue:       {vc.SeverityError, "the object is no language value", "write @value, and at most @language and @direction", "VCDM 2.0, 11.1"},
	CodeKeyword:             {vc.SeverityError, "a JSON-LD keyword stands in a node of a compacted document", "write id for @id and type for @type", "VCDM 2.0, 6.1"},

	CodeIRI:               {vc.SeverityError, "the value is not an absolute URI", "write the whole URI, with its scheme", ""},
	CodeDateTime:          {vc.SeverityError, "the value is not a date and time", "write it as 2026-01-01T00:00:00Z", "XML Schema 1.1, 3.3.7"},
	CodeDateTimeZone:      {vc.SeverityError, "the date and time has no time zone", "add Z or an offset such as +01:00", ""},
	CodeDate:              {vc.SeverityError, "the value is not a date", "write it as 2026-01-31", ""},
	CodeLanguage:          {vc.SeverityError, "the value is not a language code", "write it as en, de-DE or zh-Hant-TW", ""},
	CodeEmail:             {vc.SeverityError, "the value is not an e-mail address", "write it as name@example.org", ""},
	CodeCountry:           {vc.SeverityError, "the value is not a country code", "write the two capital letters of ISO 3166-1", ""},
	vc.CodeTokenMalformed: {vc.SeverityError, "the value is not a compact JWS", "write three parts of base64url, joined by points", ""},
	CodeIdentityHash:      {vc.SeverityError, "the value is not an identity hash", `write "sha256$" and 64 hexadecimal digits, or set hashed to false`, "Open Badges 3.0, IdentityHash"},

	CodeContextMissing:    {vc.SeverityError, "a context that the credential must list is missing", "add it in its place", ""},
	CodeContextBase:       {vc.SeverityError, "the first context is not that of the data model", "put it first", "VCDM 2.0, 4.3"},
	CodeContextOrder:      {vc.SeverityError, "the contexts are not in the order that the model requires", "put the context in its place", ""},
	CodeContextItem:       {vc.SeverityError, "a context is neither a URL nor an object", "write the URL of the context", "VCDM 2.0, 4.3"},
	CodeContextExtensions: {vc.SeverityError, "a 1EdTech type is used without the context that defines it", "add " + ExtensionsContext + " to @context", "Open Badges 3.0, Verifiable Credentials Extensions"},
	CodeCredentialType:    {vc.SeverityError, "the type does not say what kind of credential it is", "add the type", "VCDM 2.0, 4.5"},

	CodeSubjectEmpty:        {vc.SeverityError, "the credential says nothing about a subject", "add the claims", "VCDM 2.0, 4.8"},
	CodeSubjectUnidentified: {vc.SeverityWarning, "the subject has neither an id nor an identifier, so the credential can be tied to nobody", "add one of them", "Open Badges 3.0, Verification, step 1"},
	CodeValidityReversed:    {vc.SeverityError, "the validity ends before it begins", "correct the dates", "VCDM 2.0, 4.9"},
	CodeOtherVersion:        {vc.SeverityError, "the date is named as in the other version of the data model", "use validFrom and validUntil with VCDM 2.0, issuanceDate and expirationDate with 1.1", "VCDM 2.0, 4.9"},

	CodeResultDescription:  {vc.SeverityError, "the result names a description that the achievement does not have", "use the id of one of its resultDescription", "Open Badges 3.0, Result.resultDescription"},
	CodeAchievedLevel:      {vc.SeverityError, "the result names a level that its description does not have", "use the id of one of its rubricCriterionLevel", "Open Badges 3.0, Result.achievedLevel"},
	CodeResultStatus:       {vc.SeverityError, "the result of type Status has no status", "add the status", "Open Badges 3.0, Result.status"},
	CodeRequiredLevel:      {vc.SeverityError, "the required level is none of the description's", "use the id of one of its rubricCriterionLevel", "Open Badges 3.0, ResultDescription.requiredLevel"},
	CodeRequiredNotAllowed: {vc.SeverityError, "the required value is none of the allowed values", "use one of them", "Open Badges 3.0, ResultDescription.requiredValue"},
	CodeRequiredRange:      {vc.SeverityError, "the required value is outside of the range of values", "use one between valueMin and valueMax", "Open Badges 3.0, ResultDescription.requiredValue"},

	CodeImageType:      {vc.SeverityError, "the image is neither PNG nor SVG", "use a PNG or an SVG image", "Open Badges 3.0, Profile.image and AchievementSubject.image"},
	CodeImageContent:   {vc.SeverityError, "the data of the image is not of the media type that it claims", "correct the media type", "RFC 2397"},
	CodeParentOrgDepth: {vc.SeverityError, "the organisations are nested too deep", "name the parent by its id only", "a limit of this library"},

	CodeRelatedRepeated: {vc.SeverityError, "two related resources have the same id", "describe each resource once", "VCDM 2.0, 5.3"},
	CodeRelatedDigest:   {vc.SeverityError, "the related resource has no digest", "add digestSRI or digestMultibase", "VCDM 2.0, 5.3"},
	CodeEnvelope:        {vc.SeverityError, "the envelope does not hold a secured credential", "write the credential as a data: URL in id", "VCDM 2.0, 4.13.2"},

	CodeMore: {vc.SeverityError, "the document has more findings than are told", "mend the first ones", "a limit of this library"},

	CodeNotArray:          {vc.SeverityWarning, "one value stands where the model has an array", "write an array, even of one", specJSON},
	CodeLooseArray:        {vc.SeverityWarning, "an array stands where the model has one value", "write the value without the array", ""},
	CodeEmptyArray:        {vc.SeverityWarning, "the array is empty", "leave the member out", specJSON},
	CodeLooseString:       {vc.SeverityWarning, "an IRI stands where the model has an object", "write the object, with the IRI as its id", ""},
	CodeLanguageMap:       {vc.SeverityWarning, "a language value stands where the model has a string", "write the string", ""},
	CodeContextNotArray:   {vc.SeverityWarning, "the only context is not in an array", "write an array", "VCDM 2.0, 4.3"},
	CodeContextOutdated:   {vc.SeverityWarning, "the context is an older version", "issue with the newest one", "Open Badges 3.0, Errata"},
	CodeDataModelOutdated: {vc.SeverityWarning, "the credential is of VCDM 1.1, which is read but no longer issued", "issue with VCDM 2.0", specModel},
	CodeCriteriaEmpty:     {vc.SeverityWarning, "the criteria have neither an id nor a narrative; the official validator refuses that", "add one of them", "Open Badges 3.0, Criteria"},
	CodeResultValue:       {vc.SeverityWarning, "the result's value is not among those that its description allows", "correct the value or the description", "Open Badges 3.0, Result.value"},
	CodeOtherLevel:        {vc.SeverityWarning, "the result names a level of another description of the achievement", "name the description that has the level", "Open Badges 3.0, Result.achievedLevel"},
	CodeUnsecured:         {vc.SeverityWarning, "a presented credential has no proof, and the presentation no holder who could stand for it", "add the holder, or present secured credentials", "VCDM 2.0, 4.13.4"},

	CodeAssociationDangling: {vc.SeverityWarning, "the association names an achievement that the record does not hold", "add the achievement to achievement, or correct the id", "CLR 2.0, Association"},
	CodeAssociationSelf:     {vc.SeverityWarning, "the association ties an achievement to itself", "remove it", "CLR 2.0, Association"},
	CodeAssociationCycle:    {vc.SeverityWarning, "the associations lead back to where they began", "remove one of the circle", "CLR 2.0, Association.associationType"},
	CodeOtherSubject:        {vc.SeverityWarning, "the nested credential is about another subject than the record", "use the same id, or an identifier that both have", "CLR 2.0, ClrSubject"},
	CodeNewerContext:        {vc.SeverityWarning, "the listed CLR context does not define the term, so that no linked data proof covers it", "list " + RecordContext, "CLR 2.0, JSON-LD contexts"},
}
