package rules_test

import "strings"

const (
	subjectAt     = "/credentialSubject"
	achievementAt = subjectAt + "/achievement"

	firstDescription = achievementAt + "/resultDescription/0"
	contextLine      = `"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]`
)

var envelopeChanges = []change{
	{"no context", minimal, contextLine + ",", "", []string{"error context-missing /@context"}},
	{"a single context", minimal, contextLine, `"@context": "https://www.w3.org/ns/credentials/v2"`, []string{"error context-not-listed /@context"}},
	{"only the base context", minimal, contextLine, `"@context": ["https://www.w3.org/ns/credentials/v2"]`, []string{"error context-not-listed /@context"}},
	{"contexts turned round", minimal, contextLine, `"@context": ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://www.w3.org/ns/credentials/v2"]`,
		[]string{"error context-base-not-first /@context", "error context-order /@context/0"}},
	{"another context between", minimal, `v2", "https`, `v2", "https://harbour.example/context.json", "https`, []string{"error context-order /@context/2"}},
	{"empty contexts", minimal, contextLine, `"@context": []`, []string{"error context-missing /@context"}},
	{"contexts as a number", minimal, contextLine, `"@context": 7`, []string{"error context-item-invalid /@context"}},
	{"a context that is a number", minimal, `3.0.3.json"]`, `3.0.3.json", 7]`, []string{"error context-item-invalid /@context/2"}},
	{"a context that is no URL", minimal, `3.0.3.json"]`, `3.0.3.json", "context.json"]`, []string{"error context-item-invalid /@context/2"}},
	{"a context that is null", minimal, `3.0.3.json"]`, `3.0.3.json", null]`, []string{"error context-item-invalid /@context/2"}},
	{"an inline context", minimal, `3.0.3.json"]`, `3.0.3.json", {"x": "https://harbour.example/#x"}]`, nil},
	{"an older context", minimal, `context-3.0.3.json`, `context-3.0.1.json`, []string{"warning context-outdated /@context/1"}},
	{"the context's alias", minimal, `context-3.0.3.json`, `context/ob_v3p0.jsonld`, []string{"warning context-outdated /@context/1"}},
	{"an unknown version of the context", minimal, `context-3.0.3.json`, `context-4.0.0.json`, []string{"error context-not-listed /@context"}},
	{"no extensions context", full, `,
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"`, ``, []string{
		"error context-extensions-missing /credentialSchema/0/type", "error context-extensions-missing /credentialStatus/type", "error context-extensions-missing /refreshService/type"}},

	{"no id", minimal, `"id": "urn:uuid:6b3d8c64-3f0a-4e0c-9d2f-0a9a3f2c8f11",`, ``, []string{"error credential-id-missing /id"}},
	{"two ids", minimal, `"urn:uuid:6b3d8c64-3f0a-4e0c-9d2f-0a9a3f2c8f11"`, `["urn:a", "urn:b"]`, []string{"error member-repeated /id"}},
	{"an id that is no URI", minimal, `"urn:uuid:6b3d8c64-3f0a-4e0c-9d2f-0a9a3f2c8f11"`, `"1042"`, []string{"error iri-not-absolute /id"}},
	{"no type", minimal, `"type": ["VerifiableCredential", "OpenBadgeCredential"],`, ``, []string{"error member-missing /type"}},
	{"the kind forgotten", minimal, `, "OpenBadgeCredential"`, ``, []string{"error credential-type-missing /type"}},
	{"the other name of the kind", minimal, `"OpenBadgeCredential"`, `"AchievementCredential"`, nil},
	{"VerifiableCredential forgotten", minimal, `"VerifiableCredential", "Open`, `"Open`, []string{"error credential-type-missing /type"}},
	{"type compacted", minimal, `"type": ["Achievement"]`, `"type": "Achievement"`, nil},
	{"no issuer", minimal, `"issuer"`, `"publisher"`, []string{"error issuer-missing /issuer"}},
	{"issuer null", minimal, `"name": "Harbour School of Seamanship"
  }`, `"name": null
  }`, []string{"error member-null /issuer/name"}},
	{"issuer by URI", endorsement, `{ "id": "https://ministry.example/", "type": ["Profile"], "name": "Ministry of Harbours" }`, `"https://ministry.example/"`, nil},
	{"issuer by a name", endorsement, `{ "id": "https://ministry.example/", "type": ["Profile"], "name": "Ministry of Harbours" }`, `"Ministry"`, []string{"error iri-not-absolute /issuer"}},
	{"two issuers", endorsement, `{ "id": "https://ministry.example/", "type": ["Profile"], "name": "Ministry of Harbours" }`, `["urn:a", "urn:b"]`, []string{"error member-repeated /issuer"}},
	{"issuer by URI under 1.1", old, `{ "id": "https://harbour.example/issuer", "type": ["Profile"], "name": "Harbour School of Seamanship" }`, `"https://harbour.example/issuer"`,
		[]string{"warning object-is-string /issuer"}},
	{"two issuers under 1.1", old, `{ "id": "https://harbour.example/issuer", "type": ["Profile"], "name": "Harbour School of Seamanship" }`, `["urn:a", "urn:b"]`, []string{"error member-repeated /issuer"}},
	{"an issuer in an array under 1.1", old, `{ "id": "https://harbour.example/issuer", "type": ["Profile"], "name": "Harbour School of Seamanship" }`, `["urn:a"]`, []string{"warning member-is-array /issuer", "warning object-is-string /issuer/0"}},
	{"no name under 1.1", old, `"name": "Knots and Splices",`, ``, []string{"error member-missing /name"}},
	{"no name", minimal, `"name": "Knots and Splices",`, ``, nil},
	{"no validFrom", minimal, `"validFrom": "2026-01-01T00:00:00Z",`, ``, []string{"error valid-from-missing /validFrom"}},
	{"dates of 1.1", minimal, `"validFrom": "2026-01-01T00:00:00Z"`, `"issuanceDate": "2026-01-01T00:00:00Z"`, []string{"error date-of-other-version /issuanceDate"}},
	{"the beginning of 2.0 under 1.1", old, `issuanceDate`, `validFrom`, []string{"error date-of-other-version /validFrom"}},
	{"dates of 2.0 under 1.1", old, `expirationDate`, `validUntil`, []string{"error date-of-other-version /validUntil"}},
	{"no zone", minimal, `00:00:00Z"`, `00:00:00"`, []string{"error datetime-without-zone /validFrom"}},
	{"it ends before it begins", full, `2030-06-01T00:00:00Z`, `2025-06-01T07:59:59Z`, []string{"error validity-reversed /validUntil"}},
	{"it ends as it begins", full, `2030-06-01T00:00:00Z`, `2025-06-01T08:00:00Z`, nil},
	{"it ends before it begins under 1.1", old, `2032-01-01T00:00:00Z`, `2002-01-01T00:00:00Z`, []string{"error validity-reversed /expirationDate"}},
	{"no subject", minimal, `"credentialSubject"`, `"subject"`, []string{"error subject-missing /credentialSubject"}},
	{"two subjects", endorsement, `{
    "id": "https://harbour.example/issuer",`, `[{"id": "urn:b", "type": ["EndorsementSubject"]}, {"id": "urn:c", "type": ["EndorsementSubject"]}], "x": {
    "id": "https://harbour.example/issuer",`, []string{"error member-repeated /credentialSubject"}},
	{"a subject in an array", endorsement, `{
    "id": "https://harbour.example/issuer",`, `[{"id": "urn:b", "type": ["EndorsementSubject"]}], "x": {
    "id": "https://harbour.example/issuer",`, []string{"warning member-is-array /credentialSubject"}},
	{"one status in an array", full, `{ "id": "https://harbour.example/revocations", "type": "1EdTechRevocationList" }`, `[{ "id": "https://harbour.example/revocations", "type": "1EdTechRevocationList" }]`,
		[]string{"warning member-is-array /credentialStatus"}},
	{"status by URI", full, `{ "id": "https://harbour.example/revocations", "type": "1EdTechRevocationList" }`, `"https://harbour.example/revocations"`, []string{"error member-wrong-kind /credentialStatus"}},
	{"status without type", full, `, "type": "1EdTechRevocationList"`, ``, []string{"error member-missing /credentialStatus/type"}},
	{"refresh without URL", full, `"id": "https://harbour.example/credentials/1042", "type": "1EdTechCredentialRefresh"`, `"id": "", "type": "1EdTechCredentialRefresh"`, []string{"error iri-not-absolute /refreshService/id"}},
	{"a compacted schema", full, `[{ "id": "https://harbour.example/schemas/badge.json", "type": "1EdTechJsonSchemaValidator2019" }]`, `{ "id": "https://harbour.example/schemas/badge.json", "type": "1EdTechJsonSchemaValidator2019" }`, nil},
	{"endorsement without name", endorsement, `"name": "Recognised school",`, ``, []string{"error member-missing /name"}},
	{"endorsement of nothing", endorsement, `"id": "https://harbour.example/issuer",`, ``, []string{"error member-missing /credentialSubject/id"}},
	{"nested endorsement of another class", full, `["EndorsementSubject"]`, `["AchievementSubject"]`, []string{"error type-lacks-class /issuer/endorsement/0/credentialSubject/type"}},
	{"nested endorsement without its context", full, `"@context": [
          "https://www.w3.org/ns/credentials/v2",
          "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
        ],`, ``, []string{"error context-missing /issuer/endorsement/0/@context"}},
}

