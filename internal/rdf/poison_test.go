package rdf_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// TestPoison runs graphs that are made to be expensive: each is canonicalised or
// refused within the default work limit, as its entry wants.
func TestPoison(t *testing.T) {
	list := testkit.Shared(t, "vc/rdfc-poison/expected.json")
	data, err := os.ReadFile(list)
	require.NoError(t, err)
	var entries []struct{ File, Expect string }
	require.NoError(t, json.Unmarshal(data, &entries))
	require.NotEmpty(t, entries)
	for _, e := range entries {
		t.Run(e.File, func(t *testing.T) {
			input, err := os.ReadFile(filepath.Join(filepath.Dir(list), e.File))
			require.NoError(t, err)
			d, _ := parse(t, string(input))
			c, err := rdf.Canonicalize(context.Background(), d, rdf.Options{})
			if err != nil {
				requireCode(t, err, rdf.CodeWorkLimit)
				require.False(t, mustPass(e.File, e.Expect), "refused")
				return
			}
			defer c.Release()
			t.Logf("%d units", c.Work())
			require.False(t, mustStop(e.File), "not refused")
			require.LessOrEqual(t, c.Work(), rdf.DefaultWork+rdf.DefaultWorkPerMention*2*d.Len())
		})
	}
}

func mustPass(file, expect string) bool {
	switch file {
	case "ring-0002.nq", "ring-0010.nq", "ring-0050.nq", "path-0010.nq":
		return true
	}
	return expect == "canonicalises"
}

func mustStop(file string) bool {
	return file == "clique-08.nq" || file == "clique-10.nq" || file == "clique-12.nq"
}

// clique gives n nodes that all name each other.
func clique(n int) *rdf.Dataset {
	d := &rdf.Dataset{}
	for range n {
		d.NewNode()
	}
	for a := range int32(n) {
		for b := range int32(n) {
			if a != b {
				add(d, link(a, "urn:p", b))
			}
		}
	}
	return d
}

func link(from int32, predicate string, to int32) rdf.Quad {
	return rdf.Quad{SubjectNode: from, Predicate: predicate, Kind: rdf.Blank, ObjectNode: to, GraphNode: rdf.NoNode}
}

func text(from int32, predicate, value string) rdf.Quad {
	return rdf.Quad{SubjectNode: from, Predicate: predicate, Kind: rdf.Literal, Value: value, ObjectNode: rdf.NoNode, GraphNode: rdf.NoNode}
}

// wide gives n equal anonymous nodes below each of some hubs that are anonymous too.
func wide(hubs, n int) *rdf.Dataset {
	d := &rdf.Dataset{}
	for range hubs {
		hub := d.NewNode()
		for range n {
			leaf := d.NewNode()
			add(d, link(hub, "urn:c", leaf), text(leaf, "urn:n", "a"))
		}
	}
	return d
}

func TestWideStaysLinear(t *testing.T) {
	work := func(hubs, n int) int {
		c, err := rdf.Canonicalize(context.Background(), wide(hubs, n), rdf.Options{MaxNodes: rdf.RecordMaxNodes})
		require.NoError(t, err)
		defer c.Release()
		require.Equal(t, 2*hubs*n, strings.Count(string(c.NQuads()), "\n"))
		return c.Work()
	}
	for _, hubs := range []int{1, 2, 3} {
		small, large := work(hubs, 100), work(hubs, 10_000)
		require.LessOrEqual(t, large, 120*small, "%d hubs", hubs)
		require.LessOrEqual(t, large, 12*hubs*10_000, "%d hubs", hubs)
	}
}

// The canonical form of equal nodes below one node can be written down at once.
func TestWideForm(t *testing.T) {
	const n = 12
	got := canonical(t, wide(1, n), rdf.Options{})
	lines := strings.Split(strings.TrimSuffix(got, "\n"), "\n")
	hub := strings.Fields(lines[0])[0]
	if !strings.Contains(lines[0], "urn:c") {
		hub = strings.Fields(lines[1])[0]
	}
	require.Equal(t, "_:c14n0", hub, "the hub is the only node with a hash of its own")
	for i := 1; i <= n; i++ {
		require.Contains(t, lines, fmt.Sprintf("_:c14n0 <urn:c> _:c14n%d .", i))
		require.Contains(t, lines, fmt.Sprintf(`_:c14n%d <urn:n> "a" .`, i))
	}
	require.IsIncreasing(t, lines)
}

