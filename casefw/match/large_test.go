package match_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
)

// country is a large framework, a smaller one, and a crosswalk between them.
type country struct {
	items   int // of the large one, a tree with eight below each; half as many links, and a tenth as many items of the other
	guids   []casefw.GUID
	ties    []tie
	graph   *match.Graph
	targets []match.Target
}

// settle makes a country, the same each time.
func settle(t testing.TB, items int) *country {
	t.Helper()
	c := &country{items: items}
	r := rand.New(rand.NewPCG(1, 2))
	all := items + items/10
	tree := func(from, to int) (ties []tie) {
		for n := from + 1; n < to; n++ {
			ties = append(ties, tie{kind: casefw.IsChildOf, from: n, to: from + (n-from-1)/8})
		}
		return ties
	}
	large, small := tree(0, items), tree(items, all)
	var crosswalk []tie
	for range items / 2 {
		crosswalk = append(crosswalk, tie{kind: casefw.ExactMatchOf, from: r.IntN(items), to: items + r.IntN(items/10)})
		related := tie{kind: casefw.IsRelatedTo, from: r.IntN(items), to: r.IntN(all)}
		if related.from != related.to {
			crosswalk = append(crosswalk, related)
		}
	}
	c.ties = slices.Concat(large, small, crosswalk)
	var frameworks []*casefw.Framework
	for k, ties := range [][]tie{large, small, crosswalk} {
		bounds := [][2]int{{0, items}, {items, all}, {0, 0}}[k]
		f, _, err := casefw.LoadBytes(written(k, bounds[0], bounds[1], ties), casefw.Options{})
		require.NoError(t, err)
		frameworks = append(frameworks, f)
	}
	c.graph = match.NewGraph(casefw.NewCatalog(frameworks...))
	for n := range all {
		guid, err := casefw.ParseGUID(id(n))
		require.NoError(t, err)
		target, ok := c.graph.FindGUID(guid)
		require.True(t, ok)
		c.guids, c.targets = append(c.guids, guid), append(c.targets, target)
	}
	return c
}

func written(k, from, to int, ties []tie) []byte {
	const uri, document = `"uri":"https://frameworks.example/item"`, `"uri":"https://frameworks.example/document"`
	var b strings.Builder
	fmt.Fprintf(&b, `{"CFDocument":{"identifier":"%s",%s,"title":"Framework %d","creator":"a test","lastChangeDateTime":"2025-01-01T00:00:00Z",`+
		`"CFPackageURI":{"title":"p","identifier":"%s",%s}},"CFItems":[`, guid(0xd, k), document, k, guid(0xd, k), document)
	for n := from; n < to; n++ {
		if n > from {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"identifier":"%s",%s,"fullStatement":"Can do thing %d","lastChangeDateTime":"2025-01-01T00:00:00Z"}`, id(n), uri, n)
	}
	b.WriteString(`],"CFAssociations":[`)
	for i, l := range ties {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"identifier":"%s",%s,"associationType":"%s","lastChangeDateTime":"2025-01-01T00:00:00Z",`+
			`"originNodeURI":{"title":"o","identifier":"%s",%s},"destinationNodeURI":{"title":"d","identifier":"%s",%s}}`,
			guid(0xc00+k, i), uri, l.kind, id(l.from), uri, id(l.to), uri)
	}
	b.WriteString("]}")
	return []byte(b.String())
}

// pool is who applies, with what each holds, for the Matcher and for a search.
type pool struct {
	held  [][]match.Held
	guids [][]casefw.GUID
	sets  []map[casefw.GUID]bool
}

// apply makes applicants with thirty claims each, two in three of which are in one part of
// the large framework, as people of one trade have them.
func (c *country) apply(applicants int) *pool {
	r, p := rand.New(rand.NewPCG(3, 4)), &pool{}
	for range applicants {
		var held []match.Held
		var guids []casefw.GUID
		set := map[casefw.GUID]bool{}
		for k := range 30 {
			n := r.IntN(len(c.guids))
			if k%3 > 0 {
				n = c.trade(r)
			}
			held, guids = append(held, match.Held{Target: c.targets[n], Claim: k}), append(guids, c.guids[n])
			set[c.guids[n]] = true
		}
		p.held, p.guids, p.sets = append(p.held, held), append(p.guids, guids), append(p.sets, set)
	}
	return p
}

// trade is an item of the part of the framework that people and jobs are of: a hundredth of a
// large one.
func (c *country) trade(r *rand.Rand) int { return c.items/2 + r.IntN(max(200, c.items/100)) }

