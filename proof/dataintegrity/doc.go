// Package dataintegrity signs credentials with embedded proofs: W3C Data
// Integrity 1.0 with the cryptosuites eddsa-rdfc-2022 (and its earlier
// name eddsa-2022), ecdsa-rdfc-2019, eddsa-jcs-2022 and ecdsa-jcs-2019, and the
// older Ed25519Signature2020; and ecdsa-sd-2023, with which a holder shows a part.
//
// Call [Sign] with the bytes of a credential and a [proof.Signer]; the result is the
// same bytes with the proof spliced in. Products issue through package vc/issue, which
// also makes sure that the credential is one that verifiers accept, and verify with
// package vc/verify.
//
// A document whose terms are not all defined by its contexts is not signed: what no
// context defines is not covered by a signature over RDF (Data Integrity 1.0, 2.4.2).
package dataintegrity
