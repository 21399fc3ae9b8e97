package embedded_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
)

func TestSignAndVerify(t *testing.T) {
	for _, c := range []struct {
		suite string
		kind  obtest.KeyKind
	}{
		{"", obtest.Ed25519},
		{dataintegrity.EddsaRdfc2022, obtest.Ed25519},
		{dataintegrity.Eddsa2022, obtest.Ed25519},
		{dataintegrity.EddsaJcs2022, obtest.Ed25519},
		{"", obtest.P256},
		{dataintegrity.EcdsaRdfc2019, obtest.P384},
		{dataintegrity.EcdsaJcs2019, obtest.P256},
		{dataintegrity.EcdsaJcs2019, obtest.P384},
		{dataintegrity.Ed25519Signature2020, obtest.Ed25519},
	} {
		t.Run(c.suite+" "+string(c.kind), func(t *testing.T) {
			s := school.Issuer(t, c.kind, 0)
			text := testkit.BadgeOf(s.ID)
			if c.suite == dataintegrity.Ed25519Signature2020 {
				text = []byte(strings.Replace(string(text), `context-3.0.3.json"`, `context-3.0.3.json", "https://w3id.org/security/suites/ed25519-2020/v1"`, 1))
			}
			signed, err := s.Sign(text, func(o *dataintegrity.SignOptions) { o.Suite = c.suite })
			require.NoError(t, err)
			require.True(t, strings.HasPrefix(string(signed), strings.TrimRight(strings.TrimSpace(string(text)), "} \n")), "what was given stands as it was")
			_, err = verifyAll(t, embedded.NewVerifier(embedded.Config{}), signed)
			require.NoError(t, err)

			changed := strings.Replace(string(signed), "Keel laying,", "Keel saying,", 1)
			require.NotEqual(t, string(signed), changed)
			_, err = verifyAll(t, embedded.NewVerifier(embedded.Config{}), []byte(changed))
			require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeSignature})

			_, err = verifyAll(t, embedded.NewVerifier(embedded.Config{}), otherLength(t, signed))
			require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeProofValue}, "a length that another key has")
			require.NotErrorIs(t, err, &vc.Problem{Code: proof.CodeSignature})
		})
	}
}

// otherLength makes 96 bytes of a proof value of 64, as P-384 has them, and 64 of 96.
func otherLength(t *testing.T, signed []byte) []byte {
	t.Helper()
	before, rest, found := strings.Cut(string(signed), `"proofValue":"`)
	require.True(t, found)
	text, after, found := strings.Cut(rest, `"`)
	require.True(t, found)
	signature, err := multibase.Decode(text)
	require.NoError(t, err)
	if len(signature) == 96 {
		signature = signature[:64]
	} else {
		require.Len(t, signature, 64)
		signature = append(signature, signature[:32]...)
	}
	return []byte(before + `"proofValue":"` + multibase.Encode(multibase.Base58BTC, signature) + `"` + after)
}

// A second proof joins the first in a set, and both check out.
func TestProofSet(t *testing.T) {
	s := school.Ed(t, 0)
	text := testkit.BadgeOf(s.ID)
	for n := 1; n <= 3; n++ {
		var err error
		text, err = s.Sign(text, nil)
		require.NoError(t, err)
		results, err := verifyAll(t, embedded.NewVerifier(embedded.Config{}), text)
		require.NoError(t, err)
		require.Len(t, results, n)
	}
}

