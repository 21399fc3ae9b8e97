package verify_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Whatever stands among the warnings of a report weighs as one, and whatever stands
// among the problems does not.
func TestSeverityOfReports(t *testing.T) {
	files := testkit.Samples(t, "valid/ob3-official", "valid/ob3-dcc", "valid/ob3-mit", "valid/ob3-plugfest", "valid/ob3-unsigned",
		"valid/spec-examples", "valid/learncard-unsigned", "invalid/ob3-official", "invalid/ob3-dcc", "invalid/learncard")
	reports, err := filepath.Glob(filepath.Join(testkit.Shared(t, "reports"), "*.json"))
	require.NoError(t, err)
	files = append(files, reports...)
	hostile, err := filepath.Glob(filepath.Join(testkit.Shared(t, "one-reading"), "*.json"))
	require.NoError(t, err)
	warnings, problems := map[vc.Code]bool{}, map[vc.Code]bool{}
	for _, file := range append(files, hostile...) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, c := range []verify.Config{{}, {Lenient: true, Kinds: []string{verify.AnyKind}}} {
			weigh(t, inspectBytes(t, text, c), file, warnings, problems)
		}
	}
	require.Greater(t, len(warnings), 10)
	require.Greater(t, len(problems), 30)
}

func inspectBytes(t testing.TB, text []byte, c verify.Config) *verify.Report {
	v, err := verify.New(c)
	require.NoError(t, err)
	r, err := v.Inspect(t.Context(), text)
	require.NoError(t, err)
	return r
}

// weigh looks at a report and at those within it, and collects the codes.
func weigh(t testing.TB, r *verify.Report, file string, warnings, problems map[vc.Code]bool) {
	for i := range r.Checks {
		for _, p := range r.Checks[i].Problems {
			problems[p.Code] = true
			require.Equal(t, vc.SeverityError, p.Severity, "%s: %s among the problems of %s", file, p, r.Checks[i].Name)
		}
		for _, p := range r.Checks[i].Warnings {
			warnings[p.Code] = true
			require.Equal(t, vc.SeverityWarning, p.Severity, "%s: %s among the warnings of %s", file, p, r.Checks[i].Name)
		}
	}
	for _, p := range r.Unsigned {
		require.Equal(t, vc.SeverityWarning, p.Severity, "%s: %s is not signed", file, p)
	}
	for i := range r.Nested {
		weigh(t, r.Nested[i].Report, file, warnings, problems)
	}
}
