package match_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
)

// world is a small set of frameworks for a test, and what links their items.
type world struct {
	frameworks []framework
}

type framework struct {
	items []int
	links []tie
}

// tie is an association between items by their numbers; a negative destination is an
// occupation of another registry.
type tie struct {
	kind     casefw.AssociationType
	from, to int
	extra    string // members of its extensions
}

// id is the identifier of an item by its number, guid that of others.
func id(n int) string               { return guid(0xa, n) }
func guid(kind, n int) string       { return fmt.Sprintf("%08x-0000-4000-8000-%012x", kind, n) }
func ofItem(n int) casefw.Alignment { return casefw.Alignment{TargetURL: "urn:uuid:" + id(n)} }
func weight(w float64) *float64     { return &w }
func requirements(numbers ...int) (all []match.Requirement) {
	for _, n := range numbers {
		all = append(all, match.Requirement{ID: fmt.Sprint(n), Target: ofItem(n)})
	}
	return all
}

func (w *world) graph(t testing.TB) *match.Graph {
	t.Helper()
	var all []*casefw.Framework
	serial := 0
	for k, f := range w.frameworks {
		document := map[string]any{"identifier": guid(0xd, k), "uri": "https://frameworks.example/" + guid(0xd, k), "title": fmt.Sprintf("Framework %d", k),
			"creator": "a test", "lastChangeDateTime": "2025-01-01T00:00:00Z", "CFPackageURI": map[string]any{"title": "p", "identifier": guid(0xd, k), "uri": "https://frameworks.example/p"}}
		items, links := []any{}, []any{}
		for _, n := range f.items {
			items = append(items, map[string]any{"identifier": id(n), "uri": "https://frameworks.example/items/" + id(n),
				"fullStatement": fmt.Sprintf("Can do thing %d", n), "lastChangeDateTime": "2025-01-01T00:00:00Z"})
		}
		for _, l := range f.links {
			serial++
			to := map[string]any{"title": "item", "identifier": id(l.to), "uri": "https://frameworks.example/items/" + id(l.to)}
			if l.to < 0 {
				to = map[string]any{"title": "occupation", "identifier": fmt.Sprintf("15-%d.00", -l.to), "targetType": "ext:onet",
					"uri": fmt.Sprintf("https://registry.example/%d/15-%d.00", k, -l.to)}
			}
			link := map[string]any{"identifier": guid(0xc, serial), "uri": "https://frameworks.example/links/" + guid(0xc, serial),
				"associationType": l.kind, "originNodeURI": map[string]any{"title": "item", "identifier": id(l.from), "uri": "https://frameworks.example/items/" + id(l.from)},
				"destinationNodeURI": to, "lastChangeDateTime": "2025-01-01T00:00:00Z"}
			if l.extra != "" {
				link["extensions"] = json.RawMessage(l.extra)
			}
			links = append(links, link)
		}
		text, err := json.Marshal(map[string]any{"CFDocument": document, "CFItems": items, "CFAssociations": links})
		require.NoError(t, err)
		loaded, _, err := casefw.LoadBytes(text, casefw.Options{})
		require.NoError(t, err)
		all = append(all, loaded)
	}
	return match.NewGraph(casefw.NewCatalog(all...))
}

// hold is what somebody has who holds items by their numbers.
func hold(t testing.TB, g *match.Graph, numbers ...int) (held []match.Held) {
	t.Helper()
	for k, n := range numbers {
		target, ok := g.Find(ofItem(n))
		require.True(t, ok, "item %d", n)
		held = append(held, match.Held{Target: target, Claim: k})
	}
	return held
}

// outcome holds items against a job of one policy.
func outcome(t testing.TB, g *match.Graph, p match.Policy, asked []match.Requirement, held []match.Held) *match.Outcome {
	t.Helper()
	m, err := g.Prepare(match.Job{ID: "job", Requirements: asked}, p)
	require.NoError(t, err)
	return m.MatchHeld(held)
}
