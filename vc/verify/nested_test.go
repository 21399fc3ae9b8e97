package verify_test

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// record is a CLR of the given credentials, signed by its issuer.
func record(t testing.TB, i issuer, credentials ...[]byte) []byte {
	text := `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
"id":"urn:uuid:11aa22bb-5a0e-4c4b-9a54-6f0c8c3f7d11","type":["VerifiableCredential","ClrCredential"],"name":"Record of Ada",
"issuer":{"id":"` + i.did + `","type":["Profile"],"name":"Harbour School of Boatbuilding"},"validFrom":"2025-06-01T08:00:00Z",
"credentialSubject":{"id":"did:example:ada","type":["ClrSubject"],"verifiableCredential":[` + string(bytes.Join(credentials, []byte(","))) + `]}}`
	return i.sign(t, []byte(text), nil)
}

// Each credential of a record has a report of its own, and a bad one is told
// apart from an unsigned one.
func TestRecord(t *testing.T) {
	school, guild := edIssuer(t, 1), edIssuer(t, 2)
	good := guild.sign(t, badge(t, guild.did), nil)
	second := school.sign(t, badge(t, school.did, "6a9b52f0", "7a9b52f0"), nil)
	unsigned := badge(t, guild.did, "6a9b52f0", "8a9b52f0")
	forged := replace(t, string(school.sign(t, badge(t, guild.did, "6a9b52f0", "9a9b52f0"), func(o *dataintegrity.SignOptions) { o.SkipIssuerCheck = true })), "Keel laying,", "Keel laying,")

	whole := record(t, school, good, second)
	r := inspect(t, whole, verify.Config{RequireNested: true})
	require.Equal(t, verify.IsVerified, r.Verdict, "%v", r.Problems())
	require.Len(t, r.Nested, 2)
	require.Equal(t, guild.did, r.Nested[0].Report.IssuerID)
	require.Equal(t, "/credentialSubject/verifiableCredential/1", r.Nested[1].Pointer)

	mixed := record(t, school, good, unsigned, forged)
	r = inspect(t, mixed, verify.Config{})
	require.Equal(t, verify.IsVerified, r.Verdict, "the record itself is good: %v", r.Problems())
	require.Len(t, r.Nested, 3)
	require.Equal(t, verify.IsVerified, r.Nested[0].Report.Verdict)
	require.False(t, r.Nested[1].Signed)
	require.Equal(t, verify.NotVerified, r.Nested[2].Report.Verdict)
	require.Equal(t, []vc.Code{verify.CodeIssuerMismatch}, r.Nested[2].Report.Codes())
	require.Equal(t, verify.Failed, r.Checks[len(r.Checks)-1].Outcome)

	r = inspect(t, mixed, verify.Config{RequireNested: true})
	require.Equal(t, verify.NotVerified, r.Verdict)
	require.ElementsMatch(t, []vc.Code{verify.CodeNestedUnsigned, verify.CodeNestedNotVerified}, r.Codes())

	require.Empty(t, inspect(t, mixed, verify.Config{SkipNested: true}).Nested)

	// The outer proof covers what is embedded: a byte changed inside breaks it.
	broken := replace(t, string(whole), "straight to a millimetre", "straight to a kilometre")
	r = inspect(t, broken, verify.Config{})
	require.Equal(t, verify.NotVerified, r.Verdict)
	require.Contains(t, r.Codes(), dataintegrity.CodeSignature)
	require.Empty(t, r.Nested, "nothing inside a forgery is looked at")
}

// Without proofs of their own, credentials about one subject can be told apart by
// nothing that the record's signature covers.
func TestInterchangeable(t *testing.T) {
	school := edIssuer(t, 1)
	one := badge(t, school.did)
	two := badge(t, school.did, "6a9b52f0", "7a9b52f0")
	require.Contains(t, codes(inspect(t, record(t, school, one, two), verify.Config{}).Warnings()), verify.CodeNestedInterchangeable)
	signed := school.sign(t, two, nil)
	require.NotContains(t, codes(inspect(t, record(t, school, one, signed), verify.Config{}).Warnings()), verify.CodeNestedInterchangeable)
	other := badge(t, school.did, "6a9b52f0", "7a9b52f0", "did:example:ada", "did:example:eve")
	require.NotContains(t, codes(inspect(t, record(t, school, one, other), verify.Config{}).Warnings()), verify.CodeNestedInterchangeable)
}

