package dataintegrity

// EcdsaJcs2019 is ECDSA with P-256 or P-384 over JSON (Data Integrity ECDSA Cryptosuites 1.0, 3.3).
const EcdsaJcs2019 = "ecdsa-jcs-2019"

type ecdsaJcs2019 struct {
	underContexts
	oneSignature
}