// Two equal lists of many entries make a chain of calls, not a tree of them.
func TestTwoLongEqualLists(t *testing.T) {
	const n = 2_000
	d := &rdf.Dataset{}
	for range 2 {
		for i := range n {
			entry := d.NewNode()
			add(d, text(entry, "urn:first", fmt.Sprint(i)))
			if i+1 < n {
				add(d, link(entry, "urn:rest", entry+1))
			}
		}
	}
	c, err := rdf.Canonicalize(context.Background(), d, rdf.Options{})
	require.NoError(t, err)
	defer c.Release()
	require.Less(t, c.Work(), 60*n)
}

func TestDeepChainIsRefused(t *testing.T) {
	d := &rdf.Dataset{}
	for range 2 {
		for i := range 40_000 {
			entry := d.NewNode()
			add(d, text(entry, "urn:first", fmt.Sprint(i)))
			if i+1 < 40_000 {
				add(d, link(entry, "urn:rest", entry+1))
			}
		}
	}
	_, err := rdf.Canonicalize(context.Background(), d, rdf.Options{MaxNodes: rdf.RecordMaxNodes})
	requireCode(t, err, rdf.CodeWorkLimit)
}

func TestWorkLimit(t *testing.T) {
	d := clique(5)
	c, err := rdf.Canonicalize(context.Background(), d, rdf.Options{})
	require.NoError(t, err)
	spent := c.Work()
	c.Release()

	c, err = rdf.Canonicalize(context.Background(), d, rdf.Options{MaxWork: spent})
	require.NoError(t, err)
	require.Equal(t, spent, c.Work(), "the same document spends the same")
	c.Release()

	_, err = rdf.Canonicalize(context.Background(), d, rdf.Options{MaxWork: spent - 1})
	requireCode(t, err, rdf.CodeWorkLimit)
}

// A long predicate makes each step cost more, and the limit come sooner.
func TestWorkCountsBytes(t *testing.T) {
	short := clique(5)
	d := dataset(short.Nodes)
	for _, q := range short.Quads() {
		q.Predicate = "urn:" + strings.Repeat("p", 64_000)
		add(d, q)
	}
	_, err := rdf.Canonicalize(context.Background(), d, rdf.Options{})
	requireCode(t, err, rdf.CodeWorkLimit)
}

func TestNoWorkWhereNodesDiffer(t *testing.T) {
	d := &rdf.Dataset{}
	for i := range 100 {
		add(d, text(d.NewNode(), "urn:n", fmt.Sprint(i)))
	}
	c, err := rdf.Canonicalize(context.Background(), d, rdf.Options{})
	require.NoError(t, err)
	defer c.Release()
	require.Zero(t, c.Work())
}

func TestCancel(t *testing.T) {
	cause := func() context.Context {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		return ctx
	}
	_, err := rdf.Canonicalize(cause(), clique(3), rdf.Options{})
	requireCode(t, err, rdf.CodeCancelled)
	require.ErrorIs(t, err, context.Canceled)
}

// endsLater is a context that ends after it was asked a few times.
type endsLater struct {
	context.Context
	asked, after int
}

func (e *endsLater) Err() error {
	if e.asked++; e.asked > e.after {
		return context.DeadlineExceeded
	}
	return nil
}

func TestCancelWhileSearching(t *testing.T) {
	ctx := &endsLater{Context: context.Background(), after: 3}
	_, err := rdf.Canonicalize(ctx, clique(10), rdf.Options{MaxWork: 1 << 40})
	requireCode(t, err, rdf.CodeCancelled)
	require.ErrorIs(t, err, context.DeadlineExceeded)
}