var classChanges = []change{
	{"nobody", minimal, `"id": "did:example:holder-7",`, ``, []string{"warning subject-unidentified /credentialSubject"}},
	{"nobody, with no identifiers", minimal, `"id": "did:example:holder-7",`, `"identifier": [],`, []string{"warning member-empty-array /credentialSubject/identifier", "warning subject-unidentified /credentialSubject"}},
	{"an identifier will do", minimal, `"id": "did:example:holder-7",`, `"identifier": [{"type": "IdentityObject", "hashed": false, "identityHash": "x", "identityType": "userName"}],`, nil},
	{"another subject", minimal, `["AchievementSubject"]`, `["Subject"]`, []string{"error type-lacks-class /credentialSubject/type"}},
	{"an empty type", minimal, `["AchievementSubject"]`, `[]`, []string{"error type-lacks-class /credentialSubject/type"}},
	{"a type that is a number", minimal, `["AchievementSubject"]`, `["AchievementSubject", 7]`, []string{"error member-wrong-kind /credentialSubject/type/1"}},
	{"a type that is null", minimal, `["AchievementSubject"]`, `null`, []string{"error member-null /credentialSubject/type"}},
	{"a type that is an object", minimal, `["AchievementSubject"]`, `{}`, []string{"error member-wrong-kind /credentialSubject/type"}},
	{"no achievement", minimal, `"achievement"`, `"award"`, []string{"error member-missing /credentialSubject/achievement"}},
	{"achievement by URI", minimal, `"criteria": { "narrative": "Tie each knot of the list within one minute." }`, `"criteria": { "narrative": "x" }, "creator": "urn:a"`, []string{"error member-wrong-kind " + achievementAt + "/creator"}},
	{"no criteria", minimal, `"criteria"`, `"rules"`, []string{"error criteria-missing " + achievementAt + "/criteria"}},
	{"empty criteria", minimal, `{ "narrative": "Tie each knot of the list within one minute." }`, `{}`, []string{"warning criteria-empty " + achievementAt + "/criteria"}},
	{"criteria by URI", minimal, `{ "narrative": "Tie each knot of the list within one minute." }`, `"https://harbour.example/"`, []string{"error member-wrong-kind " + achievementAt + "/criteria"}},
	{"a bare achievement type", full, `"License"`, `"Learning Program"`, []string{"error value-not-in-enumeration " + achievementAt + "/achievementType"}},
	{"an extension", full, `"License"`, `"ext:SkipperLicense"`, nil},
	{"an extension that is none", full, `"License"`, `"xext:SkipperLicense"`, []string{"error value-not-in-enumeration " + achievementAt + "/achievementType"}},
	{"a closed enumeration", full, `"status": "Completed"`, `"status": "ext:Done"`, []string{"error value-not-in-enumeration " + subjectAt + "/result/2/status"}},
	{"one tag without array", full, `["sailing", "navigation"]`, `"sailing"`, []string{"warning member-not-array " + achievementAt + "/tag"}},
	{"no tags in an array", full, `["sailing", "navigation"]`, `[]`, []string{"warning member-empty-array " + achievementAt + "/tag"}},
	{"a tag that is null", full, `["sailing", "navigation"]`, `["sailing", null]`, []string{"error member-null " + achievementAt + "/tag/1"}},
	{"a tag that is an array", full, `["sailing", "navigation"]`, `[["sailing"]]`, []string{"error member-wrong-kind " + achievementAt + "/tag/0"}},
	{"a tag that is a number", full, `["sailing", "navigation"]`, `["sailing", 7]`, []string{"error member-wrong-kind " + achievementAt + "/tag/1"}},
	{"credits as a string", full, `"creditsEarned": 7.5`, `"creditsEarned": "7.5"`, []string{"error member-wrong-kind " + subjectAt + "/creditsEarned"}},
	{"hashed as a string", full, `"hashed": true`, `"hashed": "true"`, []string{"error member-wrong-kind " + subjectAt + "/identifier/0/hashed"}},
	{"a member that identity objects lack", full, `"salt": "Kosher"`, `"salt": "Kosher", "note": "x"`, []string{"error member-forbidden " + subjectAt + "/identifier/0/note"}},
	{"a member that images lack", full, `"caption": "A compass rose"`, `"alt": "A compass rose"`, []string{"error member-forbidden /image/alt"}},
	{"a member that is new", full, `"licenseNumber"`, `"https://harbour.example/#licence"`, nil},
	{"a truncated hash", full, `b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399`, `b5809d8a`, []string{"error identity-hash-malformed " + subjectAt + "/identifier/0/identityHash"}},
	{"an unknown hash", full, `sha256$`, `sha1$`, []string{"error identity-hash-malformed " + subjectAt + "/identifier/0/identityHash"}},
	{"the identity type of Open Badges 2", full, `"identityType": "emailAddress"`, `"identityType": "email"`, []string{"error value-not-in-enumeration " + subjectAt + "/identifier/0/identityType"}},
	{"a class type in an array", full, `"type": "IdentityObject",
        "hashed": true`, `"type": ["IdentityObject"],
        "hashed": true`, []string{"warning member-is-array " + subjectAt + "/identifier/0/type"}},
	{"evidence of another class", full, `["Evidence"]`, `["Artifact"]`, []string{"error type-lacks-class /evidence/0/type"}},
	{"one evidence without array", full, `"evidence": [`, `"evidence": {"type": "Evidence"}, "https://harbour.example/#more": [`, []string{"warning member-not-array /evidence"}},
	{"alignment without URL", full, `"targetUrl": "https://frameworks.example/items/chart-work"`, `"targetCode": "1"`, []string{"error member-missing " + subjectAt + "/result/0/alignment/0/targetUrl"}},
	{"alignment to no kind", full, `"targetType": "CFItem"`, `"targetType": "Item"`, []string{"error value-not-in-enumeration " + achievementAt + "/alignment/0/targetType"}},
	{"a keyword", full, `"licenseNumber": "CS-1042"`, `"@type": "x"`, []string{"error keyword-in-node " + subjectAt + "/@type"}},
	{"a keyword in an extension, which may be a literal", full, `"licenseNumber": "CS-1042"`, `"https://x.example/#a": [{"@id": "urn:x"}]`, nil},
	{"organisations without end", full, `"parentOrg": { "id": "https://maritime.example/", "type": ["Profile"], "name": "Maritime Academy" }`,
		`"parentOrg":` + strings.Repeat(`{"id": "urn:p", "type": ["Profile"], "parentOrg": `, 12) + `{"id": "urn:p", "type": ["Profile"]}` + strings.Repeat("}", 12),
		[]string{"error parent-org-too-deep /issuer" + strings.Repeat("/parentOrg", 11)}},
	{"a profile of another class", full, `"parentOrg": { "id": "https://maritime.example/", "type": ["Profile"]`, `"parentOrg": { "id": "https://maritime.example/", "type": ["Organization"]`, []string{"error type-lacks-class /issuer/parentOrg/type"}},
}

