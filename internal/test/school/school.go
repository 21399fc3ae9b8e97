// Package school is what the tests of proofs and tokens sign: the badge of a school, and
// keys with their did:key.
package school

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	_ "embed"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/proof"
)

// DID is the issuer of [Badge].
const DID = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"

//go:embed badge.json
var badge []byte

// Badge returns the badge, without a proof. It may be changed.
func Badge() []byte { return bytes.Clone(badge) }

// BadgeOf returns the badge as that of the issuer whose key a verification method, or a
// DID, names.
func BadgeOf(method string) []byte {
	did, _, _ := strings.Cut(method, "#")
	return bytes.Replace(badge, []byte(DID), []byte(did), 1)
}

// Signer returns the signer of a key and the verification method of its did:key.
func Signer(t testing.TB, private crypto.Signer) (signer proof.Signer, method string) {
	t.Helper()
	signer, err := proof.FromCrypto(private)
	if err != nil {
		t.Fatal(err)
	}
	if _, method, err = didkey.From(signer.Public()); err != nil {
		t.Fatal(err)
	}
	return signer, method
}

// Ed returns the signer of an Ed25519 key whose seed begins with a byte and has zeros else,
// and the verification method of its did:key.
func Ed(t testing.TB, first byte) (signer proof.Signer, method string) {
	t.Helper()
	seed := make([]byte, ed25519.SeedSize)
	seed[0] = first
	return Signer(t, ed25519.NewKeyFromSeed(seed))
}
