package dataintegrity

// Ed25519Signature2018 is a proof type of its own, a detached JWS. Badges of 2020 to 2022
// have it. Nothing signs with it; vc/verify checks it where Config.Proofs.Suites names it.
const Ed25519Signature2018 = "Ed25519Signature2018"
