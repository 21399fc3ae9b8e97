package embedded

// newEddsaJcs2022 is eddsa-jcs-2022 (Data Integrity EdDSA Cryptosuites 1.0, 3.3).
var newEddsaJcs2022 = &eddsaJcs{facts: facts{name: eddsaJcs2022, jcs: true}}

type eddsaJcs struct {
	facts
	edDSA
	overJSON
	oneSignature
}
