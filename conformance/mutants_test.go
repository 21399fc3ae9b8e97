package conformance_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance"
	"github.com/laurel-edu/laurel/conformance/refhost"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

const referenceOrigin = "https://reference.example"

// referenceSuite tests the reference host, whose authorization page redirects at once.
func referenceSuite(t testing.TB, fault, seed string, roles ...conformance.Role) *conformance.Suite {
	h, err := refhost.New(refhost.Config{Origin: referenceOrigin, Fault: fault, Seed: seed, Now: testkit.Clock})
	require.NoError(t, err)
	client := inMemory(h)
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &conformance.Suite{
		Roles: roles, Seed: seed, Now: testkit.Clock,
		Provider: &conformance.Provider{URL: referenceOrigin + "/ref", Client: client, Login: func(ctx context.Context,
			at string) (string, error) {
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
			if err != nil {
				return "", err
			}
			resp, err := client.Do(r)
			if err != nil {
				return "", err
			}
			defer resp.Body.Close()
			if to := resp.Header.Get("Location"); to != "" {
				return to, nil
			}
			return "", fmt.Errorf("the page (%d) leads nowhere", resp.StatusCode)
		}},
	}
}

// seeds are those under which mutants are looked at: twenty in long runs, one in short ones.
func seeds() (all []string) {
	n := 2
	if testing.Short() {
		n = 1
	}
	if os.Getenv("LAUREL_LONG") != "" {
		n = 20
	}
	for k := range n {
		all = append(all, fmt.Sprint("seed ", k))
	}
	return all
}

// told are the ids, without the standard's prefix, of the checks that failed or warned.
func told(r *conformance.Report) (all []string) {
	for _, one := range r.Results {
		if one.Outcome == conformance.OutcomeFail || one.Outcome == conformance.OutcomeWarn {
			_, id, _ := strings.Cut(one.ID, "-H-")
			all = append(all, id)
		}
	}
	slices.Sort(all)
	return all
}

// The reference host, which is written from the specifications, passes all that is asked of
// providers.
func TestReferenceHostPasses(t *testing.T) {
	for _, seed := range seeds() {
		report, err := referenceSuite(t, "", seed, providers()...).Run(t.Context())
		require.NoError(t, err)
		for _, r := range report.Results {
			require.Equal(t, conformance.OutcomePass, r.Outcome, r.Text())
		}
	}
}

// caught are the checks that tell of each fault of a provider.
var caught = map[string]string{
	"sdd-closed":              "PR-1.1",
	"sdd-type":                "PR-1.1",
	"sdd-http":                "PR-1.1",
	"sdd-foreign":             "PR-1.1",
	"sdd-no-scheme":           "PR-1.1",
	"sdd-terms-lost":          "PR-1.1",
	"sdd-read-only":           "PW-1.1",
	"reg-lossy":               "PR-1.2",
	"reg-anything":            "PR-1.3",
	"reg-200":                 "PR-1.2",
	"no-pkce":                 "PR-1.4",
	"pkce-plain":              "PR-1.4",
	"open-redirect":           "PR-1.5",
	"state-lost":              "PR-1.6",
	"state-wrong":             "PR-1.6",
	"scope-overstated":        "PR-1.7",
	"token-stored":            "PR-1.8",
	"token-untyped":           "PR-1.8",
	"token-no-scope":          "PR-1.8",
	"no-expires":              "PR-1.8",
	"verifier-unchecked":      "PR-1.9",
	"redirect-unchecked":      "PR-1.9",
	"client-unchecked":        "PR-1.9",
	"grant-error":             "PR-1.9",
	"code-twice":              "PR-1.10",
	"code-reuse-lives":        "PR-1.10",
	"forged-listed":           "PR-2.1",
	"wrong-array":             "PR-2.2",
	"open":                    "PR-2.3",
	"garbage-token":           "PR-2.4",
	"oauth-errors":            "PR-2.3 PR-2.4 PR-2.5 PR-4.2 PW-2.12",
	"read-scope-unchecked":    "PR-2.5",
	"limit-ignored":           "PR-3.3",
	"page-twice":              "PR-3.1",
	"page-lost":               "PR-3.1",
	"page-loop":               "PR-3.1",
	"page-no-link":            "PR-3.1 PR-3.3",
	"page-no-prev":            "PR-3.3",
	"next-foreign":            "PR-3.1 PR-3.3",
	"total-wrong":             "PR-3.2",
	"bad-limit-taken":         "PR-3.4",
	"since-ignored":           "PR-3.5 PR-3.6",
	"offset-404":              "PR-3.7",
	"list-empty":              "PR-2.1 PR-3.1 PR-3.2 PR-3.3 PR-3.5 PR-3.6 PR-3.7 PR-R.1 PW-2.10 PW-2.4 PW-2.5 PW-2.6 PW-2.7 PW-2.8 PW-2.9",
	"profile-untyped":         "PR-4.1",
	"profile-open":            "PR-4.2",
	"profile-scope-unchecked": "PR-4.2",
	"revoke-ignored":          "PR-5.1 PR-5.3 PW-4.1",
	"revoke-400":              "PR-5.2",
	"revoke-refresh-alone":    "PR-5.3",
	"refresh-dead":            "PR-R.1 PW-R.1",
	"refresh-wider":           "PR-R.2",
	"upsert-200":              "PW-2.1 PW-2.2 PW-2.3 PW-2.9 PW-R.1",
	"upsert-type":             "PW-2.2 PW-2.3",
	"upsert-quoted":           "PW-2.3",
	"upsert-cut":              "PW-2.1 PW-2.2",
	"upsert-201":              "PW-2.10 PW-2.4",
	"upsert-304":              "PW-2.10 PW-2.4",
	"upsert-doubles":          "PW-2.10 PW-2.4 PW-2.7 PW-2.8",
	"rewritten":               "PW-2.6",
	"name-lost":               "PR-2.1 PW-2.5 PW-2.6 PW-2.7 PW-2.8 PW-2.9",
	"never-replaces":          "PW-2.7",
	"older-replaces":          "PW-2.8",
	"id-alone":                "PW-2.9",
	"id-literal":              "PW-2.10",
	"forged-taken":            "PW-2.11",
	"write-scope-unchecked":   "PW-2.12",
	"bad-body-500":            "PW-2.11 PW-2.13",
	"anything-taken":          "PW-2.11 PW-2.13",
	"put-405":                 "PW-3.1",
}

