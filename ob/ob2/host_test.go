package ob2_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/ob2"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// A badge verifies by the guarded client from a host of this machine, and through a redirect
// on that host, with a warning.
func TestOverTheWire(t *testing.T) {
	host, err := obtest.NewHost()
	require.NoError(t, err)
	defer host.Close()
	o, web := school.NewOld(), obtest.NewWeb()
	move := strings.NewReplacer("https://school.example", host.Origin())
	for url := range o.At {
		web.Put(move.Replace(url), "application/json", []byte(move.Replace(string(o.Text(url)))))
	}
	host.Serve(web)
	client, err := host.Client(fetch.Config{ErrorTTL: -1})
	require.NoError(t, err)
	v, err := ob2.New(ob2.Config{Fetcher: client, Now: testkit.Clock})
	require.NoError(t, err)
	assertion := []byte(move.Replace(string(o.Text(school.OldAssertion))))
	badge, err := v.Verify(t.Context(), assertion, beth)
	require.NoError(t, err)
	require.Equal(t, "Knots", badge.BadgeClass.Name.String())

	issuer := move.Replace(school.OldIssuer)
	web.Put(host.Origin()+"/moved", "application/json", []byte(move.Replace(string(o.Text(school.OldIssuer)))))
	web.Redirect(issuer, host.Origin()+"/moved")
	badge, err = v.Verify(t.Context(), assertion, beth)
	require.NoError(t, err)
	require.Contains(t, codesOf(badge.Report().Warnings()), ob2.CodeMoved)

	web.Redirect(issuer, "")
	web.Break(move.Replace(school.OldBadge), obtest.HTML)
	require.Equal(t, verify.VerdictUndetermined, v.Inspect(t.Context(), assertion, beth).Verdict)
}
