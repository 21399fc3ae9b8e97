package refhost_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/conformance/refhost"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

// The three badges are what they are called, by our verifier, which asks the host for the key
// and for the list; and the host notices.
func TestBadges(t *testing.T) {
	for _, old := range []bool{false, true} {
		web, err := obtest.NewHost()
		require.NoError(t, err)
		t.Cleanup(web.Close)
		h, err := refhost.New(refhost.Config{Origin: web.Origin(), Seed: "one", Now: testkit.Clock})
		require.NoError(t, err)
		web.Handle(h)
		client, err := web.Client(fetch.Config{})
		require.NoError(t, err)
		all, err := h.Badges(old)
		require.NoError(t, err)
		require.Len(t, all, 3)
		for _, one := range all {
			got, err := client.Fetch(t.Context(), one.URL)
			require.NoError(t, err)
			require.Equal(t, one.Credential, got.Body)
			before, lists := h.Asked(one.Document), h.Asked(one.Status)
			report, err := verify.Inspect(t.Context(), got.Body, verify.Config{Fetcher: client, Now: testkit.Clock})
			require.NoError(t, err)
			require.Equal(t, before+1, h.Asked(one.Document))
			switch one.Name {
			case "valid":
				require.Equal(t, verify.VerdictVerified, report.Verdict, report.Problems())
				require.Greater(t, h.Asked(one.Status), lists)
			case "expired":
				require.Contains(t, report.Codes(), verify.CodeExpired)
				require.NotContains(t, report.Codes(), status.CodeRevoked)
			case "revoked":
				require.Contains(t, report.Codes(), status.CodeRevoked)
				require.NotContains(t, report.Codes(), verify.CodeExpired)
			}
			require.True(t, report.Authentic())
		}
	}
}

func TestWrongConfig(t *testing.T) {
	for _, c := range []refhost.Config{{}, {Origin: "http://reference.example"}, {Origin: "https://reference.example", Fault: "none"}} {
		_, err := refhost.New(c)
		require.Error(t, err)
	}
	seen := map[string]bool{}
	for _, f := range refhost.Faults() {
		require.NotEmpty(t, f.Does)
		require.False(t, seen[f.Name], f.Name)
		seen[f.Name] = true
	}
}