// Each fault of the reference host is told of by exactly the checks that it breaks, whatever
// the seed.
func TestMutants(t *testing.T) {
	for fault, want := range caught {
		t.Run(fault, func(t *testing.T) {
			for k, seed := range seeds() {
				// One standard a seed: what they share is one table of checks.
				for _, roles := range [][]conformance.Role{providers()[:2], providers()[2:]}[k%2 : k%2+1] {
					report, err := referenceSuite(t, fault, seed, roles...).Run(t.Context())
					require.NoError(t, err)
					require.Equal(t, want, strings.Join(told(report), " "), "%s %s", roles, seed)
				}
			}
		})
	}
}

// unproven are checks that no fault is caught by, and why.
var unproven = map[string]string{
	"CW-1":             "without credential.upsert nothing can be sent, which CW-2 tells",
	"CX-sdd-no-scheme": "a product may connect or not; only one that is silent fails, and it does not reach this far",
	"CX-upsert-201":    "the control of its neighbours",
	"CX-upsert-202":    "the wallet of the tests does not look at the answer to a profile",
}

// Every check of the services is proven by a fault that it tells of, or stands above with a
// reason: at most one in ten does.
func TestMutantsProveEachCheck(t *testing.T) {
	proven := map[string]bool{}
	for _, table := range []map[string]string{caught, caughtConsumers} {
		for _, ids := range table {
			for _, id := range strings.Fields(ids) {
				proven[id] = true
			}
		}
	}
	all, without := 0, []string{}
	for _, c := range conformance.Checks() {
		_, id, ok := strings.Cut(c.ID, "OB-H-")
		if !ok || c.Unbuilt != "" || c.Evidence == conformance.EvidenceManual {
			continue
		}
		all++
		if !proven[id] {
			require.NotEmpty(t, unproven[id], id)
			without = append(without, id)
		}
	}
	require.Len(t, without, len(unproven), "%v", without)
	require.LessOrEqual(t, 10*len(without), all)
}

// Each fault of the reference host is one that a check tells of, or that a consumer meets.
func TestFaultsAreUsed(t *testing.T) {
	for _, f := range refhost.Faults() {
		_, provider := caught[f.Name]
		consumer := slices.ContainsFunc(conformance.Checks(), func(c conformance.Check) bool { return c.ID == "OB-H-CX-"+f.Name && c.Unbuilt == "" })
		require.True(t, provider || consumer || slices.Contains(renamed, f.Name), f.Name)
	}
}

// renamed are faults that a scenario of another name uses.
var renamed = []string{"refresh-401", "short-no-link", "short-loop", "short-foreign", "new-304", "refresh-dead", "list-empty"}
