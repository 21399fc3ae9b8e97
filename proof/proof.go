// Package proof holds what every kind of proof is made with: algorithms, checked
// public keys, and signers. It knows neither credentials nor DIDs.
//
// To sign with a key in memory, in an HSM or in a key management service, turn
// its crypto.Signer into a [Signer]:
//
//	signer, err := proof.FromCrypto(key)
//
// A service that has no crypto.Signer implements the two methods of [Signer]
// itself. To verify, make a [Key] of the public key once; it refuses weak keys
// and knows which algorithms fit, so that no algorithm named by a stranger is
// ever used with the wrong key:
//
//	key, err := proof.NewKey(public)
//	err = key.Verify(proof.EdDSA, message, signature)
//
// Messages are given whole: hashing is part of the algorithm.
package proof

import "slices"

// Algorithm is a signature algorithm, by its JOSE name. The zero Algorithm is
// none, and every function refuses it.
type Algorithm string

// The algorithms that proofs are made with (RFC 7518, 3.1; RFC 8037, 3.1; RFC 9864, 2.2).
// ECDSA signatures have the form of IEEE P1363: r and s, each with the length of
// the curve's order, one after the other.
const (
	EdDSA Algorithm = "EdDSA" // Ed25519
	ES256 Algorithm = "ES256" // ECDSA on P-256 with SHA-256
	ES384 Algorithm = "ES384" // ECDSA on P-384 with SHA-384
	ES512 Algorithm = "ES512" // ECDSA on P-521 with SHA-512
	RS256 Algorithm = "RS256" // RSASSA-PKCS1-v1_5 with SHA-256
	PS256 Algorithm = "PS256" // RSASSA-PSS with SHA-256, salt of 32 bytes

	// Ed25519 is EdDSA by the name that RFC 9864 replaces it with. Verifiers in use know
	// the older one, so that signing takes this name only where it is asked for.
	Ed25519 Algorithm = "Ed25519"
)

// Algorithms lists the known algorithms, in the order of the constants.
func Algorithms() []Algorithm { return []Algorithm{EdDSA, ES256, ES384, ES512, RS256, PS256, Ed25519} }

// Known reports whether a is one of [Algorithms].
func (a Algorithm) Known() bool { return slices.Contains(Algorithms(), a) }
