package verify_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Authentic leaves out what passes with time or is asked elsewhere, and nothing of what
// the issuer's key stands for.
func TestAuthentic(t *testing.T) {
	school := edIssuer(t, 1)
	jcs := func(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.EddsaJcs2022 }
	const from = `"validFrom": "2025-06-01T08:00:00Z"`
	for name, c := range map[string]struct {
		text      []byte
		verdict   verify.Verdict
		authentic bool
	}{
		"verified":         {badge(t, school.did), verify.VerdictVerified, true},
		"expired":          {badge(t, school.did, from, from+`, "validUntil": "2025-07-01T08:00:00Z"`), verify.VerdictNotVerified, true},
		"not yet valid":    {badge(t, school.did, from, `"validFrom": "2027-06-01T08:00:00Z"`), verify.VerdictNotVerified, true},
		"status not asked": {badge(t, school.did, from, from+`, "credentialStatus": `+statusEntry), verify.VerdictUndetermined, true},
		"against a rule":   {badge(t, school.did, `"name": "Keel laying",`, ``), verify.VerdictNotVerified, false},
	} {
		for _, change := range []func(*dataintegrity.SignOptions){nil, jcs} {
			r := inspect(t, school.sign(t, c.text, change), verify.Config{})
			require.Equal(t, c.verdict, r.Verdict, name)
			require.Equal(t, c.authentic, r.Authentic(), name)
		}
	}
	good := school.sign(t, badge(t, school.did), nil)
	require.False(t, inspect(t, replace(t, string(good), "Keel laying,", "Keel saying,"), verify.Config{}).Authentic(), "changed")
	require.False(t, inspect(t, badge(t, school.did), verify.Config{}).Authentic(), "unsigned")
	require.False(t, inspect(t, []byte("<html>"), verify.Config{}).Authentic(), "unreadable")
	require.False(t, new(verify.Report).Authentic())
	foreign := badge(t, "https://school.example/issuer")
	require.False(t, inspect(t, school.sign(t, foreign, func(o *dataintegrity.SignOptions) { o.SkipIssuerCheck = true }),
		verify.Config{}).Authentic(), "another's key")
	token, err := vcjwt.Sign(t.Context(), badge(t, school.did), vcjwt.SignOptions{Signer: school.signer, KeyID: school.method})
	require.NoError(t, err)
	require.True(t, inspect(t, token, verify.Config{}).Authentic(), "a token leaves no reading to judge")
	split := badge(t, school.did, `"achievement": {`, `"source": {"id": "`+school.did+`", "type": ["Profile"], "name": "Another school"}, "achievement": {`)
	require.False(t, inspect(t, school.sign(t, split, nil), verify.Config{}).Authentic(), "two readings")
	require.True(t, inspect(t, school.sign(t, split, jcs), verify.Config{}).Authentic(), "one reading")
	guild := edIssuer(t, 2)
	forged := replace(t, string(guild.sign(t, badge(t, guild.did), nil)), "Keel laying,", "Keel saying,")
	require.False(t, inspect(t, record(t, school, forged), verify.Config{}).Authentic(), "a forgery within")
	require.True(t, inspect(t, record(t, school, forged),
		verify.Config{Nested: verify.NestedConfig{Policy: verify.NestedAdvisory}}).Authentic(), "as Config.Nested has it")
}

// The zero Verifier verifies nothing, and says so.
func TestZeroVerifier(t *testing.T) {
	good := edIssuer(t, 1).sign(t, badge(t, edIssuer(t, 1).did), nil)
	for _, v := range []*verify.Verifier{nil, {}} {
		_, err := v.Verify(t.Context(), good)
		require.ErrorContains(t, err, "not made by New")
		_, err = v.Inspect(t.Context(), good)
		require.ErrorContains(t, err, "not made by New")
	}
	_, err := verify.Verify(t.Context(), good, verify.Config{Now: testkit.Clock})
	require.NoError(t, err)
}
