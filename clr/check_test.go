package clr_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/internal/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

func findings(t *testing.T, text []byte) []ob.Finding {
	t.Helper()
	f, err := clr.CheckJSON(text)
	require.NoError(t, err)
	return f
}

func TestConformingRecord(t *testing.T) { require.Empty(t, findings(t, fixture(t))) }

func TestOfficialSample(t *testing.T) {
	f := findings(t, testkit.ReadShared(t, "ob/samples/valid/clr2-official/simple.json"))
	require.False(t, ob.HasErrors(f), "%v", ob.Errors(f))
}

// Records of a wallet's library that do not conform, each for its own reason.
func TestRecordsInTheWild(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testkit.Shared(t, "ob/samples/invalid/learncard-unsigned"), "clr__*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		require.True(t, ob.HasErrors(findings(t, text)), file)
	}
}

const subject = "/credentialSubject"

// Each case changes one thing of the conforming record and names all that the
// rules say then.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		want           []string
	}{
		{"type", `"ClrCredential"`, `"Other"`, []string{"error credential-type-missing /type"}},
		{"context order", `"https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`, `"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"`, []string{"error context-order /@context/2", "error context-order /@context/1"}},
		{"context", `    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
`, ``, []string{"error context-missing /@context", "error context-order /@context/1"}},
		{"old context", `clr/v2p0/context-2.0.1.json`, `clr/v2p0/context.json`, []string{
			"warning context-outdated /@context/1", "warning term-needs-newer-context /partial", "warning term-needs-newer-context " + subject + "/identifier"}},
		{"name", `"name": "Record of Jonas Lot",`, ``, []string{"error member-missing /name"}},
		{"partial", `"partial": true`, `"partial": "yes"`, []string{"error member-wrong-kind /partial"}},
		{"subject type", `["ClrSubject"]`, `["AchievementSubject"]`, []string{"error type-lacks-class " + subject + "/type"}},
		{"nobody", `"id": "did:example:holder-7",
    "type": ["ClrSubject"],
    "identifier": [{ "type": "IdentityObject", "hashed": false, "identityHash": "Jonas Lot", "identityType": "name" }],`, `"type": ["ClrSubject"],`,
			[]string{"warning subject-unidentified " + subject}},
		{"association type", `isPartOf`, `isUnder`, []string{"error value-not-in-enumeration " + subject + "/association/0/associationType"}},
		{"association extension", `isPartOf`, `ext:isUnder`, []string{"error value-not-in-enumeration " + subject + "/association/0/associationType"}},
		{"association member", `"associationType"`, `"note": "x", "associationType"`, []string{"error member-forbidden " + subject + "/association/0/note"}},
		{"dangling", `"targetId": "https://harbour.example/achievements/seamanship"`, `"targetId": "https://harbour.example/achievements/x"`,
			[]string{"warning association-dangling " + subject + "/association/0/targetId"}},
		{"itself", `"targetId": "https://harbour.example/achievements/seamanship"`, `"targetId": "https://harbour.example/achievements/knots"`,
			[]string{"warning association-with-itself " + subject + "/association/0"}},
		{"nested rule", `"criteria": { "narrative": "Tie each knot of the list within one minute." }`, `"criteria": "x"`,
			[]string{"error member-wrong-kind " + subject + "/verifiableCredential/0/credentialSubject/achievement/criteria"}},
		{"nested issuer", `"issuer": "https://library.example/",`, ``, []string{"error issuer-missing " + subject + "/verifiableCredential/1/issuer"}},
		{"another person", `"credentialSubject": { "id": "did:example:holder-7" }`, `"credentialSubject": { "id": "did:example:holder-8" }`,
			[]string{"warning nested-subject-differs " + subject + "/verifiableCredential/1/credentialSubject"}},
		{"the same person by identifier", `"credentialSubject": { "id": "did:example:holder-7" }`,
			`"credentialSubject": { "id": "urn:x", "identifier": [{"type":"IdentityObject","hashed":false,"identityHash":"Jonas Lot","identityType":"name","salt":"not-used"}] }`, nil},
		{"nothing nested", `"verifiableCredential": [`, `"other": [`, []string{
			"error member-missing " + subject + "/verifiableCredential", "warning association-dangling " + subject + "/association/0/sourceId"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := string(fixture(t))
			require.Contains(t, text, c.old)
			var got []string
			for _, f := range findings(t, []byte(strings.Replace(text, c.old, c.new, 1))) {
				got = append(got, f.Level.String()+" "+string(f.Problem.Code)+" "+f.Problem.Pointer)
				require.NotEmpty(t, f.Problem.Message)
				require.NotEmpty(t, f.Problem.Fix)
				require.NotEmpty(t, f.Problem.Spec)
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestSkipEmbedded(t *testing.T) {
	text := strings.Replace(string(fixture(t)), `"criteria": { "narrative": "Tie each knot of the list within one minute." }`, `"criteria": "x"`, 1)
	doc, err := vc.Parse([]byte(text))
	require.NoError(t, err)
	require.True(t, ob.HasErrors(clr.Check(doc)))
	require.Empty(t, clr.CheckWith(doc, ob.Options{SkipEmbedded: true}))
}

func newRecord(associations ...clr.Association) *clr.ClrCredential {
	return clr.NewClrCredential(clr.Record{
		Issuer:      ob.Profile{ID: "https://harbour.example/issuer"},
		Learner:     ob.Recipient{ID: "did:example:holder-7"},
		Name:        "Record",
		Credentials: [][]byte{[]byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"urn:i","credentialSubject":{"id":"did:example:holder-7"}}`)},
		Achievements: []ob.Achievement{
			{ID: "urn:a", Name: "A", Description: "A", Criteria: ob.Criteria{Narrative: "A"}},
			{ID: "urn:b", Name: "B", Description: "B", Criteria: ob.Criteria{Narrative: "B"}},
			{ID: "urn:c", Name: "C", Description: "C", Criteria: ob.Criteria{Narrative: "C"}},
			{ID: "urn:d", Name: "D", Description: "D", Criteria: ob.Criteria{Narrative: "D"}},
		},
		Associations: associations,
		ValidFrom:    testkit.Now,
	})
}

func TestNewRecordConforms(t *testing.T) {
	require.Empty(t, newRecord().Check())
	record := clr.NewClrCredential(clr.Record{Partial: true, Status: &vc.CredentialStatus{ID: "https://x.example/r", Type: vc.One(ob.TypeRevocationList)}, Now: testkit.Clock})
	require.True(t, *record.Partial)
	require.Equal(t, testkit.Now.Format(time.RFC3339), record.ValidFrom.String())
	require.Equal(t, vc.IRI(ob.ContextExtensions), record.Context.Items[3].ID)
}

func TestCircles(t *testing.T) {
	for _, c := range []struct {
		name         string
		associations []clr.Association
		circular     []int
	}{
		{"a tree", []clr.Association{clr.Associate("urn:a", clr.IsChildOf, "urn:b"), clr.Associate("urn:b", clr.IsChildOf, "urn:c"), clr.Associate("urn:d", clr.IsChildOf, "urn:c")}, nil},
		{"both directions of one", []clr.Association{clr.Associate("urn:a", clr.IsChildOf, "urn:b"), clr.Associate("urn:b", clr.IsParentOf, "urn:a")}, nil},
		{"child and parent at once", []clr.Association{clr.Associate("urn:a", clr.IsChildOf, "urn:b"), clr.Associate("urn:a", clr.IsParentOf, "urn:b")}, []int{0, 1}},
		{"three in a circle and one that leads to it", []clr.Association{
			clr.Associate("urn:a", clr.Precedes, "urn:b"), clr.Associate("urn:b", clr.Precedes, "urn:c"), clr.Associate("urn:c", clr.Precedes, "urn:a"), clr.Associate("urn:d", clr.Precedes, "urn:a")}, []int{0, 1, 2}},
		{"symmetric relations", []clr.Association{clr.Associate("urn:a", clr.IsPeerOf, "urn:b"), clr.Associate("urn:b", clr.IsPeerOf, "urn:a"), clr.Associate("urn:a", clr.ExactMatchOf, "urn:b"), clr.Associate("urn:b", clr.ExactMatchOf, "urn:a")}, nil},
		{"relations do not mix", []clr.Association{clr.Associate("urn:a", clr.Precedes, "urn:b"), clr.Associate("urn:b", clr.IsPartOf, "urn:a")}, nil},
		{"succession", []clr.Association{clr.Associate("urn:a", clr.ReplacedBy, "urn:b"), clr.Associate("urn:b", clr.ReplacedBy, "urn:a")}, []int{0, 1}},
		{"composition", []clr.Association{clr.Associate("urn:a", clr.IsPartOf, "urn:b"), clr.Associate("urn:b", clr.IsPartOf, "urn:a")}, []int{0, 1}},
	} {
		var want []string
		for _, i := range c.circular {
			want = append(want, subject+"/association/"+strconv.Itoa(i))
		}
		var got []string
		for _, f := range newRecord(c.associations...).Check() {
			require.Equal(t, clr.CodeAssociationCycle, f.Problem.Code, c.name)
			got = append(got, f.Problem.Pointer)
		}
		require.Equal(t, want, got, c.name)
	}
}

func TestUnwritableDraft(t *testing.T) {
	c := newRecord()
	c.CredentialSubject.VerifiableCredential.Add([]byte(`{"id":`))
	f := c.Check()
	require.Len(t, f, 1)
	require.Equal(t, vc.CodeJSON, f[0].Problem.Code)
	require.Equal(t, ob.Error, f[0].Level)
}

func TestIsContext(t *testing.T) {
	const base = "https://purl.imsglobal.org/spec/clr/v2p0/"
	for _, s := range []string{"context.json", "context-2.0.1.json"} {
		require.True(t, clr.IsContext(base+s), s)
	}
	for _, s := range []string{"context-3.0.1.json", "context-2.0.json", "context-2.0.1", "context-2.0.1.1.json"} {
		require.False(t, clr.IsContext(base+s), s)
	}
}

// The rules never panic, and say nothing that they have no words for.
func FuzzCheck(f *testing.F) {
	f.Add(fixture(f))
	f.Add([]byte(`{"type":"ClrCredential","credentialSubject":{"association":{"sourceId":"a","targetId":"b"},"verifiableCredential":[null,[],{"type":7}]}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		found, err := clr.CheckJSON(b)
		if err != nil {
			return
		}
		for _, f := range found {
			require.NotEmpty(t, f.Problem.Message, f.Problem.Code)
			require.NotEmpty(t, f.Problem.Spec, f.Problem.Code)
		}
	})
}

// By one table or by two, a document that is no record is judged alike.
func TestCheckAny(t *testing.T) {
	for _, text := range []string{
		`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential","OpenBadgeCredential"],"credentialSubject":{"type":["AchievementSubject"],"achievement":{"x":1}}}`,
		`{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential","EndorsementCredential"],"endorsement":[{}]}`,
		`{"type":"VerifiableCredential","credentialSubject":[]}`,
		`{"type":"VerifiablePresentation","verifiableCredential":[{"type":"VerifiableCredential"}]}`,
		`{"type":["VerifiableCredential","ClrCredential"],"credentialSubject":{"verifiableCredential":[{}]}}`,
	} {
		doc, err := vc.Parse([]byte(text))
		require.NoError(t, err)
		want := ob.Check(doc)
		if doc.HasType("ClrCredential") {
			want = clr.Check(doc)
		}
		require.NotEmpty(t, want)
		require.Equal(t, want, clr.CheckAny(doc, ob.Options{}), text)
	}
}
