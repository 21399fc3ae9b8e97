package verify_test

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/rewrite"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/verify"
)

// long reports whether to look at everything rather than at a sample.
func long() bool { return os.Getenv("LAUREL_LONG") != "" }

// sample is how many rewritings of one kind in one part of one original are looked at, and
// rounds how many of two kinds of one original, where not all are. With -short, which is how
// the race detector runs it, it is one of each and few, of half of the kinds for an
// original.
func sample() (each, rounds int) {
	switch {
	case long():
		return math.MaxInt, 2000
	case testing.Short():
		return 1, 15
	}
	return 3, 120
}

// reader is one original and what its verifier and readers make of it.
type reader struct {
	rewrite.Original
	tree        *rewrite.Tree
	verifier    *verify.Verifier
	sieve, gold *rewrite.Signed
	seen        sight
	extended    bool // read with its extensions
}

func newReader(t testing.TB, o rewrite.Original, c verify.Config) *reader {
	t.Helper()
	root, err := rewrite.Parse(o.Text)
	require.NoError(t, err)
	r := &reader{Original: o, tree: rewrite.NewTree(root), extended: strings.Contains(o.Name, "extension")}
	c.Fetcher, c.Now = o.Pack, testkit.Clock
	r.verifier, err = verify.New(c)
	require.NoError(t, err)
	r.sieve, err = rewrite.Sieve().Signed(root)
	require.NoError(t, err)
	r.gold, err = rewrite.Gold().Signed(root)
	require.NoError(t, err)
	r.seen = r.look(t, o.Text)
	return r
}

// readers are those of a zero Config for every original, and of a lenient one for
// some.
func readers(t testing.TB) (all []*reader) {
	for i, o := range rewrite.Originals(t) {
		all = append(all, newReader(t, o, verify.Config{}))
		if i%4 == 0 {
			o.Name += ", leniently"
			all = append(all, newReader(t, o, verify.Config{Lenient: true}))
		}
	}
	return all
}

// result is what became of a rewriting.
type result int

const (
	lost    result = iota // the signature is broken
	refused               // not verified
	warned                // the report notes what it did not of the original
	same                  // read as the original
	broken                // verified, read otherwise, and nothing said
)

// judge says what becomes of a rewriting, and of a broken one why.
func (r *reader) judge(t testing.TB, kind rewrite.Kind, root *rewrite.Node) (result, string) {
	t.Helper()
	survival := rewrite.Sieve().Compare(r.sieve, root)
	if survival == rewrite.Lost {
		if kind.Order {
			return broken, "an order or a spelling broke the signature"
		}
		return lost, ""
	}
	is := r.look(t, root.Bytes())
	return r.weigh(kind, survival, is)
}

// weigh compares what is seen of a rewriting with what is seen of its original.
func (r *reader) weigh(kind rewrite.Kind, survival rewrite.Survival, is sight) (result, string) {
	why := ""
	if is.verdict == verify.VerdictVerified {
		why = difference(r.seen, is)
	}
	switch {
	case kind.Order && is.verdict != verify.VerdictVerified:
		return broken, fmt.Sprint("an order or a spelling is refused: ", is.notes)
	case kind.Order && (why != "" || !maps.Equal(is.notes, r.seen.notes)):
		return broken, fmt.Sprint("an order or a spelling changes what is said: ", is.notes, why)
	case is.verdict != verify.VerdictVerified:
		return refused, ""
	case survival == rewrite.OuterOnly && (is.forged || !noted(r.seen.notes, is.notes)):
		return broken, "verified, and the proof of an embedded credential is bad"
	case why == "":
		return same, ""
	case noted(r.seen.notes, is.notes):
		return warned, ""
	}
	return broken, why
}

// noted reports whether something is noted that was not.
func noted(was, is map[string]int) bool {
	for note, n := range is {
		if n > was[note] {
			return true
		}
	}
	return false
}

// tally counts the rewritings of one kind.
type tally struct {
	made, kept, disputed, refused, warned, same, broken int
	examples                                            []string
}

func (c *tally) count(r result, why string) {
	switch r {
	case refused:
		c.refused++
	case warned:
		c.warned++
	case same:
		c.same++
	case broken:
		c.broken++
		if len(c.examples) < 2 {
			c.examples = append(c.examples, why)
		}
	}
}

// drawn are the edits of a kind that a run looks at: so many of each part of the document.
func drawn(kind rewrite.Kind, tree *rewrite.Tree, random *rand.Rand, each int) []rewrite.Edit {
	edits := kind.Edits(tree)
	random.Shuffle(len(edits), func(i, j int) { edits[i], edits[j] = edits[j], edits[i] })
	taken := map[string]int{}
	return slices.DeleteFunc(edits, func(e rewrite.Edit) bool {
		part := tree.Part(e.At)
		taken[part]++
		return taken[part] > each
	})
}

