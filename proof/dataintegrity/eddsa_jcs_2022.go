package dataintegrity

// EddsaJcs2022 is Ed25519 over JSON (Data Integrity EdDSA Cryptosuites 1.0, 3.3).
const EddsaJcs2022 = "eddsa-jcs-2022"

type eddsaJcs2022 struct {
	underContexts
	oneSignature
}
