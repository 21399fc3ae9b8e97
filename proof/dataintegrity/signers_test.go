package dataintegrity_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
)

// plugin is a signer of somebody else's.
type plugin struct {
	public func() crypto.PublicKey
	sign   func(ctx context.Context, message []byte) ([]byte, error)
}

func (p plugin) Public() crypto.PublicKey { return p.public() }

func (p plugin) Sign(ctx context.Context, _ proof.Algorithm, message []byte) ([]byte, error) {
	return p.sign(ctx, message)
}

// Nothing goes out that the signer's key did not sign, and a signer that fails in
// whatever way is an error.
func TestSignersAreGuarded(t *testing.T) {
	ed := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	another := ed25519.NewKeyFromSeed([]byte("0123456789abcdef0123456789abcdef"))
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	public := func() crypto.PublicKey { return ed.Public() }
	good := func(_ context.Context, message []byte) ([]byte, error) { return ed25519.Sign(ed, message), nil }
	answers := func(b []byte, err error) func(context.Context, []byte) ([]byte, error) {
		return func(context.Context, []byte) ([]byte, error) { return b, err }
	}
	failed := errors.New("the service is down")
	release := make(chan struct{})
	defer close(release)
	for name, c := range map[string]struct {
		signer plugin
		want   error // nil: any
	}{
		"control":              {plugin{public, good}, nil},
		"nothing":              {plugin{public, answers(nil, nil)}, &proof.Error{Code: proof.CodeSigner}},
		"an empty signature":   {plugin{public, answers([]byte{}, nil)}, &proof.Error{Code: proof.CodeSigner}},
		"a short signature":    {plugin{public, answers(make([]byte, 63), nil)}, &proof.Error{Code: proof.CodeSigner}},
		"a long signature":     {plugin{public, answers(make([]byte, 65), nil)}, &proof.Error{Code: proof.CodeSigner}},
		"zeros":                {plugin{public, answers(make([]byte, 64), nil)}, &proof.Error{Code: proof.CodeSigner}},
		"an error":             {plugin{public, answers(nil, failed)}, failed},
		"an error and a value": {plugin{public, answers(make([]byte, 64), failed)}, failed},
		"another key's": {plugin{public, func(_ context.Context, m []byte) ([]byte, error) { return ed25519.Sign(another, m), nil }},
			&proof.Error{Code: proof.CodeSigner}},
		"of another message": {plugin{public, func(_ context.Context, m []byte) ([]byte, error) { return ed25519.Sign(ed, m[1:]), nil }},
			&proof.Error{Code: proof.CodeSigner}},
		"of a changed message": {plugin{public, func(_ context.Context, m []byte) ([]byte, error) { m[0]++; return ed25519.Sign(ed, m), nil }},
			&proof.Error{Code: proof.CodeSigner}},
		"ASN.1 as a cloud KMS has it": {plugin{func() crypto.PublicKey { return p256.Public() }, func(_ context.Context, m []byte) ([]byte, error) {
			digest := sha256.Sum256(m)
			return ecdsa.SignASN1(rand.Reader, p256, digest[:])
		}}, &proof.Error{Code: proof.CodeSigner}},
		"a panic":            {plugin{public, func(context.Context, []byte) ([]byte, error) { panic("bad plug-in") }}, nil},
		"a panic for a key":  {plugin{func() crypto.PublicKey { panic("bad plug-in") }, good}, nil},
		"no key":             {plugin{func() crypto.PublicKey { return nil }, good}, &proof.Error{Code: proof.CodeKey}},
		"a key that is none": {plugin{func() crypto.PublicKey { return "key" }, good}, &proof.Error{Code: proof.CodeKey}},
		"too slow": {plugin{public, func(context.Context, []byte) ([]byte, error) { <-release; return nil, nil }},
			context.DeadlineExceeded},
		"too slow for a key": {plugin{func() crypto.PublicKey { <-release; return nil }, good}, context.DeadlineExceeded},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			if errors.Is(c.want, context.DeadlineExceeded) {
				var cancel func()
				ctx, cancel = context.WithTimeout(ctx, time.Millisecond)
				defer cancel()
			}
			for _, suite := range []string{"", dataintegrity.EddsaJcs2022} {
				if suite != "" && name == "ASN.1 as a cloud KMS has it" {
					suite = dataintegrity.EcdsaJcs2019
				}
				const method = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp#key"
				out, err := dataintegrity.Sign(ctx, testkit.BadgeOf(method),
					dataintegrity.SignOptions{Signer: c.signer, VerificationMethod: method, Suite: suite})
				if name == "control" {
					require.NoError(t, err)
					continue
				}
				require.Error(t, err)
				require.Nil(t, out)
				if c.want != nil {
					require.ErrorIs(t, err, c.want)
				}
			}
		})
	}
}
