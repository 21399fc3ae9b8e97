package dataintegrity

// EddsaRdfc2022 is the cryptosuite to issue with: Ed25519 over RDF (Data Integrity EdDSA Cryptosuites 1.0, 3.2).
const EddsaRdfc2022 = "eddsa-rdfc-2022"

type eddsaRdfc2022 struct {
	named
	oneSignature
}
