package rdf_test

import (
	"context"
	"crypto/sha256"
	"crypto/sha512"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
)

// Forms that follow from the text of the standard without computing a hash: where
// there is one blank node, or none, or where all are alike.
func TestGolden(t *testing.T) {
	tests := []struct {
		name string
		in   []string
		want []string
	}{
		{"empty", nil, nil},
		{"sorted, once",
			[]string{`<urn:b> <urn:p> "2" .`, `<urn:a> <urn:p> "1" .`, `<urn:b> <urn:p> "2" .`},
			[]string{`<urn:a> <urn:p> "1" .`, `<urn:b> <urn:p> "2" .`}},
		{"brackets take part in the order: > comes after / and before ? and letters",
			[]string{`<urn:a> <urn:p> <urn:o> .`, `<urn:a/b> <urn:p> <urn:o> .`, `<urn:ab> <urn:p> <urn:o> .`,
				`<urn:a?b> <urn:p> <urn:o> .`, `<urn:a#b> <urn:p> <urn:o> .`},
			[]string{`<urn:a#b> <urn:p> <urn:o> .`, `<urn:a/b> <urn:p> <urn:o> .`, `<urn:a> <urn:p> <urn:o> .`,
				`<urn:a?b> <urn:p> <urn:o> .`, `<urn:ab> <urn:p> <urn:o> .`}},
		{"one subject in several stretches",
			[]string{`<urn:a> <urn:p> "2" .`, `<urn:b> <urn:p> "2" .`, `<urn:a> <urn:p> "1" .`, `<urn:b> <urn:p> "1" .`},
			[]string{`<urn:a> <urn:p> "1" .`, `<urn:a> <urn:p> "2" .`, `<urn:b> <urn:p> "1" .`, `<urn:b> <urn:p> "2" .`}},
		{"literals before IRIs before blank nodes, default graph by its dot",
			[]string{`<urn:a> <urn:p> _:x .`, `<urn:a> <urn:p> <urn:o> <urn:g> .`, `<urn:a> <urn:p> <urn:o> _:x .`,
				`<urn:a> <urn:p> <urn:o> .`, `<urn:a> <urn:p> "é" .`, `<urn:a> <urn:p> "z"@en .`, `<urn:a> <urn:p> "z" .`},
			[]string{`<urn:a> <urn:p> "z" .`, `<urn:a> <urn:p> "z"@en .`, `<urn:a> <urn:p> "é" .`, `<urn:a> <urn:p> <urn:o> .`,
				`<urn:a> <urn:p> <urn:o> <urn:g> .`, `<urn:a> <urn:p> <urn:o> _:c14n0 .`, `<urn:a> <urn:p> _:c14n0 .`}},
		{"one node everywhere",
			[]string{`_:x <urn:p> _:x _:x .`, `_:x <urn:p> _:x .`, `_:x <urn:p> _:x _:x .`},
			[]string{`_:c14n0 <urn:p> _:c14n0 .`, `_:c14n0 <urn:p> _:c14n0 _:c14n0 .`}},
		{"two alike that name each other",
			[]string{`_:x <urn:p> _:y .`, `_:y <urn:p> _:x .`},
			[]string{`_:c14n0 <urn:p> _:c14n1 .`, `_:c14n1 <urn:p> _:c14n0 .`}},
		{"alike without a connection",
			[]string{`_:x <urn:p> "a" .`, `_:y <urn:p> "a" .`},
			[]string{`_:c14n0 <urn:p> "a" .`, `_:c14n1 <urn:p> "a" .`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, _ := parse(t, strings.Join(test.in, "\n"))
			require.Equal(t, test.want, lines(canonical(t, d, rdf.Options{})))
		})
	}
}

func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// What an earlier dataset left behind does not decide whether a lone node's
// statements are sorted.
func TestLoneNodeAfterOthers(t *testing.T) {
	lone, _ := parse(t, "_:x <urn:q> \"2\" .\n_:x <urn:p> \"1\" .\n_:x <urn:q> \"2\" .\n_:x <urn:a> _:x .\n")
	many := wide(2, 5)
	for range 3 {
		canonical(t, many, rdf.Options{})
		want := []string{`_:c14n0 <urn:a> _:c14n0 .`, `_:c14n0 <urn:p> "1" .`, `_:c14n0 <urn:q> "2" .`}
		require.Equal(t, want, lines(canonical(t, lone, rdf.Options{})))
	}
}

// Names are ordered as text: c14n10 comes before c14n2.
func TestNamesAreSortedAsText(t *testing.T) {
	for _, n := range []int{1, 2, 9, 10, 11, 12, 99, 100, 101, 110, 1000, 1234} {
		d := &rdf.Dataset{}
		for range n {
			add(d, text(d.NewNode(), "urn:p", "x"))
		}
		got := lines(canonical(t, d, rdf.Options{}))
		require.Len(t, got, n)
		if n > 1 {
			require.IsIncreasing(t, got)
		}
	}
}

