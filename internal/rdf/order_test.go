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
	var v rdf.Vocabulary
	orders := map[string]rdf.Order{}
	for _, iri := range iris {
		orders[iri] = v.Order(iri)
		require.Greater(t, orders[iri], rdf.NoOrder)
	}
	slices.SortFunc(iris, func(a, b string) int { return strings.Compare(a+">", b+">") })
	for i, iri := range iris {
		require.Equal(t, orders[iri], v.Order(iri), "it does not change")
		require.True(t, i == 0 || orders[iris[i-1]] < orders[iri], iri)
	}
}

// Where there is no room between two neighbours, or the vocabulary is full, there is
// no order, and statements are sorted by their text.
func TestNoRoomForAnOrder(t *testing.T) {
	var v, full rdf.Vocabulary
	d := &rdf.Dataset{}
	d.Use(&v)
	var want []string
	none := 0
	v.Order("urn:room:a")
	for i := range 60 { // each between the last and urn:room:b
		q := text(rdf.NoNode, "urn:room:"+strings.Repeat("az", 60-i), "x")
		q.Subject, q.Order = "urn:s", v.Order(q.Predicate)
		if q.Order == rdf.NoOrder {
			none++
		}
		add(d, q)
		want = append(want, "<urn:s> <"+q.Predicate+"> \"x\" .")
	}
	require.Positive(t, none)
	slices.Sort(want)
	require.Equal(t, want, lines(canonical(t, d, rdf.Options{})))

	for i := range 4096 {
		require.Greater(t, full.Order(fmt.Sprintf("urn:many:%04d", i)), rdf.NoOrder)
	}
	require.Equal(t, rdf.NoOrder, full.Order("urn:one:more"))
	require.Greater(t, full.Order("urn:many:0007"), rdf.NoOrder)
}

// Orders of one vocabulary say nothing beside those of another.
func TestTwoVocabularies(t *testing.T) {
	var one, other rdf.Vocabulary
	d := &rdf.Dataset{}
	state := func(v *rdf.Vocabulary, predicate string) {
		q := text(rdf.NoNode, predicate, "x")
		q.Subject, q.Order = "urn:s", v.Order(predicate)
		d.Use(v)
		add(d, q)
	}
	one.Order("urn:m")
	state(&one, "urn:z") // after the middle
	state(&other, "urn:a")
	state(&other, "urn:b")
	a, b, c, z := `<urn:s> <urn:a> "x" .`, `<urn:s> <urn:b> "x" .`, `<urn:s> <urn:c> "x" .`, `<urn:s> <urn:z> "x" .`
	require.Equal(t, []string{a, b, z}, lines(canonical(t, d, rdf.Options{})))
	state(&one, "urn:c") // before it
	require.Equal(t, []string{a, b, c, z}, lines(canonical(t, d, rdf.Options{})))
}
