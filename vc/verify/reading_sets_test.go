package verify_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/rewrite"
	"github.com/laurel-edu/laurel/internal/testkit"
	"github.com/laurel-edu/laurel/vc/verify"
)

// What is expired, not yet valid, revoked or suspended stays so whatever is done to
// its JSON, also for a verifier that takes a status which cannot be had.
func TestNeverVerified(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 3))
	for _, o := range rewrite.Hopeless(t) {
		t.Run(o.Name, func(t *testing.T) {
			root, err := rewrite.Parse(o.Text)
			require.NoError(t, err)
			tree := rewrite.NewTree(root)
			signed, err := rewrite.Sieve().Signed(root)
			require.NoError(t, err)
			var verifiers []*verify.Verifier
			for _, accept := range [][]verify.CheckName{nil, {verify.CheckStatus}} {
				v, err := verify.New(verify.Config{Fetcher: o.Pack, Now: testkit.Clock, Accept: accept})
				require.NoError(t, err)
				verifiers = append(verifiers, v)
			}
			tried := 0
			for _, kind := range rewrite.Kinds() {
				through := 0
				for n, e := range drawn(kind, tree, random) {
					changed := tree.Apply(e)
					if rewrite.Sieve().Compare(signed, changed) == rewrite.Lost {
						continue
					}
					tried++
					for _, v := range verifiers {
						if _, err := v.Verify(context.Background(), changed.Bytes()); err == nil {
							if through++; through <= 2 {
								keep(t, o.Name, kind.Name, n, changed, "verified")
								t.Errorf("%s: verified: %s", kind.Name, changed.Bytes())
							}
						}
					}
				}
				if through > 2 {
					t.Errorf("%s: %d in all", kind.Name, through)
				}
			}
			require.Greater(t, tried, 100)
		})
	}
}

// told is a report as a set: nothing in it depends on where in an array a thing
// stood.
func told(r *verify.Report) (all []string) {
	for _, c := range r.Checks {
		all = append(all, fmt.Sprint(c.Name, " ", c.Outcome, " ", c.Advisory, " ", steps.ReplaceAllString(c.Pointer, "/*")))
		for _, p := range slices.Concat(c.Problems, c.Warnings) {
			all = append(all, fmt.Sprint(c.Name, " ", note(p.Code, p.Pointer)))
		}
	}
	for _, n := range r.Nested {
		all = append(all, fmt.Sprint(n.Role, " ", n.Signed, " ", n.Report.Verdict, " ", told(n.Report)))
	}
	slices.Sort(all)
	return all
}

// Nothing depends on the order of a set: with any array turned around or shuffled a
// report says the same, of what verifies and of what does not.
func TestSets(t *testing.T) {
	arrays := 0
	for _, o := range slices.Concat(rewrite.Originals(t), rewrite.Hopeless(t)) {
		root, err := rewrite.Parse(o.Text)
		require.NoError(t, err)
		config := verify.Config{Fetcher: o.Pack}
		was, tree := inspect(t, o.Text, config), rewrite.NewTree(root)
		for _, e := range rewrite.Sets(tree) {
			arrays++
			text := tree.Apply(e).Bytes()
			is := inspect(t, text, config)
			require.Equal(t, was.Verdict, is.Verdict, "%s: %s", o.Name, text)
			require.Equal(t, told(was), told(is), "%s: %s", o.Name, text)
		}
	}
	require.Greater(t, arrays, 100)
}
