// Package conformancetest runs a conformance suite in go test, with a subtest for each
// check.
package conformancetest

import (
	"testing"

	"github.com/laurel-edu/laurel/conformance"
)

// Run runs the suite and returns its report. Each check is a subtest by its id: it fails
// where the product does, is skipped where it was skipped, did not run or is for people to
// judge, and logs its warnings. A failure that is known does not fail. A strict suite fails the
// test where not every role passed. A suite that cannot be run, a stale list of known failures
// and a run that looked at nothing end it.
func Run(t *testing.T, s conformance.Suite) *conformance.Report {
	t.Helper()
	report, err := s.Run(t.Context())
	if err != nil && report == nil {
		t.Fatal(err)
	}
	for k := range report.Results {
		one := &report.Results[k]
		t.Run(one.ID, func(t *testing.T) { judge(t, one) })
	}
	if err != nil {
		t.Fatal(err)
	}
	if s.Strict && report.Verdict() != conformance.RoleVerdictPassed {
		t.Errorf("strictly: the verdict is %s", report.Verdict())
	}
	t.Log(report.Notice)
	return report
}

func judge(t *testing.T, r *conformance.Result) {
	switch {
	case r.Outcome == conformance.OutcomeFail && r.Known == "":
		t.Error(r.Text())
	case r.Outcome == conformance.OutcomeFail, r.Outcome == conformance.OutcomeWarn:
		t.Log(r.Text())
	case r.Outcome != conformance.OutcomePass:
		t.Skip(r.Text())
	}
}
