package multikey_test

import (
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// The keys of RFC 7517, A.1 and RFC 8037, A.1.
const (
	ecJWK = `{"kty":"EC","crv":"P-256",` +
		`"x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}`
	rsaJWK = `{"kty":"RSA","e":"AQAB","n":"` +
		`0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhM` +
		`stn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5` +
		`hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}`
	edJWK = `{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`
)

// RFC 7638, 3.1 and RFC 8037, A.3: what is written is what is hashed for a thumbprint.
func TestThumbprint(t *testing.T) {
	for text, want := range map[string]string{
		rsaJWK: "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
		edJWK:  "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
	} {
		k, err := multikey.ParseJWK(parse(t, []byte(text)))
		require.NoError(t, err)
		require.NoError(t, k.ForVerification())
		text, err := multikey.AppendJWK(nil, k.Key)
		require.NoError(t, err)
		sum := sha256.Sum256(text)
		require.Equal(t, want, multibase.EncodeBase64(sum[:]))
	}
	_, err := multikey.AppendJWK(nil, "no key")
	requireCode(t, multikey.CodeUnsupported, err)
}

// with puts members into a JWK in place of those of the same name.
func with(jwk, members string) []byte {
	var all, more map[string]any
	if err := json.Unmarshal([]byte(jwk), &all); err != nil {
		panic(err)
	}
	if err := json.Unmarshal([]byte("{"+members+"}"), &more); err != nil {
		panic(err)
	}
	for name, value := range more {
		if value == nil {
			delete(all, name)
		} else {
			all[name] = value
		}
	}
	b, err := json.Marshal(all)
	if err != nil {
		panic(err)
	}
	return b
}

func TestJWKRefusals(t *testing.T) {
	long := strings.Repeat("A", 4000)
	for _, test := range []struct {
		jwk, members, pointer string
		code                  multikey.Code
	}{
		{edJWK, `"kty":null`, "", multikey.CodeMalformed},
		{edJWK, `"kty":1`, "/kty", multikey.CodeMalformed},
		{edJWK, `"kty":"okp"`, "/kty", multikey.CodeUnsupported},
		{edJWK, `"kty":"AKP"`, "/kty", multikey.CodeUnsupported},
		{edJWK, `"kty":"oct"`, "/kty", multikey.CodeSecret},
		{edJWK, `"kty":"EC"`, "/crv", multikey.CodeUnsupported},
		{edJWK, `"crv":null`, "", multikey.CodeMalformed},
		{edJWK, `"crv":"Ed448"`, "/crv", multikey.CodeUnsupported},
		{edJWK, `"x":null`, "", multikey.CodeMalformed},
		{edJWK, `"x":["a"]`, "/x", multikey.CodeMalformed},
		{edJWK, `"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURp"`, "/x", multikey.CodeMalformed}, // bits left over
		{edJWK, `"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo="`, "/x", multikey.CodeMalformed},
		{edJWK, `"x":"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo"`, "/x", multikey.CodeMalformed},
		{edJWK, `"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMl\nrwIaaPcHURo"`, "/x", multikey.CodeMalformed},
		{edJWK, `"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUQ"`, "/x", multikey.CodeMalformed},
		{edJWK, `"x":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`, "/x", multikey.CodeWeak},
		{edJWK, `"x":"` + long + `"`, "/x", multikey.CodeMalformed},
		{edJWK, `"d":"x"`, "/d", multikey.CodeSecret},
		{edJWK, `"d":""`, "/d", multikey.CodeSecret},
		{rsaJWK, `"p":"x"`, "/p", multikey.CodeSecret},
		{rsaJWK, `"oth":[]`, "/oth", multikey.CodeSecret},
		{rsaJWK, `"k":"x"`, "/k", multikey.CodeSecret},
		{rsaJWK, `"n":null`, "", multikey.CodeMalformed},
		{rsaJWK, `"n":""`, "/n", multikey.CodeMalformed},
		{rsaJWK, `"n":"AQAB"`, "", multikey.CodeWeak},
		{rsaJWK, `"n":"AAAB"`, "/n", multikey.CodeMalformed}, // a leading zero
		{rsaJWK, `"n":"` + long + `"`, "/n", multikey.CodeMalformed},
		{rsaJWK, `"e":"AQ"`, "", multikey.CodeWeak},
		{rsaJWK, `"e":"BA"`, "", multikey.CodeWeak},
		{rsaJWK, `"e":"AAEAAQ"`, "/e", multikey.CodeMalformed},
		{rsaJWK, `"e":"gAAAAQ"`, "", multikey.CodeWeak},
		{rsaJWK, `"e":"AQAAAAAAAAAB"`, "", multikey.CodeWeak},
		{ecJWK, `"crv":"secp256k1"`, "/crv", multikey.CodeUnsupported},
		{ecJWK, `"crv":"P-384"`, "/x", multikey.CodeMalformed},
		{ecJWK, `"kty":"RSA"`, "", multikey.CodeMalformed},
		{ecJWK, `"y":null`, "", multikey.CodeMalformed},
		{ecJWK, `"y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyQ"`, "", multikey.CodeInvalid},
		{ecJWK, `"kid":1`, "/kid", multikey.CodeMalformed},
		{ecJWK, `"use":["sig"]`, "/use", multikey.CodeMalformed},
		{ecJWK, `"key_ops":"verify"`, "/key_ops", multikey.CodeMalformed},
		{ecJWK, `"key_ops":["verify",1]`, "/key_ops/1", multikey.CodeMalformed},
		{ecJWK, `"key_ops":["verify","verify"]`, "/key_ops/1", multikey.CodeMalformed},
	} {
		k, err := multikey.ParseJWK(parse(t, with(test.jwk, test.members)))
		e := requireCode(t, test.code, err, test.members)
		require.Equal(t, test.pointer, e.Pointer, test.members)
		require.Nil(t, k)
	}
	_, err := multikey.ParseJWK(jsonx.Value{})
	requireCode(t, multikey.CodeMalformed, err)
}

func TestForVerification(t *testing.T) {
	for _, members := range []string{
		``, `"use":"sig"`, `"key_ops":["verify"]`, `"key_ops":["sign","verify"],"use":"sig","alg":"ES256","kid":"1"`, `"other":{}`,
	} {
		k, err := multikey.ParseJWK(parse(t, with(ecJWK, members)))
		require.NoError(t, err, members)
		require.NoError(t, k.ForVerification(), members)
	}
	for members, pointer := range map[string]string{
		`"use":"enc"`: "/use", `"use":"SIG"`: "/use", `"key_ops":[]`: "/key_ops", `"key_ops":["sign"]`: "/key_ops",
		`"alg":"ES384"`: "/alg", `"alg":"none"`: "/alg", `"alg":"HS256"`: "/alg", `"alg":"ECDH-ES"`: "/alg",
	} {
		k, err := multikey.ParseJWK(parse(t, with(ecJWK, members)))
		require.NoError(t, err, members)
		e := requireCode(t, multikey.CodeConflict, k.ForVerification(), members)
		require.Equal(t, pointer, e.Pointer)
	}
	text, err := multikey.AppendJWK(nil, x25519Key(t))
	require.NoError(t, err)
	k, err := multikey.ParseJWK(parse(t, text))
	require.NoError(t, err)
	requireCode(t, multikey.CodeConflict, k.ForVerification())
}

// Of the Wycheproof key sets those without symmetric keys: what a test wants
// rejected for its key must not come through as a key for verification.
func TestWycheproofKeys(t *testing.T) {
	root := parse(t, testkit.ReadShared(t, "vc/crypto-wycheproof/json_web_key_test.json"))
	accepted, rejected := 0, 0
	for group := root.Get("testGroups").First(); group.Exists(); group = group.Next() {
		set := group.Get("public")
		if !set.Exists() {
			set = group.Get("private") // symmetric or mixed sets
		}
		for test := group.Get("tests").First(); test.Exists(); test = test.Next() {
			name := fmt.Sprint(test.Get("tcId").Text(), " ", group.Get("comment").Text())
			err := forVerification(set)
			switch {
			case !group.Get("public").Exists():
				requireCode(t, multikey.CodeSecret, err, name)
			case test.Get("result").Text() == "valid":
				require.NoError(t, err, name)
				require.Equal(t, 1, set.Get("keys").Len(), name)
				accepted++
			default:
				var e *multikey.Error
				require.ErrorAs(t, err, &e, name)
				rejected++
			}
		}
	}
	require.Equal(t, 1, accepted)
	require.Equal(t, 10, rejected)
}

// forVerification reads the keys of a set up to the first that is not for verification.
func forVerification(set jsonx.Value) error {
	for key := set.Get("keys").First(); key.Exists(); key = key.Next() {
		k, err := multikey.ParseJWK(key)
		if err != nil {
			return err
		}
		if err := k.ForVerification(); err != nil {
			return err
		}
	}
	return nil
}

// The public keys of the Wycheproof signature tests, each as a JWK and in DER.
func TestWycheproofPublicKeys(t *testing.T) {
	for _, file := range []string{"ed25519_test.json", "ecdsa_secp256r1_sha256_p1363_test.json", "ecdsa_secp384r1_sha384_p1363_test.json"} {
		root := parse(t, testkit.ReadShared(t, "vc/crypto-wycheproof/"+file))
		read := 0
		for group := root.Get("testGroups").First(); group.Exists(); group = group.Next() {
			der, err := hex.DecodeString(group.Get("publicKeyDer").Text())
			require.NoError(t, err)
			want, err := x509.ParsePKIXPublicKey(der)
			require.NoError(t, err)
			require.NoError(t, multikey.Check(want))
			jwk := group.Get("publicKeyJwk")
			if !jwk.Exists() {
				continue
			}
			k, err := multikey.ParseJWK(jwk)
			require.NoError(t, err)
			require.NoError(t, k.ForVerification())
			require.True(t, want.(interface{ Equal(crypto.PublicKey) bool }).Equal(k.Key))
			read++
		}
		require.NotZero(t, read, file)
	}
}

// Examples of Controlled Identifiers 1.0. Three do not hold what they say: the
// coordinates of two are not those of a point, one is of an unsupported curve.
func TestSharedControlledIdentifierExamples(t *testing.T) {
	for file, code := range map[string]multikey.Code{
		"08-multikey-encoding-of-a-ed25519-public-key.json":               "",
		"09-json-web-key-encoding-of-a-secp384r1-p-384-public-key.json":   "",
		"24-a-p-256-public-key-encoded-as-a-multikey.json":                "",
		"25-a-p-384-public-key-encoded-as-a-multikey.json":                "",
		"26-an-ed25519-public-key-encoded-as-a-multikey.json":             "",
		"32-an-ed25519-public-key-encoded-as-a-jsonwebkey.json":           "",
		"27-a-bls12-381-g2-group-public-key-encoded-as-a-multikey.json":   multikey.CodeUnsupported,
		"29-an-sm2-public-key-encoded-as-a-multikey.json":                 multikey.CodeUnsupported,
		"33-a-bls12-381-g2-group-public-key-encoded-as-a-jsonwebkey.json": multikey.CodeUnsupported,
		"30-a-p-256-public-key-encoded-as-a-jsonwebkey.json":              multikey.CodeMalformed,
		"31-a-p-384-public-key-encoded-as-a-jsonwebkey.json":              multikey.CodeInvalid,
	} {
		method := parse(t, testkit.ReadShared(t, "vc/cid-spec/"+file))
		_, _, err := multikey.PublicKey(multikey.Material{Type: method.Get("type").Text(),
			Multibase: method.Get("publicKeyMultibase").Text(), JWK: method.Get("publicKeyJwk").Raw()})
		if code == "" {
			require.NoError(t, err, file)
		} else {
			requireCode(t, code, err, file)
		}
	}
}

// Secret keys as the did:key method's vectors and those of the EdDSA and ECDSA
// cryptosuites have them are told from public ones.
func TestSharedSecretKeys(t *testing.T) {
	seen := 0
	secret := func(jwk jsonx.Value) {
		if jwk.Exists() {
			_, err := multikey.ParseJWK(jwk)
			requireCode(t, multikey.CodeSecret, err)
			seen++
		}
	}
	root := parse(t, testkit.ReadShared(t, "vc/did-key/nist-curves.json"))
	for entry := root.First(); entry.Exists(); entry = entry.Next() {
		secret(entry.Get("verificationMethod").Get("privateKeyJwk"))
	}
	root = parse(t, testkit.ReadShared(t, "vc/did-key/rsa.json"))
	for entry := root.First(); entry.Exists(); entry = entry.Next() {
		secret(entry.Get("privateKeyJwk"))
	}
	require.Equal(t, 8, seen)
	for _, file := range []string{"di-eddsa/keyPair.json", "di-ecdsa/p256KeyPair.json", "di-ecdsa/p384KeyPair.json"} {
		root := parse(t, testkit.ReadShared(t, "vc/"+file))
		_, err := multikey.Decode(root.Get("privateKeyMultibase").Text() + root.Get("secretKeyMultibase").Text())
		requireCode(t, multikey.CodeSecret, err, file)
		_, err = multikey.Decode(root.Get("publicKeyMultibase").Text())
		require.NoError(t, err, file)
	}
}

// FuzzJWK: what parses as a public JWK has no secret member, passes the check,
// and has a minimal form that parses to the same key. Taken for verification, its
// restrictions allow that, and its algorithm is handed on.
func FuzzJWK(f *testing.F) {
	for _, seed := range []string{
		ecJWK, rsaJWK, edJWK, `{"kty":"oct","k":""}`,
		string(with(ecJWK, `"use":"sig","alg":"ES256","key_ops":["verify"],"kid":"a"`)),
		string(with(rsaJWK, `"alg":"PS512"`)), string(with(edJWK, `"alg":"Ed25519","use":""`)),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := jsonx.Parse(text, jsonx.Limits{}, nil)
		if err != nil {
			return
		}
		k, err := multikey.ParseJWK(doc.Root())
		if err != nil {
			return
		}
		require.False(t, doc.Root().Get("d").Exists())
		require.NoError(t, multikey.Check(k.Key))
		minimal, err := multikey.AppendJWK(nil, k.Key)
		require.NoError(t, err)
		again, err := multikey.ParseJWK(parse(t, minimal))
		require.NoError(t, err)
		require.Equal(t, k.Key, again.Key)
		key, algorithm, err := multikey.PublicKey(multikey.Material{Type: "JsonWebKey", JWK: doc.Root().Raw()})
		if err != nil {
			return
		}
		require.Equal(t, k.Key, key)
		require.Equal(t, doc.Root().Get("alg").Text(), algorithm)
		require.Equal(t, doc.Root().Get("alg").Exists(), algorithm != "")
		require.Contains(t, []string{"", "sig"}, doc.Root().Get("use").Text())
		require.True(t, !doc.Root().Get("key_ops").Exists() || slices.Contains(k.Operations, "verify"))
	})
}

