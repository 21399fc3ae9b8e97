package plan_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

func guid(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }

const framework = "00000000-0000-4000-8000-000000000001"

func number(n int) plan.Number { return plan.NewNumber(int64(n)) }

// drawn are items that plans and events are drawn from.
var drawn = []int{11, 12, 20, 30}

// draw makes conditions that require something, of every operator.
func draw(r *rand.Rand, depth, below int) plan.Condition {
	group := func() (all []plan.Condition) {
		for range 1 + r.IntN(3) {
			all = append(all, draw(r, depth+1, below))
		}
		return all
	}
	switch k := r.IntN(10); {
	case depth < 3 && k < 2:
		return plan.Condition{AllOf: group()}
	case depth < 3 && k == 2:
		return plan.Condition{AnyOf: group()}
	case k == 3 && depth < 3:
		// One item each, since an item may not be named twice there.
		return plan.Condition{AtLeast: 2, Of: []plan.Condition{{Item: guid(11), MinPercent: number(50)}, {Item: guid(12)},
			{Item: guid(20), MinPercent: number(70)}}}
	case k == 4 && below > 0:
		return plan.Condition{Achievement: fmt.Sprintf("urn:a:%d", r.IntN(below))}
	case k == 5:
		no := draw(r, 3, 0)
		return plan.Condition{AllOf: []plan.Condition{draw(r, 3, below), {Not: &no}}}
	case k == 6:
		return plan.Condition{Item: guid(10), MinPercent: number(50), Via: plan.ViaDescendants}
	}
	return plan.Condition{Item: guid(drawn[r.IntN(len(drawn))]), MinPercent: number(40 + 10*r.IntN(5)), MinOccurrences: r.IntN(3)}
}

// revoking are plans whose awards stand exactly as long as the evidence does.
func revoking(r *rand.Rand, n int) (all []plan.Plan) {
	for i := range n {
		all = append(all, plan.Plan{ID: fmt.Sprintf("p%d", i), Version: 1, Framework: framework, Achievement: fmt.Sprintf("urn:a:%d", i),
			Condition: draw(r, 1, i), Policies: plan.Policies{OnRegradeDown: plan.ReactionRevoke, OnEvidenceDeleted: plan.ReactionRevoke,
				OnPrerequisiteRevoked: plan.ReactionRevoke, Replacement: plan.ReplacementFollow, RefuseLate: r.IntN(2) == 0,
				Attempts:           []plan.Attempts{"", plan.AttemptsLatest, plan.AttemptsFirst}[r.IntN(3)],
				OnExcused:          []plan.OnExcused{"", plan.OnExcusedWaive}[r.IntN(2)],
				EvidenceMaxAgeDays: []int{0, 0, 3}[r.IntN(3)]}})
	}
	return all
}

func events(r *rand.Rand, n int) (all []plan.Event) {
	day := func() time.Time { return testkit.Now.AddDate(0, 0, r.IntN(9)) }
	for i := range n {
		e := plan.Event{ID: fmt.Sprintf("e%d", i), Learner: "mo", Result: fmt.Sprintf("r%d", r.IntN(8)), At: day(),
			Final: r.IntN(8) > 0, Late: r.IntN(8) == 0, Excused: r.IntN(12) == 0, Deleted: r.IntN(12) == 0, Current: r.IntN(12) == 0}
		switch r.IntN(30) {
		case 0:
			e = plan.Event{ID: e.ID, Learner: "mo", Kind: plan.KindManualRevocation, Plan: fmt.Sprintf("p%d", r.IntN(6)), At: e.At}
		case 1:
			e = plan.Event{ID: e.ID, Learner: "mo", Kind: plan.KindHeld, Achievement: fmt.Sprintf("urn:a:%d", r.IntN(6)), At: e.At}
		default:
			for range 1 + r.IntN(2) {
				id, _ := casefw.ParseGUID(guid(append(drawn, 40)[r.IntN(5)]))
				e.Scores = append(e.Scores, plan.Score{Item: id, Percent: number(10 * r.IntN(11))})
			}
		}
		all = append(all, e)
	}
	return all
}

// standing is what a learner holds: each award with its date.
func standing(s plan.State) map[string]string {
	all := map[string]string{}
	for _, a := range s.Awards() {
		if a.Active {
			all[a.Plan] = a.AchievedAt.String()
		}
	}
	return all
}

// fresh judges a prefix at once: all that was told is put into a state without any
// award, and every plan is judged.
func fresh(t *testing.T, e *plan.Engine, prefix []plan.Event) map[string]string {
	none, err := plan.New(nil, plan.Config{})
	require.NoError(t, err)
	var s plan.State
	for _, event := range prefix {
		s, _, err = none.Apply(s, event)
		require.NoError(t, err)
	}
	s, _ = e.Recompute(stored(t, s))
	return standing(s)
}