// job asks for thirty items of the trade, some of which have others below.
func (c *country) job(r *rand.Rand) (job match.Job, asked []casefw.GUID) {
	for i := range 30 {
		n := c.trade(r)
		if i%5 == 0 {
			n = (n - 1) / 8
		}
		job.Requirements = append(job.Requirements, match.Requirement{ID: fmt.Sprint(i), Target: ofItem(n)})
		asked = append(asked, c.guids[n])
	}
	return job, asked
}

// A new job, held against a pool over a large framework with crosswalks, has the scores of a
// breadth-first search for every applicant and requirement: 300,000 of each in long runs.
func TestLargePoolAgreesWithSearch(t *testing.T) {
	items, applicants := 2_000, 60
	if os.Getenv("LAUREL_LONG") != "" {
		items, applicants = 100_000, 10_000
	}
	c := settle(t, items)
	p := c.apply(applicants)
	job, asked := c.job(rand.New(rand.NewPCG(5, 6)))
	m, err := c.graph.Prepare(job, match.DefaultPolicy())
	require.NoError(t, err)
	s := newSearch(c)
	above := 0
	var scores []float64
	for i := range p.held {
		scores = m.Scores(scores[:0], p.held[i])
		for k, want := range s.scores(asked, p.sets[i]) {
			require.InDelta(t, want, scores[k], 1e-12, "applicant %d, requirement %d", i, k)
			if want > 0 {
				above++
			}
		}
	}
	require.Greater(t, above, applicants, "most find something")
	t.Logf("%d scores agree, %d of them above zero", 30*applicants, above)
}

// TestRatios prints the rows of docs/benchmarks.md and asserts nothing: rounds alternate, each
// with another job, and the medians are compared.
func TestRatios(t *testing.T) {
	if os.Getenv("LAUREL_RATIOS") == "" {
		t.Skip("skipped: set LAUREL_RATIOS=1 to measure")
	}
	c := settle(t, 100_000)
	p := c.apply(10_000)
	worth := map[casefw.GUID]float64{}
	for i, guid := range c.guids {
		worth[guid] = float64(i%2) / 2
	}
	s, r := newSearch(c), rand.New(rand.NewPCG(7, 8))
	var bare, prepared, ours, resolved, searched []time.Duration
	const rounds, sample = 31, 200
	sum := 0.0
	for round := range rounds {
		job, asked := c.job(r)
		start := time.Now()
		for _, guids := range p.guids {
			for _, guid := range guids {
				sum += worth[guid]
			}
		}
		bare = append(bare, time.Since(start))

		start = time.Now()
		m, err := c.graph.Prepare(job, match.DefaultPolicy())
		prepared = append(prepared, time.Since(start))
		require.NoError(t, err)
		var scores []float64
		for _, held := range p.held {
			scores = m.Scores(scores[:0], held)
			total, _ := m.Total(scores)
			sum += total
		}
		ours = append(ours, time.Since(start))

		start = time.Now()
		for _, guids := range p.guids {
			for _, guid := range guids {
				target, _ := c.graph.FindGUID(guid)
				if target == (match.Target{}) {
					t.Fatal(guid)
				}
			}
		}
		resolved = append(resolved, time.Since(start))

		if round%3 == 0 { // of the search a sample is timed, and multiplied
			start = time.Now()
			for i := range sample {
				for _, score := range s.scores(asked, p.sets[(round*sample+i)%len(p.sets)]) {
					sum += score
				}
			}
			searched = append(searched, time.Since(start)*time.Duration(len(p.sets)/sample))
		}
	}
	for _, all := range [][]time.Duration{bare, prepared, ours, resolved, searched} {
		slices.Sort(all)
	}
	middle := func(all []time.Duration) time.Duration { return all[len(all)/2] }
	fmt.Printf("(%g)\nbare look-up %v (least %v)\nprepared %v\nours %v (least %v)\nidentifiers resolved %v\nsearch %v (least %v)\n", sum,
		middle(bare), bare[0], middle(prepared), middle(ours), ours[0], middle(resolved), middle(searched), searched[0])
	fmt.Printf("ours / bare %.2f (of least %.2f), search / ours %.0f (of least %.0f)\n", float64(middle(ours))/float64(middle(bare)),
		float64(ours[0])/float64(bare[0]), float64(middle(searched))/float64(middle(ours)), float64(searched[0])/float64(ours[0]))
}
