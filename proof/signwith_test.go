package proof_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/asn1"
	"errors"
	"fmt"
	"io"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/proof"
)

// service is a Signer as a key management service is one.
type service struct {
	public func() crypto.PublicKey
	sign   func(context.Context, proof.Algorithm, []byte) ([]byte, error)
}

func (s *service) Public() crypto.PublicKey { return s.public() }

func (s *service) Sign(ctx context.Context, a proof.Algorithm, message []byte) ([]byte, error) {
	return s.sign(ctx, a, message)
}

// client is the same as a crypto.Signer.
type client struct {
	*service
	algorithm proof.Algorithm
}

func (c client) Sign(_ io.Reader, message []byte, _ crypto.SignerOpts) ([]byte, error) {
	return c.sign(context.Background(), c.algorithm, message)
}

// failure is an error that panics when a nil pointer to it is read.
type failure struct{ text string }

func (f *failure) Error() string { return f.text }

// Whatever a signer does, nothing goes out but a signature by the key that it
// tells: as a Signer and as a crypto.Signer alike.
func TestSignersOfOnesOwn(t *testing.T) {
	secret, other := ed25519.NewKeyFromSeed(make([]byte, 32)), ed25519.NewKeyFromSeed(append(make([]byte, 31), 1))
	message := []byte("message")
	away := errors.New("away")
	good := func(_ context.Context, _ proof.Algorithm, message []byte) ([]byte, error) {
		return ed25519.Sign(secret, message), nil
	}
	type sign = func(context.Context, proof.Algorithm, []byte) ([]byte, error)
	for name, test := range map[string]struct {
		sign sign
		is   error
	}{
		"nothing": {func(context.Context, proof.Algorithm, []byte) ([]byte, error) { return nil, nil }, proof.ErrSignature},
		"too short": {func(_ context.Context, _ proof.Algorithm, m []byte) ([]byte, error) {
			return ed25519.Sign(secret, m)[:63], nil
		}, proof.ErrSignature},
		"too long": {func(_ context.Context, _ proof.Algorithm, m []byte) ([]byte, error) {
			return append(ed25519.Sign(secret, m), 0), nil
		}, proof.ErrSignature},
		"another key": {func(_ context.Context, _ proof.Algorithm, m []byte) ([]byte, error) {
			return ed25519.Sign(other, m), nil
		}, proof.ErrSignature},
		"another message": {func(context.Context, proof.Algorithm, []byte) ([]byte, error) {
			return ed25519.Sign(secret, []byte("x")), nil
		}, proof.ErrSignature},
		"a changed message": {func(_ context.Context, _ proof.Algorithm, m []byte) ([]byte, error) {
			m[0]++
			return ed25519.Sign(secret, m), nil
		}, proof.ErrSignature},
		"an error": {func(context.Context, proof.Algorithm, []byte) ([]byte, error) { return nil, away }, away},
		"both": {func(_ context.Context, _ proof.Algorithm, m []byte) ([]byte, error) {
			return ed25519.Sign(secret, m), away
		}, away},
		"an empty error":       {func(context.Context, proof.Algorithm, []byte) ([]byte, error) { return nil, (*failure)(nil) }, nil},
		"an empty proof error": {func(context.Context, proof.Algorithm, []byte) ([]byte, error) { return nil, (*proof.Error)(nil) }, nil},
		"an empty one, wrapped": {func(context.Context, proof.Algorithm, []byte) ([]byte, error) {
			return nil, fmt.Errorf("away: %w", (*proof.Error)(nil))
		}, nil},
		"a panic": {func(context.Context, proof.Algorithm, []byte) ([]byte, error) { panic("gone") }, nil},
	} {
		s := &service{func() crypto.PublicKey { return secret.Public() }, test.sign}
		fromClient, err := proof.FromCrypto(client{s, proof.EdDSA})
		require.NoError(t, err)
		for _, signer := range []proof.Signer{s, fromClient} {
			signature, err := proof.SignWith(t.Context(), signer, proof.EdDSA, message)
			require.Nil(t, signature, name)
			require.ErrorIs(t, err, &proof.Error{Code: proof.CodeSigner}, name)
			require.NotEmpty(t, err.Error())
			if test.is != nil {
				require.ErrorIs(t, err, test.is, name)
			}
			require.Equal(t, "message", string(message), name)
		}
	}
	s := &service{func() crypto.PublicKey { return secret.Public() }, good}
	signature, err := proof.SignWith(t.Context(), s, proof.EdDSA, message)
	require.NoError(t, err, "the control")
	require.Equal(t, ed25519.Sign(secret, message), signature)
	_, err = proof.SignWith(t.Context(), s, proof.ES256, message)
	require.ErrorIs(t, err, proof.ErrAlgorithm)
}

