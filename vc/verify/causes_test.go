package verify_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Eighteen badges with one fault each, for most of which other verifiers say "invalid
// signature", are told apart: eighteen codes, and no other code beside the one that names
// the cause. README and docs refer to this table, which is obtest's.
func TestOneCauseOneCode(t *testing.T) {
	seen := map[vc.Code]string{}
	for c, err := range obtest.New(obtest.Config{Seed: "causes", At: testkit.Now}).Bad() {
		require.NoError(t, err)
		t.Run(c.Name, func(t *testing.T) {
			r := inspect(t, c.Credential, c.Config)
			require.Equal(t, []vc.Code{c.Code}, r.Codes(), "%v", r.Problems())
			require.Equal(t, c.Verdict, r.Verdict)
			require.Empty(t, seen[c.Code], "the code is taken by another cause")
			seen[c.Code] = c.Name
			for _, p := range r.Problems() {
				require.NotEmpty(t, p.Message)
				require.NotEmpty(t, p.Fix)
				require.NotEmpty(t, p.Spec)
			}
		})
	}
	require.Len(t, seen, 18)
}

// The control: without a fault the badge verifies, and it decodes.
func TestGoodBadgeVerifies(t *testing.T) {
	a := edIssuer(t, 1)
	r := inspect(t, a.sign(t, badge(t, a.did), nil), verify.Config{})
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
	require.Empty(t, r.Codes())
	require.Empty(t, r.Warnings())
	require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckProof))
	require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckBinding))
	require.Equal(t, verify.OutcomeNotApplicable, r.Outcome(verify.CheckStatus))
}
