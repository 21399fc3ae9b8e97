package plan_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
)

// scenario is plans, events in the order of their arrival, and what is to be decided.
type scenario struct {
	ID     string            `json:"id"`
	Plans  json.RawMessage   `json:"plans"`
	Events []json.RawMessage `json:"events"`
	Held   []string          `json:"held"`
	Replay bool              `json:"replay"`
	Expect []expected        `json:"expect"`
}

type expected struct {
	AfterEvent, Decision, Plan, Learner string
	Evidence, Unmet, UnmetAchievements  []string
	Requires, Waived, Via               []string
	Progress, Reason                    string
	AchievedAt                          time.Time
	Version                             int
}

func load(t testing.TB, text []byte) *casefw.Catalog {
	t.Helper()
	f, _, err := casefw.LoadBytes(text, casefw.Options{})
	require.NoError(t, err)
	return casefw.NewCatalog(f)
}

func engineOf(t testing.TB, c *casefw.Catalog, plans []byte) *plan.Engine {
	t.Helper()
	all, err := plan.Parse(plans)
	require.NoError(t, err)
	e, err := plan.New(all, plan.Config{Frameworks: c, Now: testkit.Clock})
	require.NoError(t, err)
	return e
}

// stored is a state after it was written and read.
func stored(t testing.TB, s plan.State) plan.State {
	t.Helper()
	text, err := json.Marshal(s)
	require.NoError(t, err)
	back, err := plan.ParseState(text)
	require.NoError(t, err)
	again, err := json.Marshal(back)
	require.NoError(t, err)
	require.Equal(t, string(text), string(again))
	return back
}

func (s *scenario) run(t *testing.T, c *casefw.Catalog) {
	e := engineOf(t, c, s.Plans)
	states, decided, quiet := map[string]plan.State{}, []plan.Decision{}, []plan.Decision{}
	apply := func(event plan.Event) {
		state, decisions, err := e.Apply(states[event.Learner], event)
		require.NoError(t, err)
		states[event.Learner] = stored(t, state)
		for _, d := range decisions {
			if d.Verdict == plan.VerdictNone {
				quiet = append(quiet, d)
				continue
			}
			decided = append(decided, d)
		}
	}
	for _, achievement := range s.Held {
		apply(plan.Event{ID: "held", Kind: plan.KindHeld, Learner: "ana", Achievement: achievement, At: testkit.Now})
	}
	rounds := 1
	if s.Replay {
		rounds = 2
	}
	for range rounds {
		for _, text := range s.Events {
			event, err := plan.ParseEvent(text)
			require.NoError(t, err)
			apply(event)
		}
	}
	for _, x := range s.Expect {
		from := &decided
		if x.Decision == "none" {
			from = &quiet
		}
		i := slices.IndexFunc(*from, func(d plan.Decision) bool {
			return d.Plan == x.Plan && d.Trigger == x.AfterEvent && d.Learner == x.Learner && string(d.Verdict) == x.Decision
		})
		require.GreaterOrEqual(t, i, 0, "no %s of %s after %s", x.Decision, x.Plan, x.AfterEvent)
		x.hold(t, (*from)[i])
		if x.Decision != "none" {
			*from = slices.Delete(*from, i, i+1)
		}
	}
	require.Empty(t, decided, "decided and not expected")
}

func (x expected) hold(t *testing.T, d plan.Decision) {
	unmet := d.Explanation.Unmet()
	if x.Decision == "award" {
		require.ElementsMatch(t, x.Evidence, d.Events())
	}
	if !x.AchievedAt.IsZero() {
		require.True(t, x.AchievedAt.Equal(d.AchievedAt), d.AchievedAt)
	}
	if x.Reason != "" {
		require.Equal(t, x.Reason, string(d.Reason))
	}
	if x.Progress != "" {
		require.Equal(t, x.Progress, string(rune('0'+d.Explanation.Have))+"/"+string(rune('0'+d.Explanation.Need)))
	}
	for _, open := range append(x.Unmet, x.UnmetAchievements...) {
		require.Contains(t, unmet, open)
	}
	if x.Unmet != nil {
		require.Len(t, unmet, len(x.Unmet))
	}
	require.ElementsMatch(t, x.Waived, d.Explanation.WaivedSubjects())
	if x.Version != 0 {
		require.Equal(t, x.Version, d.Version)
	}
	for _, via := range x.Via {
		require.Equal(t, via, d.Evidence[0].Via)
	}
	for _, before := range x.Requires {
		require.Contains(t, d.Requires, "https://badges.example.edu/achievements/"+before)
	}
}

func runAll(t *testing.T, c *casefw.Catalog, text []byte) (n int) {
	var all struct{ Scenarios []scenario }
	require.NoError(t, json.Unmarshal(text, &all))
	for _, s := range all.Scenarios {
		t.Run(s.ID, func(t *testing.T) { s.run(t, c) })
	}
	return len(all.Scenarios)
}

// The published scenarios.
func TestSharedScenarios(t *testing.T) {
	c := load(t, testkit.ReadShared(t, "case/packages/synthetic/a01-full-v1p1.json"))
	require.Equal(t, 56, runAll(t, c, testkit.ReadShared(t, "case/plans/trigger-scenarios.json")))
}

// meant are our codes for those of the published invalid plans.
var meant = map[string]vc.Code{
	"empty-condition": plan.CodeConditionEmpty, "at-least-out-of-range": plan.CodeAtLeastRange, "unknown-item": plan.CodeItemUnknown,
	"percent-out-of-range": plan.CodePercentRange, "bad-number": plan.CodeMemberMalformed, "prerequisite-cycle": plan.CodePrerequisiteCycle,
	"level-not-in-criterion": plan.CodeLevelUnknown, "unknown-operator": plan.CodeOperatorUnknown,
	"ambiguous-condition": plan.CodeConditionAmbiguous, "duplicate-plan": plan.CodeDuplicate, "window-reversed": plan.CodeWindowReversed,
	"no-positive-condition": plan.CodeNoPositive, "duplicate-requirement": plan.CodeRequirementTwice, "retired-item": plan.CodeItemRetired,
	"item-is-grouping": plan.CodeItemGrouping, "nesting-too-deep": plan.CodeTooDeep,
}

// The published plans that must not be used are refused, or told of, each for its fault
// and for nothing else.
func TestSharedInvalidPlans(t *testing.T) {
	c := load(t, testkit.ReadShared(t, "case/packages/synthetic/a01-full-v1p1.json"))
	var all struct {
		Cases []struct {
			ID     string
			Plans  json.RawMessage
			Errors []string
		}
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/plans/invalid-plans.json"), &all))
	require.Len(t, all.Cases, 19)
	for _, one := range all.Cases {
		t.Run(one.ID, func(t *testing.T) {
			plans, err := plan.Parse(one.Plans)
			found := problems(err)
			if err == nil {
				found = plan.Validate(plans, plan.Config{Frameworks: c, Now: testkit.Clock})
			}
			require.NotEmpty(t, found)
			for _, p := range found {
				require.Equal(t, meant[one.Errors[0]], p.Code, p.Error())
			}
		})
	}
}

func problems(err error) (all []*vc.Problem) {
	if err == nil {
		return nil
	}
	for _, one := range err.(*plan.Error).Unwrap() {
		all = append(all, vc.ProblemOf(one))
	}
	return all
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return text
}

// Scenarios of our own.
func TestScenarios(t *testing.T) {
	runAll(t, load(t, read(t, "framework.json")), read(t, "scenarios.json"))
}
