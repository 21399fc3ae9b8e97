package rdf_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
)

// Nodes with the same texts are like each other only where they stand in the same
// places of them: these differ in nothing else, and no two may get one hash, which
// would show as work.
func TestAlikeButForPlaces(t *testing.T) {
	d := &rdf.Dataset{}
	a, b, c, e := d.NewNode(), d.NewNode(), d.NewNode(), d.NewNode()
	inGraph := func(q rdf.Quad, graph int32) rdf.Quad {
		q.GraphNode = graph
		return q
	}
	add(d,
		inGraph(link(a, "urn:p", b), c), // a subject, b object, c graph: _:z <urn:p> _:z _:z each time
		inGraph(link(e, "urn:p", e), e))
	requireForm(t, d)
	r, err := rdf.Canonicalize(context.Background(), d, rdf.Options{})
	require.NoError(t, err)
	require.Zero(t, r.Work())
	r.Release()
}

// A node says the same in several graphs, or of several nodes: names decide on the
// order of its lines, whichever order the nodes were made in.
func TestNamesDecideOnLines(t *testing.T) {
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 9))
		for _, position := range []string{"graph", "object", "both"} {
			d := &rdf.Dataset{}
			s := d.NewNode()
			for range 12 {
				n := d.NewNode()
				q := text(s, "urn:says", "x")
				if position != "graph" {
					q = link(s, "urn:knows", n)
				}
				if position != "object" {
					q.GraphNode = n
				}
				add(d, q, text(n, "urn:n", fmt.Sprint(random.IntN(1000))))
			}
			requireForm(t, d)
		}
	}
}

// A record that tells the same of many nodes has the form that the letter of the
// standard gives, with nodes that are nearly the same between them.
func TestRepeatedDescriptions(t *testing.T) {
	for seed := range uint64(30) {
		random := rand.New(rand.NewPCG(seed, 8))
		d := &rdf.Dataset{}
		for range 4 + random.IntN(5) {
			n, school := d.NewNode(), fmt.Sprint("urn:school:", random.IntN(2))
			q := link(0, "urn:address", n)
			q.Subject, q.SubjectNode = school, rdf.NoNode
			add(d, q, text(n, "urn:street", fmt.Sprint("Quay ", random.IntN(2))), text(n, "urn:place", "Bergen"))
			if random.IntN(3) == 0 {
				add(d, text(n, "urn:code", fmt.Sprint(random.IntN(2), "003")))
			}
			if other := random.Int32N(d.Nodes); random.IntN(4) == 0 {
				add(d, link(n, "urn:near", other))
			}
		}
		requireForm(t, d)
	}
}

// requireForm sees that the form is that of the letter of the standard.
func requireForm(t *testing.T, d *rdf.Dataset) {
	want, err := referenceForm(d)
	require.NoError(t, err)
	require.Equal(t, want, canonical(t, d, rdf.Options{}))
}
