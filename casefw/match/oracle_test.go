package match_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
)

// oracle scores by the definition and nothing else: it walks every path.
type oracle struct {
	ties   []tie
	policy match.Policy
	held   map[int]bool
}

func (o *oracle) children(n int) (all []int) {
	for _, l := range o.ties {
		if l.kind == casefw.IsChildOf && l.to == n && !slices.Contains(all, l.from) {
			all = append(all, l.from)
		}
	}
	return all
}

func (o *oracle) leaves(n int, all map[int]bool) map[int]bool {
	children := o.children(n)
	if len(children) == 0 {
		all[n] = true
	}
	for _, c := range children {
		o.leaves(c, all)
	}
	return all
}

// at is where a path stands: so many steps from the requirement, and what it has walked.
type at struct {
	hops     int
	once, up bool
	covers   []int // nodes whose parts are being counted
	path     []int // nodes that it came through
	part     bool  // the node is a part of the last of them
}

// score is the best that is held for a node, over any path on from there.
func (o *oracle) score(n int, a at) float64 {
	if a.hops > o.policy.MaxHops || slices.Contains(a.path, n) {
		return 0
	}
	best := 0.0
	if o.held[n] {
		best = 1
	}
	next := a
	next.hops++
	next.part = false
	next.path = append(slices.Clone(a.path), n)
	for _, l := range o.ties {
		best = max(best, o.sideways(n, l, a, next))
		if l.kind == casefw.IsChildOf && l.from == n && len(a.covers) == 0 {
			up := next
			up.up = true
			best = max(best, o.policy.Broader*o.score(l.to, up))
		}
	}
	if !a.up && !a.part && !slices.Contains(a.covers, n) {
		best = max(best, o.parts(n, a))
	}
	return best
}

func (o *oracle) sideways(n int, l tie, a, next at) (best float64) {
	worth, once := o.policy.Links[l.kind], o.policy.Once[l.kind]
	both := l.kind == casefw.ExactMatchOf || l.kind == casefw.IsTranslationOf || l.kind == casefw.IsRelatedTo
	if worth == 0 || once && a.once {
		return 0
	}
	next.once = a.once || once
	if l.to == n {
		best = worth * o.score(l.from, next)
	}
	if both && l.from == n {
		best = max(best, worth*o.score(l.to, next))
	}
	return best
}

// parts is the mean over the leaves below a node, each by the best of what it is below.
func (o *oracle) parts(n int, a at) float64 {
	if len(o.children(n)) == 0 {
		return 0
	}
	leaves := o.leaves(n, map[int]bool{})
	best := map[int]float64{}
	inside := at{hops: a.hops, once: a.once, covers: append(slices.Clone(a.covers), n), part: true, path: a.path}
	o.below(n, inside, best)
	sum := 0.0
	for leaf := range leaves {
		sum += best[leaf]
	}
	return sum / float64(len(leaves))
}

func (o *oracle) below(n int, a at, best map[int]float64) {
	a.hops++
	a.path = append(slices.Clone(a.path), n)
	for _, c := range o.children(n) {
		worth := o.score(c, a)
		for leaf := range o.leaves(c, map[int]bool{}) {
			best[leaf] = max(best[leaf], worth)
		}
		o.below(c, a, best)
	}
}

// Random frameworks, with links of every kind between them, are scored as by walking every
// path.
func TestScoresAreThoseOfEveryPath(t *testing.T) {
	kinds := []casefw.AssociationType{casefw.ExactMatchOf, casefw.ExactMatchOf, casefw.IsTranslationOf, casefw.ReplacedBy, casefw.IsPartOf,
		casefw.IsRelatedTo, casefw.IsRelatedTo, casefw.IsPeerOf, casefw.Precedes}
	scores := map[float64]int{}
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 7))
		w, ties := draw(r, kinds)
		g := w.graph(t)
		p := match.DefaultPolicy()
		p.MaxHops = 1 + r.IntN(4)
		var numbers []int
		o := oracle{ties: ties, policy: p, held: map[int]bool{}}
		for n := range 12 {
			if r.IntN(3) == 0 {
				numbers, o.held[n] = append(numbers, n), true
			}
		}
		got := outcome(t, g, p, requirements(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), hold(t, g, numbers...))
		for n := range 12 {
			want := o.score(n, at{})
			require.InDelta(t, want, *got.Requirements[n].Score, 1e-9, "seed %d: item %d with %v: %v", seed, n, numbers, ties)
			scores[math.Round(want*100)/100]++
		}
	}
	require.Greater(t, len(scores), 10, "the scores differ: %v", scores)
}

// draw makes two frameworks of six items each: trees, and links within and between them.
func draw(r *rand.Rand, kinds []casefw.AssociationType) (world, []tie) {
	w := world{frameworks: make([]framework, 2)}
	var all []tie
	for k := range w.frameworks {
		f := &w.frameworks[k]
		for n := range 6 {
			number := 6*k + n
			f.items = append(f.items, number)
			if n > 0 && r.IntN(4) > 0 {
				f.links = append(f.links, tie{kind: casefw.IsChildOf, from: number, to: 6*k + r.IntN(n)})
			}
		}
		for range 3 {
			from, to := r.IntN(12), r.IntN(12)
			if from != to {
				f.links = append(f.links, tie{kind: kinds[r.IntN(len(kinds))], from: from, to: to})
			}
		}
		all = append(all, f.links...)
	}
	return w, all
}
