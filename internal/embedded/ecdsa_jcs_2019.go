package embedded

// newEcdsaJcs2019 is ecdsa-jcs-2019 (Data Integrity ECDSA Cryptosuites 1.0, 3.3).
var newEcdsaJcs2019 = &ecdsaJcs{facts: facts{name: ecdsaJcs2019, jcs: true}}

type ecdsaJcs struct {
	facts
	ecDSA
	overJSON
	oneSignature
}
