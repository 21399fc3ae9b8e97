package nquads_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/nquads"
)

// parse reads N-Quads that the test wrote.
func parse(t testing.TB, text string) (*rdf.Dataset, map[string]int32) {
	t.Helper()
	d, labels, err := nquads.Parse([]byte(text))
	require.NoError(t, err)
	return d, labels
}

// form is the canonical form of a dataset, or the error instead.
func form(d *rdf.Dataset) string {
	c, err := rdf.Canonicalize(context.Background(), d, rdf.Options{})
	if err != nil {
		return err.Error()
	}
	defer c.Release()
	return string(c.NQuads())
}

func TestParseTerms(t *testing.T) {
	no := rdf.NoNode
	named := func(kind rdf.ObjectKind, value, graph string) rdf.Quad {
		return rdf.Quad{Subject: "urn:s", Predicate: "urn:p", Kind: kind, Value: value, Graph: graph,
			SubjectNode: no, ObjectNode: no, GraphNode: no}
	}
	literal := func(value, suffix string) rdf.Quad {
		return rdf.Quad{Predicate: "urn:p", Kind: rdf.Literal, Value: value, Suffix: suffix, ObjectNode: no, GraphNode: no}
	}
	tests := map[string]rdf.Quad{
		`<urn:s> <urn:p> <urn:o> .`:                                    named(rdf.IRI, "urn:o", ""),
		"<urn:s><urn:p><urn:o><urn:g>.":                                named(rdf.IRI, "urn:o", "urn:g"),
		"\t<urn:s>\t<urn:p> \"\"\t. # a comment":                       named(rdf.Literal, "", ""),
		`_:a <urn:p> _:b _:a .`:                                        {Predicate: "urn:p", Kind: rdf.Blank, ObjectNode: 1, GraphNode: 0},
		`_:a<urn:p>_:b.`:                                               {Predicate: "urn:p", Kind: rdf.Blank, ObjectNode: 1, GraphNode: no},
		`_:1.2·é:_- <urn:p> "x"@en-GB-1 .`:                             literal("x", "@en-GB-1"),
		`_:a <urn:p> "x"^^<urn:t> .`:                                   literal("x", "^^<urn:t>"),
		`_:a <urn:p> "x"^^<urn:\u0074> .`:                              literal("x", "^^<urn:t>"),
		`_:a <urn:p> "\t\b\n\r\f\"\'\\\u00e9\U0001F600" .`:             literal("\t\b\n\r\f\"'\\é😀", ""),
		`_:a <urn:p> "x"^^<http://www.w3.org/2001/XMLSchema#string> .`: literal("x", ""),
	}
	for text, want := range tests {
		d, _ := parse(t, text)
		require.Equal(t, []rdf.Quad{want}, d.Quads(), text)
	}
}

