package rdf_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
)

// Predicates are ordered as their IRIs with the bracket that follows, in whatever
// order they are asked for.
func TestOrder(t *testing.T) {
	var iris []string
	for i := range 40 {
		for _, end := range []string{"", "0", "/a", "?", "a", "#", "="} { // before and after ">"
			iris = append(iris, fmt.Sprintf("urn:order:%02d%s", i, end))
		}
	}
	random := rand.New(rand.NewPCG(6, 6))
	random.Shuffle(len(iris), func(i, j int) { iris[i], iris[j] = iris[j], iris[i] })
	orders := map[string]rdf.Order{}
	for _, iri := range iris {
		orders[iri] = rdf.OrderOf(iri)
		require.Greater(t, orders[iri], rdf.NoOrder)
	}
	slices.SortFunc(iris, func(a, b string) int { return strings.Compare(a+">", b+">") })
	for i, iri := range iris {
		require.Equal(t, orders[iri], rdf.OrderOf(iri), "it does not change")
		require.True(t, i == 0 || orders[iris[i-1]] < orders[iri], iri)
	}
}

// Where there is no room between two neighbours, or the vocabulary is full, there is
// no order, and statements are sorted by their text.
func TestNoRoomForAnOrder(t *testing.T) {
	d := &rdf.Dataset{}
	var want []string
	none := 0
	rdf.OrderOf("urn:room:a")
	for i := range 60 { // each between the last and urn:room:b
		q := text(rdf.NoNode, "urn:room:"+strings.Repeat("az", 60-i), "x")
		q.Subject, q.Order = "urn:s", rdf.OrderOf(q.Predicate)
		if q.Order == rdf.NoOrder {
			none++
		}
		add(d, q)
		want = append(want, "<urn:s> <"+q.Predicate+"> \"x\" .")
	}
	require.Positive(t, none)
	slices.Sort(want)
	require.Equal(t, want, lines(canonical(t, d, rdf.Options{})))

	full := rdf.Orders()
	for i := range 4096 {
		require.Greater(t, full(fmt.Sprintf("urn:many:%04d", i)), rdf.NoOrder)
	}
	require.Equal(t, rdf.NoOrder, full("urn:one:more"))
	require.Greater(t, full("urn:many:0007"), rdf.NoOrder)
}
