package match_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

var allKinds = []casefw.AssociationType{casefw.ExactMatchOf, casefw.ExactMatchOf, casefw.ReplacedBy, casefw.IsPartOf, casefw.IsRelatedTo}

// randomly draws frameworks, a job of all their items and what somebody holds.
func randomly(t *testing.T, seed uint64) (g *match.Graph, m *match.Matcher, held []match.Held, r *rand.Rand) {
	t.Helper()
	r = rand.New(rand.NewPCG(seed, 11))
	w, _ := draw(r, allKinds)
	g = w.graph(t)
	asked := requirements(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
	for i := range asked {
		asked[i].Weight, asked[i].Mandatory = weight(float64(r.IntN(4))), r.IntN(3) == 0
		if r.IntN(3) == 0 {
			asked[i].MinLevel, asked[i].LevelOf = 3, 4
		}
		if r.IntN(4) == 0 {
			asked[i].Any = []casefw.Alignment{ofItem(r.IntN(12))}
		}
	}
	m, err := g.Prepare(match.Job{ID: "job", Requirements: asked}, match.DefaultPolicy())
	require.NoError(t, err)
	return g, m, holding(t, g, r), r
}

// holding is what somebody has: items of any level, some of which do not count.
func holding(t *testing.T, g *match.Graph, r *rand.Rand) (held []match.Held) {
	for n := range 12 {
		if r.IntN(3) > 0 {
			continue
		}
		one := hold(t, g, n)[0]
		one.Claim, one.Level, one.LevelOf = n, float64(r.IntN(5)), float64(4*r.IntN(2))
		if r.IntN(5) == 0 {
			one.Against = match.AgainstValidity
		}
		held = append(held, one)
	}
	return held
}

// The numbers without the reasons are those with them, to the bit, whoever was looked at
// before, and for ranking nothing is allocated.
func TestScoresAreThoseOfMatch(t *testing.T) {
	for seed := range uint64(200) {
		g, m, _, r := randomly(t, seed)
		for range 4 {
			held := holding(t, g, r)
			scores, o := m.Scores(nil, held), m.MatchHeld(held)
			for i, s := range o.Requirements {
				require.Equal(t, math.Float64bits(*s.Score), math.Float64bits(scores[i]))
			}
			total, known := m.Total(scores)
			require.Equal(t, known, o.Total != nil)
			require.True(t, !known || total == *o.Total)
			require.Equal(t, o.Qualified, m.Qualified(scores))
		}
	}
	_, m, held, _ := randomly(t, 3)
	scores := m.Scores(nil, held)
	if !testkit.Race { // which makes pools forget
		require.Zero(t, testing.AllocsPerRun(100, func() { scores = m.Scores(scores[:0], held) }))
	}
}

// What makes a score adds up to it: shares times worth, and no share more than the whole.
func TestEvidenceAddsUp(t *testing.T) {
	several := 0
	for seed := range uint64(200) {
		_, m, held, _ := randomly(t, seed)
		for _, s := range m.MatchHeld(held).Requirements {
			sum, shares := 0.0, 0.0
			for _, e := range s.Used {
				sum, shares = sum+e.Worth*e.Share, shares+e.Share
			}
			require.LessOrEqual(t, shares, 1+1e-9)
			require.InDelta(t, *s.Score, sum, 1e-9, "seed %d: %+v", seed, s)
			if len(s.Used) > 1 {
				several++
			}
		}
	}
	require.NotZero(t, several)
}

// A requirement that no framework knows is unknown, not zero, and changes nobody's total.
func TestUnknownIsNotZero(t *testing.T) {
	g := (&world{frameworks: []framework{{items: []int{1}}}}).graph(t)
	asked := append(requirements(1), match.Requirement{ID: "u", Mandatory: true,
		Target: casefw.Alignment{TargetURL: "https://elsewhere.example/skills/7"}})
	m, err := g.Prepare(match.Job{Requirements: asked}, match.DefaultPolicy())
	require.NoError(t, err)
	scores := m.Scores(nil, hold(t, g, 1))
	require.True(t, math.IsNaN(scores[1]))
	total, known := m.Total(scores)
	require.True(t, known)
	require.Equal(t, 1.0, total)
	require.False(t, m.Qualified(scores), "what is mandatory and unknown is not met")

	m, err = g.Prepare(match.Job{Requirements: asked[1:]}, match.DefaultPolicy())
	require.NoError(t, err)
	_, known = m.Total(m.Scores(nil, nil))
	require.False(t, known)
	require.Nil(t, m.Rank([][]match.Held{nil, hold(t, g, 1)}), "nobody is better where nothing is known")
}

// Equals have one rank, and the rank does not look at what is mandatory.
func TestRank(t *testing.T) {
	g := (&world{frameworks: []framework{{items: []int{1, 2, 3}}}}).graph(t)
	asked := requirements(1, 2)
	asked[0].Mandatory = true
	m, err := g.Prepare(match.Job{Requirements: asked}, match.DefaultPolicy())
	require.NoError(t, err)
	all := m.Rank([][]match.Held{hold(t, g, 2), nil, hold(t, g, 1), hold(t, g, 1, 2), hold(t, g, 3)})
	require.Equal(t, "[{3 1 1 true} {0 2 0.5 false} {2 2 0.5 true} {1 4 0 false} {4 4 0 false}]", fmt.Sprint(all))
}

// What an applicant holds beyond the job changes no number: surplus is not punished.
func TestSurplusChangesNothing(t *testing.T) {
	w := world{frameworks: []framework{{items: []int{1, 2, 3, 4}, links: []tie{{kind: casefw.IsChildOf, from: 2, to: 1},
		{kind: casefw.IsChildOf, from: 3, to: 1}}}}}
	g, p := w.graph(t), match.DefaultPolicy()
	plain, more := outcome(t, g, p, requirements(1), hold(t, g, 2)), outcome(t, g, p, requirements(1), hold(t, g, 2, 4))
	require.Equal(t, *plain.Total, *more.Total)
	require.Equal(t, plain.Requirements, more.Requirements)
	require.Equal(t, []int{1}, more.Surplus)
}

// More that is held never lowers a score.
func TestMoreIsNeverLess(t *testing.T) {
	for seed := range uint64(200) {
		g, m, held, r := randomly(t, seed)
		before := m.Scores(nil, held)
		after := m.Scores(nil, append(held, hold(t, g, r.IntN(12))...))
		for i := range before {
			require.GreaterOrEqual(t, after[i], before[i], "seed %d", seed)
		}
	}
}

// Whoever gets what is missing meets the requirement in full, and the total rises by what was
// said.
func TestGaps(t *testing.T) {
	parts, unmet := 0, 0
	for seed := range uint64(300) {
		g, m, held, _ := randomly(t, seed)
		scores := m.Scores(nil, held)
		gaps := m.Gaps(held)
		for i, score := range scores {
			if score < 0.8 {
				unmet++
				require.Equal(t, fmt.Sprint(i), gaps[0].ID)
				require.Equal(t, score, *gaps[0].Score)
				closed := held
				for _, name := range gaps[0].Missing {
					id, err := casefw.ParseGUID(name)
					require.NoError(t, err)
					target, ok := g.FindGUID(id)
					require.True(t, ok)
					closed = append(closed, match.Held{Target: target, Level: 3, LevelOf: 4})
				}
				require.InDelta(t, 1, m.Scores(nil, closed)[i], 1e-9, "seed %d: %d by %v", seed, i, gaps[0].Missing)
				if gaps[0].Missing[0] != gaps[0].Item {
					parts++
				}
				before, known := m.Total(scores)
				if !known {
					require.Zero(t, gaps[0].Gain)
				} else {
					alone := append([]float64(nil), scores...)
					alone[i] = 1
					after, _ := m.Total(alone)
					require.InDelta(t, after-before, gaps[0].Gain, 1e-9)
				}
				gaps = gaps[1:]
			}
		}
		require.Empty(t, gaps)
	}
	require.Greater(t, parts, 5)
	require.Greater(t, unmet, parts)
}

// One Matcher serves any number of goroutines, each with its own applicant.
func TestMatcherIsShared(t *testing.T) {
	g, m, _, r := randomly(t, 7)
	type applicant struct {
		held   []match.Held
		scores []float64
	}
	var all []applicant
	for range 8 {
		held := holding(t, g, r)
		all = append(all, applicant{held, m.Scores(nil, held)})
	}
	var group sync.WaitGroup
	for _, a := range all {
		group.Go(func() {
			for range 50 {
				if got := m.Scores(nil, a.held); !slices.Equal(got, a.scores) {
					t.Errorf("%v, not %v", got, a.scores)
				}
				m.MatchHeld(a.held)
			}
		})
	}
	group.Wait()
}