func codes(problems []*vc.Problem) []vc.Code {
	var all []vc.Code
	for _, p := range problems {
		all = append(all, p.Code)
	}
	return all
}

func TestTooManyNested(t *testing.T) {
	school := edIssuer(t, 1)
	one := badge(t, school.did)
	r := inspect(t, record(t, school, one, one, one), verify.Config{MaxNested: 2})
	require.Equal(t, verify.UndeterminedVerdict, r.Verdict)
	require.Contains(t, r.Codes(), verify.CodeNestedTooMany)
}

// Endorsements stand on a credential, its achievement or a profile, as objects or
// as tokens.
func TestEndorsements(t *testing.T) {
	school, guild := edIssuer(t, 1), edIssuer(t, 2)
	endorsement := func(subject string) []byte {
		return []byte(`{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"id":"urn:uuid:22aa22bb-5a0e-4c4b-9a54-6f0c8c3f7d11",
"type":["VerifiableCredential","EndorsementCredential"],"name":"Endorsement","issuer":{"id":"` + guild.did + `","type":["Profile"],"name":"Guild"},"validFrom":"2025-06-01T08:00:00Z",
"credentialSubject":{"id":"` + subject + `","type":["EndorsementSubject"],"endorsementComment":"Sound work."}}`)
	}
	object := guild.sign(t, endorsement("https://school.example/achievements/keel"), nil)
	token, err := vcjwt.Sign(context.Background(), endorsement("https://school.example/achievements/keel"), vcjwt.SignOptions{Signer: guild.signer, KeyID: guild.method})
	require.NoError(t, err)
	text := badge(t, school.did, `"name": "Keel laying",`, `"name": "Keel laying", "endorsement": [`+string(object)+`], "endorsementJwt": ["`+string(token)+`"],`)
	r := inspect(t, school.sign(t, text, nil), verify.Config{RequireNested: true})
	require.Equal(t, verify.IsVerified, r.Verdict, "%v", r.Problems())
	require.Len(t, r.Nested, 2)
	for _, n := range r.Nested {
		require.Equal(t, "endorsement", n.Role)
		require.Equal(t, verify.IsVerified, n.Report.Verdict, "%v", n.Report.Problems())
		require.Empty(t, n.Report.Warnings())
	}

	elsewhere := guild.sign(t, endorsement("https://other.example/achievements/sail"), nil)
	text = badge(t, school.did, `"name": "Keel laying",`, `"name": "Keel laying", "endorsement": [`+string(elsewhere)+`],`)
	r = inspect(t, school.sign(t, text, nil), verify.Config{})
	require.Equal(t, verify.CodeMisplaced, r.Nested[0].Report.Warnings()[0].Code)
}

// One verifier serves many goroutines, and no document leaks into another.
func TestConcurrentUse(t *testing.T) {
	school := edIssuer(t, 1)
	v, err := verify.New(verify.Config{Now: testkit.Clock})
	require.NoError(t, err)
	good := school.sign(t, badge(t, school.did), nil)
	bad := replace(t, string(good), "Keel laying,", "Keel saying,")
	big := record(t, school, good, good)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				for _, c := range []struct {
					text []byte
					want verify.Verdict
				}{{good, verify.IsVerified}, {bad, verify.NotVerified}, {big, verify.IsVerified}} {
					r, err := v.Inspect(context.Background(), c.text)
					if err != nil || r.Verdict != c.want {
						t.Errorf("%v %v", r.Verdict, err)
					}
				}
			}
		})
	}
	group.Wait()
}

// What a document says is shown, and cannot write to the terminal by itself.
func TestText(t *testing.T) {
	school := edIssuer(t, 1)
	r := inspect(t, replace(t, string(school.sign(t, badge(t, school.did), nil)), "urn:uuid:6a9b52f0", `urn:\u001b[2J\u202euid:6a9b52f0`), verify.Config{})
	var b strings.Builder
	require.NoError(t, r.WriteText(&b, verify.TextOptions{Title: "badge.json"}))
	require.Contains(t, b.String(), "NOT-VERIFIED  badge.json")
	require.Contains(t, b.String(), string(dataintegrity.CodeSignature))
	require.NotContains(t, b.String(), "\x1b")
	require.NotContains(t, b.String(), "\u202e")

	doc, err := vc.Parse(r.AppendJSON(nil))
	require.NoError(t, err, "the report is one JSON object")
	require.Equal(t, "not-verified", doc.Root().Get("verdict").Text())
	require.NotZero(t, doc.Root().Get("checks").Len())
}
