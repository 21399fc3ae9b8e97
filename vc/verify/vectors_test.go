package verify_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/verify"
)

// The vectors of the W3C cryptosuites are signed well, by keys that are not their
// issuers': the proof passes and the credential must not.
func TestPublishedVectorsAreNotTheirIssuers(t *testing.T) {
	var list []struct{ URL, File string }
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/contexts/manifest.json"), &list))
	contexts := map[string][]byte{}
	for _, c := range list {
		contexts[c.URL] = testkit.ReadShared(t, "vc/contexts/"+c.File)
	}
	for _, file := range []string{
		"di-eddsa/eddsa-rdfc-2022/signedDataInt.json", "di-eddsa/eddsa-rdfc-2022/employ/signedDataInt.json", "di-eddsa/Ed25519Signature2020/signedEdSig.json",
		"di-eddsa/eddsa-jcs-2022/signedJCS.json", "di-ecdsa/ecdsa-rdfc-2019-p256/signedECDSAP256.json", "di-ecdsa/ecdsa-rdfc-2019-p384/signedECDSAP384.json",
		"di-ecdsa/ecdsa-jcs-2019-p256/signedJCSECDSAP256.json", "di-ecdsa/ecdsa-jcs-2019-p384/signedJCSECDSAP384.json",
		"di-eddsa/proof-set-chain/signedProofSet2.json",
	} {
		t.Run(file, func(t *testing.T) {
			r := inspect(t, testkit.ReadShared(t, "vc/"+file), verify.Config{Kinds: []string{verify.AnyKind}, Contexts: contexts})
			require.Equal(t, verify.VerdictNotVerified, r.Verdict)
			require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckProof), "%v", r.Problems())
			require.Equal(t, verify.OutcomeFailed, r.Outcome(verify.CheckBinding))
			require.Contains(t, r.Codes(), verify.CodeIssuerMismatch)
		})
	}
}
