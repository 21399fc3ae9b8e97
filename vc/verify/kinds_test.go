package verify_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// reportsOf are the reports of all that is embedded, by where it stands.
func reportsOf(r *verify.Report) map[string]*verify.Report {
	all := map[string]*verify.Report{}
	for _, n := range r.Nested {
		all[n.Pointer] = n.Report
		for pointer, inner := range reportsOf(n.Report) {
			all[pointer] = inner
		}
	}
	return all
}

// Config.Kinds is asked of what is embedded where Nested.ApplyKinds says so, at every depth
// and in every form; each entry of another kind says so at its own type.
func TestKindsOfEntries(t *testing.T) {
	school := edIssuer(t, 1)
	diploma := []byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"urn:uuid:3b9a5d1e-0000-4000-8000-000000000001",
"type":["VerifiableCredential"],"issuer":"` + school.did + `","validFrom":"2025-06-01T08:00:00Z","credentialSubject":{"id":"did:example:bob"}}`)
	token, err := vcjwt.Sign(t.Context(), []byte(strings.Replace(string(diploma), "0001", "0002", 1)),
		vcjwt.SignOptions{Signer: school.signer, KeyID: school.method})
	require.NoError(t, err)
	endorsed := badge(t, school.did, `"did:example:ada"`, `"did:example:eve"`, `"validFrom"`, `"endorsement":[{"@context":["https://www.w3.org/ns/credentials/v2",
"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"id":"urn:uuid:3b9a5d1e-0000-4000-8000-000000000003",
"type":["VerifiableCredential","EndorsementCredential"],"name":"Seen","issuer":{"id":"`+school.did+`","type":["Profile"]},
"validFrom":"2025-06-01T08:00:00Z","credentialSubject":{"id":"urn:uuid:6a9b52f0-5a0e-4c4b-9a54-6f0c8c3f7d11","type":["EndorsementSubject"]}}],"validFrom"`)
	const entries = "/credentialSubject/verifiableCredential"
	inner := record(t, school, school.sign(t, diploma, nil))
	text := record(t, school,
		school.sign(t, endorsed, nil),
		[]byte(strings.Replace(string(inner), "11aa22bb", "21aa22bb", 1)), // its proof is bad, and its kind is taken
		[]byte(`{"@context":"https://www.w3.org/ns/credentials/v2","id":"data:application/vc+jwt,`+string(token)+`","type":"EnvelopedVerifiableCredential"}`))
	want := map[string]string{ // the pointer of the finding in each report, "-" for none
		entries + "/0":                  "-",
		entries + "/0/endorsement/0":    "-",
		entries + "/1":                  "-",
		entries + "/1" + entries + "/0": entries + "/1" + entries + "/0/type",
		entries + "/2":                  "/type", // a token has pointers of its own
	}
	for name, c := range map[string]struct {
		config verify.Config
		told   bool
	}{
		"as they come": {verify.Config{Kinds: []string{"ClrCredential", "OpenBadgeCredential"}}, false},
		"applied": {verify.Config{Kinds: []string{"ClrCredential", "OpenBadgeCredential"},
			Nested: verify.NestedConfig{ApplyKinds: true}}, true},
		"the default, applied": {verify.Config{Nested: verify.NestedConfig{ApplyKinds: true}}, true},
		"any kind, applied":    {verify.Config{Kinds: []string{verify.AnyKind}, Nested: verify.NestedConfig{ApplyKinds: true}}, false},
	} {
		all := reportsOf(inspect(t, text, c.config))
		require.Len(t, all, len(want))
		for at, pointer := range want {
			found := "-"
			for _, p := range all[at].Problems() {
				if p.Code == verify.CodeKindNotAccepted {
					found = p.Pointer
				}
			}
			if !c.told {
				pointer = "-"
			}
			require.Equal(t, pointer, found, "%s: %s: %v", name, at, all[at].Problems())
		}
	}

	whole := record(t, school, school.sign(t, diploma, nil))
	nested := verify.NestedConfig{ApplyKinds: true}
	r := inspect(t, whole, verify.Config{Nested: nested})
	require.Equal(t, verify.VerdictVerified, r.Verdict, "it is told, and refuses nothing: %v", r.Problems())
	require.Equal(t, []verify.ProofState{verify.ProofGood}, states(r))
	require.Equal(t, verify.VerdictNotVerified, r.Nested[0].Report.Verdict)
	nested.Policy = verify.NestedRequireAll
	require.Equal(t, []vc.Code{verify.CodeNestedNotVerified}, inspect(t, whole, verify.Config{Nested: nested}).Codes())
	nested.ApplyKinds = false
	require.Equal(t, verify.VerdictVerified, inspect(t, whole, verify.Config{Nested: nested}).Verdict)

	// Where an endorsement stands only an endorsement is taken besides.
	posing := strings.Replace(string(endorsed), `"EndorsementCredential"`, `"DiplomaCredential"`, 1)
	r = inspect(t, []byte(posing), verify.Config{Nested: verify.NestedConfig{ApplyKinds: true}})
	require.Contains(t, r.Nested[0].Report.Codes(), verify.CodeKindNotAccepted)
}
