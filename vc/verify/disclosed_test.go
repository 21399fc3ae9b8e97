package verify_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// disclosable is a badge of a key on P-256 with a base proof of which little is mandatory.
func disclosable(t testing.TB, k *obtest.Issuer, pointers ...string) []byte {
	text := strings.ReplaceAll(`{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
"id":"urn:uuid:1","type":["VerifiableCredential","OpenBadgeCredential"],"name":"Keel","issuer":{"id":"@k","type":["Profile"],"name":"School"},"validFrom":"2025-06-01T00:00:00Z",
"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"],"achievement":{"id":"https://school.example/keel","type":["Achievement"],"name":"Keel laying","description":"Lays a keel.","criteria":{"narrative":"Lay one."}}}}`, "@k", k.ID)
	return school.Sign(t, k, []byte(text), func(o *dataintegrity.SignOptions) {
		o.Suite, o.SkipRequiredPointers, o.MandatoryPointers = dataintegrity.EcdsaSd2023, true, pointers
	})
}

func shownOf(t testing.TB, base []byte, pointers ...string) []byte {
	part, err := dataintegrity.Derive(context.Background(), base, dataintegrity.DeriveOptions{Pointers: pointers})
	require.NoError(t, err)
	return part
}

func now(t testing.TB, text []byte) *verify.Report {
	return inspect(t, text, verify.Config{Now: testkit.Clock})
}

// What is required and not shown is listed, and no fault; without its issuer a credential
// is nobody's.
func TestWithheld(t *testing.T) {
	k := school.Issuer(t, obtest.P256, 3)
	base := disclosable(t, k)
	r := now(t, shownOf(t, base, "/issuer/name", "/credentialSubject/achievement/name"))
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
	var withheld []string
	for _, p := range r.Withheld {
		require.Equal(t, rules.CodeWithheld, p.Code)
		withheld = append(withheld, p.Pointer)
	}
	slices.Sort(withheld)
	require.Equal(t, []string{"/credentialSubject/achievement/criteria", "/credentialSubject/achievement/description", "/validFrom"}, withheld)
	require.Contains(t, string(r.AppendJSON(nil)), `"outcome":"withheld"`)

	r = now(t, shownOf(t, base, "/name"))
	require.Equal(t, verify.VerdictNotVerified, r.Verdict)
	require.Empty(t, r.Withheld, "what is nobody's word is judged as a whole")
}

// What is shown is judged in full, and a credential that the issuer signed as a whole
// beside it has withheld nothing.
func TestDisclosedIsJudged(t *testing.T) {
	k := school.Issuer(t, obtest.P256, 3)
	part := shownOf(t, disclosable(t, k), "/issuer/name", "/credentialSubject/achievement/name")
	whole := school.Sign(t, k, part, nil)
	r := now(t, whole)
	require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckProof), "%v", r.Problems())
	require.Contains(t, r.Codes(), rules.CodeValidFromMissing)
	require.Empty(t, r.Withheld)

	bad := strings.Replace(string(disclosable(t, k)), `"School"`, `"Schools"`, 1)
	require.Contains(t, now(t, shownOf(t, []byte(bad), "/issuer/name")).Codes(), proof.CodeStatementSignature)
	bad = strings.Replace(bad, `"Lays a keel."`, `"Lays a keel.","humanCode":"K"`, 1)
	_, err := dataintegrity.Derive(context.Background(), []byte(bad), dataintegrity.DeriveOptions{Pointers: []string{"/issuer/name"}})
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeNoBaseProof}, "the base proof is of another text")
}

// Proof sets and chains: a proof beside what was derived, or upon it, is checked as ever;
// of the base document's other proofs none is left.
func TestDisclosedWithOtherProofs(t *testing.T) {
	k, ed := school.Issuer(t, obtest.P256, 3), school.Ed(t, 9)
	base := disclosable(t, k, "/issuer")
	set := school.Sign(t, k, base, nil)
	part := shownOf(t, set, "/name")
	require.NotContains(t, string(part), dataintegrity.EcdsaRdfc2019)
	require.Equal(t, verify.OutcomePassed, now(t, part).Outcome(verify.CheckProof))
	require.Contains(t, now(t, set).Codes(), proof.CodeProofIsBase)

	beside := school.Sign(t, ed, part, func(o *dataintegrity.SignOptions) { o.SkipIssuerCheck = true })
	require.Contains(t, now(t, beside).Codes(), verify.CodeIssuerMismatch, "a proof of somebody else counts, as in every set")

	two := disclosable(t, k, "/issuer")
	two = school.Sign(t, k, two, func(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.EcdsaSd2023 })
	_, err := dataintegrity.Derive(context.Background(), two, dataintegrity.DeriveOptions{Pointers: []string{"/name"}})
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeNoBaseProof})
}

// An entry of a record that is itself shown in part keeps its proof, and says what it
// withholds in its own report.
func TestDisclosedEntry(t *testing.T) {
	k := school.Issuer(t, obtest.P256, 3)
	part := shownOf(t, disclosable(t, k), "/issuer/name", "/validFrom", "/credentialSubject/achievement/name")
	record := `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
"id":"urn:uuid:9","type":["VerifiableCredential","ClrCredential"],"name":"Transcript","issuer":{"id":"` + k.ID + `","type":["Profile"],"name":"Registrar"},"validFrom":"2025-06-01T00:00:00Z",
"credentialSubject":{"id":"did:example:ada","type":["ClrSubject"],"verifiableCredential":[` + string(part) + `]}}`
	r := now(t, school.Sign(t, k, []byte(record), nil))
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
	require.Empty(t, r.Withheld)
	require.Equal(t, verify.ProofGood, r.Nested[0].Proof)
	require.NotEmpty(t, r.Nested[0].Report.Withheld)
}

// A schema of the issuer's own is for the whole credential: of a part it is not asked,
// and the report says so.
func TestSchemaOfAPart(t *testing.T) {
	k := school.Issuer(t, obtest.P256, 3)
	base := func(entry string) []byte {
		text := strings.Replace(string(disclosable(t, k)), `"validFrom"`, `"credentialSchema":`+entry+`,"validFrom"`, 1)
		text = strings.Replace(text, `3.0.3.json"]`, `3.0.3.json","https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"]`, 1)
		unsigned, _, _ := strings.Cut(text, `,"proof":`)
		return school.Sign(t, k, []byte(unsigned+"}"), func(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.EcdsaSd2023 })
	}
	pack := &documents{bodies: map[string]string{schemaURL: wantsName}}
	ask := func(text []byte) *verify.Report {
		return inspect(t, text, verify.Config{Now: testkit.Clock, Fetcher: pack})
	}
	for _, pointers := range [][]string{nil, {""}} { // without its name, and with it
		r := ask(shownOf(t, base(schemaEntry(schemaType)), pointers...))
		require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
		if c := schemaCheck(t, r); pointers == nil {
			require.True(t, c.Advisory)
			require.Contains(t, c.Detail, "a part is shown")
		} else {
			require.Equal(t, verify.OutcomePassed, c.Outcome)
		}
	}
}
