package issue_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

// mutation spoils one thing of a full credential. The codes are written from the clause
// that is named, not taken from what the program answers.
type mutation struct {
	clause   string
	from, to string
	code     vc.Code
	only     string // "issue" where the verifier warns or is silent
}

var mutations = []mutation{
	// VCDM 2.0, and Open Badges 3.0, the envelope.
	{"VCDM 2.0, 4.3: @context is required", `"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],`, ``, "context-missing", ""},
	{"VCDM 2.0, 4.3: the base context is first", `"https://www.w3.org/ns/credentials/v2", `, ``, "context-base-not-first", ""},
	{"OB 3.0, AchievementCredential: the Open Badges context is second", `, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`, ``, "context-not-listed", ""},
	{"VCDM 2.0, 4.4: id is a URL", `"urn:uuid:6b3d8c64-3f0a-4e0c-9d2f-0a9a3f2c8f11"`, `"badge 1"`, "iri-not-absolute", ""},
	{"OB 3.0, AchievementCredential: id is required", `"id": "urn:uuid:6b3d8c64-3f0a-4e0c-9d2f-0a9a3f2c8f11",`, ``, "credential-id-missing", ""},
	{"VCDM 2.0, 4.5: type holds VerifiableCredential", `"VerifiableCredential", `, ``, "credential-type-missing", ""},
	{"OB 3.0, AchievementCredential: type holds the kind", `, "OpenBadgeCredential"`, ``, "credential-type-missing", ""},
	{"VCDM 2.0, 4.7: issuer is required", `"issuer":`, `"publisher":`, "issuer-missing", ""},
	{"VCDM 2.0, 4.7: the issuer's id is a URL", `"id": "https://school.example/issuer"`, `"id": "school"`, "iri-not-absolute", ""},
	{"Controlled Identifiers 1.0, 3.3: the key is the issuer's", `"id": "https://school.example/issuer"`, `"id": "https://other.example/issuer"`, "issuer-not-controller", "issue"},
	{"VCDM 2.0, 4.9: validFrom is a dateTimeStamp", `"validFrom": "2025-06-01T08:00:00Z"`, `"validFrom": "2025-06-01"`, "datetime-malformed", ""},
	{"VCDM 2.0, 4.9: with an offset", `"validFrom": "2025-06-01T08:00:00Z"`, `"validFrom": "2025-06-01T08:00:00"`, "datetime-without-zone", ""},
	{"OB 3.0, AchievementCredential: validFrom is required", `"validFrom": "2025-06-01T08:00:00Z",`, ``, "valid-from-missing", ""},
	{"VCDM 2.0, 4.9: the end is not before the beginning", `2027-06-01T08:00:00Z`, `2025-05-01T08:00:00Z`, "validity-reversed", ""},
	{"VCDM 2.0, 4.9: it has expired", `2027-06-01T08:00:00Z`, `2025-12-01T08:00:00Z`, "expired", ""},
	{"VCDM 2.0, 4.9: no such day", `2027-06-01T08:00:00Z`, `2027-06-31T08:00:00Z`, "datetime-malformed", ""},
	{"VCDM 1.1, 4.6: a date of the other data model", `"awardedDate"`, `"issuanceDate"`, "date-of-other-version", ""},
	{"OB 3.0, AchievementCredential: awardedDate is a DateTimeZ", `"2025-05-01T08:00:00Z"`, `"May"`, "datetime-malformed", ""},
	{"OB 3.0, AchievementCredential: name is a string", `"Keel laying, with results"`, `7`, "member-wrong-kind", ""},
	// Bitstring Status List 1.0, 2.1.
	{"BSL 2.1: the index is an integer", `"statusListIndex": "6"`, `"statusListIndex": "x"`, "status-index-malformed", ""},
	{"BSL 2.1: the index is a string", `"statusListIndex": "6"`, `"statusListIndex": 6`, "status-index-not-string", "issue"},
	{"BSL 2.1: the id is not the list's URL", `{"type": "BitstringStatusListEntry", `, `{"id": "https://school.example/status/1", "type": "BitstringStatusListEntry", `, "status-entry-id-is-list", "issue"},
	{"BSL 2.1: a size above one has messages", `"statusListIndex": "6"`, `"statusListIndex": "6", "statusSize": 2`, "status-message-missing", "issue"},
	{"BSL 2.1: not negative", `"statusListIndex": "6"`, `"statusListIndex": "-3"`, "status-index-malformed", ""},
	{"BSL 2.1: the purpose is required", `"statusPurpose": "revocation", `, ``, "status-entry-malformed", ""},
	{"BSL 2.1: the list is required", `, "statusListCredential": "https://school.example/status/1"`, ``, "status-entry-malformed", ""},
	{"VCDM 2.0, 4.10: the status has a type", `{"type": "BitstringStatusListEntry", `, `{`, "member-missing", ""},
	// The subject.
	{"OB 3.0, AchievementSubject: credentialSubject is required", `"credentialSubject":`, `"subject":`, "subject-missing", ""},
	{"OB 3.0, AchievementSubject: type holds AchievementSubject", `"type": ["AchievementSubject"],`, ``, "member-missing", ""},
	{"OB 3.0, AchievementSubject: achievement is required", `"achievement": {`, `"related": {`, "member-missing", ""},
	{"OB 3.0, AchievementSubject: creditsEarned is a number", `"creditsEarned": 3.5`, `"creditsEarned": "3.5"`, "member-wrong-kind", ""},
	{"OB 3.0, AchievementSubject: a date of the activity", `"2025-01-01T08:00:00Z"`, `"2025"`, "datetime-malformed", ""},
	{"OB 3.0, 9.1: nobody in particular", `"id": "did:example:ada", "type": ["AchievementSubject"],
    "identifier": [{"type": "IdentityObject", "hashed": true, "identityHash": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399", "identityType": "emailAddress", "salt": "Kosher"}],`,
		`"type": ["AchievementSubject"],`, "subject-unidentified", "issue"},
	{"OB 3.0, IdentityObject: the hash has its algorithm", `sha256$b5809d`, `sha1$b5809d`, "identity-hash-malformed", ""},
	{"OB 3.0, IdentityObject: hashed is required", `"hashed": true, `, ``, "member-missing", ""},
	{"OB 3.0, IdentityObject: identityType is of its enumeration", `"identityType": "emailAddress"`, `"identityType": "email"`, "value-not-in-enumeration", ""},
	// The achievement.
	{"OB 3.0, Achievement: name is required", `"name": "Keel laying", `, ``, "member-missing", ""},
	{"OB 3.0, Achievement: description is required", `"description": "Lays keels.",`, ``, "member-missing", ""},
	{"OB 3.0, Achievement: criteria are required", `"criteria": {"narrative": "Lay three keels."}, `, ``, "criteria-missing", ""},
	{"OB 3.0, Achievement: achievementType is of its enumeration", `"achievementType": "Course"`, `"achievementType": "course"`, "value-not-in-enumeration", ""},
	{"OB 3.0, Achievement: inLanguage is a language", `"inLanguage": "en"`, `"inLanguage": "english!"`, "language-code-malformed", ""},
	{"OB 3.0, Achievement: id is a URI", `"id": "https://school.example/achievements/keel"`, `"id": "keel"`, "iri-not-absolute", ""},
	{"OB 3.0, Achievement: type holds Achievement", `"type": ["Achievement"]`, `"type": ["Course"]`, "type-lacks-class", ""},
	{"OB 3.0, Alignment: targetName is required", `"targetName": "Builds boats", `, ``, "member-missing", ""},
	{"OB 3.0, Alignment: targetUrl is a URL", `"https://frameworks.example/boats/1"`, `"boats"`, "iri-not-absolute", ""},
	{"OB 3.0, Alignment: targetType is of its enumeration", `"targetType": "CFItem"`, `"targetType": "Item"`, "value-not-in-enumeration", ""},
	{"OB 3.0, Image: an image has an id", `{"id": "https://school.example/keel.png", "type": "Image", `, `{"type": "Image", `, "member-missing", ""},
	// Results.
	{"OB 3.0, Result: the description is one of the achievement's", `"resultDescription": "urn:uuid:d1"`, `"resultDescription": "urn:uuid:d9"`, "result-description-unknown", ""},
	{"OB 3.0, Result: status is required of a Status", `, "status": "Completed"`, `, "value": "Completed"`, "result-status-missing", ""},
	{"OB 3.0, Result: status is of its enumeration", `"status": "Completed"`, `"status": "Done"`, "value-not-in-enumeration", ""},
	{"OB 3.0, Result: the level is one of the description's", `"achievedLevel": "urn:uuid:l1"`, `"achievedLevel": "urn:uuid:l9"`, "achieved-level-unknown", ""},
	{"OB 3.0, Result: value is a string", `"value": "87"`, `"value": 87`, "member-wrong-kind", ""},
	{"OB 3.0, ResultDescription: resultType is of its enumeration", `"resultType": "Percent"`, `"resultType": "Points"`, "value-not-in-enumeration", ""},
	{"OB 3.0, ResultDescription: resultType is required", `"resultType": "Percent", `, ``, "member-missing", ""},
	{"OB 3.0, ResultDescription: what is required lies in the range", `"requiredValue": "50"`, `"requiredValue": "150"`, "required-value-out-of-range", ""},
	{"OB 3.0, ResultDescription: the level that is required is one of the levels", `"requiredLevel": "urn:uuid:l1"`, `"requiredLevel": "urn:uuid:l9"`, "required-level-unknown", ""},
	{"OB 3.0, RubricCriterionLevel: a level has a name", `, "name": "Good"`, ``, "member-missing", ""},
	// The issuer's profile.
	{"OB 3.0, Profile: type holds Profile", `"type": ["Profile"]`, `"type": ["Organization"]`, "type-lacks-class", "issue"},
	{"OB 3.0, Profile: email is an address", `"office@school.example"`, `"office"`, "email-malformed", ""},
	{"OB 3.0, ResultDescription: valueMin is not above valueMax", `"valueMin": "0"`, `"valueMin": "200"`, "value-range-reversed", "issue"},
	{"RFC 3986, 2: a URL has no bar", `"url": "https://school.example/"`, `"url": "https://school.example/a|b"`, "iri-malformed", ""},
	{"a URL that nobody may follow", `"url": "https://school.example/"`, `"url": "JavaScript:alert(1)"`, "active-url", "issue"},
	{"OB 3.0, Profile: url is a URL", `"url": "https://school.example/"`, `"url": "school"`, "iri-not-absolute", ""},
	{"OB 3.0, Address: a country has two letters", `"NL"`, `"Netherlands"`, "country-code-malformed", ""},
	{"OB 3.0, GeoCoordinates: latitude is a number", `"latitude": 52.1`, `"latitude": "52.1"`, "member-wrong-kind", ""},
	{"OB 3.0, IdentifierEntry: identifierType is of its enumeration", `"identifierType": "identifier"`, `"identifierType": "number"`, "value-not-in-enumeration", ""},
	{"OB 3.0, IdentifierEntry: identifier is required", `"identifier": "0421", `, ``, "member-missing", ""},
	{"OB 3.0, Evidence: evidence is typed", `"type": ["Evidence"], "name"`, `"name"`, "member-missing", ""},
	{"VCDM 2.0, 4.11: an entry that names no schema", `"awardedDate"`, `"credentialSchema": {"type": "JsonSchema"}, "awardedDate"`, "member-missing", ""},
}