var formatChanges = []change{
	{"no date and time", full, `2025-01-10T08:00:00Z`, `2025-01-10`, []string{"error datetime-malformed " + subjectAt + "/activityStartDate"}},
	{"a local date and time", full, `2025-01-10T08:00:00Z`, `2025-01-10T08:00:00`, nil},
	{"a zone without colon", full, `"awardedDate": "2025-06-01T10:00:00+02:00"`, `"awardedDate": "2025-06-01T10:00:00+0200"`, []string{"error datetime-malformed /awardedDate"}},
	{"a language", full, `"inLanguage": "en"`, `"inLanguage": "English"`, []string{"error language-code-malformed " + achievementAt + "/inLanguage"}},
	{"an address", full, `office@harbour.example`, `harbour.example`, []string{"error email-malformed /issuer/email"}},
	{"a country", full, `"addressCountryCode": "DE"`, `"addressCountryCode": "Germany"`, []string{"error country-code-malformed /issuer/address/addressCountryCode"}},
	{"a token", full, `.c2lnbmF0dXJl`, ``, []string{"error jwt-malformed /issuer/endorsementJwt/0"}},
	{"a birthday", full, `"official": "Ada Fock"`, `"dateOfBirth": "1912-02-30"`, []string{"error date-malformed /issuer/dateOfBirth"}},
	{"a relative URL", full, `"url": "https://harbour.example"`, `"url": "harbour.example"`, []string{"error iri-not-absolute /issuer/url"}},
	{"a URL with a character that none has", full, `"url": "https://harbour.example"`, `"url": "https://harbour.example/a|b"`, []string{"error iri-malformed /issuer/url"}},
	{"a URL without a host", full, `"url": "https://harbour.example"`, `"url": "https:///a"`, []string{"error iri-malformed /issuer/url"}},
	{"a scheme behind white space", full, `"url": "https://harbour.example"`, `"url": " JavaScript:alert(1)"`, []string{"error iri-malformed /issuer/url"}},
	{"latitude", full, `53.54`, `"53.54"`, []string{"error member-wrong-kind /issuer/address/geo/latitude"}},
}

