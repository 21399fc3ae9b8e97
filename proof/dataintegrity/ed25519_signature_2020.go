package dataintegrity

// Ed25519Signature2020 is a proof type of its own, before cryptosuites had names.
const Ed25519Signature2020 = "Ed25519Signature2020"

type ed25519Signature2020 struct{ oneSignature }

func (ed25519Signature2020) begin(w *memberWriter, s *signing) { w.text("type", s.suite.Name) }
