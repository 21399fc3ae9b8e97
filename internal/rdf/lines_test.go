package rdf_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
)

// With the canonical names as labels the lines are the canonical form, and a literal
// that looks like a label stays as it is.
func TestLines(t *testing.T) {
	var set rdf.Dataset
	a, b, g := set.NewNode(), set.NewNode(), set.NewNode()
	set.NewNode() // named by no statement
	for range 2 {
		set.Add(&rdf.Quad{SubjectNode: a, Predicate: "urn:p", Kind: rdf.Blank, ObjectNode: b, GraphNode: g})
		set.Add(&rdf.Quad{SubjectNode: b, Predicate: "urn:q", Kind: rdf.Literal, Value: "_:c14n0 _:z", ObjectNode: rdf.NoNode, GraphNode: rdf.NoNode})
		set.Add(&rdf.Quad{Subject: "urn:s", SubjectNode: rdf.NoNode, Predicate: "urn:q", Value: "urn:o", ObjectNode: rdf.NoNode,
			Graph: "urn:g", GraphNode: rdf.NoNode})
	}
	for _, utf16 := range []bool{false, true} {
		c, err := rdf.Canonicalize(context.Background(), &set, rdf.Options{UTF16: utf16})
		require.NoError(t, err)
		var out []byte
		for _, line := range set.Lines(c.Label, utf16) {
			out = append(out, line...)
		}
		require.Equal(t, string(c.NQuads()), string(out))
		require.Equal(t, -1, c.Number(3))
		require.Equal(t, c.Label(a), fmt.Sprintf("c14n%d", c.Number(a)))
		c.Release()
		require.Equal(t, -1, c.Number(a))
	}
	labels := set.Lines(func(n int32) string { return fmt.Sprintf("n%d", n) }, false)
	require.Equal(t, "_:n0 <urn:p> _:n1 _:n2 .\n", string(labels[1]))
	require.Equal(t, "_:n1 <urn:q> \"_:c14n0 _:z\" .\n", string(labels[2]))
	require.Equal(t, 1, set.Subset(func(i int) bool { return i == 1 }).Len())
}
