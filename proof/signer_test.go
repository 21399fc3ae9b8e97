package proof_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"io"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/proof"
)

var makeRSA = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

func testRSA(t testing.TB) *rsa.PrivateKey {
	t.Helper()
	key, err := makeRSA()
	require.NoError(t, err)
	return key
}

// outside is a crypto.Signer as a key service's client is one: no type of the
// standard library.
type outside struct {
	crypto.Signer
	change func([]byte) []byte
	err    error
}

func (o outside) Sign(random io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	if o.err != nil {
		return nil, o.err
	}
	if random == nil {
		return nil, errors.New("a foreign signer is given a source of randomness")
	}
	signature, err := o.Signer.Sign(random, digest, opts)
	if o.change != nil {
		signature = o.change(signature)
	}
	return signature, err
}

func TestSignAndVerify(t *testing.T) {
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	require.NoError(t, err)
	p521, err := ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	require.NoError(t, err)
	ed := ed25519.NewKeyFromSeed(make([]byte, 32))
	for algorithm, secret := range map[proof.Algorithm]crypto.Signer{
		proof.EdDSA: ed, proof.Ed25519: ed, proof.ES256: p256, proof.ES384: p384, proof.ES512: p521,
		proof.RS256: testRSA(t), proof.PS256: testRSA(t),
	} {
		for _, secret := range []crypto.Signer{secret, outside{Signer: secret}} {
			signer, err := proof.FromCrypto(secret)
			require.NoError(t, err)
			require.Equal(t, secret.Public(), signer.Public())
			key, err := proof.NewKey(signer.Public())
			require.NoError(t, err)
			for range 20 { // short r and s come up
				message := make([]byte, 100)
				_, _ = rand.Read(message)
				signature, err := signer.Sign(t.Context(), algorithm, message)
				require.NoError(t, err)
				require.NoError(t, key.Verify(algorithm, message, signature))
				message[7] ^= 1
				require.ErrorIs(t, key.Verify(algorithm, message, signature), proof.ErrSignature)
			}
		}
	}
}

// RFC 6979, A.2.5 to A.2.7, message "sample".
func TestDeterministicECDSA(t *testing.T) {
	for _, test := range []struct {
		algorithm proof.Algorithm
		curve     elliptic.Curve
		x, r, s   string
	}{
		{proof.ES256, elliptic.P256(),
			"c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
			"efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
			"f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"},
		{proof.ES384, elliptic.P384(),
			"6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5",
			"94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46",
			"99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8"},
		{proof.ES512, elliptic.P521(),
			"00fad06daa62ba3b25d2fb40133da757205de67f5bb0018fee8c86e1b68c7e75caa896eb32f1f47c70855836a6d16fcc1466f6d8fbec67db89ec0c08b0e996b83538",
			"00c328fafcbd79dd77850370c46325d987cb525569fb63c5d3bc53950e6d4c5f174e25a1ee9017b5d450606add152b534931d7d4e8455cc91f9b15bf05ec36e377fa",
			"00617cce7cf5064806c467f678d3b4080d6f1cc50af26ca209417308281b68af282623eaa63e5b5c0723d8b8c37ff0777b1a20f8ccb1dccc43997f1ee0e44da4a67a"},
	} {
		secret, err := ecdsa.ParseRawPrivateKey(test.curve, unhex(t, test.x))
		require.NoError(t, err)
		signer, err := proof.FromCrypto(secret)
		require.NoError(t, err)
		signature, err := signer.Sign(t.Context(), test.algorithm, []byte("sample"))
		require.NoError(t, err)
		require.Equal(t, unhex(t, test.r+test.s), signature)
	}
}

func TestForeignSignerIsChecked(t *testing.T) {
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	failure := errors.New("the service is away")
	for name, secret := range map[string]crypto.Signer{
		"rotated key": rotatedKey{outside{Signer: p256}, other.Public()},
		"raw form":    outside{Signer: p256, change: func([]byte) []byte { return make([]byte, 64) }},
		"trailing":    outside{Signer: p256, change: func(b []byte) []byte { return append(b, 0) }},
		"negative":    outside{Signer: p256, change: func([]byte) []byte { return []byte{0x30, 6, 2, 1, 0x80, 2, 1, 1} }},
		"too long": outside{Signer: p256, change: func([]byte) []byte {
			return append([]byte{0x30, 38, 2, 33, 1}, append(make([]byte, 32), 2, 1, 1)...)
		}},
		"not integers": outside{Signer: p256, change: func([]byte) []byte { return []byte{0x30, 6, 4, 1, 1, 4, 1, 1} }},
		"failure":      outside{Signer: p256, err: failure},
	} {
		signer, err := proof.FromCrypto(secret)
		require.NoError(t, err, name)
		signature, err := signer.Sign(t.Context(), proof.ES256, []byte("message"))
		var e *proof.Error
		require.ErrorAs(t, err, &e, name)
		require.Equal(t, proof.CodeSigner, e.Code, name)
		require.Nil(t, signature)
		if name == "failure" {
			require.ErrorIs(t, err, failure)
		}
	}
}

type rotatedKey struct {
	outside
	public crypto.PublicKey
}

func (r rotatedKey) Public() crypto.PublicKey { return r.public }

func TestSignerRefusals(t *testing.T) {
	for _, secret := range []crypto.Signer{
		nil, ed25519.PrivateKey(nil), ed25519.PrivateKey(make([]byte, 32)), (*ecdsa.PrivateKey)(nil), (*rsa.PrivateKey)(nil),
		rotatedKey{public: "no key"},
	} {
		_, err := proof.FromCrypto(secret)
		var e *proof.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, proof.CodeKey, e.Code)
	}

	signer, err := proof.FromCrypto(ed25519.NewKeyFromSeed(make([]byte, 32)))
	require.NoError(t, err)
	_, err = signer.Sign(t.Context(), proof.ES256, nil)
	require.ErrorIs(t, err, proof.ErrAlgorithm)

	done, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = signer.Sign(done, proof.EdDSA, nil)
	require.ErrorIs(t, err, context.Canceled)
}
