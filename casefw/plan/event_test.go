package plan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// Of what is told of one instant a deletion holds over a grade, and a final grade over
// one that is not, in whichever order they come and whatever their events are called.
func TestOneInstant(t *testing.T) {
	e, err := plan.New([]plan.Plan{{ID: "p", Framework: framework, Achievement: "urn:a",
		Condition: plan.Condition{Item: guid(20)},
		Policies:  plan.Policies{OnEvidenceDeleted: plan.ReactionRevoke, OnRegradeDown: plan.ReactionRevoke}}},
		plan.Config{Frameworks: load(t, read(t, "framework.json"))})
	require.NoError(t, err)
	item, _ := casefw.ParseGUID(guid(20))
	told := func(id string, final, deleted bool) plan.Event {
		event := plan.Event{ID: id, Learner: "mo", Result: "r", At: testkit.Now, Final: final, Deleted: deleted}
		if !deleted {
			event.Scores = []plan.Score{{Item: item, Percent: number(90)}}
		}
		return event
	}
	graded, open, gone := told("y", true, false), told("z", false, false), told("x", false, true)
	for _, c := range []struct {
		order  []plan.Event
		active bool
	}{
		{[]plan.Event{graded, open}, true}, {[]plan.Event{open, graded}, true},
		{[]plan.Event{graded, gone}, false}, {[]plan.Event{gone, graded}, false}, {[]plan.Event{gone, open, graded}, false},
	} {
		var s plan.State
		for _, event := range c.order {
			s, _, err = e.Apply(s, event)
			require.NoError(t, err)
		}
		a, _ := s.Award("p")
		require.Equal(t, c.active, a.Active)
	}
}
