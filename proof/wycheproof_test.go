package proof_test

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
)

// vectors is the part of a Wycheproof file that is used here. The files are
// trusted, so encoding/json may read them.
type vectors struct {
	TestGroups []struct {
		PublicKeyPem string
		Tests        []struct {
			TcID    int `json:"tcId"`
			Comment string
			Msg     string
			Sig     string
			Result  string
		}
	}
}

func publicPEM(t *testing.T, text string) (crypto.PublicKey, error) {
	t.Helper()
	block, _ := pem.Decode([]byte(text))
	require.NotNil(t, block)
	return x509.ParsePKIXPublicKey(block.Bytes)
}

func TestWycheproof(t *testing.T) {
	for file, algorithm := range map[string]proof.Algorithm{
		"ed25519_test.json":                      proof.EdDSA,
		"ecdsa_secp256r1_sha256_p1363_test.json": proof.ES256,
		"ecdsa_secp384r1_sha384_p1363_test.json": proof.ES384,
		"rsa_signature_2048_sha256_test.json":    proof.RS256,
	} {
		t.Run(file, func(t *testing.T) {
			var all vectors
			require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/crypto-wycheproof/"+file), &all))
			valid, invalid := 0, 0
			for _, group := range all.TestGroups {
				public, err := publicPEM(t, group.PublicKeyPem)
				require.NoError(t, err)
				key, err := proof.NewKey(public)
				require.NoError(t, err)
				for _, test := range group.Tests {
					err := key.Verify(algorithm, unhex(t, test.Msg), unhex(t, test.Sig))
					switch test.Result {
					case "valid":
						valid++
						require.NoError(t, err, "%d %s", test.TcID, test.Comment)
						requireDER(t, algorithm, unhex(t, test.Sig))
					case "invalid":
						invalid++
						require.ErrorIs(t, err, proof.ErrSignature, "%d %s", test.TcID, test.Comment)
					}
				}
			}
			require.Greater(t, valid, 5)
			require.Greater(t, invalid, 20)
		})
	}
}

func TestWycheproofOtherCurve(t *testing.T) {
	var all vectors
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/crypto-wycheproof/ecdsa_secp256k1_sha256_p1363_test.json"), &all))
	_, err := publicPEM(t, all.TestGroups[0].PublicKeyPem)
	require.Error(t, err, "the standard library has no secp256k1, so no such key reaches NewKey")
}

// requireDER reads a signature of ECDSA in the other form in which services write it, as an
// independent writer has it.
func requireDER(t *testing.T, algorithm proof.Algorithm, signature []byte) {
	t.Helper()
	if algorithm != proof.ES256 && algorithm != proof.ES384 {
		return
	}
	half := len(signature) / 2
	number := func(b []byte) *big.Int { return new(big.Int).SetBytes(b) }
	der, err := asn1.Marshal(struct{ R, S *big.Int }{number(signature[:half]), number(signature[half:])})
	require.NoError(t, err)
	read, err := proof.FromASN1(algorithm, der)
	require.NoError(t, err)
	require.Equal(t, signature, read)
}

// The signatures of tokens: what is good verifies where its algorithm is one of ours, and
// nothing else verifies, for whatever reason it is bad.
func TestWycheproofTokens(t *testing.T) {
	good, bad := map[string]int{}, 0
	for _, file := range []string{"json_web_signature_test.json", "json_web_crypto_test.json"} {
		doc, err := jsonx.Parse(testkit.ReadShared(t, "vc/crypto-wycheproof/"+file), jsonx.Limits{}, nil)
		require.NoError(t, err)
		for group := doc.Root().Get("testGroups").First(); group.Exists(); group = group.Next() {
			for test := group.Get("tests").First(); test.Exists(); test = test.Next() {
				jws := []byte(test.Get("jws").Text())
				if len(jws) == 0 {
					continue // encrypted, which nothing here is
				}
				algorithm, verified := tokenVerifies(group.Get("public"), jws)
				switch {
				case test.Get("result").Text() != "valid":
					bad++
					require.False(t, verified, "%s %s", file, test.Raw())
				case proof.Algorithm(algorithm).Known() && group.Get("public").Get("alg").Text() != "ES521":
					good[algorithm]++
					require.True(t, verified || wrongAlg(group, algorithm), "%s %s", file, test.Raw())
				}
			}
		}
	}
	require.Greater(t, bad, 200)
	for _, algorithm := range []proof.Algorithm{proof.ES256, proof.RS256, proof.PS256} {
		require.NotZero(t, good[string(algorithm)], algorithm)
	}
}

// wrongAlg reports a key that is published for another algorithm than the token's, which
// these vectors have in the samples of RFC 7520.
func wrongAlg(group jsonx.Value, algorithm string) bool {
	own := group.Get("public").Get("alg").Text()
	return own != "" && own != algorithm
}

// tokenVerifies goes from a token and a JWK to a verdict, by the parts that verification is
// made of.
func tokenVerifies(jwk jsonx.Value, jws []byte) (algorithm string, ok bool) {
	parts := bytes.Split(jws, []byte("."))
	if len(parts) != 3 {
		return "", false
	}
	head, err := multibase.DecodeBase64(string(parts[0]))
	if err != nil {
		return "", false
	}
	header, err := jsonx.Parse(head, jsonx.Limits{}, nil)
	if err != nil {
		return "", false
	}
	algorithm = header.Root().Get("alg").Text()
	k, err := multikey.ParseJWK(jwk)
	if err != nil || k.ForVerification() != nil {
		return algorithm, false
	}
	key, err := proof.NewKey(k.Key)
	if err != nil {
		return algorithm, false
	}
	signature, err := multibase.DecodeBase64(string(parts[2]))
	if err != nil {
		return algorithm, false
	}
	_, err = multibase.DecodeBase64(string(parts[1]))
	limited := key.Limited(proof.Limits{Algorithm: k.Algorithm})
	return algorithm, err == nil && limited.Verify(proof.Algorithm(algorithm), bytes.Join(parts[:2], []byte(".")), signature) == nil
}
