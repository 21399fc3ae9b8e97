package issue_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"

	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

// A credential for its holder to show in part: what is issued is no credential that a
// verifier takes, and what is derived from it is.
func TestIssueForDisclosure(t *testing.T) {
	c := config(t, secret(obtest.P256))
	c.Form = dataintegrity.EcdsaSd2023
	r := rand.New(rand.NewPCG(20, 23))
	for range 40 {
		issued, err := issue.Issue(context.Background(), random(r), c)
		require.NoError(t, err)
		require.Contains(t, inspect(t, issued.Bytes(), verify.Config{}).Codes(), proof.CodeProofIsBase)
		for _, pointers := range [][]string{nil, {""}, {"/name"}} {
			part, err := dataintegrity.Derive(context.Background(), issued.Bytes(), dataintegrity.DeriveOptions{Pointers: pointers})
			if pointers != nil && pointers[0] == "/name" && err != nil {
				require.ErrorIs(t, err, &vc.Problem{Code: proof.CodePointer}, "it has no name")
				continue
			}
			require.NoError(t, err)
			report := inspect(t, part, verify.Config{Fetcher: published(t, secret(obtest.P256), school)})
			require.NotContains(t, report.Codes(), proof.CodeProofIsBase)
			for _, name := range []verify.CheckName{verify.CheckProof, verify.CheckBinding, verify.CheckRules, verify.CheckReading} {
				require.Equal(t, verify.OutcomePassed, report.Outcome(name), "%v", report.Problems())
			}
		}
	}
}

// What is mandatory is named, and warned of where other libraries cannot follow; for any
// other form it is an error.
func TestMandatoryPointers(t *testing.T) {
	c := config(t, secret(obtest.P256))
	c.MandatoryPointers = []string{"/credentialSubject/achievement/nothing"}
	_, err := issue.New(context.Background(), c)
	require.ErrorContains(t, err, "MandatoryPointers")
	c.Form = dataintegrity.EcdsaSd2023
	_, err = issue.Issue(context.Background(), random(rand.New(rand.NewPCG(1, 2))), c)
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodePointer})
	c.MandatoryPointers = nil
	c.Signer = signerOf(t, secret(obtest.P384))
	_, err = issue.Issue(context.Background(), random(rand.New(rand.NewPCG(1, 2))), c)
	require.ErrorContains(t, err, "does not sign with this kind of key")
}
