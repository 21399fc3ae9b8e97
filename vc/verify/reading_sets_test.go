package verify_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/rewrite"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/verify"
)

// What is expired, not yet valid, revoked or suspended stays so whatever is done to
// its JSON, also for verifiers that take a status which cannot be had, and terms that
// nobody signed.
func TestNeverVerified(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 3))
	each, _ := sample()
	for _, o := range rewrite.Hopeless(t) {
		t.Run(o.Name, func(t *testing.T) {
			h := newHopeless(t, o)
			tried := 0
			for _, kind := range rewrite.Kinds() {
				for n, e := range drawn(kind, h.tree, random, max(each, 3)) {
					if h.try(t, kind, n, h.tree.Apply(e)) {
						tried++
					}
				}
			}
			require.Greater(t, tried, 100)
		})
	}
}

// hopeless is a document that must not verify, and verifiers that might be brought
// to it.
type hopeless struct {
	rewrite.Original
	tree      *rewrite.Tree
	signed    *rewrite.Signed
	verifiers []*verify.Verifier
	through   map[string]int // by kind
}

func newHopeless(t *testing.T, o rewrite.Original) *hopeless {
	root, err := rewrite.Parse(o.Text)
	require.NoError(t, err)
	h := &hopeless{Original: o, tree: rewrite.NewTree(root), through: map[string]int{}}
	h.signed, err = rewrite.Sieve().Signed(root)
	require.NoError(t, err)
	status := []verify.CheckName{verify.CheckStatus}
	for _, c := range []verify.Config{{}, {Accept: status},
		{Accept: status, Lenient: true, Proofs: verify.ProofsConfig{Policy: verify.ProofsAny}}} {
		c.Fetcher, c.Now = o.Pack, testkit.Clock
		v, err := verify.New(c)
		require.NoError(t, err)
		_, err = v.Verify(t.Context(), o.Text)
		require.Error(t, err)
		h.verifiers = append(h.verifiers, v)
	}
	return h
}

// try shows a rewriting to the verifiers; it reports whether the rewriting left the
// signature good.
func (h *hopeless) try(t *testing.T, kind rewrite.Kind, n int, root *rewrite.Node) bool {
	if rewrite.Sieve().Compare(h.signed, root) == rewrite.Lost {
		return false
	}
	for _, v := range h.verifiers {
		if _, err := v.Verify(t.Context(), root.Bytes()); err != nil {
			continue
		}
		if h.through[kind.Name]++; h.through[kind.Name] <= 2 {
			keep(t, h.Name, kind.Name, n, root, "verified")
			t.Errorf("%s: verified: %s", kind.Name, root.Bytes())
		}
	}
	return true
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
		all = append(all, fmt.Sprint(n.Role, " ", n.Proof, " ", n.Report.Verdict, " ", told(n.Report)))
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
