package verify_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/rewrite"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/verify"
)

// guards names the guards of one reading; the test is skipped where there are none.
func guards(t *testing.T) []string {
	names := verify.GuardNames()
	if len(names) == 0 {
		t.Skip("skipped: the verifier has no guards that could be switched off")
	}
	return names
}

// Without any one of the guards something gets through: a rewriting verifies and
// reads otherwise, without a word. A guard with no such rewriting guards nothing.
func TestEveryGuardIsNeeded(t *testing.T) {
	names := guards(t)
	if !long() {
		t.Skip("skipped: it needs all rewritings (LAUREL_LONG=1)")
	}
	through := make([]int, len(names))
	// A status that cannot be had is taken: then what hides one verifies.
	taken := verify.Config{Accept: []verify.CheckName{verify.CheckStatus}}
	for _, o := range slices.Concat(rewrite.Originals(t), rewrite.Unattributable(t), rewrite.Hopeless(t)) {
		r := newReader(t, o, taken)
		var blind []*reader // with one guard off each
		for bit := range names {
			c := taken
			c.Fetcher, c.Now = r.Pack, testkit.Clock
			v, err := verify.New(c)
			require.NoError(t, err)
			verify.SetOff(v, 1<<bit)
			b := *r
			b.verifier = v
			b.seen = b.look(t, r.Text)
			blind = append(blind, &b)
		}
		for _, kind := range rewrite.Kinds() {
			for _, e := range kind.Edits(r.tree) {
				r.tryBlind(t, kind, r.tree.Apply(e), blind, through)
			}
		}
	}
	for bit, name := range names {
		t.Logf("without %s: %d", name, through[bit])
		if through[bit] == 0 {
			t.Errorf("%s: with this guard off nothing gets through", name)
		}
	}
}

// enough instances are looked for with a guard off.
const enough = 5

// tryBlind counts, for each guard, a rewriting that gets through without it. Only
// what the whole verifier refuses or notes is tried.
func (r *reader) tryBlind(t *testing.T, kind rewrite.Kind, root *rewrite.Node, blind []*reader, through []int) {
	survival := rewrite.Sieve().Compare(r.sieve, root)
	if survival == rewrite.Lost {
		return
	}
	text := root.Bytes()
	if result, _ := r.weigh(kind, survival, r.look(t, text)); result != refused && result != warned {
		return
	}
	for bit, b := range blind {
		if through[bit] >= enough {
			continue
		}
		if result, _ := b.weigh(kind, survival, b.look(t, text)); result == broken {
			through[bit]++
		}
	}
}

// No guard refuses what is honest: with all of them off the verdict on the shared
// samples is the same.
func TestGuardsLetHonestPass(t *testing.T) {
	names := guards(t)
	all := honest(t)
	require.Greater(t, len(all), 50)
	on, err := verify.New(verify.Config{Kinds: []string{verify.AnyKind}, Now: testkit.Clock})
	require.NoError(t, err)
	off, err := verify.New(verify.Config{Kinds: []string{verify.AnyKind}, Now: testkit.Clock})
	require.NoError(t, err)
	verify.SetOff(off, 1<<len(names)-1)
	for name, text := range all {
		with, err := on.Inspect(t.Context(), text)
		require.NoError(t, err)
		without, err := off.Inspect(t.Context(), text)
		require.NoError(t, err)
		require.Equal(t, without.Verdict, with.Verdict, "%s: %v", name, with.Problems())
	}
}
