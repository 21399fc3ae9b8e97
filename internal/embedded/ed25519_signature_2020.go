package embedded

// oldEd25519Signature2020 is a proof type of its own, before cryptosuites had names,
// with the computation of eddsa-rdfc-2022.
var oldEd25519Signature2020 = &eddsaRdfc{facts: facts{name: ed25519Signature2020, typed: true, deployed: true, created: true}}