// What a JWK says of its algorithm goes with the key; nothing that limits it is
// read as no limit.
func TestAlgorithmOfMaterial(t *testing.T) {
	for member, want := range map[string]string{
		``: "", `"alg":"RS256"`: "RS256", `"alg":"PS256"`: "PS256", `"alg":"RS512"`: "RS512", `"alg":"PS512","use":"sig"`: "PS512",
	} {
		_, algorithm, err := multikey.PublicKey(multikey.Material{Type: "JsonWebKey", JWK: with(rsaJWK, member)})
		require.NoError(t, err, member)
		require.Equal(t, want, algorithm)
	}
	for member, code := range map[string]multikey.Code{
		`"alg":""`:           multikey.CodeMalformed,
		`"alg":null`:         multikey.CodeMalformed,
		`"alg":["RS256"]`:    multikey.CodeMalformed,
		`"use":""`:           multikey.CodeMalformed,
		`"use":null`:         multikey.CodeMalformed,
		`"key_ops":null`:     multikey.CodeMalformed,
		`"key_ops":"verify"`: multikey.CodeMalformed,
		`"key_ops":[]`:       multikey.CodeConflict,
	} {
		jwk := []byte(strings.TrimSuffix(rsaJWK, "}") + "," + member + "}")
		_, _, err := multikey.PublicKey(multikey.Material{Type: "JsonWebKey", JWK: jwk})
		requireCode(t, code, err, member)
	}
}
