package didkey_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
)

// sample is the first vector of the method's specification.
const sample = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"

func requireCode(t testing.TB, code did.Code, err error, note ...any) {
	t.Helper()
	var e *did.Error
	require.ErrorAs(t, err, &e, note...)
	require.Equal(t, code, e.Code, note...)
	require.NotEmpty(t, e.Type)
}

func methodURL(id string) string { return id + "#" + strings.TrimPrefix(id, "did:key:") }

// TestSharedVectors takes the key's bytes as the contract: the shape of documents
// changed with the specification.
func TestSharedVectors(t *testing.T) {
	read := 0
	for _, file := range []string{"ed25519-x25519.json", "nist-curves.json", "rsa.json"} {
		doc, err := jsonx.Parse(testkit.ReadShared(t, "vc/did-key/"+file), jsonx.Limits{}, nil)
		require.NoError(t, err)
		for entry := doc.Root().First(); entry.Exists(); entry = entry.Next() {
			id := entry.Name()
			method, document, err := did.Retrieve(t.Context(), did.Mux{"key": didkey.Resolver{}}, methodURL(id), did.AssertionMethod,
				testkit.Now)
			require.NoError(t, err)
			require.Empty(t, document.Problems())
			key, _, err := multikey.PublicKey(multikey.Material{Type: method.Type, Multibase: method.PublicKeyMultibase})
			require.NoError(t, err)

			short, err := didkey.PublicKey(methodURL(id))
			require.NoError(t, err)
			require.Equal(t, key, short)
			again, url, err := didkey.From(key)
			require.NoError(t, err)
			require.Equal(t, id, again)
			require.Equal(t, methodURL(id), url)

			published := entry.Get("didDocument").Get("verificationMethod").First()
			if jwk := published.Get("publicKeyJwk"); jwk.Exists() {
				k, err := multikey.ParseJWK(jwk)
				require.NoError(t, err)
				require.Equal(t, k.Key, key)
			} else {
				raw, err := multibase.DecodeBase58(published.Get("publicKeyBase58").Text())
				require.NoError(t, err)
				want, err := multibase.Decode(strings.TrimPrefix(id, "did:key:"))
				require.NoError(t, err)
				require.Equal(t, want[2:], raw, "what follows the two bytes of the kind")
			}
			read++
		}
	}
	require.Equal(t, 14, read)
}

func TestSharedAgreementKeys(t *testing.T) {
	doc, err := jsonx.Parse(testkit.ReadShared(t, "vc/did-key/x25519.json"), jsonx.Limits{}, nil)
	require.NoError(t, err)
	for entry := doc.Root().Get("didDocument").First(); entry.Exists(); entry = entry.Next() {
		document, err := didkey.Resolver{}.Resolve(t.Context(), entry.Name())
		require.NoError(t, err)
		_, err = document.Method(methodURL(entry.Name()), did.KeyAgreement)
		require.NoError(t, err)
		_, err = document.Method(methodURL(entry.Name()), did.AssertionMethod)
		requireCode(t, did.CodeRelationship, err)
		_, err = didkey.PublicKey(methodURL(entry.Name()))
		requireCode(t, did.CodeRelationship, err)
	}
}

func TestSharedUnsupportedKeys(t *testing.T) {
	for _, file := range []string{"secp256k1.json", "bls12381.json"} {
		doc, err := jsonx.Parse(testkit.ReadShared(t, "vc/did-key/"+file), jsonx.Limits{}, nil)
		require.NoError(t, err)
		for entry := doc.Root().First(); entry.Exists(); entry = entry.Next() {
			_, err := didkey.Resolver{}.Resolve(t.Context(), entry.Name())
			requireCode(t, did.CodeUnsupportedKey, err, entry.Name())
		}
	}
}

func TestRefusals(t *testing.T) {
	good := strings.TrimPrefix(sample, "did:key:")
	raw, err := multibase.Decode(good)
	require.NoError(t, err)
	identity := append([]byte{0xed, 0x01, 1}, make([]byte, 31)...)
	for id, code := range map[string]did.Code{
		"":                    did.CodeMethodNotSupported,
		"did:web:example.com": did.CodeMethodNotSupported,
		"DID:key:" + good:     did.CodeMethodNotSupported,
		"did:key:":            did.CodeInvalidDID,
		"did:key:1.1:" + good: did.CodeInvalidDID,
		"did:key:" + good[1:]: did.CodeInvalidDID,
		"did:key:u" + multibase.EncodeBase64(raw): did.CodeInvalidDID,
		"did:key:z":             did.CodeInvalidKey,
		"did:key:z1" + good[1:]: did.CodeUnsupportedKey, // code 0
		sample + "1":            did.CodeUnsupportedKey, // the first bytes are others
		sample[:len(sample)-1]:  did.CodeUnsupportedKey,
		sample + "?a=b":         did.CodeInvalidKey,
		sample + " ":            did.CodeInvalidKey,
		sample + "/":            did.CodeInvalidKey,
		"did:key:" + multibase.Encode('z', identity):       did.CodeInvalidKey,
		"did:key:" + multibase.Encode('z', append(raw, 0)): did.CodeInvalidKey,
		"did:key:z" + strings.Repeat("z", 1500):            did.CodeInvalidKey,
	} {
		document, err := didkey.Resolver{}.Resolve(t.Context(), id)
		requireCode(t, code, err, id)
		require.Nil(t, document)
		key, err := didkey.PublicKey(id + "#" + strings.TrimPrefix(id, "did:key:"))
		requireCode(t, code, err, id)
		require.True(t, key == nil)
	}
}

