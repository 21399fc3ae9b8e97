package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// reported is a row of the shared reports: a situation that people wrote of in public,
// and what must be said of it.
type reported struct {
	File, Pack, Why string
	Verdict         []string
	Has, Lacks      []string
	HasPrefix       string   `json:"has_prefix"`
	AnyPrefix       []string `json:"any_prefix"`
	Warn            bool
}

// decided are the rows where another verdict is ours, for a reason.
var decided = map[string]string{
	"f04c-index-neg.json":   "not-verified", // an entry that the issuer malformed fails
	"f04d-index-float.json": "not-verified", // 94567.0 is 94567, whose bit is set
}

func TestReports(t *testing.T) {
	var rows []reported
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "reports/expected.json"), &rows))
	require.Greater(t, len(rows), 200)
	for _, row := range rows {
		if verdict, ok := decided[row.File]; ok {
			row.Verdict = []string{verdict}
		}
		args := []string{"-now", "2026-11-24T00:00:00Z"}
		if row.Pack != "" {
			args = append(args, "-pack", testkit.Shared(t, "reports/"+row.Pack))
		}
		_, lines, stderr := runJSON(t, append(args, testkit.Shared(t, "reports/"+row.File))...)
		require.Empty(t, stderr, row.File)
		require.NotEmpty(t, lines, row.File)
		if failing := row.failing(lines[0]); failing != "" {
			t.Errorf("%s: %s (%s): %s %v", row.File, failing, row.Why, lines[0].Verdict, lines[0].Codes)
		}
	}
}

// failing says which demand of the row does not hold, "" where all do.
func (r reported) failing(l line) string {
	prefixed := func(prefix string) bool {
		return slices.ContainsFunc(l.Codes, func(code string) bool { return strings.HasPrefix(code, prefix) })
	}
	warned := slices.ContainsFunc(l.Checks, func(c check) bool { return c.Outcome == "warning" })
	for _, demand := range []struct {
		name  string
		holds bool
	}{
		{"verdict", len(r.Verdict) == 0 || slices.Contains(r.Verdict, l.Verdict)},
		{"has", !slices.ContainsFunc(r.Has, func(code string) bool { return !slices.Contains(l.Codes, code) })},
		{"lacks", !slices.ContainsFunc(r.Lacks, func(code string) bool { return slices.Contains(l.Codes, code) })},
		{"has_prefix", r.HasPrefix == "" || prefixed(r.HasPrefix)},
		{"any_prefix", len(r.AnyPrefix) == 0 || slices.ContainsFunc(r.AnyPrefix, prefixed)},
		{"warn", !r.Warn || warned},
	} {
		if !demand.holds {
			return demand.name
		}
	}
	return ""
}
