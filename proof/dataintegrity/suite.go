package dataintegrity

import "github.com/laurel-edu/laurel/internal/embedded"

// The proof types and cryptosuites that are signed and checked.
const (
	EddsaRdfc2022        = "eddsa-rdfc-2022"      // Data Integrity EdDSA Cryptosuites 1.0, 3.2; the one to issue
	Eddsa2022            = "eddsa-2022"           // the same under its earlier name; checked, not for new credentials
	EcdsaRdfc2019        = "ecdsa-rdfc-2019"      // Data Integrity ECDSA Cryptosuites 1.0, 3.2; P-256 or P-384
	EddsaJcs2022         = "eddsa-jcs-2022"       // Data Integrity EdDSA Cryptosuites 1.0, 3.3
	EcdsaJcs2019         = "ecdsa-jcs-2019"       // Data Integrity ECDSA Cryptosuites 1.0, 3.3
	Ed25519Signature2020 = "Ed25519Signature2020" // a proof type of its own, before cryptosuites had names
)

// Suites lists the names of what package vc/verify checks and [Sign] signs with.
func Suites() []string { return embedded.Suites() }