// Events one by one, the state written and read between any two: after every prefix the
// awards are those of a fresh look at it, told again it changes nothing, and any order
// ends with the same awards and dates.
func TestAnyOrderEndsAlike(t *testing.T) {
	catalog := load(t, read(t, "framework.json"))
	awarded := 0
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 7))
		e, err := plan.New(revoking(r, 6), plan.Config{Frameworks: catalog, Now: testkit.Clock})
		if err != nil {
			continue // drawn so that it holds for everybody
		}
		all, last := events(r, 20), map[string]string(nil)
		for range 3 {
			r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			var s plan.State
			for i, event := range all {
				s, _, err = e.Apply(stored(t, s), event)
				require.NoError(t, err)
				require.Equal(t, fresh(t, e, all[:i+1]), standing(s), "seed %d, after %d", seed, i)
				again, decisions, err := e.Apply(s, all[r.IntN(i+1)])
				require.NoError(t, err)
				require.Empty(t, decisions)
				require.Equal(t, s, again)
			}
			if last != nil {
				require.Equal(t, last, standing(s), "seed %d", seed)
			}
			last = standing(s)
			awarded += len(last)
		}
	}
	require.Greater(t, awarded, 100)
}

// The state that is given stays as it was.
func TestApplyChangesNothingGiven(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	e, err := plan.New([]plan.Plan{{ID: "p", Framework: framework, Achievement: "urn:a", Condition: plan.Condition{Item: guid(20)}}},
		plan.Config{Frameworks: load(t, read(t, "framework.json"))})
	require.NoError(t, err)
	var s plan.State
	for _, event := range events(r, 40) {
		before, err := json.Marshal(s)
		require.NoError(t, err)
		next, _, err := e.Apply(s, event)
		require.NoError(t, err)
		after, err := json.Marshal(s)
		require.NoError(t, err)
		require.Equal(t, string(before), string(after))
		s = next
	}
}

