package proof_test

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/hex"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	require.NoError(t, err)
	return b
}

// RFC 8032, 7.1, test 1.
func TestEd25519Sample(t *testing.T) {
	key, err := proof.NewKey(ed25519.PublicKey(unhex(t, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")))
	require.NoError(t, err)
	signature := unhex(t, "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")
	require.NoError(t, key.Verify(proof.EdDSA, nil, signature))
	require.NoError(t, key.Verify(proof.Ed25519, nil, signature), "RFC 9864, 2.2: another name")

	signature[63] ^= 1
	require.ErrorIs(t, key.Verify(proof.EdDSA, nil, signature), proof.ErrSignature)
	signature[63] ^= 1
	require.ErrorIs(t, key.Verify(proof.EdDSA, []byte{0}, signature), proof.ErrSignature)
	require.ErrorIs(t, key.Verify(proof.EdDSA, nil, signature[:63]), proof.ErrSignature)
	require.ErrorIs(t, key.Verify(proof.EdDSA, nil, append(signature, 0)), proof.ErrSignature)
}

// RFC 7515, A.4: ES512 over the payload "Payload", by another's hand.
func TestES512Sample(t *testing.T) {
	key, err := proof.NewKey(publicP521(t, "AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk",
		"ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2"))
	require.NoError(t, err)
	signature := base64url(t, "AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7Xdt"+
		"AG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn")
	require.Len(t, signature, 132)
	require.NoError(t, key.Verify(proof.ES512, []byte("eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA"), signature))
	require.ErrorIs(t, key.Verify(proof.ES512, []byte("eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZQ"), signature), proof.ErrSignature)
	require.ErrorIs(t, key.Verify(proof.ES512, nil, signature[:131]), proof.ErrSignature)
	require.ErrorIs(t, key.Verify(proof.ES384, []byte("eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA"), signature), proof.ErrAlgorithm)
}

func base64url(t *testing.T, text string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(text)
	require.NoError(t, err)
	return b
}

func publicP521(t *testing.T, x, y string) *ecdsa.PublicKey {
	t.Helper()
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P521(), slices.Concat([]byte{4}, base64url(t, x), base64url(t, y)))
	require.NoError(t, err)
	return key
}

// RFC 9864 has two names for what is one algorithm with one kind of key: a key that is
// published for either verifies both.
func TestLimitedToEd25519(t *testing.T) {
	key, err := proof.NewKey(ed25519.NewKeyFromSeed(make([]byte, 32)).Public())
	require.NoError(t, err)
	for _, name := range []string{"EdDSA", "Ed25519"} {
		limited := key.Limited(proof.Limits{Algorithm: name})
		require.Equal(t, []proof.Algorithm{proof.EdDSA, proof.Ed25519}, limited.Algorithms(), name)
	}
	require.Empty(t, key.Limited(proof.Limits{Algorithm: "Ed448"}).Algorithms())
}

// A signature of R = identity and S = 0 holds for every message under the
// identity key in the standard library: the reason for the check.
func TestSmallOrderKey(t *testing.T) {
	identity := unhex(t, "0100000000000000000000000000000000000000000000000000000000000000")
	forged := append(append([]byte{}, identity...), make([]byte, 32)...)
	require.True(t, ed25519.Verify(identity, []byte("anything"), forged), "the danger is gone: drop the check?")
	_, err := proof.NewKey(ed25519.PublicKey(identity))
	require.ErrorIs(t, err, proof.ErrWeakKey)
}

// No signature is by a key that is no point, and that is the reason that is told.
func TestKeyThatIsNoPoint(t *testing.T) {
	key, err := proof.NewKey(ed25519.PublicKey(append([]byte{2}, make([]byte, 31)...)))
	require.NoError(t, err)
	for _, signature := range [][]byte{make([]byte, 64), append(append([]byte{1}, make([]byte, 31)...), make([]byte, 32)...)} {
		require.ErrorIs(t, key.Verify(proof.EdDSA, []byte("text"), signature), &proof.Error{Code: proof.CodeInvalidKey})
	}
	good, err := proof.NewKey(ed25519.NewKeyFromSeed(make([]byte, 32)).Public())
	require.NoError(t, err)
	require.ErrorIs(t, good.Verify(proof.EdDSA, []byte("text"), make([]byte, 64)), proof.ErrSignature)
}

func TestRefusedKeys(t *testing.T) {
	small := new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), 1023), big.NewInt(1))
	fits := new(big.Int).Add(new(big.Int).Lsh(big.NewInt(3), 2047), big.NewInt(1))
	p224, err := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	require.NoError(t, err)
	x25519, err := ecdh.X25519().GenerateKey(rand.Reader)
	require.NoError(t, err)
	for name, test := range map[string]struct {
		key  crypto.PublicKey
		code vc.Code
	}{
		"nil":          {nil, proof.CodeKey},
		"a text":       {"key", proof.CodeKey},
		"a secret key": {ed25519.NewKeyFromSeed(make([]byte, 32)), proof.CodeKey},
		"P-224":        {p224.Public(), proof.CodeKey},
		"X25519":       {x25519.Public(), proof.CodeKey},
		"no curve":     {&ecdsa.PublicKey{}, proof.CodeKey},
		"nil ECDSA":    {(*ecdsa.PublicKey)(nil), proof.CodeKey},
		//lint:ignore SA1019 a key built by hand is what is tested
		"no point":       {&ecdsa.PublicKey{Curve: elliptic.P256(), X: big.NewInt(1), Y: big.NewInt(1)}, proof.CodeInvalidKey},
		"short Ed25519":  {ed25519.PublicKey(make([]byte, 31)), proof.CodeWeakKey},
		"nil RSA":        {(*rsa.PublicKey)(nil), proof.CodeWeakKey},
		"empty RSA":      {&rsa.PublicKey{}, proof.CodeWeakKey},
		"RSA 1024":       {&rsa.PublicKey{N: small, E: 65537}, proof.CodeWeakKey},
		"RSA 8193":       {&rsa.PublicKey{N: new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), 8192), big.NewInt(1)), E: 65537}, proof.CodeWeakKey},
		"RSA exponent 1": {&rsa.PublicKey{N: fits, E: 1}, proof.CodeWeakKey},
		"RSA exponent 4": {&rsa.PublicKey{N: fits, E: 4}, proof.CodeWeakKey},
		"RSA exponent":   {&rsa.PublicKey{N: fits, E: 1<<31 + 1}, proof.CodeWeakKey},
		"RSA even":       {&rsa.PublicKey{N: new(big.Int).Lsh(fits, 1), E: 65537}, proof.CodeWeakKey},
	} {
		_, err := proof.NewKey(test.key)
		var e *proof.Error
		require.ErrorAs(t, err, &e, name)
		require.Equal(t, test.code, e.Code, name)
		require.NotEmpty(t, e.Error())
	}
}