var resultChanges = []change{
	{"a description that is not there", full, `"resultDescription": "urn:uuid:0f0c1b62-8d4b-45f7-8f6c-2a5d3b9be001"`, `"resultDescription": "urn:x"`, []string{"error result-description-unknown " + subjectAt + "/result/0/resultDescription"}},
	{"a level that is not there", full, `"achievedLevel": "urn:uuid:0f0c1b62-8d4b-45f7-8f6c-2a5d3b9be012"`, `"achievedLevel": "urn:x"`, []string{"error achieved-level-unknown " + subjectAt + "/result/1/achievedLevel"}},
	{"a level of another description", full, `"value": "87.5"`, `"achievedLevel": "urn:uuid:0f0c1b62-8d4b-45f7-8f6c-2a5d3b9be012"`, []string{"warning achieved-level-of-other-description " + subjectAt + "/result/0/achievedLevel"}},
	{"no status", full, `"status": "Completed"`, `"value": "x"`, []string{"error result-status-missing " + subjectAt + "/result/2/status"}},
	{"a value out of range", full, `"value": "87.5"`, `"value": "100.5"`, []string{"warning result-value-out-of-range " + subjectAt + "/result/0/value"}},
	{"a value that is not allowed", full, `be001",
        "value": "87.5"`, `be004", "value": "E"`, []string{"warning result-value-not-allowed " + subjectAt + "/result/0/value"}},
	{"a value that is no number", full, `"value": "87.5"`, `"value": "A+"`, []string{"warning value-not-comparable " + subjectAt + "/result/0/value"}},
	{"a value with its unit", full, `"value": "87.5"`, `"value": "87.5%"`, []string{"warning value-not-comparable " + subjectAt + "/result/0/value"}},
	{"a value beyond all numbers", full, `"value": "87.5"`, `"value": "NaN"`, []string{"warning value-not-comparable " + subjectAt + "/result/0/value"}},
	{"a value in a language", full, `"value": "87.5"`, `"value": {"@value": "100.5", "@language": "en"}`, []string{
		"warning string-is-language-value " + subjectAt + "/result/0/value", "warning result-value-out-of-range " + subjectAt + "/result/0/value/@value"}},
	{"a greatest value that is no number", full, `"valueMax": "100"`, `"valueMax": "A+"`, []string{"warning value-not-comparable " + firstDescription + "/valueMax"}},
	{"a least value with its unit", full, `"valueMin": "0"`, `"valueMin": "0%"`, []string{"warning value-not-comparable " + firstDescription + "/valueMin"}},
	{"a required value that is no number", full, `"requiredValue": "65"`, `"requiredValue": "pass"`, []string{"warning value-not-comparable " + firstDescription + "/requiredValue"}},
	{"a range of letters", minimal, `"type": ["Achievement"],`, `"type": ["Achievement"], "resultDescription": [{"id": "urn:d", "type": ["ResultDescription"], "name": "Grade",
		"resultType": "LetterGrade", "valueMin": "F", "valueMax": "A+", "requiredValue": "C"}],`, nil},
	{"a range that ends in a number", minimal, `"type": ["Achievement"],`, `"type": ["Achievement"], "resultDescription": [{"id": "urn:d", "type": ["ResultDescription"], "name": "Grade",
		"resultType": "Result", "valueMin": "0", "valueMax": "A+"}],`, []string{"warning value-not-comparable " + firstDescription + "/valueMax"}},
	{"a required level that is not there", full, `"requiredLevel": "urn:uuid:0f0c1b62-8d4b-45f7-8f6c-2a5d3b9be011"`, `"requiredLevel": "urn:x"`, []string{"error required-level-unknown " + achievementAt + "/resultDescription/1/requiredLevel"}},
	{"a required value that is not allowed", full, `"requiredValue": "C"`, `"requiredValue": "E"`, []string{"error required-value-not-allowed " + achievementAt + "/resultDescription/3/requiredValue"}},
	{"a required value below the range", full, `"requiredValue": "65"`, `"requiredValue": "-1"`, []string{"error required-value-out-of-range " + achievementAt + "/resultDescription/0/requiredValue"}},
	{"a required value above the range", full, `"requiredValue": "65"`, `"requiredValue": "101"`, []string{"error required-value-out-of-range " + achievementAt + "/resultDescription/0/requiredValue"}},
	{"a range turned round", full, `"valueMin": "0"`, `"valueMin": "101"`, []string{"warning value-range-reversed " + achievementAt + "/resultDescription/0/valueMin"}},
	{"a result of another class", full, `"type": ["Result"]`, `"type": ["Score"]`, []string{"error type-lacks-class " + subjectAt + "/result/0/type"}},
	{"results without a description", minimal, `"type": ["AchievementSubject"],`, `"type": ["AchievementSubject"], "result": [{"type": ["Result"], "resultDescription": "urn:x", "value": "1"}],`,
		[]string{"error result-description-unknown " + subjectAt + "/result/0/resultDescription"}},
	{"a result on its own", minimal, `"type": ["AchievementSubject"],`, `"type": ["AchievementSubject"], "result": [{"type": ["Result"], "value": "1"}],`, nil},
}

