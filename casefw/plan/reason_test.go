package plan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw/plan"
)

// An award has no reason that speaks against it.
func TestAwardHasNoReason(t *testing.T) {
	e, err := ovenEngine()
	require.NoError(t, err)
	var s plan.State
	var awarded []plan.Decision
	for _, text := range []string{
		`{"id": "e1", "learner": "mo", "at": "2025-03-02T09:00:00Z", "final": true, "items": ["00000000-0000-4000-8000-000000000020"], "percent": "90"}`,
		`{"id": "e2", "learner": "mo", "at": "2025-03-02T09:00:00Z", "final": true, "rubricCriterion": "00000000-0000-4000-8000-000000000061",
			"text": "Golden"}`,
	} {
		event, err := plan.ParseEvent([]byte(text))
		require.NoError(t, err)
		var decisions []plan.Decision
		s, decisions, err = e.Apply(s, event)
		require.NoError(t, err)
		awarded = decisions
	}
	require.Len(t, awarded, 1)
	require.Equal(t, plan.VerdictAward, awarded[0].Verdict)
	require.Empty(t, awarded[0].Reason)
}
