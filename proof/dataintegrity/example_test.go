package dataintegrity_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"fmt"

	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/verify"
)

// The issuer signs for the holder, the holder shows a part, and a verifier takes it.
func ExampleDerive() {
	ctx := context.Background()
	key, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	signer, _ := proof.FromCrypto(key)
	did, method, _ := didkey.From(key.Public())

	base, err := dataintegrity.Sign(ctx, []byte(`{
		"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
		"id": "urn:uuid:6a9b52f0-5a0e-4c4b-9a54-6f0c8c3f7d11", "type": ["VerifiableCredential", "OpenBadgeCredential"],
		"issuer": {"id": "`+did+`", "type": ["Profile"], "name": "Harbour School"}, "validFrom": "2025-06-01T08:00:00Z",
		"credentialSubject": {"id": "did:example:ada", "type": ["AchievementSubject"], "narrative": "Done alone.", "role": "welder",
			"achievement": {"id": "https://school.example/keel", "type": ["Achievement"], "name": "Keel laying",
				"description": "Lays a keel.", "criteria": {"narrative": "Lay one."}}}}`),
		dataintegrity.SignOptions{Signer: signer, VerificationMethod: method, Suite: dataintegrity.EcdsaSd2023})
	if err != nil {
		fmt.Println(err)
		return
	}
	part, err := dataintegrity.Derive(ctx, base, dataintegrity.DeriveOptions{Pointers: []string{"/credentialSubject/role"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := verify.Inspect(ctx, part, verify.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Verdict)
	fmt.Println("role:", bytes.Contains(part, []byte("welder")))
	fmt.Println("narrative:", bytes.Contains(part, []byte("Done alone.")))
	// Output:
	// verified
	// role: true
	// narrative: false
}
