package issue_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
)

// Only an SD-JWT has disclosures and a holder's key, and what cannot be disclosable is
// refused as any other fault of a credential.
func TestSDJWTForm(t *testing.T) {
	world := obtest.New(obtest.Config{Seed: "issue sd-jwt"})
	school, err := world.Issuer("harbour", obtest.DIDKey, obtest.Ed25519)
	require.NoError(t, err)
	badge, holder := school.Badge(obtest.Badge{Number: 1}), world.Key(obtest.P256, "holder").Public()
	config := func(form issue.Form, pointers ...string) issue.Config {
		c := school.Config()
		c.Form, c.Disclosable = form, pointers
		return c
	}
	_, err = issue.New(t.Context(), config(issue.VCJOSE, "/name"))
	require.ErrorContains(t, err, "Disclosable")
	i, err := issue.New(t.Context(), config(issue.VCJOSE))
	require.NoError(t, err)
	_, err = i.IssueTo(t.Context(), badge, holder)
	require.ErrorContains(t, err, "vc+sd-jwt")

	for _, pointer := range []string{"/validFrom", "/credentialSubject/nothing"} {
		_, err = issue.Issue(t.Context(), badge, config(issue.VCSDJWT, pointer))
		var refused *issue.Error
		require.ErrorAs(t, err, &refused)
		require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeDisclosurePath})
	}
	i, err = issue.New(t.Context(), config(issue.VCSDJWT, "/credentialSubject/achievement/name"))
	require.NoError(t, err)
	issued, err := i.IssueTo(t.Context(), badge, holder)
	require.NoError(t, err)
	require.Equal(t, vc.FormSDJWT, issued.Report().Form)
	require.Empty(t, issued.Report().Withheld)
	require.Empty(t, issued.Findings())
}