func TestReadTellsCauses(t *testing.T) {
	s := school.Ed(t, 0)
	signed, err := s.Sign(testkit.BadgeOf(s.ID), func(o *dataintegrity.SignOptions) {
		o.Created, o.Expires, o.Domain, o.Challenge = testkit.Now, testkit.Now.Add(time.Hour), "jobs.example", "c1"
	})
	require.NoError(t, err)
	for name, c := range map[string]struct {
		old, new string
		expect   embedded.ReadOptions
		code     vc.Code
	}{
		"unknown suite":         {`"eddsa-rdfc-2022"`, `"eddsa-rdf-2022"`, embedded.ReadOptions{}, proof.CodeSuiteUnknown},
		"suite elsewhere":       {`"eddsa-rdfc-2022"`, `"bbs-2023"`, embedded.ReadOptions{}, "not-enabled-bbs-2023"},
		"unknown type":          {`"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"`, `"SomeProof"`, embedded.ReadOptions{}, proof.CodeProofTypeUnknown},
		"type and suite":        {`"DataIntegrityProof"`, `"Ed25519Signature2020"`, embedded.ReadOptions{}, proof.CodeSuiteConfusion},
		"no suite":              {`"cryptosuite":"eddsa-rdfc-2022",`, ``, embedded.ReadOptions{}, proof.CodeProofMalformed},
		"purpose":               {`"assertionMethod"`, `"authentication"`, embedded.ReadOptions{}, proof.CodeProofPurpose},
		"future":                {``, ``, embedded.ReadOptions{At: testkit.Now.Add(-time.Hour)}, proof.CodeProofCreatedFuture},
		"expired":               {``, ``, embedded.ReadOptions{At: testkit.Now.Add(2 * time.Hour)}, proof.CodeProofExpired},
		"created is no time":    {`"created":"2026-01-01T00:00:00Z"`, `"created":"yesterday"`, embedded.ReadOptions{}, proof.CodeProofCreated},
		"method is no URL":      {`"verificationMethod":"did:key:`, `"verificationMethod":"`, embedded.ReadOptions{}, proof.CodeMethodURL},
		"method missing":        {`"verificationMethod"`, `"verifier"`, embedded.ReadOptions{}, proof.CodeProofMalformed},
		"value in base64url":    {`"proofValue":"z`, `"proofValue":"u`, embedded.ReadOptions{}, proof.CodeProofValue},
		"value cut":             {`"proofValue":"z`, `"proofValue":"z3`, embedded.ReadOptions{}, proof.CodeProofValue},
		"value not base58":      {`"proofValue":"z`, `"proofValue":"z0`, embedded.ReadOptions{}, proof.CodeProofValue},
		"value is not a string": {`"proofPurpose":"assertionMethod"`, `"proofPurpose":7`, embedded.ReadOptions{}, proof.CodeProofMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			text := string(signed)
			if c.old != "" {
				require.Contains(t, text, c.old)
				text = strings.Replace(text, c.old, c.new, 1)
			}
			doc, err := vc.Parse([]byte(text))
			require.NoError(t, err)
			if c.expect.At.IsZero() {
				c.expect.At = testkit.Now
			}
			p, problems := embedded.Read(door.Proofs(doc)[0], c.expect)
			require.Nil(t, p)
			require.Len(t, problems, 1, "%v", problems)
			require.Equal(t, c.code, problems[0].Code)
			require.True(t, strings.HasPrefix(problems[0].Pointer, "/proof"), problems[0].Pointer)
		})
	}
}

func TestLenientListsUnsigned(t *testing.T) {
	s := school.Ed(t, 0)
	signed, err := s.Sign(testkit.BadgeOf(s.ID), nil)
	require.NoError(t, err)
	added := []byte(strings.Replace(string(signed), `"name": "Keel laying"`, `"colour": "red", "name": "Keel laying"`, 1))
	_, err = verifyAll(t, embedded.NewVerifier(embedded.Config{}), added)
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeDataLoss})
	require.NotErrorIs(t, err, &vc.Problem{Code: proof.CodeSignature}, "the rest was signed")

	results, err := verifyAll(t, embedded.NewVerifier(embedded.Config{Lenient: true}), added)
	require.NoError(t, err)
	require.Len(t, results[0].Unsigned, 1)
	require.Equal(t, "/credentialSubject/achievement/colour", results[0].Unsigned[0].Pointer)

	both := []byte(strings.Replace(string(added), "Keel laying,", "Keel saying,", 1))
	_, err = verifyAll(t, embedded.NewVerifier(embedded.Config{}), both)
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeDataLoss})
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeSignature}, "both causes are told")
}

func TestKeyOfAnotherKind(t *testing.T) {
	s := school.Ed(t, 0)
	signed, err := s.Sign(testkit.BadgeOf(s.ID), nil)
	require.NoError(t, err)
	key, err := proof.NewKey(obtest.Key(obtest.P256, "another").Public())
	require.NoError(t, err)
	doc, err := vc.Parse(signed)
	require.NoError(t, err)
	p, problems := embedded.Read(door.Proofs(doc)[0], embedded.ReadOptions{At: testkit.Now})
	require.Empty(t, problems)
	_, err = embedded.NewVerifier(embedded.Config{}).Open(doc, embedded.OpenOptions{}).Verify(context.Background(), p, key)
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeKeyType})
}
