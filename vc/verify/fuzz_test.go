package verify_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// retold holds a report to what every report is: bounded, one JSON object, text that
// can be shown, and the same the second time.
func retold(t *testing.T, v *verify.Verifier, input []byte) *verify.Report {
	r := bounded(t, v, "this", input)
	first := r.AppendJSON(nil)
	if _, err := (vc.ParseConfig{MaxBytes: 1 << 30}).Parse(first); err != nil {
		t.Fatalf("the report is no JSON: %v", err)
	}
	var text strings.Builder
	if err := r.WriteText(&text, verify.TextOptions{}); err != nil {
		t.Fatal(err)
	}
	again, err := v.Inspect(context.Background(), input)
	if err != nil || !bytes.Equal(first, again.AppendJSON(nil)) {
		t.Fatalf("the second report differs (%v)\n%s\n%s", err, first, again.AppendJSON(nil))
	}
	return r
}

func fuzzed(t testing.TB, c verify.Config) *verify.Verifier {
	c.Now = testkit.Clock
	v, err := verify.New(c)
	require.NoError(t, err)
	return v
}

// FuzzInspect: whatever bytes come, the report is bounded and repeatable, and what is
// not signed is never verified.
func FuzzInspect(f *testing.F) {
	school := edIssuer(f, 1)
	signed := school.sign(f, badge(f, school.did), nil)
	f.Add(signed)
	f.Add(badge(f, school.did))
	f.Add(record(f, school, signed, badge(f, school.did)))
	f.Add([]byte(`{"@context":"https://www.w3.org/ns/credentials/v2","type":"VerifiableCredential","proof":[{}]}`))
	f.Add([]byte("eyJhbGciOiJub25lIn0.e30.AA"))
	v := fuzzed(f, verify.Config{Kinds: []string{verify.AnyKind}, Lenient: true})
	f.Fuzz(func(t *testing.T, b []byte) {
		if r := retold(t, v, b); r.Verdict == verify.VerdictVerified && !bytes.Contains(b, []byte("proofValue")) {
			t.Fatalf("verified without a proof: %q", b)
		}
	})
}

// FuzzInspectSigned: the same for what an issuer signed, so that all checks are
// reached: a credential of its own, and the record around another that embeds it.
func FuzzInspectSigned(f *testing.F) {
	school := edIssuer(f, 1)
	f.Add([]byte(`"name":"x"`), uint8(0))
	f.Add([]byte(`"evidence":[{"id":"urn:x","type":["Evidence"],"name":"a"},{"id":"urn:x","type":["Evidence"],"name":"a"}]`), uint8(1))
	f.Add([]byte(`"endorsement":[{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"did:x:y","credentialSubject":{"id":"did:x:z"}}]`), uint8(2))
	f.Add([]byte(`"credentialStatus":{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":["6"],"statusListCredential":"https://x.example/"}`), uint8(3))
	v := fuzzed(f, verify.Config{})
	suites := []string{dataintegrity.EddsaRdfc2022, dataintegrity.EddsaJcs2022}
	f.Fuzz(func(t *testing.T, members []byte, how uint8) {
		text := []byte(strings.Replace(string(badge(t, school.did)), `"validFrom"`, string(members)+`,"validFrom"`, 1))
		inSuite := func(o *dataintegrity.SignOptions) { o.Suite = suites[how&1] }
		signed, err := school.of.Sign(text, inSuite)
		if err != nil {
			return
		}
		r := retold(t, v, signed)
		if r.Outcome(verify.CheckProof) == verify.OutcomeFailed {
			t.Fatalf("what was just signed is not: %v", r.Problems())
		}
		if how&2 != 0 {
			if whole, err := school.of.Sign(unsignedRecord(school, signed), inSuite); err == nil {
				retold(t, v, whole)
			}
		}
	})
}

// FuzzInspectToken: the same for tokens, whose header and payload come from a
// stranger who has a key.
func FuzzInspectToken(f *testing.F) {
	school := edIssuer(f, 1)
	for _, header := range []string{`{"alg":"EdDSA","typ":"vc+jwt","kid":"` + school.method + `"}`, `{"alg":"EdDSA","jwk":` + school.jwk(f, "") + `}`} {
		f.Add([]byte(header), []byte(claims(f, school.did, "")))
		f.Add([]byte(header), badge(f, school.did))
	}
	v := fuzzed(f, verify.Config{Kinds: []string{verify.AnyKind}})
	encode := base64.RawURLEncoding.EncodeToString
	f.Fuzz(func(t *testing.T, header, payload []byte) {
		message := encode(header) + "." + encode(payload)
		signature, err := school.signer.Sign(context.Background(), proof.EdDSA, []byte(message))
		require.NoError(t, err)
		retold(t, v, []byte(message+"."+encode(signature)))
	})
}

// FuzzInspectAnswers: the same for what hosts answer: the document that lists the
// key, and the status list. Nothing verifies unless the document holds the key.
func FuzzInspectAnswers(f *testing.F) {
	school := edIssuer(f, 1)
	const web, url = "did:web:school.example", "https://school.example/issuer"
	by := func(issuer string) []byte {
		text := badge(f, issuer, `"validFrom"`, `"credentialStatus": `+statusEntry+`, "validFrom"`)
		return school.sign(f, text, func(o *dataintegrity.SignOptions) { o.VerificationMethod, o.SkipIssuerCheck = issuer+"#key", true })
	}
	texts := [][]byte{by(web), by(url), []byte(school.token(f, proof.EdDSA, `{"alg":"EdDSA","kid":"`+web+`#key"}`, claims(f, web, ""))),
		[]byte(school.token(f, proof.EdDSA, `{"alg":"EdDSA","jwk":`+school.jwk(f, "")+`}`, claims(f, url, "")))}
	for i, id := range []string{web, url, web, url} {
		document := listing(f, id, school.listed(id+"#key", id)).Bytes()
		f.Add(document, []byte(statusList(f, id)), uint8(i))
		f.Add([]byte(`{"keys":[`+school.jwk(f, "")+`]}`), school.sign(f, []byte(statusList(f, school.did)), nil), uint8(i))
	}
	secret := strings.TrimPrefix(school.did, "did:key:")
	f.Fuzz(func(t *testing.T, document, list []byte, which uint8) {
		v := fuzzed(t, verify.Config{Fetcher: answers{document, list},
			Status: verify.StatusConfig{TrustedIssuers: []string{school.did}}, Accept: []verify.CheckName{verify.CheckStatus}})
		r := retold(t, v, texts[int(which)%len(texts)])
		if r.Verdict == verify.VerdictVerified && !bytes.Contains(document, []byte(secret)) && !bytes.Contains(document, []byte("publicKeyJwk")) &&
			!bytes.Contains(document, []byte("kty")) && !bytes.Contains(document, []byte("publicKeyBase58")) {
			t.Fatalf("verified by %q", document)
		}
	})
}

// answers is a web of two documents.
type answers struct{ document, list []byte }

func (a answers) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	body := a.document
	if url == statusURL {
		body = a.list
	}
	return &fetch.Response{URL: url, Body: body, Source: fetch.SourceNetwork}, nil
}