func TestSlowSigner(t *testing.T) {
	secret := ed25519.NewKeyFromSeed(make([]byte, 32))
	end := make(chan struct{})
	defer close(end)
	ctx, cancel := context.WithCancel(t.Context())
	s := &service{func() crypto.PublicKey { return secret.Public() }, func(_ context.Context, _ proof.Algorithm, m []byte) ([]byte, error) {
		cancel()
		<-end
		return ed25519.Sign(secret, m), nil
	}}
	signature, err := proof.SignWith(ctx, s, proof.EdDSA, nil)
	require.Nil(t, signature)
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, err, &proof.Error{Code: proof.CodeSigner})
}

// The forms in which key services return ECDSA: only P1363 is one of a Signer.
func TestSignerInDER(t *testing.T) {
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	made, err := proof.FromCrypto(secret)
	require.NoError(t, err)
	s := &service{secret.Public, func(ctx context.Context, a proof.Algorithm, m []byte) ([]byte, error) {
		fixed, err := made.Sign(ctx, a, m)
		require.NoError(t, err)
		return asn1.Marshal(struct{ R, S *big.Int }{new(big.Int).SetBytes(fixed[:32]), new(big.Int).SetBytes(fixed[32:])})
	}}
	_, err = proof.SignWith(t.Context(), s, proof.ES256, []byte("message"))
	require.ErrorIs(t, err, &proof.Error{Code: proof.CodeSigner})
	_, err = proof.SignWith(t.Context(), made, proof.ES256, []byte("message"))
	require.NoError(t, err)
}

func TestSignersWithoutKey(t *testing.T) {
	var nobody *service
	for name, signer := range map[string]proof.Signer{
		"nil":         nil,
		"nil pointer": nobody,
		"no key":      &service{public: func() crypto.PublicKey { return nil }},
		"panic":       &service{public: func() crypto.PublicKey { panic("away") }},
	} {
		_, err := proof.KeyOf(signer)
		require.ErrorIs(t, err, &proof.Error{Code: proof.CodeKey}, name)
		_, err = proof.SignWith(t.Context(), signer, proof.EdDSA, nil)
		require.ErrorIs(t, err, &proof.Error{Code: proof.CodeKey}, name)
		if s, ok := signer.(*service); ok {
			_, err = proof.FromCrypto(client{service: s})
			require.ErrorIs(t, err, &proof.Error{Code: proof.CodeKey}, name)
		}
	}
}

// Halves that do not belong together: what such a key signs verifies with
// neither, and for Ed25519 gives the secret away.
func TestHalvesApart(t *testing.T) {
	secret, other := ed25519.NewKeyFromSeed(make([]byte, 32)), ed25519.NewKeyFromSeed(append(make([]byte, 31), 1))
	signer, err := proof.FromCrypto(ed25519.PrivateKey(append(append([]byte{}, secret[:32]...), other[32:]...)))
	require.NoError(t, err)
	for range 2 {
		signature, err := signer.Sign(t.Context(), proof.EdDSA, []byte("message"))
		require.Nil(t, signature)
		require.ErrorIs(t, err, &proof.Error{Code: proof.CodeSigner})
	}
}
