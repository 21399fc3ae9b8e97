package reading_test

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// shuffler writes a document again with the members of each object and the items of
// each set in another order.
type shuffler struct {
	order func(n int) []int
	out   strings.Builder
	was   map[string]string // by the pointer in the new text, the pointer in the old one
}

func (s *shuffler) write(v jsonx.Value, pointer string) {
	s.was[pointer] = v.Pointer()
	kind := v.Kind()
	if kind < jsonx.Array {
		s.out.Write(v.Raw())
		return
	}
	var children []jsonx.Value
	for c := v.First(); c.Exists(); c = c.Next() {
		children = append(children, c)
	}
	brackets := "[]"
	if kind == jsonx.Object {
		brackets = "{}"
	}
	s.out.WriteByte(brackets[0])
	order := s.order
	if v.Name() == "@context" || v.Name() == "list" {
		order = asTheyAre
	}
	for i, from := range order(len(children)) {
		if i > 0 {
			s.out.WriteByte(',')
		}
		step := strconv.Itoa(i)
		if kind == jsonx.Object {
			step = jsonx.EscapePointer(children[from].Name())
			s.out.WriteString(strconv.Quote(children[from].Name()) + ":")
		}
		s.write(children[from], pointer+"/"+step)
	}
	s.out.WriteByte(brackets[1])
}

// reordered judges the document in another order and returns the findings with their
// places in the old one.
func reordered(t testing.TB, text string, order func(int) []int) []string {
	t.Helper()
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, nil)
	require.NoError(t, err)
	s := shuffler{order: order, was: map[string]string{}}
	s.write(doc.Root(), "")
	lines := judged(t, s.out.String())
	for i, line := range lines {
		at := strings.LastIndexByte(line, ' ') + 1
		lines[i] = line[:at] + s.was[line[at:]]
	}
	slices.Sort(lines)
	return lines
}

func asTheyAre(n int) (order []int) {
	for i := range n {
		order = append(order, i)
	}
	return order
}

func reversed(n int) (order []int) {
	for i := range n {
		order = append(order, n-1-i)
	}
	return order
}

// No finding depends on the order of members, or of the items of a set: nothing
// signs it.
func TestOrderDoesNotCount(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 9))
	for _, s := range shapes {
		want := judged(t, s.text)
		require.Equal(t, want, reordered(t, s.text, reversed), s.name)
		for range 5 {
			require.Equal(t, want, reordered(t, s.text, rng.Perm), s.name)
		}
	}
}

func TestOrderDoesNotCountInSharedDocuments(t *testing.T) {
	for _, name := range []string{"one-reading/03-parentorg-brief-creator-full.json", "one-reading/34-creators-full-then-brief.json", "one-reading/21-record-two-courses-no-subject-id-one-criteria-page.json"} {
		text := string(testkit.ReadShared(t, name))
		require.Equal(t, judged(t, text), reordered(t, text, reversed), name)
	}
	for _, file := range honest(t) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		if x, err := expand(string(text)); err != nil || !x.root.Get("@context").Exists() {
			continue
		}
		if strings.Contains(string(text), "\\u") {
			continue // a name may be escaped otherwise here
		}
		require.Equal(t, judged(t, string(text)), reordered(t, string(text), reversed), file)
	}
}