// Two workers over one store make one award, and lose no evidence.
func TestTwoWorkersMakeOneAward(t *testing.T) {
	e, err := plan.New([]plan.Plan{{ID: "p", Framework: framework, Achievement: "urn:a",
		Condition: plan.Condition{Item: guid(20), MinPercent: number(50)}}}, plan.Config{Frameworks: load(t, read(t, "framework.json"))})
	require.NoError(t, err)
	item, _ := casefw.ParseGUID(guid(20))
	var store plan.MemoryStore
	var all sync.WaitGroup
	for worker := range 2 {
		all.Go(func() {
			for i := range 40 {
				_, err := e.Process(context.Background(), &store, plan.Event{ID: fmt.Sprintf("e%d-%d", worker, i), Learner: "mo", Final: true,
					At: testkit.Now, Scores: []plan.Score{{Item: item, Percent: number(90)}}})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	entries, err := store.Pending(context.Background(), 10)
	require.NoError(t, err)
	require.Len(t, entries, 1)
	require.Equal(t, plan.VerdictAward, entries[0].Decision.Verdict)
	require.NoError(t, store.Done(context.Background(), entries[0].ID))
	entries, err = store.Pending(context.Background(), 10)
	require.NoError(t, err)
	require.Empty(t, entries)
	text, _, err := store.Load(context.Background(), "mo")
	require.NoError(t, err)
	var state struct{ Results []any }
	require.NoError(t, json.Unmarshal(text, &state))
	require.Len(t, state.Results, 80)
}

// A percentage is that of rational numbers, and its text gives it back.
func TestPercentIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	decimal := func() string { return fmt.Sprintf("%d.%0*d", r.IntN(2000)-500, 1+r.IntN(6), r.IntN(10)) }
	rat := func(text string) *big.Rat { q, _ := new(big.Rat).SetString(text); return q }
	for range 5000 {
		texts := []string{decimal(), decimal(), decimal()}
		var n [3]plan.Number
		for i, text := range texts {
			var ok bool
			n[i], ok = plan.ParseNumber(text)
			require.True(t, ok)
		}
		got := plan.Percent(n[0], n[1], n[2])
		span := new(big.Rat).Sub(rat(texts[2]), rat(texts[1]))
		if span.Sign() <= 0 {
			require.True(t, got.IsZero())
			continue
		}
		want := new(big.Rat).Mul(new(big.Rat).Quo(new(big.Rat).Sub(rat(texts[0]), rat(texts[1])), span), big.NewRat(100, 1))
		require.Zero(t, want.Cmp(got.Rat()))
		again, ok := plan.ParseNumber(got.String())
		require.True(t, ok, got.String())
		require.Zero(t, want.Cmp(again.Rat()))
	}
}

func TestNumbersThatAreNone(t *testing.T) {
	for _, text := range []string{"", "abc", "1e999999999", "1e+-1", "0x1p4", "1_0", "+1", ".5", "5.", "1/0", "1/00", "1/2/3", "1/-2", "NaN", "Inf", " 1",
		"1" + string(slices.Repeat([]byte("0"), 64))} {
		_, ok := plan.ParseNumber(text)
		require.False(t, ok, text)
	}
}

// Any text is read, or refused, and what is read is written and read again as the same.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`[{"id":"p","version":1,"framework":"` + framework + `","achievement":"urn:a","acceptLate":false,` +
		`"condition":{"allOf":[{"item":"` + guid(20) + `","minPercent":"75"}]}}]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		plans, err := plan.Parse(text)
		if err != nil {
			return
		}
		plan.Validate(plans, plan.Config{})
		written, err := json.Marshal(plans)
		require.NoError(t, err)
		again, err := plan.Parse(written)
		if err == nil { // an empty group is no longer told from none
			require.Len(t, again, len(plans))
		}
	})
}

// Events, records and states of strangers are read, or refused.
func FuzzParseEvent(f *testing.F) {
	f.Add([]byte(`{"id":"e","learner":"mo","at":"2026-01-01T00:00:00Z","items":["` + guid(20) + `"],"raw":"2","max":"3"}`))
	f.Add([]byte(`{"sourcedId":"r","scoreStatus":"fully graded","scoreDate":"2026-01-01","score":8.7}`))
	f.Add([]byte(`{"learner":"mo","results":[{"id":"e","learner":"mo","at":"2026-01-01T00:00:00Z"}],"awards":[{"plan":"p"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		_, _ = plan.ParseOneRosterResult(text, plan.LineItem{}, plan.RecordOptions{})
		_, _ = plan.ParseAGSScore(text, plan.LineItem{}, plan.RecordOptions{})
		_, _ = plan.ParseOneRosterLineItem(text, nil)
		_, _ = plan.ParseOneRosterScale(text)
		_, _ = plan.ParseAGSLineItem(text, plan.RecordOptions{AlignByTag: true})
		if s, err := plan.ParseState(text); err == nil {
			stored(t, s)
		}
		event, err := plan.ParseEvent(text)
		if err != nil {
			return
		}
		written, err := json.Marshal(event)
		require.NoError(t, err)
		again, err := plan.ParseEvent(written)
		require.NoError(t, err)
		require.Equal(t, event, again)
	})
}

// An event against 200 plans, of which it concerns two, and a walk over all of them.
func BenchmarkEvent(b *testing.B) {
	var plans []plan.Plan
	for i := range 200 {
		p := plan.Plan{ID: fmt.Sprintf("p%d", i), Version: 1, Framework: framework, Achievement: fmt.Sprintf("urn:a:%d", i)}
		for k := range 5 {
			p.Condition.AllOf = append(p.Condition.AllOf, plan.Condition{Item: guid(1000 + (i/2)*5 + k), MinPercent: number(70)})
		}
		plans = append(plans, p)
	}
	document := &casefw.CFPackage{CFDocument: &casefw.CFDocument{Identifier: framework}}
	for i := range 500 {
		document.CFItems = append(document.CFItems, casefw.CFItem{Identifier: guid(1000 + i), FullStatement: "x"})
	}
	e, err := plan.New(plans, plan.Config{Frameworks: casefw.NewCatalog(casefw.NewFramework(document)), Now: testkit.Clock})
	require.NoError(b, err)
	event := func(i, item int) plan.Event {
		id, _ := casefw.ParseGUID(guid(1000 + item))
		return plan.Event{ID: fmt.Sprintf("e%d", i), Learner: "mo", Final: true, At: testkit.Now,
			Scores: []plan.Score{{Item: id, Percent: number(60)}}}
	}
	var s plan.State
	for i := range 40 {
		s, _, err = e.Apply(s, event(i, i*12))
		require.NoError(b, err)
	}
	b.Run("indexed", func(b *testing.B) {
		for b.Loop() {
			_, _, _ = e.Apply(s, event(99, 240))
		}
	})
	b.Run("walk", func(b *testing.B) {
		for b.Loop() {
			_, _ = e.Recompute(s)
		}
	})
	b.Run("times", func(b *testing.B) { // both in turn, so that whatever else the machine does falls on both
		var indexed, walked time.Duration
		for b.Loop() {
			begin := time.Now()
			_, _, _ = e.Apply(s, event(99, 240))
			middle := time.Now()
			_, _ = e.Recompute(s)
			indexed, walked = indexed+middle.Sub(begin), walked+time.Since(middle)
		}
		b.ReportMetric(float64(walked)/float64(indexed), "times")
	})
}
