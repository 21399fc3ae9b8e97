package proof_test

import (
	"context"
	"crypto/ed25519"
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
	// proof: algorithm-not-allowed: "HS256" is not an algorithm of this key (ed25519.PublicKey), which has [EdDSA]
}
