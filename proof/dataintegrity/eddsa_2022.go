package dataintegrity

// Eddsa2022 is [EddsaRdfc2022] under its earlier name: checked, and not for new credentials.
const Eddsa2022 = "eddsa-2022"

type eddsa2022 struct {
	named
	oneSignature
}