func TestAlgorithmIsBoundToTheKey(t *testing.T) {
	ed := ed25519.NewKeyFromSeed(make([]byte, 32))
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	require.NoError(t, err)
	p521, err := ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	require.NoError(t, err)
	for _, test := range []struct {
		key  crypto.Signer
		good []proof.Algorithm
	}{
		{ed, []proof.Algorithm{proof.EdDSA, proof.Ed25519}},
		{p256, []proof.Algorithm{proof.ES256}},
		{p384, []proof.Algorithm{proof.ES384}},
		{p521, []proof.Algorithm{proof.ES512}},
		{testRSA(t), []proof.Algorithm{proof.RS256, proof.PS256}},
	} {
		key, err := proof.NewKey(test.key.Public())
		require.NoError(t, err)
		require.Equal(t, test.good, key.Algorithms())
		for _, algorithm := range append(proof.Algorithms(), "", "none", "HS256", "ES256K", "eddsa") {
			err := key.Verify(algorithm, []byte("message"), make([]byte, 64))
			require.Error(t, err)
			allowed := false
			for _, good := range test.good {
				allowed = allowed || good == algorithm
			}
			if allowed {
				require.ErrorIs(t, err, proof.ErrSignature)
			} else {
				require.ErrorIs(t, err, proof.ErrAlgorithm)
			}
		}
	}
	require.ErrorIs(t, (*proof.Key)(nil).Verify(proof.EdDSA, nil, nil), proof.ErrAlgorithm)
	require.ErrorIs(t, new(proof.Key).Verify(proof.EdDSA, nil, nil), proof.ErrAlgorithm)
	require.True(t, proof.PS256.Known())
	require.False(t, proof.Algorithm("").Known())
}

