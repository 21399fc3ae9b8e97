package casefw_test

import (
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/stretchr/testify/require"
)

// The verdicts of the shared catalogue: what a tolerant reader accepts, and which
// codes it reports at least.
func TestTolerantVerdicts(t *testing.T) {
	for name, want := range expectations(t) {
		t.Run(name, func(t *testing.T) {
			f, report, err := casefw.LoadBytes(synthetic(t, name), casefw.Options{})
			if err == nil {
				report.Append(f.Lint(0))
			}
			require.Equal(t, want.Lenient, report.Verdict().String(), "%v", report.Findings)
			for _, code := range want.Diagnostics {
				require.True(t, report.Has(vcCode(code)), "%s is missing in %v", code, report.Counts)
			}
			for _, finding := range report.Findings {
				require.NotEmpty(t, finding.Message)
				require.NotEmpty(t, finding.Spec)
			}
		})
	}
}
