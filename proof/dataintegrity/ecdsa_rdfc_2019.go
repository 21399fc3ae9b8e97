package dataintegrity

// EcdsaRdfc2019 is ECDSA with P-256 or P-384 over RDF (Data Integrity ECDSA Cryptosuites 1.0, 3.2).
const EcdsaRdfc2019 = "ecdsa-rdfc-2019"

type ecdsaRdfc2019 struct {
	named
	oneSignature
}
