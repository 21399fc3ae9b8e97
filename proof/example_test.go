package proof_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/proof"
)

// A key in memory signs, and its public half verifies. An HSM or a key
// management service is used the same way: FromCrypto takes its crypto.Signer.
func ExampleFromCrypto() {
	secret := ed25519.NewKeyFromSeed([]byte("an example seed of 32 bytes only"))
	signer, err := proof.FromCrypto(secret)
	if err != nil {
		fmt.Println(err)
		return
	}
	signature, err := signer.Sign(context.Background(), proof.EdDSA, []byte("a message"))
	if err != nil {
		fmt.Println(err)
		return
	}

	key, err := proof.NewKey(signer.Public())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(key.Verify(proof.EdDSA, []byte("a message"), signature))
	fmt.Println(errors.Is(key.Verify(proof.EdDSA, []byte("another message"), signature), proof.ErrSignature))
	// Output:
	// <nil>
	// true
}

// The algorithm that a stranger names is never used with a key it is not for.
func ExampleKey_Verify_algorithm() {
	secret := ed25519.NewKeyFromSeed([]byte("an example seed of 32 bytes only"))
	key, err := proof.NewKey(secret.Public())
	if err != nil {
		fmt.Println(err)
		return
	}
	err = key.Verify("HS256", []byte("a message"), []byte("a signature"))
	fmt.Println(errors.Is(err, proof.ErrAlgorithm))
	fmt.Println(err)
	// Output:
	// true
	// proof: algorithm-not-allowed: "HS256" is not an algorithm of this key (ed25519.PublicKey), which has [EdDSA Ed25519]
}

// cloud is a key management service whose client signs digests and answers in
// ASN.1, as those of the large clouds do. key stands for its remote key.
type cloud struct{ key *ecdsa.PrivateKey }

func (c cloud) Public() crypto.PublicKey { return c.key.Public() }

func (c cloud) Sign(_ context.Context, algorithm proof.Algorithm, message []byte) ([]byte, error) {
	digest := sha256.Sum256(message)
	der, err := c.key.Sign(nil, digest[:], crypto.SHA256) // the call of the service
	if err != nil {
		return nil, err
	}
	return proof.FromASN1(algorithm, der)
}

// A service without a crypto.Signer implements the two methods of Signer.
func ExampleFromASN1() {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		fmt.Println(err)
		return
	}
	signature, err := proof.SignWith(context.Background(), cloud{key}, proof.ES256, []byte("a message"))
	fmt.Println(len(signature), err)
	_, err = proof.FromASN1(proof.ES256, signature)
	fmt.Println(err)
	// Output:
	// 64 <nil>
	// proof: signer-failed: the signer's ECDSA signature is not in ASN.1 form
}
