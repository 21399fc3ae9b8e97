package plan_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
)

// What is told of a text is bounded, and the bound is told.
func TestFindingsAreBounded(t *testing.T) {
	_, err := plan.Parse([]byte("[" + strings.Repeat("0,", 100_000) + "0]"))
	found := problems(err)
	require.Len(t, found, 1001)
	require.Equal(t, plan.CodeLimit, found[1000].Code)
}

// An event that a state cannot take is refused, each for its fault, and the state stays.
func TestEventsThatDoNotFit(t *testing.T) {
	e, err := plan.New(nil, plan.Config{})
	require.NoError(t, err)
	good := plan.Event{ID: "e", Learner: "mo", At: testkit.Now}
	s, _, err := e.Apply(plan.State{}, good)
	require.NoError(t, err)
	for name, c := range map[string]struct {
		change func(*plan.Event)
		code   vc.Code
	}{
		"no id":           {func(e *plan.Event) { e.ID = "" }, plan.CodeMemberMissing},
		"no learner":      {func(e *plan.Event) { e.Learner = "" }, plan.CodeMemberMissing},
		"another learner": {func(e *plan.Event) { e.Learner = "jo" }, plan.CodeMemberMalformed},
		"no date":         {func(e *plan.Event) { e.At = e.At.AddDate(-3000, 0, 0) }, plan.CodeMemberMalformed},
		"a long id":       {func(e *plan.Event) { e.ID = strings.Repeat("x", 1000) }, plan.CodeLimit},
		"no text":         {func(e *plan.Event) { e.Result = "\xff" }, plan.CodeLimit},
		"many scores":     {func(e *plan.Event) { e.Scores = make([]plan.Score, 2000) }, plan.CodeLimit},
	} {
		t.Run(name, func(t *testing.T) {
			event := good
			c.change(&event)
			after, decisions, err := e.Apply(s, event)
			require.Equal(t, c.code, problems(err)[0].Code)
			require.Empty(t, decisions)
			require.Equal(t, s, after)
		})
	}
}
