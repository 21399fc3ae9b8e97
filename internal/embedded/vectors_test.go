package embedded_test

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// publishedContexts are further contexts that the vectors use, such as those of
// the citizenship vocabulary.
func publishedContexts(t testing.TB) map[string][]byte {
	var list []struct{ URL, File string }
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/contexts/manifest.json"), &list))
	all := map[string][]byte{}
	for _, c := range list {
		all[c.URL] = testkit.ReadShared(t, "vc/contexts/"+c.File)
	}
	return all
}

// keyOf takes the key out of the fragment of a did:key method. Only a test of the
// proof layer may: whose key it is, is decided above it.
func keyOf(t testing.TB, p *embedded.Proof) *proof.Key {
	t.Helper()
	_, fragment, ok := strings.Cut(p.VerificationMethod(), "#")
	require.True(t, ok)
	public, err := multikey.Decode(fragment)
	require.NoError(t, err)
	key, err := proof.NewKey(public)
	require.NoError(t, err)
	return key
}

// verifyAll checks every proof of a document and returns the results.
func verifyAll(t testing.TB, v *embedded.Verifier, text []byte) ([]*embedded.Result, error) {
	t.Helper()
	doc, err := door.Numbered(vc.ParseConfig{}, v.Symbols()).Parse(text)
	require.NoError(t, err)
	s := v.Open(doc, embedded.OpenOptions{})
	var results []*embedded.Result
	for _, value := range door.Proofs(doc) {
		p, problems := embedded.Read(value, embedded.ReadOptions{At: testkit.Now})
		require.Empty(t, problems)
		r, err := s.Verify(context.Background(), p, keyOf(t, p))
		if err != nil {
			return nil, err
		}
		results = append(results, r)
	}
	require.NotEmpty(t, results)
	return results, nil
}

// The W3C vectors, with the intermediate hashes that the specifications publish.
func TestPublishedVectors(t *testing.T) {
	v := embedded.NewVerifier(embedded.Config{Contexts: publishedContexts(t)})
	for _, c := range []struct{ dir, name string }{
		{"di-eddsa/eddsa-rdfc-2022", "DataInt"},
		{"di-eddsa/Ed25519Signature2020", "EdSig"},
		{"di-eddsa/eddsa-jcs-2022", "JCS"},
		{"di-ecdsa/ecdsa-rdfc-2019-p256", "ECDSAP256"},
		{"di-ecdsa/ecdsa-rdfc-2019-p384", "ECDSAP384"},
		{"di-ecdsa/ecdsa-jcs-2019-p256", "JCSECDSAP256"},
		{"di-ecdsa/ecdsa-jcs-2019-p384", "JCSECDSAP384"},
		{"di-eddsa/eddsa-rdfc-2022/employ", "DataInt"},
		{"di-ecdsa/ecdsa-rdfc-2019-p256/employ", "ECDSAP256"},
		{"di-ecdsa/ecdsa-rdfc-2019-p384/employ", "ECDSAP384"},
	} {
		t.Run(c.dir, func(t *testing.T) {
			file := func(prefix, ending string) []byte { return testkit.ReadShared(t, "vc/"+c.dir+"/"+prefix+c.name+ending) }
			signed := file("signed", ".json")
			results, err := verifyAll(t, v, signed)
			require.NoError(t, err)
			require.Len(t, results, 1)
			require.Equal(t, strings.TrimSpace(string(file("docHash", ".txt"))), hex.EncodeToString(results[0].DocumentHash))
			require.Equal(t, strings.TrimSpace(string(file("proofHash", ".txt"))), hex.EncodeToString(results[0].ConfigHash))
			require.Equal(t, strings.TrimSpace(string(file("combinedHash", ".txt"))),
				hex.EncodeToString(results[0].ConfigHash)+hex.EncodeToString(results[0].DocumentHash))
			require.Equal(t, strings.TrimSpace(string(file("sigBTC58", ".txt"))), proofValue(t, signed))
			signature, err := multibase.Decode(proofValue(t, signed))
			require.NoError(t, err)
			require.Equal(t, strings.TrimSpace(string(file("sigHex", ".txt"))), hex.EncodeToString(signature))
			require.Empty(t, results[0].Unsigned)

			// The control: one byte of a signed value changed.
			tampered := strings.Replace(string(signed), `"created": "2023-`, `"created": "2022-`, 1)
			require.NotEqual(t, string(signed), tampered)
			_, err = verifyAll(t, v, []byte(tampered))
			require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeSignature})
		})
	}
}

// Proof sets and chains of the Data Integrity vectors. In a chain the second
// proof covers the first.
func TestPublishedSetsAndChains(t *testing.T) {
	v := embedded.NewVerifier(embedded.Config{Contexts: publishedContexts(t)})
	for name, proofs := range map[string]int{"signedProofSet1": 1, "signedProofSet2": 2, "signedProofChain1": 3, "signedProofChain2": 4} {
		t.Run(name, func(t *testing.T) {
			signed := testkit.ReadShared(t, "vc/di-eddsa/proof-set-chain/"+name+".json")
			doc, err := vc.Parse(signed)
			require.NoError(t, err)
			require.Len(t, door.Proofs(doc), proofs)
			_, err = verifyAll(t, v, signed)
			require.NoError(t, err)
		})
	}
}
