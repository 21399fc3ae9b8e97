package codes_test

import (
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// ruled is a row about a document that breaks a rule. It is signed, so that nothing else
// is wrong with it.
func ruled(code vc.Code, document string, edits ...string) row {
	return row{code, named(document, edits), func(d *desk) []*vc.Problem {
		base, c := []string{`/issuer/id = "@school"`}, verify.Config{}
		switch document {
		case fullBadge:
			base = append(base, "/proof", "/issuer/endorsement", "/issuer/endorsementJwt", "/endorsement", "/endorsementJwt",
				achievement+"/endorsement", "/credentialStatus", "/credentialSchema", "/refreshService")
		case libraryCard:
			base, c = []string{`/issuer = "@school"`, subject + ` = {"id": "did:example:holder-7"}`, "/proof", "/credentialStatus",
				"/credentialSchema", "/relatedResource"}, verifyNothingElse
		}
		return d.inspect(d.signed(d.draft(document, append(base, edits...)...)), c)
	}}
}

const (
	subject     = "/credentialSubject"
	achievement = subject + "/achievement"
	described   = achievement + "/resultDescription"
	resource    = `{"id": "https://library.example/a", "digestSRI": "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}`
)

var ruleRows = []row{
	ruled(rules.CodeMemberMissing, badge, achievement+"/name"),
	ruled(rules.CodeCredentialIDMissing, badge, "/id"),
	ruled(rules.CodeIssuerMissing, badge, "/issuer"),
	ruled(rules.CodeSubjectMissing, badge, subject),
	ruled(rules.CodeValidFromMissing, badge, "/validFrom"),
	ruled(rules.CodeCriteriaMissing, badge, achievement+"/criteria"),
	ruled(rules.CodeMemberNull, badge, "/name = null"),
	ruled(rules.CodeMemberNull, badge, `/credentialStatus = null`),
	ruled(rules.CodeMemberKind, badge, `/credentialStatus = "https://harbour.example/status"`),
	ruled(rules.CodeMemberMissing, badge, `/credentialStatus = {"statusPurpose": "revocation"}`),
	ruled(rules.CodeMemberMissing, badge, `/credentialSchema = {"id": "https://harbour.example/schema"}`),
	ruled(rules.CodeMemberNull, badge, `/credentialSchema = null`),
	ruled(rules.CodeOtherVersion, badge, `/validFrom`, `/issuanceDate = "2026-01-01T00:00:00Z"`),
	ruled(rules.CodeContextItem, badge, `/@context/- = 7`),
	ruled(rules.CodeMemberKind, fullBadge, subject+`/creditsEarned = "7.5"`),
	ruled(rules.CodeMemberRepeated, badge, `/id = ["urn:uuid:1", "urn:uuid:2"]`),
	ruled(rules.CodeMemberForbidden, fullBadge, `/image/alt = "A compass rose"`),
	ruled(rules.CodeTypeLacksClass, badge, achievement+`/type = ["Course"]`),
	ruled(rules.CodeTerm, fullBadge, achievement+`/achievementType = "Learning Program"`),
	ruled(rules.CodeTerm, fullBadge, subject+`/result/2/status = "Done"`),
	ruled(rules.CodeLanguageValue, badge, `/name = {"@value": "Knots", "@language": "not a language"}`),
	ruled(rules.CodeKeyword, badge, subject+`/@type = "Person"`),

	ruled(rules.CodeIRI, fullBadge, `/issuer/url = "harbour.example"`),
	ruled(rules.CodeIRIMalformed, fullBadge, `/issuer/url = "https://harbour.example/a badge"`),
	ruled(rules.CodeIRIMalformed, fullBadge, `/issuer/url = "https://"`),
	ruled(rules.CodeDateTime, badge, `/validFrom = "May 2026"`),
	ruled(rules.CodeDateTimeZone, badge, `/validFrom = "2026-01-01T00:00:00"`),
	ruled(rules.CodeDate, fullBadge, `/issuer/dateOfBirth = "1912-02-30"`),
	ruled(rules.CodeLanguage, fullBadge, achievement+`/inLanguage = "English"`),
	ruled(rules.CodeEmail, fullBadge, `/issuer/email = "harbour.example"`),
	ruled(rules.CodeCountry, fullBadge, `/issuer/address/addressCountryCode = "Germany"`),
	ruled(rules.CodeIdentityHash, fullBadge, subject+`/identifier/0/identityHash = "sha256$b5809d8a"`),

	ruled(rules.CodeContextNotListed, badge, `/@context = ["https://www.w3.org/ns/credentials/v2"]`),
	ruled(rules.CodeContextMissing, badge, `/@context = []`),
	ruled(rules.CodeContextBase, badge, `/@context = ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]`),
	ruled(rules.CodeContextOrder, record, `/@context/1 = "`+rules.OpenBadgesContext+`"`, `/@context/2 = "`+rules.RecordContext+`"`),
	ruled(rules.CodeContextItem, badge, `/@context/- = "own.json"`),
	ruled(rules.CodeContextExtensions, badge, `/refreshService = {"id": "https://harbour.example/new", "type": "1EdTechCredentialRefresh"}`),
	ruled(rules.CodeCredentialType, badge, `/type = ["VerifiableCredential"]`),
	ruled(rules.CodeCredentialType, badge, `/type = ["OpenBadgeCredential"]`),

	ruled(rules.CodeCredentialType, libraryCard, `/type = ["LibraryCard"]`),
	ruled(rules.CodeSubjectMissing, libraryCard, subject+` = []`),
	ruled(rules.CodeSubjectEmpty, libraryCard, subject+` = {}`),
	ruled(rules.CodeValidityReversed, badge, `/validUntil = "2025-01-01T00:00:00Z"`),
	ruled(rules.CodeOtherVersion, badge, `/expirationDate = "2030-01-01T00:00:00Z"`),

	ruled(rules.CodeResultDescription, fullBadge, subject+`/result/0/resultDescription = "urn:uuid:none"`),
	ruled(rules.CodeAchievedLevel, fullBadge, subject+`/result/1/achievedLevel = "urn:uuid:none"`),
	ruled(rules.CodeOtherLevel, fullBadge, subject+`/result/0/achievedLevel = "urn:uuid:0f0c1b62-8d4b-45f7-8f6c-2a5d3b9be012"`),
	ruled(rules.CodeResultStatus, fullBadge, subject+`/result/2/status`, subject+`/result/2/value = "done"`),
	ruled(rules.CodeRequiredLevel, fullBadge, described+`/1/requiredLevel = "urn:uuid:none"`),
	ruled(rules.CodeRequiredNotAllowed, fullBadge, described+`/3/requiredValue = "E"`),
	ruled(rules.CodeRequiredRange, fullBadge, described+`/0/requiredValue = "101"`),
	ruled(rules.CodeRangeReversed, fullBadge, described+`/0/valueMin = "101"`),
	ruled(rules.CodeResultValue, fullBadge, subject+`/result/0/resultDescription = "urn:uuid:0f0c1b62-8d4b-45f7-8f6c-2a5d3b9be004"`, subject+`/result/0/value = "Z"`),
	ruled(rules.CodeResultRange, fullBadge, subject+`/result/0/value = "101"`),
	ruled(rules.CodeNotComparable, fullBadge, subject+`/result/0/value = "87.5%"`),

	ruled(rules.CodeImageType, fullBadge, `/issuer/image/id = "data:image/jpeg;base64,/9j/4AAQSkZJRg=="`),
	ruled(rules.CodeImageContent, fullBadge, `/issuer/image/id = "data:image/png;base64,/9j/4AAQSkZJRg=="`),
	ruled(rules.CodeImageData, fullBadge, `/issuer/image/id = "data:image/png;base64,***"`),
	ruled(rules.CodeParentOrgDepth, badge, `/issuer/parentOrg = `+strings.Repeat(`{"id": "urn:p", "type": ["Profile"], "parentOrg": `, 12)+`{"id": "urn:p", "type": ["Profile"]}`+strings.Repeat("}", 12)),
	ruled(rules.CodeRelatedRepeated, libraryCard, `/relatedResource = [`+resource+`,`+resource+`]`),
	ruled(rules.CodeRelatedDigest, libraryCard, `/relatedResource = {"id": "https://library.example/b"}`),
	ruled(rules.CodeMore, badge, `/evidence = [`+strings.Repeat(`{"type": ["Photo"]},`, 100)+`{"type": ["Photo"]}]`),

	ruled(rules.CodeNotArray, fullBadge, achievement+`/tag = "sailing"`),
	ruled(rules.CodeLooseArray, fullBadge, subject+`/identifier/0/type = ["IdentityObject"]`),
	ruled(rules.CodeEmptyArray, fullBadge, achievement+`/tag = []`),
	ruled(rules.CodeLooseString, fullBadge, `/image = "https://harbour.example/credentials/1042.png"`),
	ruled(rules.CodeLanguageUnknown, badge, `/name = {"@value": "Knots", "@language": "zz"}`),
	ruled(rules.CodeLanguageMap, badge, `/name = {"de": "Knoten", "en": "Knots"}`),
	ruled(rules.CodeContextNotArray, libraryCard, `/@context = "https://www.w3.org/ns/credentials/v2"`),
	ruled(rules.CodeContextOutdated, badge, `/@context/1 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"`),
	ruled(rules.CodeDataModelOutdated, oldBadge),
	ruled(rules.CodeCriteriaEmpty, badge, achievement+`/criteria = {}`),
	ruled(rules.CodeBlank, badge, `/name = " "`),
	ruled(rules.CodeActiveURL, fullBadge, `/issuer/url = "javascript:alert(1)"`),
	ruled(rules.CodeSubjectUnidentified, badge, subject+`/id`),
	ruled(vc.CodeTokenMalformed, fullBadge, `/issuer/endorsementJwt = ["e30.e30"]`),
	drafted(rules.CodeIssuerMissing, badge, "/issuer"),
	drafted(rules.CodeMore, badge, `/evidence = [`+strings.Repeat(`{"type": ["Photo"]},`, 120)+`{"type": ["Photo"]}]`),
	{vc.CodeJSON, "a profile that is given a member which is no JSON", func(*desk) []*vc.Problem {
		return (&ob.Profile{ID: "urn:i", Extra: vc.Extra{"motto": []byte("{")}}).Check()
	}},
	unsigned(rules.CodeUnsecured, presentation, "/holder", "/verifiableCredential/0/proof"),
	unsigned(rules.CodeEnvelope, presentation, `/verifiableCredential/1/id = "https://library.example/1"`),
}

var recordRows = []row{
	ruled(rules.CodeAssociationDangling, record, subject+`/association/0/targetId = "https://harbour.example/achievements/none"`),
	ruled(rules.CodeAssociationSelf, record, subject+`/association/0/targetId = "https://harbour.example/achievements/knots"`),
	ruled(rules.CodeAssociationCycle, record, subject+`/association/- = {"type": "Association", "associationType": "isPartOf", "sourceId": "https://harbour.example/achievements/seamanship", "targetId": "https://harbour.example/achievements/knots"}`),
	ruled(rules.CodeOtherSubject, record, subject+`/verifiableCredential/1/credentialSubject/id = "did:example:holder-8"`),
	ruled(rules.CodeNewerContext, record, `/@context/1 = "https://purl.imsglobal.org/spec/clr/v2p0/context.json"`),
}

// drafted is a row about a document that is judged by the rules alone.
func drafted(code vc.Code, document string, edits ...string) row {
	return row{code, named(document, edits) + ", by the rules alone", func(d *desk) []*vc.Problem {
		findings, err := rules.CheckJSON([]byte(d.draft(document, edits...)))
		require.NoError(d.t, err)
		return findings
	}}
}

// unsigned is a row about a document that nobody signed.
func unsigned(code vc.Code, document string, edits ...string) row {
	return row{code, named(document, edits) + ", unsigned", func(d *desk) []*vc.Problem {
		return d.inspect([]byte(d.draft(document, edits...)), verify.Config{Kinds: []string{verify.AnyKind}})
	}}
}
