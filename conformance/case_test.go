package conformance_test

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/conformance"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// frameworks are those of a provider that has everything.
func frameworks(t testing.TB) (all []*casefw.Framework) {
	t.Helper()
	text, err := os.ReadFile("../casefw/testdata/bakers.json")
	require.NoError(t, err)
	f, _, err := casefw.LoadBytes(text, casefw.Options{})
	require.NoError(t, err)
	knots, _, err := casefw.LoadBytes([]byte(knotsPackage), casefw.Options{})
	require.NoError(t, err)
	return append(all, f, knots)
}

// knotsPackage is a framework of two items.
const knotsPackage = `{"CFDocument":{"identifier":"3b3f5b1e-94a3-4ed0-9bb6-0c65f6a2a1d0",
"uri":"https://case.example/ims/case/v1p1/CFDocuments/3b3f5b1e-94a3-4ed0-9bb6-0c65f6a2a1d0","creator":"Harbour School","title":"Knots",
"lastChangeDateTime":"2026-01-01T00:00:00Z"},"CFItems":[{"identifier":"a1c5f4de-3f57-4e30-8f5e-5b8c3c5b7a01",
"fullStatement":"Ties a bowline.",
"uri":"https://case.example/ims/case/v1p1/CFItems/a1c5f4de-3f57-4e30-8f5e-5b8c3c5b7a01","lastChangeDateTime":"2026-01-01T00:00:00Z"},
{"identifier":"a1c5f4de-3f57-4e30-8f5e-5b8c3c5b7a02","fullStatement":"Ties a sheet bend.",
"uri":"https://case.example/ims/case/v1p1/CFItems/a1c5f4de-3f57-4e30-8f5e-5b8c3c5b7a02","lastChangeDateTime":"2026-01-01T00:00:00Z"}],
"CFAssociations":[{"identifier":"a1c5f4de-3f57-4e30-8f5e-5b8c3c5b7a03","associationType":"precedes",
"uri":"https://case.example/ims/case/v1p1/CFAssociations/a1c5f4de-3f57-4e30-8f5e-5b8c3c5b7a03","lastChangeDateTime":"2026-01-01T00:00:00Z",
"originNodeURI":{"title":"Ties a bowline.","identifier":"a1c5f4de-3f57-4e30-8f5e-5b8c3c5b7a01",
"uri":"https://case.example/ims/case/v1p1/CFItems/a1c5f4de-3f57-4e30-8f5e-5b8c3c5b7a01"},
"destinationNodeURI":{"title":"Ties a sheet bend.","identifier":"a1c5f4de-3f57-4e30-8f5e-5b8c3c5b7a02",
"uri":"https://case.example/ims/case/v1p1/CFItems/a1c5f4de-3f57-4e30-8f5e-5b8c3c5b7a02"}}]}`

// askedCASE runs the checks of both versions and returns which failed, besides what became of
// each.
func askedCASE(t testing.TB, seed string, h http.Handler) (failed []string, r *conformance.Report) {
	t.Helper()
	s := conformance.Suite{Roles: []conformance.Role{conformance.RoleCASEProvider10, conformance.RoleCASEProvider11},
		Seed: seed, Now: testkit.Clock,
		Provider: &conformance.Provider{URL: "https://case.example", Client: inMemory(h)}}
	r, err := s.Run(t.Context())
	require.NoError(t, err)
	for _, one := range r.Results {
		if one.Outcome == conformance.OutcomeFail {
			failed = append(failed, one.ID)
		}
	}
	slices.Sort(failed)
	return failed, r
}

// Our provider passes in both versions, with nothing skipped.
func TestCASEProvider(t *testing.T) {
	store, err := caseapi.NewMemory(frameworks(t)...)
	require.NoError(t, err)
	h, err := caseapi.NewHandler(caseapi.Config{Store: store, BaseURL: "https://case.example"})
	require.NoError(t, err)
	_, r := askedCASE(t, "ours", h)
	require.Len(t, r.Results, 17)
	for _, one := range r.Results {
		want := conformance.OutcomePass
		if one.ID == "CASE-1.1-CP-5" { // the bakers have extensions
			want = conformance.OutcomeWarn
		}
		require.Equal(t, want, one.Outcome, "%s: %s %v", one.ID, one.Cause, one.Findings)
	}
}

// The reference provider passes, and with a fault it fails exactly the checks that are for it,
// in whatever order they are run.
func TestCASEFaults(t *testing.T) {
	seeds := 2
	if os.Getenv("LAUREL_LONG") != "" {
		seeds = 20
	}
	for fault, want := range map[string][]string{
		"":                       nil,
		"missing-endpoint":       {"CP-1"},
		"item-without-document":  {"CP-1", "CP-2"},
		"null-members":           {"CP-1"},
		"wrong-date":             {"CP-1"},
		"wrong-media-type":       {"CP-1"},
		"empty-member":           {"CP-2"},
		"unknown-is-200":         {"CP-3"},
		"status-spelt-otherwise": {"CP-3", "CP-4.fields", "CP-4.filter"},
		"status-without-body":    {"CP-3", "CP-4.fields", "CP-4.filter"},
		"page-without-link":      {"CP-4.paging"},
		"total-wrong":            {"CP-4.paging"},
		"filter-inverted":        {"CP-4.filter"},
		"sort-reversed":          {"CP-4.sort"},
		"fields-too-many":        {"CP-4.fields"},
		"unknown-member":         {"CP-5"},
		"no-discovery":           {"CP-6"},
		"discovery-foreign":      {"CP-6"},
	} {
		t.Run(fault, func(t *testing.T) {
			h, err := conformance.NewCASEHost("https://case.example", fault, frameworks(t)...)
			require.NoError(t, err)
			var expected []string
			for _, id := range want {
				for _, version := range []string{"CASE-1.0-", "CASE-1.1-"} {
					if version+id != "CASE-1.0-CP-6" {
						expected = append(expected, version+id)
					}
				}
			}
			slices.Sort(expected)
			for seed := range seeds {
				failed, r := askedCASE(t, fmt.Sprint(seed), h)
				require.Equal(t, expected, failed, "%d results", len(r.Results))
			}
		})
	}
}
