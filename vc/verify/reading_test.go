package verify_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/rewrite"
	"github.com/laurel-edu/laurel/internal/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// long reports whether to look at everything rather than at a sample.
func long() bool { return os.Getenv("LAUREL_LONG") == "1" }

// sample is how many rewritings of one kind in one part of one original the short
// run looks at.
const sample = 3

// reader is one original and what its verifier and readers make of it.
type reader struct {
	rewrite.Original
	tree        *rewrite.Tree
	verifier    *verify.Verifier
	sieve, gold *rewrite.Signed
	seen        sight
}

// sight is what a verifier and the readers behind it say of a document.
type sight struct {
	verdict       verify.Verdict
	notes         map[vc.Code]int // of all checks, in embedded credentials as well
	facts         []string        // what the report says beside notes
	read, decoded string          // what the JSON and the typed model say
}

func newReader(t testing.TB, o rewrite.Original) *reader {
	t.Helper()
	root, err := rewrite.Parse(o.Text)
	require.NoError(t, err)
	r := &reader{Original: o, tree: rewrite.NewTree(root)}
	r.verifier, err = verify.New(verify.Config{Fetcher: o.Pack, Now: testkit.Clock})
	require.NoError(t, err)
	r.sieve, err = rewrite.Sieve().Signed(root)
	require.NoError(t, err)
	r.gold, err = rewrite.Gold().Signed(root)
	require.NoError(t, err)
	r.seen = r.look(t, o.Text)
	return r
}

func readers(t testing.TB) (all []*reader) {
	for _, o := range rewrite.Originals(t) {
		all = append(all, newReader(t, o))
	}
	return all
}

// look verifies a document and reads it if it may be believed.
func (r *reader) look(t testing.TB, text []byte) sight {
	t.Helper()
	v, err := r.verifier.Verify(context.Background(), text)
	var refused *verify.Error
	switch {
	case errors.As(err, &refused):
		return sight{verdict: refused.Report.Verdict, notes: notes(refused.Report, map[vc.Code]int{})}
	case err != nil:
		return sight{verdict: verify.Unreadable}
	}
	s := sight{verdict: verify.IsVerified, notes: notes(v.Report(), map[vc.Code]int{}), facts: facts(v.Report(), "")}
	slices.Sort(s.facts)
	s.facts = slices.Compact(s.facts) // equal proofs give equal checks
	s.read, err = rewrite.Read(v.Credential())
	require.NoError(t, err, "%s", text)
	s.decoded, err = rewrite.Decoded(v.Decode, v.Document().HasType("ClrCredential"))
	if err != nil {
		s.decoded = "does not decode: " + err.Error()
	}
	return s
}

// notes counts the codes of all that a report finds fault with.
func notes(r *verify.Report, count map[vc.Code]int) map[vc.Code]int {
	for _, c := range r.Checks {
		for _, p := range slices.Concat(c.Problems, c.Warnings) {
			count[p.Code]++
		}
	}
	for _, n := range r.Nested {
		notes(n.Report, count)
	}
	return count
}

// facts are what a report hands out of a document. The type that badges have two
// names for is told by one.
func facts(r *verify.Report, at string) []string {
	types := slices.Clone(r.Types)
	for i := range types {
		types[i] = strings.Replace(types[i], "OpenBadgeCredential", "AchievementCredential", 1)
	}
	slices.Sort(types)
	all := []string{fmt.Sprint(at, " ", r.Verdict, " ", r.ID, " ", r.IssuerID, " ", slices.Compact(types))}
	for _, c := range r.Checks {
		all = append(all, fmt.Sprint(at, " ", c.Name, " ", c.Outcome, " ", words(c.Detail)))
	}
	for _, n := range r.Nested {
		all = append(all, facts(n.Report, fmt.Sprint(at, ">", n.Role, " ", n.Signed))...)
	}
	return all
}

// words are the words of a detail, which may list things in the order of a set.
func words(detail string) []string {
	all := strings.FieldsFunc(detail, func(r rune) bool { return r == ' ' || r == ',' })
	slices.Sort(all)
	return all
}

