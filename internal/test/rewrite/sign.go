package rewrite

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
)

// SignAsIs adds an eddsa-rdfc-2022 proof over what our engine makes of a text, also
// where the library would refuse to sign it. more are further members of the proof;
// with previousProof among them the signature is over the proofs that are there as
// well (Data Integrity 1.0, 2.1.2).
func SignAsIs(t testing.TB, i *obtest.Issuer, text []byte, more ...Member) []byte {
	t.Helper()
	root, err := Parse(text)
	require.NoError(t, err)
	next := obj(mem("type", str("DataIntegrityProof")), mem("cryptosuite", str(dataintegrity.EddsaRdfc2022)), mem("created", str("2025-12-31T23:30:00Z")),
		mem("verificationMethod", str(i.VerificationMethod)), mem("proofPurpose", str("assertionMethod")))
	next.Members = append(next.Members, more...)
	options := next.Clone()
	options.set("@context", root.Get("@context"))
	signed := root
	if next.Get("previousProof") == nil {
		signed = root.Without("proof")
	}
	config, err := sieved(options.Bytes())
	require.NoError(t, err)
	document, err := sieved(signed.Bytes())
	require.NoError(t, err)
	signature, err := i.Signer.Sign(context.Background(), proof.EdDSA, []byte(config+document))
	require.NoError(t, err)
	next.set("proofValue", str(multibase.Encode(multibase.Base58BTC, signature)))
	root.add("proof", next)
	return root.Bytes()
}
