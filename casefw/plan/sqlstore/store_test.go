package sqlstore_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/casefw/plan/sqlstore"
	"github.com/laurel-edu/laurel/casefw/plan/storetest"
	"github.com/laurel-edu/laurel/internal/test/sqltest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

func opened(t *testing.T, b sqltest.Base, c sqlstore.Config) *sqlstore.Store {
	t.Helper()
	s, err := sqlstore.Open(t.Context(), b.Open(t), c)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// The store keeps what stores promise, each test as a tenant of its own: what one tenant has
// is nobody else's.
func TestStoreKeepsThePromises(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		for _, unprepared := range []bool{false, true} {
			n := 0
			require.NoError(t, storetest.Test(t.Context(), func() (storetest.Store, error) {
				n++
				return opened(t, b, sqlstore.Config{Tenant: fmt.Sprint(unprepared, n), Unprepared: unprepared}), nil
			}))
		}
	})
}

const oven = "00000000-0000-4000-8000-000000000020"

func engine(t *testing.T) *plan.Engine {
	t.Helper()
	text, err := os.ReadFile("../testdata/framework.json")
	require.NoError(t, err)
	f, _, err := casefw.LoadBytes(text, casefw.Options{})
	require.NoError(t, err)
	e, err := plan.New([]plan.Plan{{ID: "p", Framework: "00000000-0000-4000-8000-000000000001", Achievement: "urn:a",
		Condition: plan.Condition{Item: oven, MinPercent: plan.NewNumber(50)},
		Policies:  plan.Policies{OnRegradeDown: plan.ReactionRevoke}}},
		plan.Config{Frameworks: casefw.NewCatalog(f), Now: testkit.Clock})
	require.NoError(t, err)
	return e
}

// graded is a result in one version.
func graded(id, result string, percent int64, at time.Time) plan.Event {
	item, _ := casefw.ParseGUID(oven)
	return plan.Event{ID: id, Learner: "mo", Result: result, Final: true, At: at,
		Scores: []plan.Score{{Item: item, Percent: plan.NewNumber(percent)}}}
}

// Two workers, each with a pool of connections of its own, make one award and lose no
// evidence; told again from the beginning they make no other.
func TestTwoWorkersMakeOneAward(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		e, stores := engine(t), []*sqlstore.Store{opened(t, b, sqlstore.Config{}), opened(t, b, sqlstore.Config{})}
		for range 2 {
			var all sync.WaitGroup
			for worker, store := range stores {
				all.Go(func() {
					for i := range 30 {
						if _, err := e.Process(t.Context(), store, graded(fmt.Sprintf("e%d-%d", worker, i), "", 90, testkit.Now)); err != nil {
							t.Error(err)
						}
					}
				})
			}
			all.Wait()
		}
		waiting, err := stores[0].Pending(t.Context(), 10)
		require.NoError(t, err)
		require.Len(t, waiting, 1)
		require.Equal(t, plan.VerdictAward, waiting[0].Decision.Verdict)
		text, _, err := stores[1].Load(t.Context(), "mo")
		require.NoError(t, err)
		var state struct{ Results []any }
		require.NoError(t, json.Unmarshal(text, &state))
		require.Len(t, state.Results, 60)
	})
}

// What waits is as it was decided when the data base is opened again, and a number is given
// once, however often the outbox was empty.
func TestOutboxAfterRestart(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		e, seen := engine(t), []int64(nil)
		for i, percent := range []int64{90, 20, 70, 10} {
			first, err := sqlstore.Open(t.Context(), b.Open(t), sqlstore.Config{})
			require.NoError(t, err)
			decided, err := e.Process(t.Context(), first, graded(fmt.Sprint("e", i), "r", percent, testkit.Now.Add(time.Duration(i)*time.Hour)))
			require.NoError(t, err)
			require.Len(t, decided, 1)
			require.NoError(t, first.Close())

			again := opened(t, b, sqlstore.Config{})
			waiting, err := again.Pending(t.Context(), 10)
			require.NoError(t, err)
			require.Len(t, waiting, 1)
			want, err := json.Marshal(decided[0])
			require.NoError(t, err)
			got, err := json.Marshal(waiting[0].Decision)
			require.NoError(t, err)
			require.JSONEq(t, string(want), string(got))
			require.NotContains(t, seen, waiting[0].ID)
			require.True(t, slices.IsSorted(append(seen, waiting[0].ID)))
			seen = append(seen, waiting[0].ID)
			require.NoError(t, again.Done(t.Context(), waiting[0].ID))
		}
	})
}

// A decision that no reader would read again is not kept, and neither is its state.
func TestUnreadableDecision(t *testing.T) {
	s := opened(t, sqltest.SQLite(t), sqlstore.Config{})
	deep := &plan.Node{Kind: "not"}
	for range 300 {
		deep = &plan.Node{Kind: "not", Of: []*plan.Node{deep}}
	}
	for name, d := range map[string]plan.Decision{
		"of no verdict":  {Plan: "p", Learner: "mo"},
		"of nobody":      {Verdict: plan.VerdictAward, Plan: "p"},
		"deep":           {Verdict: plan.VerdictAward, Plan: "p", Learner: "mo", Explanation: deep},
		"with long name": {Verdict: plan.VerdictAward, Plan: "p", Learner: "mo", Key: strings.Repeat("k", 1000)},
	} {
		err := s.Commit(t.Context(), "mo", 0, []byte(`{}`), []plan.Decision{d})
		require.ErrorContains(t, err, `writing the decision about plan "p"`, name)
	}
	state, revision, err := s.Load(t.Context(), "mo")
	require.NoError(t, err)
	require.Nil(t, state)
	require.Zero(t, revision)
}

// What the data base has and cannot be read is told, with its number.
func TestSpoiltDecision(t *testing.T) {
	b := sqltest.SQLite(t)
	s := opened(t, b, sqlstore.Config{})
	_, err := b.Open(t).ExecContext(t.Context(), `INSERT INTO plan_decision (tenant, id, decision) VALUES (x'', 7, x'7b')`)
	require.NoError(t, err)
	_, err = s.Pending(t.Context(), 1)
	require.ErrorContains(t, err, "decision 7")
	require.True(t, errors.As(err, new(*plan.Error)))
}

// A data base that is none is told when it is opened, and a store that is closed does nothing.
func TestOpen(t *testing.T) {
	_, err := sqlstore.Open(t.Context(), nil, sqlstore.Config{})
	require.ErrorContains(t, err, "sqlstore: there is no data base")
	s, err := sqlstore.Open(t.Context(), sqltest.SQLite(t).Open(t), sqlstore.Config{})
	require.NoError(t, err)
	require.NoError(t, s.Close())
	_, _, err = s.Load(t.Context(), "mo")
	require.ErrorContains(t, err, "loading a state")
	require.Error(t, s.Commit(t.Context(), "mo", 0, nil, nil))
	_, err = s.Pending(t.Context(), 1)
	require.Error(t, err)
	require.Error(t, s.Done(t.Context(), 1))
}
