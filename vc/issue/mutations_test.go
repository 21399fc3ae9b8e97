package issue_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

// mutation spoils one thing of the full badge. The codes are written from the clause
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
	{"OB 3.0, AchievementCredential: the Open Badges context is second", `, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`, ``, "context-missing", ""},
	{"Data Integrity 1.0, 4.6: a context in the document itself", `context-3.0.3.json"]`, `context-3.0.3.json", {"name": "https://schema.org/text"}]`, "context-inline", ""},
	{"VCDM 2.0, 4.4: id is a URL", `"urn:uuid:6b3d8c64-3f0a-4e0c-9d2f-0a9a3f2c8f11"`, `"badge 1"`, "iri-not-absolute", ""},
	{"OB 3.0, AchievementCredential: id is required", `"id": "urn:uuid:6b3d8c64-3f0a-4e0c-9d2f-0a9a3f2c8f11",`, ``, "credential-id-missing", ""},
	{"VCDM 2.0, 4.5: type holds VerifiableCredential", `"VerifiableCredential", `, ``, "credential-type-missing", ""},
	{"OB 3.0, AchievementCredential: type holds the kind", `, "OpenBadgeCredential"`, ``, "credential-type-missing", ""},
	{"VCDM 2.0, 4.7: issuer is required", `"issuer":`, `"publisher":`, "issuer-missing", ""},
	{"VCDM 2.0, 4.7: the issuer's id is a URL", `"id": "https://school.example/issuer"`, `"id": "school"`, "iri-not-absolute", ""},
	{"Controlled Identifiers 1.0, 3.3: the key is the issuer's", `"id": "https://school.example/issuer"`, `"id": "https://other.example/issuer"`, "signing-key-not-of-issuer", "issue"},
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
	{"OB 3.0, Profile: url is a URL", `"url": "https://school.example/"`, `"url": "school"`, "iri-not-absolute", ""},
	{"OB 3.0, Address: a country has two letters", `"NL"`, `"Netherlands"`, "country-code-malformed", ""},
	{"OB 3.0, GeoCoordinates: latitude is a number", `"latitude": 52.1`, `"latitude": "52.1"`, "member-wrong-kind", ""},
	{"OB 3.0, IdentifierEntry: identifierType is of its enumeration", `"identifierType": "identifier"`, `"identifierType": "number"`, "value-not-in-enumeration", ""},
	{"OB 3.0, IdentifierEntry: identifier is required", `"identifier": "0421", `, ``, "member-missing", ""},
	{"OB 3.0, Evidence: evidence is typed", `"type": ["Evidence"], "name"`, `"name"`, "member-missing", ""},
	// Signatures over RDF.
	{"Data Integrity 1.0, 2.4.2: a term that no context defines", `"name": "Keel laying, with results"`, `"colour": "red", "name": "Keel laying, with results"`, "term-undefined", "issue"},
	{"VCDM 2.0, 4.11: an entry that names no schema", `"awardedDate"`, `"credentialSchema": {"type": "JsonSchema"}, "awardedDate"`, "member-missing", ""},
}

// Whatever is wrong with a credential is told at the door by which it goes out, in the
// words of the one by which it comes in.
func TestMutations(t *testing.T) {
	issuer, err := issue.New(t.Context(), config(t, edKey))
	require.NoError(t, err)
	_, err = issuer.Issue(t.Context(), []byte(full))
	require.NoError(t, err, "the control")
	require.GreaterOrEqual(t, len(mutations), 60)
	verifier, err := verify.New(verify.Config{Fetcher: published(t, edKey, school), Now: testkit.Clock})
	require.NoError(t, err)
	signed := 0
	for _, m := range mutations {
		t.Run(m.clause, func(t *testing.T) {
			require.Equal(t, 1, strings.Count(full, m.from))
			text := []byte(strings.Replace(full, m.from, m.to, 1))
			issued, err := issuer.Issue(t.Context(), text)
			require.Nil(t, issued)
			require.ErrorIs(t, err, &vc.Problem{Code: m.code})
			if m.only != "" {
				return
			}
			for _, suite := range []string{dataintegrity.EddsaRdfc2022, dataintegrity.EddsaJcs2022} {
				out, err := dataintegrity.Sign(t.Context(), text, dataintegrity.SignOptions{Signer: signerOf(t, edKey), VerificationMethod: method, Suite: suite, Created: testkit.Now, SkipIssuerCheck: true})
				if err != nil {
					continue
				}
				signed++
				r, err := verifier.Inspect(t.Context(), out)
				require.NoError(t, err)
				require.Equal(t, verify.NotVerified, r.Verdict)
				require.Contains(t, r.Codes(), m.code, suite)
			}
		})
	}
	require.Greater(t, signed, len(mutations), "most are signed by the layer beneath, in one form at least")
}
