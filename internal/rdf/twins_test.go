package rdf_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
)

// inGraphs repeats a statement in named graphs.
func inGraphs(q rdf.Quad, names ...string) (quads []rdf.Quad) {
	for _, name := range names {
		q.Graph = name
		quads = append(quads, q)
	}
	return quads
}

// twinChain makes a chain of nodes that ends in a node with twins, each
// of them named in several graphs. The whole is there twice, but for the
// first nodes, so that the order of the hashes of N degree decides about all others.
// The salt changes the hashes, and with them where the search begins.
func twinChain(salt, length, twins int, graphs ...string) *rdf.Dataset {
	d := &rdf.Dataset{}
	for half := range 2 {
		last := d.NewNode()
		add(d, text(last, "urn:half", fmt.Sprint(half)))
		for i := range length {
			next := d.NewNode()
			add(d, link(last, fmt.Sprintf("urn:next%d-%d", salt, i), next))
			last = next
		}
		for range twins {
			twin := d.NewNode()
			add(d, inGraphs(link(last, "urn:twin", twin), graphs...)...)
			add(d, text(twin, "urn:p", "x"))
		}
	}
	return d
}

// The chains are long enough for names to reach two digits among the twins, where
// the least path is not the one in the order of the numbers.
func TestTwinsLikeTheStandard(t *testing.T) {
	for salt := range 12 {
		for length := range 13 {
			d := twinChain(salt, length, 2, "", "urn:g")
			if salt%2 == 0 {
				d = twinChain(salt, length, 3, "")
			}
			want, err := referenceForm(d)
			require.NoError(t, err)
			require.Equal(t, want, canonical(t, d, rdf.Options{}), "salt %d, length %d", salt, length)
		}
	}
}

// What the standard would try in 2·12! orders takes a few units for each node.
func TestManyTwinsBelowNodesInDoubt(t *testing.T) {
	d := twinChain(0, 3, 12, "")
	c, err := rdf.Canonicalize(t.Context(), d, rdf.Options{})
	require.NoError(t, err)
	defer c.Release()
	require.Less(t, c.Work(), 60*int(d.Nodes))
}
