package rules_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// The members that embed credentials (Open Badges 3.0, Achievement, Profile and
// AchievementCredential; CLR 2.0, ClrSubject; VCDM 2.0, 4.13), and no other that the
// table has.
func TestRoles(t *testing.T) {
	want := map[string]string{"endorsement": rules.RoleEndorsement, "endorsementJwt": rules.RoleEndorsement, "verifiableCredential": rules.RoleCredential}
	for _, c := range door.Schema().Classes() {
		for _, m := range c.Members {
			require.Equal(t, want[m.Name], rules.RoleOf(m.Name), "%s.%s", c.Name, m.Name)
		}
	}
	for name, role := range want {
		require.Equal(t, role, rules.RoleOf(name))
	}
	require.Empty(t, rules.RoleOf("evidence2"))
}

// A class that is checked alone is in the table.
func TestClasses(t *testing.T) {
	for _, c := range []rules.Class{
		rules.VerifiableCredential, rules.VerifiablePresentation, rules.EnvelopedVerifiableCredential,
		rules.EnvelopedVerifiablePresentation,
		rules.AchievementCredential, rules.EndorsementCredential, rules.ClrCredential, rules.Profile, rules.Achievement,
		rules.CredentialStatus,
	} {
		require.NotEmpty(t, vc.Errors(c.CheckDraft([]byte(`{"id":7}`), nil)), c)
	}
	require.Panics(t, func() { rules.Class("").CheckDraft([]byte(`{}`), nil) })
}