func TestMethodURLRefusals(t *testing.T) {
	other := "#z6MkwYMhwTvsq376YBAcJHy3vyRWzBgn5vKfVqqDCgm7XVKU"
	for url, code := range map[string]did.Code{
		sample:                  did.CodeInvalidURL,
		sample + "#":            did.CodeMethodNotFound,
		sample + other:          did.CodeMethodNotFound,
		sample + "#0":           did.CodeMethodNotFound,
		methodURL(sample) + "#": did.CodeMethodNotFound,
		sample + "?x" + methodURL(sample)[len(sample):]:          did.CodeInvalidKey,
		"https://example.com/" + methodURL(sample)[len(sample):]: did.CodeMethodNotSupported,
	} {
		key, err := didkey.PublicKey(url)
		requireCode(t, code, err, url)
		require.True(t, key == nil)
		_, _, err = did.Retrieve(t.Context(), did.Mux{"key": didkey.Resolver{}}, url, did.AssertionMethod, testkit.Now)
		require.ErrorAs(t, err, new(*did.Error), url)
	}
}

func TestFromRefusals(t *testing.T) {
	n := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 1024), big.NewInt(1))
	for _, key := range []any{ed25519.PublicKey(nil), ed25519.PublicKey(make([]byte, 32)), &rsa.PublicKey{N: n, E: 65537},
		(*ecdsa.PublicKey)(nil)} {
		_, _, err := didkey.From(key)
		requireCode(t, did.CodeInvalidKey, err)
	}
	p224, err := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	require.NoError(t, err)
	for _, key := range []any{nil, "key", p224.Public()} {
		_, _, err := didkey.From(key)
		requireCode(t, did.CodeUnsupportedKey, err)
	}
}

// FuzzPublicKey: the short way agrees with the document, and a key has one name.
func FuzzPublicKey(f *testing.F) {
	f.Add(methodURL(sample))
	f.Add(methodURL("did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"))
	f.Add(methodURL("did:key:z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F"))
	f.Add(sample + "#")
	f.Fuzz(func(t *testing.T, url string) {
		method, _, slow := did.Retrieve(t.Context(), did.Mux{"key": didkey.Resolver{}}, url, did.AssertionMethod, testkit.Now)
		key, err := didkey.PublicKey(url)
		require.Equal(t, slow == nil, err == nil, url)
		if err != nil {
			return
		}
		same, _, err := multikey.PublicKey(multikey.Material{Type: method.Type, Multibase: method.PublicKeyMultibase})
		require.NoError(t, err)
		require.Equal(t, same, key)
		_, again, err := didkey.From(key)
		require.NoError(t, err)
		require.Equal(t, url, again)
	})
}

func Example() {
	key := obtest.Key(obtest.Ed25519, "harbour").Public()
	id, method, err := didkey.From(key)
	if err != nil {
		fmt.Println(err)
		return
	}
	again, err := didkey.PublicKey(method)
	fmt.Println(strings.HasPrefix(id, "did:key:z6Mk"), key.(ed25519.PublicKey).Equal(again), err)
	// Output: true true <nil>
}

func BenchmarkPublicKey(b *testing.B) {
	url := methodURL(sample)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := didkey.PublicKey(url); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheckedKey(b *testing.B) {
	url := methodURL(sample)
	b.ReportAllocs()
	for b.Loop() {
		key, err := didkey.PublicKey(url)
		if err == nil {
			_, err = proof.NewKey(key)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRetrieve(b *testing.B) {
	url, mux := methodURL(sample), did.Mux{"key": didkey.Resolver{}}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := did.Retrieve(b.Context(), mux, url, did.AssertionMethod, testkit.Now); err != nil {
			b.Fatal(err)
		}
	}
}

// The sample of P-521 in the did:key Method specification, with its JWK.
func TestP521Sample(t *testing.T) {
	const id = "did:key:z2J9gaYxrKVpdoG9A4gRnmpnRCcxU6agDtFVVBVdn1JedouoZN7SzcyREXXzWgt3gGiwpoHq7K68X4m32D8HgzG8wv3sY5j7"
	key, err := didkey.PublicKey(methodURL(id))
	require.NoError(t, err)
	jwk, err := multikey.AppendJWK(nil, key)
	require.NoError(t, err)
	require.JSONEq(t, `{"kty":"EC","crv":"P-521",
		"x":"ASUHPMyichQ0QbHZ9ofNx_l4y7luncn5feKLo3OpJ2nSbZoC7mffolj5uy7s6KSKXFmnNWxGJ42IOrjZ47qqwqyS",
		"y":"AW9ziIC4ZQQVSNmLlp59yYKrjRY0_VqO-GOIYQ9tYpPraBKUloEId6cI_vynCzlZWZtWpgOM3HPhYEgawQ703RjC"}`, string(jwk))
	again, _, err := didkey.From(key)
	require.NoError(t, err)
	require.Equal(t, id, again)
}