// difference says what one reading has otherwise than another, "" where nothing.
func difference(was, is sight) string {
	switch {
	case is.read != was.read:
		return "the JSON reads\n" + apart(was.read, is.read)
	case is.decoded != was.decoded:
		return "the model reads\n" + apart(was.decoded, is.decoded)
	case !slices.Equal(was.facts, is.facts):
		return "the report says\n" + apart(strings.Join(was.facts, "\n"), strings.Join(is.facts, "\n"))
	}
	return ""
}

// apart shows two texts from where they begin to differ.
func apart(was, is string) string {
	n := 0
	for n < min(len(was), len(is)) && was[n] == is[n] {
		n++
	}
	n = max(n-60, 0)
	cut := func(s string) string { return s[n:min(n+300, len(s))] }
	return "- " + cut(was) + "\n+ " + cut(is)
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
	if is.verdict == verify.IsVerified {
		why = difference(r.seen, is)
	}
	switch {
	case kind.Order && is.verdict != verify.IsVerified:
		return broken, fmt.Sprint("an order or a spelling is refused: ", is.notes)
	case kind.Order && (why != "" || !maps.Equal(is.notes, r.seen.notes)):
		return broken, fmt.Sprint("an order or a spelling changes what is said: ", is.notes, why)
	case is.verdict != verify.IsVerified:
		return refused, ""
	case survival == rewrite.OuterOnly:
		return broken, "verified, and the proof of an embedded credential is bad"
	case why == "":
		return same, ""
	case noted(r.seen.notes, is.notes):
		return warned, ""
	}
	return broken, why
}

// noted reports whether something is noted that was not.
func noted(was, is map[vc.Code]int) bool {
	for code, n := range is {
		if n > was[code] {
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

// drawn are the edits of a kind that a run looks at: all, or some of each part of
// the document.
func drawn(kind rewrite.Kind, tree *rewrite.Tree, random *rand.Rand) []rewrite.Edit {
	edits := kind.Edits(tree)
	if long() {
		return edits
	}
	random.Shuffle(len(edits), func(i, j int) { edits[i], edits[j] = edits[j], edits[i] })
	taken := map[string]int{}
	return slices.DeleteFunc(edits, func(e rewrite.Edit) bool {
		part := tree.Part(e.At)
		taken[part]++
		return taken[part] > sample
	})
}

// Whatever the holder of a credential does to its JSON without touching what is
// signed: it is refused, or read as the original is, or the report says that
// something is off.
func TestReading(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 2))
	counts := map[string]*tally{}
	kinds := rewrite.Kinds()
	for _, r := range readers(t) {
		require.Equal(t, verify.IsVerified, r.seen.verdict, "%s: %v", r.Name, r.seen.notes)
		for _, kind := range kinds {
			c := counts[kind.Name]
			if c == nil {
				c = &tally{}
				counts[kind.Name] = c
			}
			for n, e := range drawn(kind, r.tree, random) {
				r.hold(t, c, kind, r.tree.Apply(e), n)
			}
		}
	}
	counts["two kinds"] = twoKinds(t, kinds, random)
	report(t, counts)
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
	rounds := 120
	if long() {
		rounds = 20000
	}
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

// fewest is how many rewritings of a kind must have kept their signatures in the
// long run: fewer show nothing.
const fewest = 30

// report prints the counts and fails for what is broken.
func report(t *testing.T, counts map[string]*tally) {
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
		if long() && c.kept < fewest {
			t.Errorf("%s: only %d kept their signatures", name, c.kept)
		}
	}
}

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

// steps are numbers in a pointer.
var steps = regexp.MustCompile(`/\d+`)

// told is a report as a set: nothing in it depends on where in an array a thing
// stood.
func told(r *verify.Report) (all []string) {
	for _, c := range r.Checks {
		all = append(all, fmt.Sprint(c.Name, " ", c.Outcome, " ", c.Advisory, " ", steps.ReplaceAllString(c.Pointer, "/*")))
		for _, p := range slices.Concat(c.Problems, c.Warnings) {
			all = append(all, fmt.Sprint(c.Name, " ", p.Code, " ", steps.ReplaceAllString(p.Pointer, "/*")))
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
