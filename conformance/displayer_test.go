package conformance_test

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

// displayer is a product that verifies and shows, with a fault.
type displayer struct{ fault string }

// display implements the hook, over our verifier.
func (d displayer) display(ctx context.Context, one conformance.Display) (conformance.Shown, error) {
	client, err := fetch.NewClient(fetch.Config{RootCAs: one.Roots, InsecureAllowLoopback: true})
	if err != nil {
		return conformance.Shown{}, err
	}
	c := verify.Config{Fetcher: client, Now: testkit.Clock, Accept: []verify.CheckName{verify.CheckStatus}}
	report, err := verify.Inspect(ctx, one.Credential, c)
	if err != nil {
		return conformance.Shown{}, err
	}
	shown := d.read(one.Credential)
	shown.Status = d.state(report)
	if d.fault == "only of today" && strings.Contains(string(one.Credential), "/2018/credentials/") {
		return shown, errors.New("that is of the old data model")
	}
	return shown, nil
}

// read takes what is shown from the text or the payload of a token.
func (d displayer) read(text []byte) (s conformance.Shown) {
	var m struct {
		Name, ValidFrom, IssuanceDate string
		Issuer                        struct{ Name string }
		CredentialSubject             struct{ Achievement struct{ Description string } }
	}
	_ = json.Unmarshal(text, &m)
	at, _ := time.Parse(time.RFC3339, m.ValidFrom+m.IssuanceDate)
	s = conformance.Shown{Name: m.Name, Issuer: m.Issuer.Name, Description: m.CredentialSubject.Achievement.Description, IssuedOn: at}
	if d.fault == "says who it is" {
		s.Issuer = "Acme"
	}
	return s
}

func (d displayer) state(r *verify.Report) string {
	codes := r.Codes()
	switch {
	case d.fault == "believes everything":
		return "valid"
	case slices.Contains(codes, status.CodeRevoked) && d.fault != "never revoked":
		return "revoked"
	case slices.Contains(codes, status.CodeSuspended) && d.fault == "suspended is revoked":
		return "revoked"
	case slices.Contains(codes, verify.CodeExpired) && d.fault != "never expired":
		return "expired"
	case r.Verdict == verify.VerdictVerified && r.Outcome(verify.CheckStatus) != verify.OutcomeUndetermined:
		return "valid"
	case d.fault == "never revoked" && r.Authentic() && slices.Contains(codes, status.CodeRevoked),
		d.fault == "never expired" && r.Authentic() && slices.Contains(codes, verify.CodeExpired):
		return "valid"
	}
	return "not verified"
}

func displaying(t testing.TB, fault string) *conformance.Report {
	s := conformance.Suite{Roles: []conformance.Role{conformance.RoleOBDisplayer, conformance.RoleCLRDisplayer}, Only: []string{"OB-D-*", "CLR-DSP-*"},
		Seed: "one", Now: testkit.Clock, Hooks: conformance.Hooks{Display: displayer{fault}.display}}
	report, err := s.Run(t.Context())
	require.NoError(t, err)
	return report
}

func TestDisplayerPasses(t *testing.T) {
	for _, r := range displaying(t, "").Results {
		require.Equal(t, conformance.OutcomePass, r.Outcome, r.Text())
	}
}

// Each fault of a displayer is told of by exactly its checks.
func TestDisplayerMutants(t *testing.T) {
	for fault, want := range map[string]string{
		"believes everything":  "CLR-DSP-3 CLR-DSP-4 OB-D-1 OB-D-3 OB-D-x OB-D-y",
		"never revoked":        "CLR-DSP-4 OB-D-1 OB-D-3 OB-D-x",
		"never expired":        "CLR-DSP-3 OB-D-1 OB-D-3",
		"suspended is revoked": "OB-D-x",
		"says who it is":       "CLR-DSP-2 OB-D-1f",
		"only of today":        "OB-D-3 OB-D-4",
	} {
		require.Equal(t, want, wrong(displaying(t, fault)), fault)
	}
}

// A displayer that knows the answers beforehand is seen not to ask.
func TestDisplayerThatDoesNotAsk(t *testing.T) {
	s := conformance.Suite{Roles: []conformance.Role{conformance.RoleOBDisplayer, conformance.RoleCLRDisplayer}, Only: []string{"OB-D-2", "OB-D-4", "CLR-DSP-1", "CLR-DSP-5"},
		Now: testkit.Clock, Hooks: conformance.Hooks{Display: func(context.Context, conformance.Display) (conformance.Shown, error) {
			return conformance.Shown{Status: "expired"}, nil
		}}}
	report, err := s.Run(t.Context())
	require.NoError(t, err)
	require.Equal(t, "CLR-DSP-1 CLR-DSP-5 OB-D-2 OB-D-4", wrong(report))
}

// Without a hook people judge, and the report says what they have to film.
func TestDisplayerByPeople(t *testing.T) {
	s := conformance.Suite{Roles: []conformance.Role{conformance.RoleOBDisplayer}}
	report, err := s.Run(t.Context())
	require.NoError(t, err)
	for _, r := range report.Results {
		if r.Level == conformance.LevelMust && r.ID != "OB-D-x" {
			require.Equal(t, conformance.OutcomeManual, r.Outcome, r.ID)
			require.NotEmpty(t, r.Shots)
		}
	}
}

// A host that cannot be served is no verdict on the product.
func TestListenFails(t *testing.T) {
	s := conformance.Suite{Roles: []conformance.Role{conformance.RoleOBDisplayer}, Only: []string{"OB-D-1"}, Hooks: conformance.Hooks{Display: displayer{}.display},
		Listen: func(http.Handler) (string, *x509.CertPool, func(), error) {
			return "", nil, nil, errors.New("no tunnel today")
		}}
	report, err := s.Run(t.Context())
	require.NoError(t, err)
	require.Equal(t, conformance.OutcomeNotRun, report.Results[0].Outcome)
	require.Contains(t, report.Results[0].Cause, "no tunnel today")
}
