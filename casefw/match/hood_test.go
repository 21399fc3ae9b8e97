package match_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
)

// A framework in which everything is linked with everything, or that is one long chain, ends
// with a flag, and what is too much to be counted as a whole is not counted in part.
func TestWhatIsTooMuchEnds(t *testing.T) {
	const n = 120
	var stars, chain framework
	for k := range n {
		stars.items = append(stars.items, k, n+k)
		if k > 0 { // two stars, each leaf of one the same as the middle of the other
			child, same := casefw.IsChildOf, casefw.ExactMatchOf
			stars.links = append(stars.links, tie{kind: child, from: k, to: 0}, tie{kind: child, from: n + k, to: n},
				tie{kind: same, from: k, to: n}, tie{kind: same, from: n + k, to: 0})
			chain.links = append(chain.links, tie{kind: child, from: k, to: k - 1}, tie{kind: child, from: n + k, to: k - 1})
		}
	}
	chain.items = stars.items
	for name, f := range map[string]framework{"stars": stars, "chain": chain} {
		g := (&world{frameworks: []framework{f}}).graph(t)
		p := match.DefaultPolicy()
		p.MaxNodes = 500
		got := outcome(t, g, p, requirements(0), hold(t, g, 1))
		require.Contains(t, got.Requirements[0].Flags, match.FlagBudget, name)
		require.LessOrEqual(t, *got.Requirements[0].Score, 1.0, name)
		if name == "chain" {
			require.Zero(t, *got.Requirements[0].Score, "what is below is not counted as a whole of less")
		}
		p.MaxNodes = 1_000_000
		got = outcome(t, g, p, requirements(0), hold(t, g, 1))
		require.NotContains(t, got.Requirements[0].Flags, match.FlagBudget, name)
		require.NotZero(t, *got.Requirements[0].Score, name)
	}
}
