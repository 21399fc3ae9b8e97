package rules_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

var recordChanges = []change{
	{"type", record, `"ClrCredential"`, `"Other"`, []string{"error credential-type-missing /type"}},
	{"context order", record, `"https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`, `"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"`, []string{"error context-order /@context/2", "error context-order /@context/1"}},
	{"context", record, `    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
`, ``, []string{"error context-not-listed /@context", "error context-order /@context/1"}},
	{"old context", record, `clr/v2p0/context-2.0.1.json`, `clr/v2p0/context.json`, []string{
		"warning context-outdated /@context/1", "warning term-needs-newer-context /partial", "warning term-needs-newer-context " + subjectAt + "/identifier"}},
	{"name", record, `"name": "Record of Jonas Lot",`, ``, []string{"error member-missing /name"}},
	{"partial", record, `"partial": true`, `"partial": "yes"`, []string{"error member-wrong-kind /partial"}},
	{"subject type", record, `["ClrSubject"]`, `["AchievementSubject"]`, []string{"error type-lacks-class " + subjectAt + "/type"}},
	{"nobody", record, `"id": "did:example:holder-7",
    "type": ["ClrSubject"],
    "identifier": [{ "type": "IdentityObject", "hashed": false, "identityHash": "Jonas Lot", "identityType": "name" }],`, `"type": ["ClrSubject"],`,
		[]string{"warning subject-unidentified " + subjectAt}},
	{"association type", record, `isPartOf`, `isUnder`, []string{"error value-not-in-enumeration " + subjectAt + "/association/0/associationType"}},
	{"association extension", record, `isPartOf`, `ext:isUnder`, []string{"error value-not-in-enumeration " + subjectAt + "/association/0/associationType"}},
	{"association member", record, `"associationType"`, `"note": "x", "associationType"`, []string{"error member-forbidden " + subjectAt + "/association/0/note"}},
	{"dangling", record, `"targetId": "https://harbour.example/achievements/seamanship"`, `"targetId": "https://harbour.example/achievements/x"`,
		[]string{"warning association-dangling " + subjectAt + "/association/0/targetId"}},
	{"itself", record, `"targetId": "https://harbour.example/achievements/seamanship"`, `"targetId": "https://harbour.example/achievements/knots"`,
		[]string{"warning association-with-itself " + subjectAt + "/association/0"}},
	{"nested rule", record, `"criteria": { "narrative": "Tie each knot of the list within one minute." }`, `"criteria": "x"`,
		[]string{"error member-wrong-kind " + subjectAt + "/verifiableCredential/0/credentialSubject/achievement/criteria"}},
	{"nested issuer", record, `"issuer": "https://library.example/",`, ``, []string{"error issuer-missing " + subjectAt + "/verifiableCredential/1/issuer"}},
	{"another person", record, `"credentialSubject": { "id": "did:example:holder-7" }`, `"credentialSubject": { "id": "did:example:holder-8" }`,
		[]string{"warning nested-subject-differs " + subjectAt + "/verifiableCredential/1/credentialSubject"}},
	{"the same person by identifier", record, `"credentialSubject": { "id": "did:example:holder-7" }`,
		`"credentialSubject": { "id": "urn:x", "identifier": [{"type":"IdentityObject","hashed":false,"identityHash":"Jonas Lot","identityType":"name","salt":"not-used"}] }`, nil},
	{"an entry of nothing", record, `"verifiableCredential": [`, `"verifiableCredential": [{},`, []string{
		"error member-missing " + subjectAt + "/verifiableCredential/0/type", "error issuer-missing " + subjectAt + "/verifiableCredential/0/issuer",
		"error subject-missing " + subjectAt + "/verifiableCredential/0/credentialSubject",
		"error context-missing " + subjectAt + "/verifiableCredential/0/@context"}},
	{"nothing nested", record, `"verifiableCredential": [`, `"other": [`, []string{
		"error member-missing " + subjectAt + "/verifiableCredential", "warning association-dangling " + subjectAt + "/association/0/sourceId"}},
	{"in a circle", record, `"association": [`, `"association": [{ "type": "Association", "associationType": "isPartOf", "sourceId": "https://harbour.example/achievements/seamanship",
        "targetId": "https://harbour.example/achievements/knots" },`, []string{"warning association-cycle " + subjectAt + "/association/0", "warning association-cycle " + subjectAt + "/association/1"}},
	{"a record in the record", record, `"verifiableCredential": [`, `"verifiableCredential": [{ "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential", "ClrCredential"],
        "id": "urn:r", "name": "R", "issuer": "urn:i", "validFrom": "2026-01-01T00:00:00Z", "credentialSubject": { "type": ["ClrSubject"], "id": "did:example:holder-7", "verifiableCredential": [] } },`, []string{
		"error member-missing " + subjectAt + "/verifiableCredential/0/credentialSubject/verifiableCredential",
		"error context-not-listed " + subjectAt + "/verifiableCredential/0/@context", "error context-not-listed " + subjectAt + "/verifiableCredential/0/@context"}},
}

// asRecord is what the rules of records say, whatever the document says it is.
func asRecord(t testing.TB, text []byte) []*vc.Problem {
	t.Helper()
	doc, err := vc.Parse(text)
	require.NoError(t, err)
	return rules.ClrCredential.Check(doc, rules.Options{})
}

func TestOfficialRecord(t *testing.T) {
	f := asRecord(t, testkit.ReadShared(t, "ob/samples/valid/clr2-official/simple.json"))
	require.Empty(t, vc.Errors(f), "%v", vc.Errors(f))
}

// Records of a wallet's library that do not conform, each for its own reason.
func TestRecordsInTheWild(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testkit.Shared(t, "ob/samples/invalid/learncard-unsigned"), "clr__*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		require.NotEmpty(t, vc.Errors(asRecord(t, []byte(fixture(t, file)))), file)
	}
}

func TestSkipEmbeddedInRecord(t *testing.T) {
	text := strings.Replace(fixture(t, record), `"criteria": { "narrative": "Tie each knot of the list within one minute." }`, `"criteria": "x"`, 1)
	doc, err := vc.Parse([]byte(text))
	require.NoError(t, err)
	require.NotEmpty(t, vc.Errors(rules.Check(doc, rules.Options{})))
	require.Empty(t, rules.Check(doc, rules.Options{SkipEmbedded: true}))
}

// What is presented is judged as it would be alone.
func TestPresentedRecord(t *testing.T) {
	const vp = `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"VerifiablePresentation","verifiableCredential":[`
	text := strings.Replace(fixture(t, record), `"isPartOf"`, `"isUnder"`, 1)
	findings, err := rules.CheckJSON([]byte(vp + text + `]}`))
	require.NoError(t, err)
	at := "/verifiableCredential/0"
	require.Equal(t, []string{"error value-not-in-enumeration " + at + subjectAt + "/association/0/associationType", "warning presented-credential-unsecured " + at}, outline(findings))
	require.Equal(t, "CLR 2.0, Association.associationType", findings[0].Spec)
}