// proofMutations are of badges that are signed over RDF.
var proofMutations = []mutation{
	{"Data Integrity 1.0, 4.6: a context in the document itself", `context-3.0.3.json"]`, `context-3.0.3.json", {"name": "https://schema.org/text"}]`, "context-inline", ""},
	{"Data Integrity 1.0, 2.4.2: a term that no context defines", `"name": "Keel laying, with results"`, `"colour": "red", "name": "Keel laying, with results"`, "term-undefined", "issue"},
}

// tokenMutations are of badges that become tokens.
var tokenMutations = []mutation{
	{"OB 3.0, 8.2.5: iss is the issuer's id", `"awardedDate"`, `"iss": "https://other.example/issuer", "awardedDate"`, "jwt-iss-mismatch", ""},
	{"OB 3.0, 8.2.5: sub is the subject's id", `"awardedDate"`, `"sub": "did:example:eve", "awardedDate"`, "jwt-sub-mismatch", ""},
	{"OB 3.0, 8.2.5: jti is the credential's id", `"awardedDate"`, `"jti": "urn:uuid:0", "awardedDate"`, "jwt-jti-mismatch", ""},
	{"OB 3.0, 8.2.5: nbf is validFrom", `"awardedDate"`, `"nbf": 1, "awardedDate"`, "jwt-nbf-mismatch", ""},
	{"OB 3.0, 8.2.5: exp is validUntil", `"awardedDate"`, `"exp": 1, "awardedDate"`, "jwt-exp-mismatch", ""},
	{"RFC 7519, 4.1.5: nbf is a number", `"awardedDate"`, `"nbf": "2025", "awardedDate"`, "jwt-claim-malformed", ""},
	{"RFC 7519, 4.1.3: a credential has no audience", `"awardedDate"`, `"aud": "https://other.example", "awardedDate"`, "jwt-claim-member", ""},
	{"VC-JOSE-COSE 1.0, 3.1: a credential is not in a vc claim", `"awardedDate"`, `"vc": {}, "awardedDate"`, "jwt-claim-member", ""},
}

