package verify_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/rewrite"
	"github.com/laurel-edu/laurel/vc/verify"
)

// What a holder shows in part is read like any other signed document: whatever is done
// to its JSON without touching what is signed is refused, read the same, or noted.
func TestReadingDisclosed(t *testing.T) {
	random := rand.New(rand.NewPCG(20, 23))
	each, _ := sample()
	counts := map[string]*tally{}
	kinds := rewrite.Kinds()
	for i, o := range rewrite.Disclosed(t) {
		r := newReader(t, o, verify.Config{})
		require.Equal(t, verify.VerdictVerified, r.seen.verdict, "%s: %v", r.Name, r.seen.notes)
		for k, kind := range kinds {
			if !long() && (i+k)%3 != 0 {
				continue // a third of the kinds, and for the next part others
			}
			c := counts[kind.Name]
			if c == nil {
				c = &tally{}
				counts[kind.Name] = c
			}
			for n, e := range drawn(kind, r.tree, random, each) {
				r.hold(t, c, kind, r.tree.Apply(e), n)
			}
		}
	}
	report(t, counts, fewestShown)
}
