package plan_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// A version that is to come awards nothing before it is published; then looking again is
// enough. What an older version awarded stands, whatever the newer asks for.
func TestVersionsComeIntoForce(t *testing.T) {
	catalog, now := load(t, read(t, "framework.json")), testkit.Now.AddDate(0, 1, 0)
	version := func(n, percent int, published time.Time) plan.Plan {
		return plan.Plan{ID: "p", Version: n, Framework: framework, Achievement: "urn:a", PublishedAt: published,
			Condition: plan.Condition{Item: guid(20), MinPercent: number(percent)},
			Policies:  plan.Policies{OnRegradeDown: plan.ReactionRevoke}}
	}
	item, _ := casefw.ParseGUID(guid(20))
	event := plan.Event{ID: "e", Learner: "mo", Result: "r", Final: true, At: testkit.Now,
		Scores: []plan.Score{{Item: item, Percent: number(60)}}}
	e, err := plan.New([]plan.Plan{version(1, 80, time.Time{}), version(2, 50, testkit.Now.AddDate(0, 2, 0)),
		version(3, 90, testkit.Now.AddDate(0, 4, 0))}, plan.Config{Frameworks: catalog, Now: func() time.Time { return now }})
	require.NoError(t, err)
	s, decisions, err := e.Apply(plan.State{}, event)
	require.NoError(t, err)
	require.Equal(t, plan.VerdictNone, decisions[0].Verdict)

	now = testkit.Now.AddDate(0, 3, 0)
	s, decisions = e.Recompute(stored(t, s))
	require.Len(t, decisions, 1)
	require.Equal(t, plan.VerdictAward, decisions[0].Verdict)
	require.Equal(t, 2, decisions[0].Version)

	now = testkit.Now.AddDate(0, 5, 0)
	s, decisions = e.Recompute(stored(t, s))
	require.Equal(t, plan.VerdictNone, decisions[0].Verdict)
	a, _ := s.Award("p")
	require.True(t, a.Active)

	event.ID, event.At, event.Scores[0].Percent = "f", now, number(40)
	_, decisions, err = e.Apply(s, event)
	require.NoError(t, err)
	require.Equal(t, plan.VerdictRevoke, decisions[0].Verdict)
	require.Equal(t, a.Generation, decisions[0].Generation)
}

// What a draft of a plan would award is told without anything being kept.
func TestSimulation(t *testing.T) {
	catalog := load(t, read(t, "framework.json"))
	none, err := plan.New(nil, plan.Config{})
	require.NoError(t, err)
	item, _ := casefw.ParseGUID(guid(20))
	s, _, err := none.Apply(plan.State{}, plan.Event{ID: "e", Learner: "mo", Final: true, At: testkit.Now,
		Scores: []plan.Score{{Item: item, Text: "A"}}})
	require.NoError(t, err)
	draft, err := plan.New([]plan.Plan{{ID: "p", Framework: framework, Achievement: "urn:a", Condition: plan.Condition{Item: guid(20)}}},
		plan.Config{Frameworks: catalog})
	require.NoError(t, err)
	for range 2 {
		_, decisions := draft.Recompute(s)
		require.Len(t, decisions, 1)
		require.Equal(t, plan.VerdictAward, decisions[0].Verdict)
		require.Equal(t, []string{"e"}, decisions[0].Events())
	}
	require.Empty(t, s.Awards())
}