func TestSum(t *testing.T) {
	d, _ := parse(t, `_:x <urn:p> "a" .`)
	want := "_:c14n0 <urn:p> \"a\" .\n"
	c, err := rdf.Canonicalize(context.Background(), d, rdf.Options{})
	require.NoError(t, err)
	sum256 := sha256.Sum256([]byte(want))
	require.Equal(t, sum256[:], c.Sum())
	c.Release()
	require.Equal(t, sum256[:], c.Sum(), "a digest outlives the buffers")

	c, err = rdf.Canonicalize(context.Background(), d, rdf.Options{Hash: rdf.SHA384})
	require.NoError(t, err)
	sum384 := sha512.Sum384([]byte(want))
	require.Equal(t, sum384[:], c.Sum())
	c.Release()
}

func TestLabels(t *testing.T) {
	d, labels := parse(t, "_:x <urn:p> _:y .\n_:y <urn:p> _:z .\n")
	unused := d.NewNode()
	c, err := rdf.Canonicalize(context.Background(), d, rdf.Options{})
	require.NoError(t, err)
	got := map[string]bool{}
	for _, n := range labels {
		got[c.Label(n)] = true
	}
	require.Equal(t, map[string]bool{"c14n0": true, "c14n1": true, "c14n2": true}, got)
	require.Equal(t, "", c.Label(unused))
	require.Equal(t, "", c.Label(-1))
	require.Equal(t, "", c.Label(99))
	c.Release()
	require.Equal(t, "", c.Label(labels["x"]))
	require.Nil(t, c.NQuads())
	require.Nil(t, c.Sum())
	require.Zero(t, c.Work())
	c.Release()
}

func TestRefusals(t *testing.T) {
	run := func(d *rdf.Dataset, o rdf.Options) error {
		_, err := rdf.Canonicalize(context.Background(), d, o)
		return err
	}
	two, _ := parse(t, "_:x <urn:p> _:y .\n_:y <urn:p> _:x .\n")
	requireCode(t, run(two, rdf.Options{MaxQuads: 1}), rdf.CodeTooManyQuads)
	requireCode(t, run(two, rdf.Options{MaxNodes: 1}), rdf.CodeTooManyNodes)
	require.ErrorContains(t, run(two, rdf.Options{Hash: 2}), "Options.Hash")
	requireCode(t, run(&rdf.Dataset{Nodes: rdf.DefaultMaxNodes + 1}, rdf.Options{}), rdf.CodeTooManyNodes)

	for _, q := range []rdf.Quad{
		link(0, "urn:p", 1), link(1, "urn:p", 0), link(-2, "urn:p", 0), text(1, "urn:p", "x"),
		{Kind: rdf.Literal, SubjectNode: rdf.NoNode, GraphNode: 1},
		{Kind: rdf.Literal, Value: "x", ObjectNode: 0, GraphNode: rdf.NoNode},
		{Kind: rdf.Blank, ObjectNode: rdf.NoNode, GraphNode: rdf.NoNode},
	} {
		require.ErrorContains(t, run(dataset(1, q), rdf.Options{}), "a blank node that the dataset did not make")
	}
	require.ErrorContains(t, run(&rdf.Dataset{Nodes: -1}, rdf.Options{}), "a blank node that the dataset did not make")
}

// A dataset takes no more text than it may hold, and is refused as a whole then.
func TestFullDataset(t *testing.T) {
	d := &rdf.Dataset{MaxBytes: 100}
	for range 20 {
		add(d, text(d.NewNode(), "urn:p", "0123456789"))
	}
	require.True(t, d.Full())
	require.Less(t, d.Len(), 6)
	_, err := rdf.Canonicalize(context.Background(), d, rdf.Options{})
	requireCode(t, err, rdf.CodeTooLarge)
	d.Reset()
	require.False(t, d.Full())
	add(d, text(d.NewNode(), "urn:p", "0123456789"))
	canonical(t, d, rdf.Options{})
}

// Nothing is left of an emptied dataset, be it that a quad contradicted itself.
func TestReset(t *testing.T) {
	d := wide(1, 3)
	d.Reset()
	require.Empty(t, d.Quads())
	require.Zero(t, d.Nodes)
	require.EqualValues(t, 0, d.NewNode())
	add(d, rdf.Quad{Kind: rdf.Blank, Predicate: "urn:p", ObjectNode: rdf.NoNode, GraphNode: rdf.NoNode})
	_, err := rdf.Canonicalize(context.Background(), d, rdf.Options{})
	require.ErrorContains(t, err, "a blank node that the dataset did not make")
	d.Reset()
	canonical(t, d, rdf.Options{})
}

// Quads come back as they were added.
func TestQuads(t *testing.T) {
	quads := []rdf.Quad{
		{Subject: "urn:s", Predicate: "urn:p", Value: "urn:o", SubjectNode: rdf.NoNode, ObjectNode: rdf.NoNode, GraphNode: rdf.NoNode},
		{SubjectNode: 1, Predicate: "urn:p", Kind: rdf.Blank, ObjectNode: 0, GraphNode: 1},
		{SubjectNode: 0, Predicate: "urn:p", Kind: rdf.Literal, Value: "a \"b\" \\ \t\x01\x7f > _:z .\n", Suffix: "@en",
			ObjectNode: rdf.NoNode, Graph: "urn:g", GraphNode: rdf.NoNode},
		{SubjectNode: 0, Predicate: "urn:p", Kind: rdf.Literal, Value: "", Suffix: "^^<urn:t>", ObjectNode: rdf.NoNode, GraphNode: 0},
	}
	require.Equal(t, quads, dataset(2, quads...).Quads())
}
