package verify_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc/present"
	"github.com/laurel-edu/laurel/vc/verify"
)

// A presentation that has become a token with disclosures is none, though it was one.
func TestPresentationWithDisclosures(t *testing.T) {
	issuer, holder := school.Ed(t, 1), school.Ed(t, 2)
	badge := school.Sign(t, issuer, testkit.BadgeOf(issuer.VerificationMethod), nil)
	made, err := present.Sign(t.Context(), [][]byte{badge}, present.Config{Signer: holder.Signer,
		VerificationMethod: holder.VerificationMethod, Form: present.VPJOSE, Now: testkit.Clock},
		present.Options{Challenge: "c1", Domain: "jobs.example"})
	require.NoError(t, err)
	e := verify.Expect{Challenge: "c1", Domain: []string{"jobs.example"}}
	c := verify.Config{Now: testkit.Clock}
	r, err := verify.InspectPresentation(t.Context(), made.Bytes(), e, c)
	require.NoError(t, err)
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
	r, err = verify.InspectPresentation(t.Context(), append(made.Bytes(), '~'), e, c)
	require.NoError(t, err)
	require.Equal(t, verify.VerdictNotVerified, r.Verdict)
	require.Contains(t, r.Codes(), proof.CodeJWTTypeInvalid)
}
