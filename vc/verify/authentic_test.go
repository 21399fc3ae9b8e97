package verify_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
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
			signed := school.sign(t, c.text, change)
			require.Equal(t, c.verdict, inspect(t, signed, verify.Config{}).Verdict, name)
			require.Equal(t, c.authentic, authentic(t, signed, verify.Config{}), name)
		}
	}
	good := school.sign(t, badge(t, school.did), nil)
	require.False(t, authentic(t, replace(t, string(good), "Keel laying,", "Keel saying,"), verify.Config{}), "changed")
	require.False(t, authentic(t, badge(t, school.did), verify.Config{}), "unsigned")
	require.False(t, authentic(t, []byte("<html>"), verify.Config{}), "unreadable")
	require.False(t, new(verify.Report).Authentic())
	foreign := badge(t, "https://school.example/issuer")
	require.False(t, authentic(t, school.sign(t, foreign, func(o *dataintegrity.SignOptions) { o.SkipIssuerCheck = true }),
		verify.Config{}), "another's key")
	token, err := vcjwt.Sign(t.Context(), badge(t, school.did), vcjwt.SignOptions{Signer: school.signer, KeyID: school.method})
	require.NoError(t, err)
	require.True(t, authentic(t, token, verify.Config{}), "a token leaves no reading to judge")
	split := badge(t, school.did, `"achievement": {`, `"source": {"id": "`+school.did+`", "type": ["Profile"], "name": "Another school"}, "achievement": {`)
	require.False(t, authentic(t, school.sign(t, split, nil), verify.Config{}), "two readings")
	require.True(t, authentic(t, school.sign(t, split, jcs), verify.Config{}), "one reading")
	guild := edIssuer(t, 2)
	forged := replace(t, string(guild.sign(t, badge(t, guild.did), nil)), "Keel laying,", "Keel saying,")
	require.False(t, authentic(t, record(t, school, forged), verify.Config{}), "a forgery within")
	require.True(t, authentic(t, record(t, school, forged),
		verify.Config{Nested: verify.NestedConfig{Policy: verify.NestedAdvisory}}), "as Config.Nested has it")
}

// authentic asks the report, and sees that Authenticate hands out what it says and
// nothing else.
func authentic(t *testing.T, text []byte, c verify.Config) bool {
	t.Helper()
	report := inspect(t, text, c)
	c.Now = testkit.Clock
	v, err := verify.New(c)
	require.NoError(t, err)
	got, err := v.Authenticate(t.Context(), text)
	if !report.Authentic() {
		require.Nil(t, got)
		var problem *vc.Problem
		require.ErrorAs(t, err, &problem)
		return false
	}
	require.NoError(t, err)
	require.Equal(t, text, got.Secured())
	require.Equal(t, report.Verdict, got.Report().Verdict)
	return true
}

// A status list that does not come in time leaves the credential its issuer's word.
func TestAuthenticInTime(t *testing.T) {
	school := edIssuer(t, 1)
	const from = `"validFrom": "2025-06-01T08:00:00Z"`
	signed := school.sign(t, badge(t, school.did, from, from+`, "credentialStatus": `+statusEntry), nil)
	ctx, cancel := context.WithCancel(t.Context())
	v, err := verify.New(verify.Config{Now: testkit.Clock, Fetcher: fetcherFunc(func() error { cancel(); return ctx.Err() })})
	require.NoError(t, err)
	got, err := v.Authenticate(ctx, signed)
	require.NoError(t, err)
	require.Equal(t, verify.VerdictUndetermined, got.Report().Verdict)
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

// fetcherFunc is a network that answers nothing but an error.
type fetcherFunc func() error

func (f fetcherFunc) Fetch(context.Context, string) (*fetch.Response, error) { return nil, f() }
