package conformance_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/conformance"
	"github.com/laurel-edu/laurel/conformance/refhost"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

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
	var all []*casefw.Framework
	reference, err := refhost.NewFrameworks(refhost.FrameworksConfig{Origin: "https://case.example"})
	require.NoError(t, err)
	for _, id := range []string{"b0a70000-0002-4000-8000-000000000001", "5a110000-0002-4000-8000-000000000001"} {
		w := httptest.NewRecorder()
		reference.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/ims/case/v1p1/CFPackages/"+id, nil))
		require.Equal(t, http.StatusOK, w.Code)
		f, _, err := casefw.LoadBytes(w.Body.Bytes(), casefw.Options{})
		require.NoError(t, err)
		all = append(all, f)
	}
	store, err := caseapi.NewMemory(all...)
	require.NoError(t, err)
	h, err := caseapi.NewHandler(caseapi.Config{Store: store, BaseURL: "https://case.example"})
	require.NoError(t, err)
	_, r := askedCASE(t, "ours", h)
	require.Len(t, r.Results, 17)
	for _, one := range r.Results {
		require.Equal(t, conformance.OutcomePass, one.Outcome, "%s: %s %v", one.ID, one.Cause, one.Findings)
		if strings.HasSuffix(one.ID, "CP-2") {
			require.Equal(t, 4, one.Counts["CFItem.fullStatement"]-one.Counts["CFItem.CFDocumentURI"])
			require.Positive(t, one.Counts["CFDocument.notes"])
		}
	}
}

// The reference provider passes, and with a fault it fails exactly the checks that are for it,
// in whatever order they are run.
func TestCASEFaults(t *testing.T) {
	told := map[string][]string{
		"":                    nil,
		"endpoint-missing":    {"CP-1"},
		"item-homeless":       {"CP-1", "CP-2"},
		"nulls":               {"CP-1"},
		"date-wrong":          {"CP-1"},
		"media-wrong":         {"CP-1"},
		"member-empty":        {"CP-2"},
		"unknown-200":         {"CP-3"},
		"status-words":        {"CP-3", "CP-4.fields", "CP-4.filter"},
		"status-bare":         {"CP-3", "CP-4.fields", "CP-4.filter"},
		"no-link":             {"CP-4.paging"},
		"count-wrong":         {"CP-4.paging"},
		"filter-inverted":     {"CP-4.filter"},
		"sort-reversed":       {"CP-4.sort"},
		"fields-more":         {"CP-4.fields"},
		"concept-own":         {"CP-5"},
		"member-own":          {"CP-5"},
		"undescribed":         {"CP-6"},
		"described-elsewhere": {"CP-6"},
	}
	require.Len(t, told, len(refhost.FrameworkFaults())+1)
	for _, f := range append(refhost.FrameworkFaults(), refhost.FrameworkTrials()...) {
		require.False(t, slices.ContainsFunc(refhost.Faults(), func(of refhost.Fault) bool { return of.Name == f.Name }), "one name of two faults: %s", f.Name)
	}
	for fault, want := range told {
		t.Run(fault, func(t *testing.T) {
			h, err := refhost.NewFrameworks(refhost.FrameworksConfig{Origin: "https://case.example", Fault: fault})
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
			for _, seed := range seeds() {
				failed, r := askedCASE(t, seed, h)
				require.Equal(t, expected, failed, "%d results", len(r.Results))
			}
		})
	}
}

// A provider without a framework has not been tested.
func TestCASEEmpty(t *testing.T) {
	store, err := caseapi.NewMemory()
	require.NoError(t, err)
	h, err := caseapi.NewHandler(caseapi.Config{Store: store, BaseURL: "https://case.example"})
	require.NoError(t, err)
	failed, report := askedCASE(t, "none", h)
	require.Contains(t, failed, "CASE-1.1-CP-1")
	require.Contains(t, failed, "CASE-1.1-CP-2")
	require.Equal(t, conformance.OutcomeNotRun, result(t, report, "CASE-1.1-CP-5").Outcome)
}