const picture = `"data:image/png;base64,iVBORw0KGgoAAAANSUhEUg=="`

var imageChanges = []change{
	{"an image as a string", full, `{ "id": "https://harbour.example/credentials/1042.png", "type": "Image", "caption": "A compass rose" }`, `"https://harbour.example/credentials/1042.png"`, []string{"warning object-is-string /image"}},
	{"an image by a file name", full, `{ "id": "https://harbour.example/credentials/1042.png", "type": "Image", "caption": "A compass rose" }`, `"1042.png"`, []string{"warning object-is-string /image", "error iri-not-absolute /image"}},
	{"a photograph", full, picture, `"data:image/jpeg;base64,/9j/4AAQSkZJRg=="`, []string{"error image-neither-png-nor-svg /issuer/image/id"}},
	{"no media type", full, picture, `"data:,x"`, []string{"warning active-url /issuer/image/id", "error image-neither-png-nor-svg /issuer/image/id"}},
	{"a script for a link", full, `"url": "https://harbour.example"`, `"url": "javascript:alert(1)"`, []string{"warning active-url /issuer/url"}},
	{"an issuer that is a script", endorsement, `{ "id": "https://ministry.example/", "type": ["Profile"], "name": "Ministry of Harbours" }`, `"javascript:alert(1)"`, []string{"warning active-url /issuer"}},
	{"an image that is a script", full, `{ "id": "https://harbour.example/credentials/1042.png", "type": "Image", "caption": "A compass rose" }`, `"javascript:alert(1)"`,
		[]string{"warning object-is-string /image", "warning active-url /image"}},
	{"a photograph that says PNG", full, picture, `"data:image/png;base64,/9j/4AAQSkZJRg=="`, []string{"error image-content-differs /issuer/image/id"}},
	{"no base64", full, picture, `"data:image/png;base64,***"`, []string{"error image-data-malformed /issuer/image/id"}},
	{"no data", full, picture, `"data:image/png"`, []string{"error image-data-malformed /issuer/image/id"}},
	{"a drawing", full, picture, `"data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="`, nil},
	{"a drawing, percent-encoded", full, picture, `"data:image/svg+xml;charset=utf-8,%3Csvg%20xmlns='http://www.w3.org/2000/svg'/%3E"`, nil},
	{"a drawing that says PNG", full, picture, `"data:image/png;base64,PHN2Zy8+"`, []string{"error image-content-differs /issuer/image/id"}},
	{"a page that says SVG", full, picture, `"data:image/svg+xml;base64,PGh0bWw+PC9odG1sPg=="`, []string{"error image-content-differs /issuer/image/id"}},
	{"a photograph of an achievement", full, `https://harbour.example/achievements/coastal-skipper.svg`, `data:image/jpeg;base64,/9j/4AAQSkZJRg==`, nil},
}

