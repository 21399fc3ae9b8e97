package embedded

// oldEddsa2022 is the earlier name of eddsa-rdfc-2022, with the same computation.
var oldEddsa2022 = &eddsaRdfc{facts: facts{name: eddsa2022, obsolete: true, deployed: true}}