func TestParseDocument(t *testing.T) {
	d, labels := parse(t, "# head\r\n\r\n_:x <urn:p> _:y .\r_:y <urn:p> _:x . #tail\n \t\n<urn:s\\u00e9> <urn:p> \"a # b . <c>\" .")
	require.Len(t, d.Quads(), 3)
	require.Equal(t, map[string]int32{"x": 0, "y": 1}, labels)
	require.EqualValues(t, 2, d.Nodes)
	require.Equal(t, "urn:sé", d.Quads()[2].Subject)
	for _, empty := range []string{"", "\n", " ", "# only a comment", "\r\n\t"} {
		d, labels := parse(t, empty)
		require.Empty(t, d.Quads())
		require.Empty(t, labels)
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct{ text, code string }{
		{`<urn:s> <urn:p> <urn:o>`, nquads.Syntax},
		{`<urn:s> <urn:p> .`, nquads.Syntax},
		{`<urn:s> <urn:p> # <urn:o> .`, nquads.Syntax},
		{`"s" <urn:p> <urn:o> .`, nquads.Syntax},
		{`<urn:s> _:p <urn:o> .`, nquads.Syntax},
		{`<urn:s> "p" <urn:o> .`, nquads.Syntax},
		{`<urn:s> <urn:p> <urn:o> "g" .`, nquads.Syntax},
		{`<urn:s> <urn:p> <urn:o> <urn:g> <urn:h> .`, nquads.Syntax},
		{`<urn:s> <urn:p> 'x' .`, nquads.Syntax},
		{`<urn:s> <urn:p> 1 .`, nquads.Syntax},
		{`<urn:s> <urn:p> "x"^^xsd:string .`, nquads.Syntax},
		{`<urn:s> <urn:p> "x" ^^<urn:t> .`, nquads.Syntax},
		{`<urn:s> <urn:p> "x"@en^^<urn:t> .`, nquads.Syntax},
		{`_ <urn:p> "x" .`, nquads.Syntax},
		{`@prefix x: <urn:x> .`, nquads.Syntax},
		{"<urn:s> <urn:p>\n<urn:o> .", nquads.Syntax},
		{"\ufeff<urn:s> <urn:p> <urn:o> .", nquads.Syntax},
		{"\x00", nquads.Syntax},
		{`<urn:s> <urn:p> <urn:o> . <urn:s> <urn:p> <urn:o> .`, nquads.NoLineEnd},
		{`<urn:s> <urn:p> <urn:o> ..`, nquads.NoLineEnd},
		{"<urn:s> <urn:p> <urn:o> .\x00", nquads.NoLineEnd},
		{`<s> <urn:p> <urn:o> .`, nquads.BadIRI},
		{`<> <urn:p> <urn:o> .`, nquads.BadIRI},
		{`<1a:s> <urn:p> <urn:o> .`, nquads.BadIRI},
		{`<urn:s> </p> <urn:o> .`, nquads.BadIRI},
		{`<urn:s> <urn:p> "x"^^<t> .`, nquads.BadIRI},
		{`<urn:a b> <urn:p> <urn:o> .`, nquads.BadIRI},
		{`<urn:a\u0020b> <urn:p> <urn:o> .`, nquads.BadIRI},
		{`<urn:a\u003e> <urn:p> <urn:o> .`, nquads.BadIRI},
		{`<urn:a\U0000003C> <urn:p> <urn:o> .`, nquads.BadIRI},
		{"<urn:a\nb> <urn:p> <urn:o> .", nquads.BadIRI},
		{"<urn:a\x00> <urn:p> <urn:o> .", nquads.BadIRI},
		{`<urn:s <urn:p> <urn:o> .`, nquads.BadIRI},
		{`<urn:s|> <urn:p> <urn:o> .`, nquads.BadIRI},
		{`<urn:\n> <urn:p> <urn:o> .`, nquads.BadEscape},
		{`<urn:\u00zz> <urn:p> <urn:o> .`, nquads.BadEscape},
		{`<urn:s> <urn:p> "\u12" .`, nquads.BadEscape},
		{`<urn:s> <urn:p> "\u+123" .`, nquads.BadEscape},
		{`<urn:s> <urn:p> "\ud83d\ude00" .`, nquads.BadEscape},
		{`<urn:s> <urn:p> "\U00110000" .`, nquads.BadEscape},
		{`<urn:s> <urn:p> "\a" .`, nquads.BadEscape},
		{`<urn:s> <urn:p> "\/" .`, nquads.BadEscape},
		{`<urn:s> <urn:p> "x .`, nquads.Unfinished},
		{`<urn:s> <urn:p> "x\" .`, nquads.Unfinished},
		{`<urn:s> <urn:p> "\`, nquads.Unfinished},
		{"<urn:s> <urn:p> \"x\ny\" .", nquads.Unfinished},
		{`<urn:s`, nquads.Unfinished},
		{`_: <urn:p> <urn:o> .`, nquads.BadLabel},
		{`_:-a <urn:p> <urn:o> .`, nquads.BadLabel},
		{`_:.a <urn:p> <urn:o> .`, nquads.BadLabel},
		{"_:\u00d7 <urn:p> <urn:o> .", nquads.BadLabel},
		{`<urn:s> <urn:p> "x"@ .`, nquads.BadTag},
		{`<urn:s> <urn:p> "x"@1 .`, nquads.BadTag},
		{`<urn:s> <urn:p> "x"@en- .`, nquads.BadTag},
		{"<urn:s> <urn:p> \"\xff\" .", nquads.BadUTF8},
		{"<urn:s> <urn:p> \"\xed\xa0\x80\" .", nquads.BadUTF8},
	}
	for _, test := range tests {
		_, _, err := nquads.Parse([]byte("<urn:s> <urn:p> <urn:o> .\r\n# comment\r" + test.text))
		var e *nquads.Error
		require.ErrorAs(t, err, &e, test.text)
		require.Equal(t, test.code, e.Code, test.text)
		require.Equal(t, 3, e.Line, test.text)
		require.Contains(t, e.Error(), "line 3")
	}
}

// The dataset does not change when the caller reuses the text.
func TestParseCopies(t *testing.T) {
	text := []byte(`<urn:s> <urn:p> "x" .`)
	d, _, err := nquads.Parse(text)
	require.NoError(t, err)
	clear(text)
	require.Equal(t, "urn:s", d.Quads()[0].Subject)
}

// FuzzParse: what is read and written again reads as the same dataset, and
// is written the same; IRIs that come out hold nothing that could end them.
func FuzzParse(f *testing.F) {
	f.Add("<urn:s> <urn:p> <urn:o> <urn:g> .\n")
	f.Add("_:a <urn:p> \"\\t\\u00e9\\\"\"@en-GB _:b . # c\r\n")
	f.Add("_:a.b <urn:p\\u00e9> \"x\"^^<urn:t> .")
	f.Fuzz(func(t *testing.T, text string) {
		d, _, err := nquads.Parse([]byte(text))
		if err != nil {
			return
		}
		for _, q := range d.Quads() {
			require.False(t, strings.ContainsAny(q.Subject+q.Predicate+q.Graph, "<>\"{}|^`\\ \n\r\t\x00"))
		}
		written := nquads.Append(nil, d)
		again, _, err := nquads.Parse(written)
		require.NoError(t, err)
		require.Equal(t, string(written), string(nquads.Append(nil, again)))
		require.Equal(t, form(d), form(again))
	})
}
