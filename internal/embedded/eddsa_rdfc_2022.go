package embedded

// newEddsaRdfc2022 is eddsa-rdfc-2022 (Data Integrity EdDSA Cryptosuites 1.0, 3.2).
var newEddsaRdfc2022 = &eddsaRdfc{facts: facts{name: eddsaRdfc2022}}

type eddsaRdfc struct {
	facts
	edDSA
	overStatements
	oneSignature
}
