package match_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/casefw/match/storetest"
)

func TestMemoryIndexKeepsThePromises(t *testing.T) {
	x := &match.MemoryIndex{}
	passed, err := storetest.Test(t.Context(), func(context.Context) (match.Index, error) { return x, nil })
	require.NoError(t, err)
	require.Greater(t, passed, 10)
}

// claimOf is a claim of an issuer, aligned to items.
func claimOf(issuer string, to ...casefw.Alignment) match.Claim {
	c := match.Claim{Credential: "urn:of:" + issuer, Issuer: issuer, Standing: match.StandingOwnProof, Validity: match.ValidityCurrent, Type: "Course"}
	for _, a := range to {
		c.Alignments = append(c.Alignments, match.Alignment{Of: match.OfAchievement, Result: -1, Alignment: a})
	}
	return c
}

// narrower is what stands for an item for certain, by the ties: itself, what is the same or
// was replaced by it, and what stands below any of these.
func narrower(ties []tie, n int) map[int]bool {
	all := map[int]bool{n: true}
	for grown := true; grown; {
		grown = false
		add := func(known, other int) {
			if all[known] && !all[other] {
				all[other], grown = true, true
			}
		}
		for _, l := range ties {
			switch l.kind {
			case casefw.ExactMatchOf, casefw.IsTranslationOf:
				add(l.to, l.from)
				add(l.from, l.to)
			case casefw.IsChildOf, casefw.ReplacedBy:
				add(l.to, l.from)
			}
		}
	}
	return all
}

// Who has a skill, or a narrower one, is found by the links of random frameworks, and nobody
// else.
func TestIndexFindsNarrowerSkills(t *testing.T) {
	more := 0
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 5))
		w, ties := draw(r, allKinds)
		g, x := w.graph(t), &match.MemoryIndex{}
		for n := range 12 {
			require.NoError(t, x.Put(t.Context(), "pool", fmt.Sprintf("holder %02d", n), g.Entries([]match.Claim{claimOf("i", ofItem(n))}, nil)))
		}
		for n := range 12 {
			var want, got []string
			for k := range narrower(ties, n) {
				want = append(want, fmt.Sprintf("holder %02d", k))
			}
			slices.Sort(want)
			for f, err := range match.All(t.Context(), x, "pool", g.Skill(ofItem(n), time.Now())) {
				require.NoError(t, err)
				got = append(got, f.Holder)
			}
			require.Equal(t, want, got, "seed %d: %d over %v", seed, n, ties)
			more += len(got) - 1
		}
	}
	require.Greater(t, more, 100)
}

// Whoever has a score above zero is among those whom the keys of the job find.
func TestKeysFindWhoeverScores(t *testing.T) {
	left := 0
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 6))
		w, _ := draw(r, allKinds)
		g := w.graph(t)
		m, err := g.Prepare(match.Job{Requirements: requirements(r.IntN(12))}, match.DefaultPolicy())
		require.NoError(t, err)
		keys := m.Keys()
		for n := range 12 {
			scores := m.Scores(nil, hold(t, g, n))
			require.Equal(t, scores[0] > 0, slices.Contains(keys, id(n)), "seed %d: %d", seed, n)
			if scores[0] == 0 {
				left++
			}
		}
	}
	require.NotZero(t, left)
}

// What is read back from an index is held as the claims that it was made of.
func TestEntriesAreHeldAsTheirClaims(t *testing.T) {
	w := world{frameworks: []framework{{items: []int{1, 2, 3}, links: []tie{{kind: casefw.ExactMatchOf, from: 1, to: -1252}}}}}
	g := w.graph(t)
	graded := claimOf("a", ofItem(1), ofItem(2), ofItem(1))
	graded.Results = []match.Result{{Status: "Failed"}, {Status: "Completed", Level: match.Level{Position: 2, Of: 4}}}
	graded.Alignments[1].Of, graded.Alignments[1].Result = match.OfResult, 1
	failed := claimOf("b", ofItem(3))
	failed.Results = []match.Result{{Status: "Failed"}}
	onet := claimOf("c", casefw.Alignment{TargetType: "ext:onet", TargetCode: "15-1252.00"})
	against := claimOf("d", ofItem(3))
	against.Against = match.AgainstStanding
	claims := []match.Claim{graded, failed, onet, against, claimOf("e")}
	held, _ := g.Hold(claims, nil)
	require.Len(t, held, 4)
	entries := g.Entries(claims, nil)
	require.Equal(t, held, g.HoldEntries(entries))
	require.Len(t, entries, 6, "those that are aligned to nothing are found by their issuer")
}

// What no framework knew when it was put is found once one does; a code of nobody knows
// which framework is not.
func TestIndexWaitsForFrameworks(t *testing.T) {
	none := match.NewGraph(casefw.NewCatalog())
	x := &match.MemoryIndex{}
	require.NoError(t, x.Put(t.Context(), "pool", "ana", none.Entries([]match.Claim{
		claimOf("a", ofItem(2)), claimOf("b", casefw.Alignment{TargetType: "ext:onet", TargetCode: "15-1252.00", TargetURL: "https://o.example/1"}),
		claimOf("c", casefw.Alignment{TargetCode: "A.1", TargetType: "CFItem"}),
	}, nil)))
	find := func(g *match.Graph, a casefw.Alignment) (all []string) {
		for f, err := range match.All(t.Context(), x, "pool", match.Query{Items: g.Narrower(a)}) {
			require.NoError(t, err)
			all = append(all, f.Issuer)
		}
		return all
	}
	require.Equal(t, []string{"a"}, find(none, ofItem(2)))
	require.Empty(t, find(none, ofItem(1)))
	g := (&world{frameworks: []framework{{items: []int{1, 2, 3}, links: []tie{{kind: casefw.IsChildOf, from: 2, to: 1},
		{kind: casefw.ExactMatchOf, from: 3, to: -1252}}}}}).graph(t)
	require.Equal(t, []string{"a"}, find(g, ofItem(1)))
	require.Equal(t, []string{"b"}, find(g, ofItem(3)))
	require.Empty(t, find(g, casefw.Alignment{TargetCode: "A.1", TargetType: "CFItem"}))
}

// stuck gives the same page again.
type stuck struct{ match.MemoryIndex }

func (*stuck) Find(context.Context, string, match.Query) (match.Page, error) {
	return match.Page{Found: make([]match.Found, 1), Next: match.Position{Holder: "a", Next: 1}}, nil
}

func TestAllEnds(t *testing.T) {
	n := 0
	for _, err := range match.All(t.Context(), &stuck{}, "pool", match.Query{}) {
		if n++; n == 2 {
			require.ErrorContains(t, err, "the same page")
		}
	}
	require.Equal(t, 2, n)
}
