package rewrite

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
)

// Key is a fixed key with its did:key.
type Key struct {
	Signer      proof.Signer
	DID, Method string
}

// NewKey makes the key of a curve, "Ed25519", "P-256" or "P-384", and a number.
func NewKey(t testing.TB, curve string, number byte) Key {
	t.Helper()
	var key crypto.Signer
	var err error
	seed := make([]byte, ed25519.SeedSize)
	seed[ed25519.SeedSize-1] = number
	switch curve {
	case "P-256":
		key, err = ecdsa.ParseRawPrivateKey(elliptic.P256(), seed)
	case "P-384":
		key, err = ecdsa.ParseRawPrivateKey(elliptic.P384(), append(make([]byte, 16), seed...))
	default:
		key = ed25519.NewKeyFromSeed(seed)
	}
	require.NoError(t, err)
	k := Key{}
	k.Signer, err = proof.FromCrypto(key)
	require.NoError(t, err)
	k.DID, k.Method, err = didkey.From(key.Public())
	require.NoError(t, err)
	return k
}

// Sign adds a proof with good defaults; change may set more.
func (k Key) Sign(t testing.TB, text []byte, change func(*dataintegrity.SignOptions)) []byte {
	t.Helper()
	o := dataintegrity.SignOptions{Signer: k.Signer, VerificationMethod: k.Method, Created: testkit.Now.Add(-time.Hour)}
	if change != nil {
		change(&o)
	}
	signed, err := dataintegrity.Sign(context.Background(), text, o)
	require.NoError(t, err, "%s", text)
	return signed
}

// SignAsIs adds an eddsa-rdfc-2022 proof over what our engine makes of a text, also
// where the library would refuse to sign it. more are further members of the proof;
// with previousProof among them the signature is over the proofs that are there as
// well (Data Integrity 1.0, 2.1.2).
func (k Key) SignAsIs(t testing.TB, text []byte, more ...Member) []byte {
	t.Helper()
	root, err := Parse(text)
	require.NoError(t, err)
	next := obj(mem("type", str("DataIntegrityProof")), mem("cryptosuite", str(dataintegrity.EddsaRdfc2022)), mem("created", str("2025-12-31T23:30:00Z")),
		mem("verificationMethod", str(k.Method)), mem("proofPurpose", str("assertionMethod")))
	next.Members = append(next.Members, more...)
	options := next.Clone()
	options.set("@context", root.Get("@context"))
	signed := root
	if next.Get("previousProof") == nil {
		signed = root.Without("proof")
	}
	config, err := sieved(options.Bytes())
	require.NoError(t, err)
	document, err := sieved(signed.Bytes())
	require.NoError(t, err)
	signature, err := k.Signer.Sign(context.Background(), proof.EdDSA, []byte(config+document))
	require.NoError(t, err)
	next.set("proofValue", str(multibase.Encode(multibase.Base58BTC, signature)))
	root.add("proof", next)
	return root.Bytes()
}