var recordMutations = []mutation{
	{"CLR 2.0, ClrCredential: the CLR context is listed", `"https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", `, ``, "context-not-listed", ""},
	{"CLR 2.0, ClrCredential: the CLR context is second", `"https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`,
		`"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"`, "context-order", ""},
	{"CLR 2.0, ClrCredential: id is required", `"id": "https://school.example/records/7",`, ``, "credential-id-missing", ""},
	{"CLR 2.0, ClrCredential: type holds ClrCredential", `, "ClrCredential"`, ``, "credential-type-missing", ""},
	{"CLR 2.0, ClrCredential: name is required", `"name": "Record of Ada",`, ``, "member-missing", ""},
	{"CLR 2.0, ClrCredential: partial is a boolean", `"partial": true`, `"partial": "yes"`, "member-wrong-kind", ""},
	{"CLR 2.0, ClrCredential: validFrom is required", `"validFrom": "2025-06-01T08:00:00Z",`, ``, "valid-from-missing", ""},
	{"CLR 2.0, ClrSubject: type holds ClrSubject", `["ClrSubject"]`, `["Person"]`, "type-lacks-class", ""},
	{"CLR 2.0, ClrSubject: verifiableCredential is required", `"verifiableCredential": [`, `"credentials": [`, "member-missing", ""},
	{"CLR 2.0, ClrSubject: its own achievements have names", `"name": "Boats", `, ``, "member-missing", ""},
	// Associations.
	{"CLR 2.0, Association: type is Association", `"type": "Association"`, `"type": "Link"`, "type-lacks-class", ""},
	{"CLR 2.0, Association: associationType is required", `"associationType": "isPartOf", `, ``, "member-missing", ""},
	{"CLR 2.0, Association: associationType is of its enumeration", `"isPartOf"`, `"partOf"`, "value-not-in-enumeration", ""},
	{"CLR 2.0, Association: which nobody extends", `"isPartOf"`, `"ext:isMadeOf"`, "value-not-in-enumeration", ""},
	{"CLR 2.0, Association: sourceId is required", `"sourceId": "https://school.example/achievements/knots", `, ``, "member-missing", ""},
	{"CLR 2.0, Association: targetId is a URI", `"targetId": "https://school.example/achievements/boats"`, `"targetId": "boats"`, "iri-not-absolute", ""},
	{"CLR 2.0, Association: it has no other members", `"associationType"`, `"name": "Part", "associationType"`, "member-forbidden", ""},
	// What is nested without a proof is the issuer's own word. To the verifier a fault
	// of it is one of the nested report alone.
	{"CLR 2.0, ClrSubject: a nested credential is an object", `"verifiableCredential": [{`, `"verifiableCredential": [7, {`, "member-wrong-kind", ""},
	{"VCDM 2.0, 4.7: the issuer of a nested credential is required", `"issuer": "https://school.example/issuer", "validFrom": "2025-05-01`, `"validFrom": "2025-05-01`, "issuer-missing", "issue"},
	{"OB 3.0, AchievementCredential: validFrom of a nested badge is required", `, "validFrom": "2025-05-01T08:00:00Z"`, ``, "valid-from-missing", "issue"},
	{"OB 3.0, AchievementCredential: id of a nested badge is required", `"id": "urn:uuid:6b3d8c64-3f0a-4e0c-9d2f-0a9a3f2c8f12", `, ``, "credential-id-missing", "issue"},
	{"OB 3.0, Achievement: description in a nested badge is required", `, "description": "Ties knots."`, ``, "member-missing", "issue"},
	{"a URL in a nested badge that nobody may follow", `"criteria": {"narrative": "Tie each."}`, `"criteria": {"id": "file:///knots"}`, "active-url", "issue"},
	{"OB 3.0, EndorsementCredential: name of an embedded endorsement is required", `, "name": "Our best course"`, ``, "member-missing", "issue"},
	{"OB 3.0, EndorsementSubject: id in an embedded endorsement is required", `"credentialSubject": {"id": "https://school.example/achievements/boats", `, `"credentialSubject": {`, "member-missing", "issue"},
	{"OB 3.0, Achievement: endorsementJwt is a compact JWS", `"endorsement": [`, `"endorsementJwt": ["a token"], "endorsement": [`, "jwt-malformed", ""},
	// Shared nodes.
	{"OB 3.0, Related: id is required", `"id": "https://school.example/achievements/boten", `, ``, "member-missing", ""},
	{"OB 3.0, Related: type holds Related", `["Related"]`, `["Achievement"]`, "type-lacks-class", ""},
	{"OB 3.0, Related: inLanguage is a language", `"inLanguage": "nl"`, `"inLanguage": "Dutch!"`, "language-code-malformed", ""},
	{"OB 3.0, Alignment: type holds Alignment", `["Alignment"]`, `["Related"]`, "type-lacks-class", ""},
	{"OB 3.0, Alignment: targetUrl is required", `"targetUrl": "https://frameworks.example/boats/1", `, ``, "member-missing", ""},
	{"OB 3.0, Alignment: targetCode is a string", `"B.1"`, `1`, "member-wrong-kind", ""},
	{"OB 3.0, ResultDescription: id is required", `"id": "urn:uuid:d1", `, ``, "member-missing", ""},
	{"OB 3.0, ResultDescription: what is required is one of the values that are allowed", `"requiredValue": "B"`, `"requiredValue": "D"`, "required-value-not-allowed", ""},
	{"OB 3.0, Address: type holds Address", `["Address"]`, `["Place"]`, "type-lacks-class", ""},
	{"OB 3.0, Address: addressLocality is a string", `"Delft"`, `["Delft", "Leiden"]`, "member-repeated", ""},
	{"OB 3.0, GeoCoordinates: longitude is required", `, "longitude": 4.3`, ``, "member-missing", ""},
	{"OB 3.0, GeoCoordinates: type is GeoCoordinates", `"GeoCoordinates"`, `"Point"`, "type-lacks-class", ""},
	{"OB 3.0, IdentifierEntry: type is IdentifierEntry", `"IdentifierEntry"`, `"IdentityObject"`, "type-lacks-class", ""},
	{"OB 3.0, IdentifierEntry: it has no other members", `"identifier": "0421"`, `"name": "Number", "identifier": "0421"`, "member-forbidden", ""},
	{"OB 3.0, IdentityObject: hashed is a boolean", `"hashed": false`, `"hashed": "no"`, "member-wrong-kind", ""},
	{"OB 3.0, IdentityObject: identityHash is required", `"identityHash": "Ada", `, ``, "member-missing", ""},
	{"OB 3.0, IdentityObject: it has no other members", `"identityHash": "Ada"`, `"identityHash": "Ada", "name": "Ada"`, "member-forbidden", ""},
	// Status entries.
	{"BSL 2.1: one message for each value", `"statusSize": 1`, `"statusSize": 2`, "status-message-invalid", ""},
	{"BSL 2.1: the size is above zero", `"statusSize": 1`, `"statusSize": 0`, "status-size-invalid", ""},
	{"VCDM 2.0, 4.10: the id of a status is a URL", `"https://school.example/entries/2"`, `"second"`, "iri-not-absolute", ""},
}