// r and s of 0 and of n, the "psychic" signatures of CVE-2022-21449.
func TestECDSARange(t *testing.T) {
	for algorithm, curve := range map[proof.Algorithm]elliptic.Curve{proof.ES256: elliptic.P256(), proof.ES384: elliptic.P384(),
		proof.ES512: elliptic.P521()} {
		secret, err := ecdsa.GenerateKey(curve, rand.Reader)
		require.NoError(t, err)
		key, err := proof.NewKey(secret.Public())
		require.NoError(t, err)
		n := curve.Params().N
		size := (n.BitLen() + 7) / 8
		order := n.FillBytes(make([]byte, size))
		zero, one := make([]byte, size), make([]byte, size)
		one[size-1] = 1
		for _, r := range [][]byte{zero, one, order} {
			for _, s := range [][]byte{zero, one, order} {
				err := key.Verify(algorithm, []byte("x"), append(append([]byte{}, r...), s...))
				require.ErrorIs(t, err, proof.ErrSignature)
			}
		}
		require.ErrorIs(t, key.Verify(algorithm, nil, nil), proof.ErrSignature)
	}
}

func TestKeyIsACopy(t *testing.T) {
	public := ed25519.NewKeyFromSeed(make([]byte, 32)).Public().(ed25519.PublicKey)
	key, err := proof.NewKey(public)
	require.NoError(t, err)
	before := append(ed25519.PublicKey{}, public...)
	public[0] ^= 1
	require.Equal(t, before, key.Public())
}

func BenchmarkVerify(b *testing.B) {
	message := make([]byte, 64)
	p256, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	for algorithm, secret := range map[proof.Algorithm]crypto.Signer{
		proof.EdDSA: ed25519.NewKeyFromSeed(make([]byte, 32)), proof.ES256: p256, proof.RS256: testRSA(b),
	} {
		b.Run(string(algorithm), func(b *testing.B) {
			signer, _ := proof.FromCrypto(secret)
			signature, err := signer.Sign(b.Context(), algorithm, message)
			require.NoError(b, err)
			key, _ := proof.NewKey(secret.Public())
			b.ReportAllocs()
			for b.Loop() {
				if err := key.Verify(algorithm, message, signature); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A key that was published for one algorithm verifies that one, and none where it
// is not known here.
func TestLimitedKeys(t *testing.T) {
	secret := testRSA(t)
	signer, err := proof.FromCrypto(secret)
	require.NoError(t, err)
	key, err := proof.NewKey(secret.Public())
	require.NoError(t, err)
	for _, signed := range []proof.Algorithm{proof.RS256, proof.PS256} {
		signature, err := signer.Sign(t.Context(), signed, []byte("message"))
		require.NoError(t, err)
		for _, published := range []string{"", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "none"} {
			limited := key.Limited(proof.Limits{Algorithm: published})
			err := limited.Verify(signed, []byte("message"), signature)
			if published == "" || published == string(signed) {
				require.NoError(t, err, published)
				continue
			}
			require.ErrorIs(t, err, proof.ErrAlgorithm, published)
			require.ErrorContains(t, err, published)
			require.False(t, limited.Supports(signed))
			require.ErrorIs(t, limited.Limited(proof.Limits{Algorithm: string(signed)}).Verify(signed, []byte("message"), signature),
				proof.ErrAlgorithm,
				"a second limit does not undo the first")
		}
	}
	require.Equal(t, []proof.Algorithm{proof.RS256, proof.PS256}, key.Algorithms(), "the key itself stays as it is")

	ed, err := proof.NewKey(ed25519.NewKeyFromSeed(make([]byte, 32)).Public())
	require.NoError(t, err)
	for _, name := range []string{"EdDSA", "Ed25519"} {
		require.True(t, ed.Limited(proof.Limits{Algorithm: name}).Supports(proof.EdDSA), name)
	}
}

func TestKeysEnd(t *testing.T) {
	key, err := proof.NewKey(ed25519.NewKeyFromSeed(make([]byte, 32)).Public())
	require.NoError(t, err)
	require.Zero(t, key.Valid())
	end := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	limited := key.Limited(proof.Limits{Valid: vc.Interval{Until: end}})
	require.Equal(t, vc.Interval{Until: end}, limited.Valid())
	require.Equal(t, vc.Interval{From: end.AddDate(-1, 0, 0), Until: end},
		limited.Limited(proof.Limits{Valid: vc.Interval{From: end.AddDate(-1, 0, 0), Until: end.AddDate(1, 0, 0)}}).Valid())
}
