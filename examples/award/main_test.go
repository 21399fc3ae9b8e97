package main

import (
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/verify"
)

// command runs the command and returns its output.
func command(t *testing.T, code int, args ...string) string {
	t.Helper()
	var out, bad bytes.Buffer
	require.Equal(t, code, run(t.Context(), args, &out, &bad), "%s%s", out.String(), bad.String())
	return out.String() + bad.String()
}

var common = []string{"-plans", "testdata/plans.json", "-framework", "../../casefw/plan/testdata/framework.json"}

// Tables of a gradebook become a signed badge, whose numbers are explained; a second run
// changes nothing, and a grade that is gone takes the badge back.
func TestTables(t *testing.T) {
	dir := t.TempDir()
	args := append([]string{"-learners", "testdata/learners.json", "-out", dir, "-state", filepath.Join(dir, "state")}, common...)
	text := command(t, 0, append(args, "-csv", "testdata/csv")...)
	for _, line := range []string{"award   oven (version 1) for mo, achieved 2026-03-04 → ", `satisfied: percent 80 percent of "Loads an oven"`,
		"87 percent by result r1 of line item li-oven, 2026-03-02: counted", "waits   result r4 of stu-9: learner unknown"} {
		require.Contains(t, text, line)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	require.NoError(t, err)
	require.Len(t, files, 1)
	badge, err := os.ReadFile(files[0])
	require.NoError(t, err)
	report, err := verify.Inspect(t.Context(), badge, verify.Config{})
	require.NoError(t, err)
	require.Equal(t, verify.VerdictVerified, report.Verdict, report.Problems())

	require.NotContains(t, command(t, 0, append(args, "-csv", "testdata/csv")...), "award")

	less := t.TempDir()
	for _, name := range []string{"lineItems.csv", "lineItemLearningObjectiveIds.csv", "results.csv"} {
		text, err := os.ReadFile("testdata/csv/" + name)
		require.NoError(t, err)
		text = []byte(strings.ReplaceAll(string(text), "r1,active,,li-oven,stu-1,fully graded,8.7,2026-03-02\n", ""))
		require.NoError(t, os.WriteFile(filepath.Join(less, name), text, 0o600))
	}
	require.Contains(t, command(t, 0, append(args, "-csv", less)...), "revoke  oven (version 1) for mo: evidence deleted")
}

// A service with tokens gives the same, as JSON.
func TestService(t *testing.T) {
	book := &obtest.Gradebook{ClientID: "tool", Secret: "hush", TokenLife: 2, BusyEvery: 7, RetryAfter: 0}
	server := httptest.NewServer(book)
	defer server.Close()
	book.Put("lineItems", map[string]any{"sourcedId": "li", "status": "active", "dateLastModified": "2026-01-01T00:00:00.000Z",
		"resultValueMax": 10,
		"learningObjectiveSet": []any{map[string]any{"source": "case",
			"learningObjectiveIds": []any{"00000000-0000-4000-8000-000000000020", "00000000-0000-4000-8000-000000000011"}}}})
	book.Put("results", map[string]any{"sourcedId": "r", "status": "active", "dateLastModified": "2026-03-01T00:00:00.000Z",
		"scoreDate": "2026-03-01", "scoreStatus": "fully graded", "score": 9, "lineItem": map[string]any{"sourcedId": "li"},
		"student": map[string]any{"sourcedId": "stu"}})
	t.Setenv("AWARD_SECRET", "hush")
	args := []string{"-json", "-loopback", "-oneroster", server.URL, "-client", "tool", "-token-url", server.URL + "/token"}
	text := command(t, 0, append(args, common...)...)
	var got struct {
		Decision, Learner string
		Credential        json.RawMessage
	}
	require.NoError(t, json.Unmarshal([]byte(text), &got))
	require.Equal(t, "award", got.Decision)
	require.Equal(t, "stu", got.Learner)
	report, err := verify.Inspect(t.Context(), got.Credential, verify.Config{})
	require.NoError(t, err)
	require.Equal(t, verify.VerdictVerified, report.Verdict)
}

// Files of cases are run, and a case that is not as expected is told of.
func TestCases(t *testing.T) {
	own := []string{"-framework", "../../casefw/plan/testdata/framework.json", "-now", "2026-06-01T00:00:00Z"}
	const cases = "../../casefw/plan/testdata/scenarios.json"
	text := command(t, 0, append(own, "-cases", cases)...)
	require.True(t, strings.HasSuffix(text, " of 11 as expected\n"), text)
	require.Contains(t, text, "ok   ")

	changed, err := os.ReadFile(cases)
	require.NoError(t, err)
	broken := filepath.Join(t.TempDir(), "cases.json")
	require.NoError(t, os.WriteFile(broken, bytes.Replace(changed, []byte(`"decision": "award"`), []byte(`"decision": "revoke"`), 1), 0o600))
	text = command(t, 1, append(own, "-cases", broken)...)
	require.Contains(t, text, "FAIL ")
	require.True(t, strings.HasSuffix(text, "10 of 11 as expected\n"), text)
	require.Contains(t, command(t, 1, append(own, "-json", "-cases", broken)...), `{"asExpected":10,"of":11}`)
}

// The published cases are as expected.
func TestSharedCases(t *testing.T) {
	for file, want := range map[string]string{"plans/trigger-scenarios.json": "56 of 56", "gradebook/normalise-cases.json": "47 of 47"} {
		text := command(t, 0, "-cases", filepath.Join(testkit.Shared(t, "case"), file))
		require.True(t, strings.HasSuffix(text, want+" as expected\n"), text)
	}
}

// Wrong usage has its own status, and what is not there is told.
func TestUsage(t *testing.T) {
	for _, args := range [][]string{{}, {"-plans", "x"}, {"-plans", "x", "-csv", "a", "-events", "b"}, {"-cases", "x", "-key", "k"}, {"-nope"}} {
		command(t, 2, args...)
	}
	require.Contains(t, command(t, 1, "-cases", "nowhere.json"), "nowhere.json")
	require.Contains(t, command(t, 1, append([]string{"-events", "testdata/learners.json"}, common...)...), "learners.json")
}