var endorsementMutations = []mutation{
	{"OB 3.0, EndorsementCredential: the Open Badges context is second", `, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`, ``, "context-not-listed", ""},
	{"OB 3.0, EndorsementCredential: id is required", `"id": "urn:uuid:c1a6d4e2-6f0b-4d3a-9a67-0f3d8a4b2c55",`, ``, "credential-id-missing", ""},
	{"VCDM 2.0, 4.5: type of an endorsement holds VerifiableCredential", `"VerifiableCredential", `, ``, "credential-type-missing", ""},
	{"OB 3.0, EndorsementCredential: name is required", `"name": "Recognised school",`, ``, "member-missing", ""},
	{"OB 3.0, EndorsementCredential: validFrom is required", `"validFrom": "2025-06-01T08:00:00Z",`, ``, "valid-from-missing", ""},
	{"OB 3.0, EndorsementCredential: awardedDate is a DateTimeZ", `"2025-05-01T08:00:00Z"`, `"2025-05-01T08:00:00"`, "datetime-without-zone", ""},
	{"OB 3.0, EndorsementCredential: credentialSubject is required", `"credentialSubject"`, `"subject"`, "subject-missing", ""},
	{"OB 3.0, EndorsementSubject: id is required", `"id": "https://harbour.example/issuer", `, ``, "member-missing", ""},
	{"OB 3.0, EndorsementSubject: id is a URI", `"https://harbour.example/issuer"`, `"harbour"`, "iri-not-absolute", ""},
	{"OB 3.0, EndorsementSubject: type holds EndorsementSubject", `["EndorsementSubject"]`, `["Profile"]`, "type-lacks-class", ""},
	{"OB 3.0, EndorsementSubject: endorsementComment is a string", `"Teaches by the **official** syllabus."`, `5`, "member-wrong-kind", ""},
}

