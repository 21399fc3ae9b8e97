package verify_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/sdjwt"
	"github.com/laurel-edu/laurel/vc"
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

// An SD-JWT is presented in an envelope of its own media type, with no key binding of its own:
// the presentation is its holder's answer. A verifier that asks for a key binding takes none.
func TestPresentedSDJWT(t *testing.T) {
	issuer, holder := school.Ed(t, 1), school.Ed(t, 2)
	token, err := sdjwt.Sign(t.Context(), testkit.BadgeOf(issuer.VerificationMethod), sdjwt.SignOptions{Signer: issuer.Signer,
		KeyID: issuer.VerificationMethod, Disclosable: []string{"/credentialSubject/achievement/description"}})
	require.NoError(t, err)
	made, err := present.Sign(t.Context(), [][]byte{token}, present.Config{Signer: holder.Signer,
		VerificationMethod: holder.VerificationMethod, Now: testkit.Clock}, present.Options{Challenge: "c1", Domain: "jobs.example"})
	require.NoError(t, err)
	require.Contains(t, string(made.Bytes()), "data:application/vc+sd-jwt,")
	e := verify.Expect{Challenge: "c1", Domain: []string{"jobs.example"}}
	c := verify.Config{Now: testkit.Clock}
	v, err := verify.VerifyPresentation(t.Context(), made.Bytes(), e, c)
	require.NoError(t, err)
	for n := range v.Credentials() {
		require.Equal(t, token, n.Secured())
	}
	c.Audience, c.KeyBinding.Nonce = []string{"jobs.example"}, "n-1"
	_, err = verify.VerifyPresentation(t.Context(), made.Bytes(), e, c)
	require.ErrorIs(t, err, &vc.Problem{Code: verify.CodeBindingMissing})
}
