package embedded

// newEcdsaRdfc2019 is ecdsa-rdfc-2019 (Data Integrity ECDSA Cryptosuites 1.0, 3.2).
var newEcdsaRdfc2019 = &ecdsaRdfc{facts: facts{name: ecdsaRdfc2019}}

type ecdsaRdfc struct {
	facts
	ecDSA
	overStatements
	oneSignature
}