// bases are what is spoiled, in the forms in which it is issued.
var bases = []struct {
	name, text string
	as         []issue.Form
	mutations  []mutation
}{
	{"badge", full, []issue.Form{"", issue.VCJWT}, mutations},
	{"proof", full, []issue.Form{""}, proofMutations},
	{"token", full, []issue.Form{issue.VCJWT}, tokenMutations},
	{"record", fullRecord, []issue.Form{"", issue.VCJWT}, recordMutations},
	{"endorsement", fullEndorsement, []issue.Form{"", issue.VCJWT}, endorsementMutations},
}

// Whatever is wrong with a credential is told at the door by which it goes out, in the
// words of the one by which it comes in.
func TestMutations(t *testing.T) {
	verifier, err := verify.New(verify.Config{Fetcher: published(t, edKey, school), Now: testkit.Clock})
	require.NoError(t, err)
	rows, signed := 0, 0
	for _, b := range bases {
		rows += len(b.mutations)
		for _, as := range b.as {
			c := config(t, edKey)
			c.Form = as
			issuer, err := issue.New(t.Context(), c)
			require.NoError(t, err)
			_, err = issuer.Issue(t.Context(), []byte(b.text))
			require.NoError(t, err, "the control")
			for _, m := range b.mutations {
				t.Run(b.name+" "+string(as)+" "+m.clause, func(t *testing.T) {
					require.Equal(t, 1, strings.Count(b.text, m.from))
					text := []byte(strings.Replace(b.text, m.from, m.to, 1))
					issued, err := issuer.Issue(t.Context(), text)
					require.ErrorIs(t, err, &vc.Problem{Code: m.code})
					require.Nil(t, issued)
					if m.only != "" {
						return
					}
					for _, out := range signedBeneath(t, text, as) {
						signed++
						r, err := verifier.Inspect(t.Context(), out)
						require.NoError(t, err)
						require.Equal(t, verify.VerdictNotVerified, r.Verdict)
						require.Contains(t, r.Codes(), m.code)
					}
				})
			}
		}
	}
	require.GreaterOrEqual(t, rows, 120)
	require.Greater(t, signed, 2*rows, "most are signed by the layer beneath, in two forms at least")
}

// signedBeneath is the text as packages dataintegrity and vcjwt sign it, where they do.
func signedBeneath(t *testing.T, text []byte, as issue.Form) (all [][]byte) {
	i, err := world.Issuer("school", obtest.HTTPS, obtest.Ed25519)
	require.NoError(t, err)
	require.Equal(t, method, i.VerificationMethod)
	if as == issue.VCJWT {
		out, err := i.Token(text, func(o *vcjwt.SignOptions) { o.SkipIssuerCheck = true })
		if err != nil {
			return nil
		}
		return [][]byte{out}
	}
	for _, suite := range []string{dataintegrity.EddsaRdfc2022, dataintegrity.EddsaJcs2022} {
		out, err := i.Sign(text, func(o *dataintegrity.SignOptions) { o.Suite, o.SkipIssuerCheck = suite, true })
		if err == nil {
			all = append(all, out)
		}
	}
	return all
}
