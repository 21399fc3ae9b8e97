// Package dataintegrity signs credentials with embedded proofs and checks them:
// W3C Data Integrity 1.0 with the cryptosuites eddsa-rdfc-2022 (and its earlier
// name eddsa-2022), ecdsa-rdfc-2019, eddsa-jcs-2022 and ecdsa-jcs-2019, and the
// older Ed25519Signature2020.
//
// To sign, call [Sign] with the bytes of a credential and a [proof.Signer]; the
// result is the same bytes with the proof spliced in. To verify a credential, use
// package vc/verify, which also asks whose key it was. [Verifier] is the layer
// beneath: it says that a key signed this document, and nothing about who holds
// that key.
//
// A document whose terms are not all defined by its contexts is not signed and
// does not check: what no context defines is not covered by a signature over RDF
// (Data Integrity 1.0, 2.4.2).
package dataintegrity