var genericChanges = []change{
	{"a context without array", generic, `["https://www.w3.org/ns/credentials/v2"]`, `"https://www.w3.org/ns/credentials/v2"`, []string{"warning context-not-array /@context"}},
	{"no subject at all", generic, `[{ "id": "did:example:holder-7" }, { "https://library.example/#card": { "https://library.example/#no": 7 } }]`, `[]`, []string{"error subject-missing /credentialSubject"}},
	{"an empty subject", generic, `{ "id": "did:example:holder-7" }`, `{}`, []string{"error subject-empty /credentialSubject/0"}},
	{"a subject that is a string", generic, `{ "id": "did:example:holder-7" }`, `"did:example:holder-7"`, []string{"error member-wrong-kind /credentialSubject/0"}},
	{"a subject by a name", generic, `"did:example:holder-7"`, `"Jonas"`, []string{"error iri-not-absolute /credentialSubject/0/id"}},
	{"a subject by a name with a colon", generic, `"did:example:holder-7"`, `"Holder: 7"`, []string{"error iri-malformed /credentialSubject/0/id"}},
	{"a subject with two ids", generic, `"did:example:holder-7"`, `["urn:a"]`, []string{"error member-wrong-kind /credentialSubject/0/id"}},
	{"evidence without type", generic, `{ "type": "Document" }`, `{}`, []string{"error member-missing /evidence/0/type"}},
	{"schema without id", generic, `"id": "https://library.example/schema", `, ``, []string{"error member-missing /credentialSchema/id"}},
	{"proof without type", generic, `"proof": { "type": "DataIntegrityProof" }`, `"proof": {}`, []string{"error member-missing /proof/type"}},
	{"a resource twice", generic, `https://library.example/b`, `https://library.example/a`, []string{"error related-resource-repeated /relatedResource/1/id"}},
	{"a resource without digest", generic, `, "digestMultibase": "uEiA"`, ``, []string{"error related-resource-without-digest /relatedResource/1"}},
	{"a badge's subject", generic, `{ "id": "did:example:holder-7" }`, `{ "type": "AchievementSubject" }`, []string{"error credential-type-missing /type"}},
	{"issuer without id", generic, `"https://library.example/"`, `{ "name": "Library" }`, []string{"error member-missing /issuer/id"}},
}