// Whatever the holder of a credential does to its JSON without touching what is
// signed: it is refused, or read as the original is, or the report says that
// something is off.
func TestReading(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 2))
	each, _ := sample()
	counts := map[string]*tally{}
	kinds := rewrite.Kinds()
	for i, r := range readers(t) {
		require.Equal(t, verify.VerdictVerified, r.seen.verdict, "%s: %v", r.Name, r.seen.notes)
		for k, kind := range kinds {
			if testing.Short() && (i+k)%2 == 0 {
				continue // every other kind, and for the next original the others
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
	counts["two kinds"] = twoKinds(t, kinds, random)
	report(t, counts, fewest)
}

// hold judges one rewriting and counts it.
func (r *reader) hold(t testing.TB, c *tally, kind rewrite.Kind, root *rewrite.Node, n int) {
	t.Helper()
	text := root.Bytes()
	if bytes.Equal(text, r.Text) {
		return
	}
	c.made++
	result, why := r.judge(t, kind, root)
	if result == lost {
		return
	}
	if result != broken && rewrite.Gold().Compare(r.gold, root) == rewrite.Lost {
		c.disputed++ // good by our engine, which decides here; json-gold does not say the same
	} else {
		c.kept++
	}
	c.count(result, why)
	if result == broken && c.broken <= keptExamples {
		keep(t, r.Name, kind.Name, n, root, why)
	}
}

// keptExamples is how many broken instances of a kind are written down.
const keptExamples = 40

// keep writes a broken instance beside the test's artifacts (go test -artifacts).
func keep(t testing.TB, original, kind string, n int, root *rewrite.Node, why string) {
	name := strings.ReplaceAll(fmt.Sprintf("%s, %s %d", kind, original, n), "/", "-")
	text := append(root.Bytes(), "\n"...)
	require.NoError(t, os.WriteFile(filepath.Join(t.ArtifactDir(), name+".json"), text, 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(t.ArtifactDir(), name+".txt"), []byte(why+"\n"), 0o600))
}

// twoKinds draws a rewriting of a rewriting.
func twoKinds(t testing.TB, kinds []rewrite.Kind, random *rand.Rand) *tally {
	c := &tally{}
	both := rewrite.Kind{Name: "two kinds"}
	_, rounds := sample()
	for _, r := range readers(t) {
		for n := range rounds {
			first := kinds[random.IntN(len(kinds))].Edits(r.tree)
			if len(first) == 0 {
				continue
			}
			once := r.tree.Apply(first[random.IntN(len(first))])
			if rewrite.Sieve().Compare(r.sieve, once) == rewrite.Lost && random.IntN(4) > 0 {
				continue // a second edit seldom mends the first
			}
			tree := rewrite.NewTree(once)
			second := kinds[random.IntN(len(kinds))].Edits(tree)
			if len(second) > 0 {
				r.hold(t, c, both, tree.Apply(second[random.IntN(len(second))]), n)
			}
		}
	}
	return c
}

// fewest is how many rewritings of a kind must have kept their signatures in the long run:
// fewer show nothing. Of what is shown in part there are fewer documents, and each kind has
// shown itself on the whole ones.
const (
	fewest      = 30
	fewestShown = 10
)

// report prints the counts and fails for what is broken, and in the long run for kinds of which
// least did not keep their signatures.
func report(t *testing.T, counts map[string]*tally, least int) {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-42s %7s %7s %8s %7s %7s %7s %7s\n", "kind", "made", "kept", "disputed", "refused", "warned", "same", "BROKEN")
	var sum tally
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		c := counts[name]
		fmt.Fprintf(&b, "%-42s %7d %7d %8d %7d %7d %7d %7d\n", name, c.made, c.kept, c.disputed, c.refused, c.warned, c.same, c.broken)
		sum.made, sum.kept, sum.disputed = sum.made+c.made, sum.kept+c.kept, sum.disputed+c.disputed
		sum.refused, sum.warned, sum.same, sum.broken = sum.refused+c.refused, sum.warned+c.warned, sum.same+c.same, sum.broken+c.broken
	}
	fmt.Fprintf(&b, "%-42s %7d %7d %8d %7d %7d %7d %7d\n", "all", sum.made, sum.kept, sum.disputed, sum.refused, sum.warned, sum.same, sum.broken)
	t.Log(b.String())
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		c := counts[name]
		if c.broken > 0 {
			t.Errorf("%s: %d verified and read otherwise without a word, or refused for an order:\n%s", name, c.broken, strings.Join(c.examples, "\n"))
		}
		if long() && c.kept < least {
			t.Errorf("%s: only %d kept their signatures", name, c.kept)
		}
	}
}
