// Package embedded checks embedded proofs, W3C Data Integrity 1.0 with the cryptosuites
// that package proof/dataintegrity signs with: [Read] takes a proof apart, and
// [Subject.Verify] says whether a key made it over a document, and nothing about who
// holds that key.
//
// A document whose terms are not all defined by its contexts does not check: what no
// context defines is not covered by a signature over RDF (Data Integrity 1.0, 2.4.2).
package embedded