var presentationChanges = []change{
	{"holder by a name", presentation, `{ "id": "did:example:holder-7" },
  "ver`, `"Jonas",
  "ver`, []string{"error iri-not-absolute /holder"}},
	{"holder without id", presentation, `{ "id": "did:example:holder-7" },
  "ver`, `{ "name": "Jonas" },
  "ver`, []string{"error member-missing /holder/id"}},
	{"an unsecured credential and no holder", presentation, `"holder": { "id": "did:example:holder-7" },
  "verifiableCredential": [
    {`, `"verifiableCredential": [
    {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"], "issuer": "urn:i", "credentialSubject": {"id": "urn:s"}}, {`,
		[]string{"warning presented-credential-unsecured /verifiableCredential/0"}},
	{"a token as a string", presentation, `"verifiableCredential": [`, `"verifiableCredential": ["e30.e30.c2ln",`, []string{"error member-wrong-kind /verifiableCredential/0"}},
	{"an envelope without token", presentation, `data:application/vc+jwt,e30.e30.c2ln`, `data:application/vc+jwt`, []string{"error envelope-malformed /verifiableCredential/1/id"}},
	{"an envelope with a URL", presentation, `data:application/vc+jwt,e30.e30.c2ln`, `https://library.example/1`, []string{"error envelope-malformed /verifiableCredential/1/id"}},
	{"an envelope without context", presentation, `"@context": "https://www.w3.org/ns/credentials/v2",
`, ``, []string{"error context-base-not-first /verifiableCredential/1/@context"}},
	{"a fault in a presented credential", presentation, `"issuer": "https://library.example/",`, ``, []string{"error issuer-missing /verifiableCredential/0/issuer"}},
}
