package rdf_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
)

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
		{`<urn:s> <urn:p> <urn:o>`, rdf.CodeSyntax},
		{`<urn:s> <urn:p> .`, rdf.CodeSyntax},
		{`<urn:s> <urn:p> # <urn:o> .`, rdf.CodeSyntax},
		{`"s" <urn:p> <urn:o> .`, rdf.CodeSyntax},
		{`<urn:s> _:p <urn:o> .`, rdf.CodeSyntax},
		{`<urn:s> "p" <urn:o> .`, rdf.CodeSyntax},
		{`<urn:s> <urn:p> <urn:o> "g" .`, rdf.CodeSyntax},
		{`<urn:s> <urn:p> <urn:o> <urn:g> <urn:h> .`, rdf.CodeSyntax},
		{`<urn:s> <urn:p> 'x' .`, rdf.CodeSyntax},
		{`<urn:s> <urn:p> 1 .`, rdf.CodeSyntax},
		{`<urn:s> <urn:p> "x"^^xsd:string .`, rdf.CodeSyntax},
		{`<urn:s> <urn:p> "x" ^^<urn:t> .`, rdf.CodeSyntax},
		{`<urn:s> <urn:p> "x"@en^^<urn:t> .`, rdf.CodeSyntax},
		{`_ <urn:p> "x" .`, rdf.CodeSyntax},
		{`@prefix x: <urn:x> .`, rdf.CodeSyntax},
		{"<urn:s> <urn:p>\n<urn:o> .", rdf.CodeSyntax},
		{"\ufeff<urn:s> <urn:p> <urn:o> .", rdf.CodeSyntax},
		{"\x00", rdf.CodeSyntax},
		{`<urn:s> <urn:p> <urn:o> . <urn:s> <urn:p> <urn:o> .`, rdf.CodeNoLineEnd},
		{`<urn:s> <urn:p> <urn:o> ..`, rdf.CodeNoLineEnd},
		{"<urn:s> <urn:p> <urn:o> .\x00", rdf.CodeNoLineEnd},
		{`<s> <urn:p> <urn:o> .`, rdf.CodeBadIRI},
		{`<> <urn:p> <urn:o> .`, rdf.CodeBadIRI},
		{`<1a:s> <urn:p> <urn:o> .`, rdf.CodeBadIRI},
		{`<urn:s> </p> <urn:o> .`, rdf.CodeBadIRI},
		{`<urn:s> <urn:p> "x"^^<t> .`, rdf.CodeBadIRI},
		{`<urn:a b> <urn:p> <urn:o> .`, rdf.CodeBadIRI},
		{`<urn:a\u0020b> <urn:p> <urn:o> .`, rdf.CodeBadIRI},
		{`<urn:a\u003e> <urn:p> <urn:o> .`, rdf.CodeBadIRI},
		{`<urn:a\U0000003C> <urn:p> <urn:o> .`, rdf.CodeBadIRI},
		{"<urn:a\nb> <urn:p> <urn:o> .", rdf.CodeBadIRI},
		{"<urn:a\x00> <urn:p> <urn:o> .", rdf.CodeBadIRI},
		{`<urn:s <urn:p> <urn:o> .`, rdf.CodeBadIRI},
		{`<urn:s|> <urn:p> <urn:o> .`, rdf.CodeBadIRI},
		{`<urn:\n> <urn:p> <urn:o> .`, rdf.CodeBadEscape},
		{`<urn:\u00zz> <urn:p> <urn:o> .`, rdf.CodeBadEscape},
		{`<urn:s> <urn:p> "\u12" .`, rdf.CodeBadEscape},
		{`<urn:s> <urn:p> "\u+123" .`, rdf.CodeBadEscape},
		{`<urn:s> <urn:p> "\ud83d\ude00" .`, rdf.CodeBadEscape},
		{`<urn:s> <urn:p> "\U00110000" .`, rdf.CodeBadEscape},
		{`<urn:s> <urn:p> "\a" .`, rdf.CodeBadEscape},
		{`<urn:s> <urn:p> "\/" .`, rdf.CodeBadEscape},
		{`<urn:s> <urn:p> "x .`, rdf.CodeUnfinished},
		{`<urn:s> <urn:p> "x\" .`, rdf.CodeUnfinished},
		{`<urn:s> <urn:p> "\`, rdf.CodeUnfinished},
		{"<urn:s> <urn:p> \"x\ny\" .", rdf.CodeUnfinished},
		{`<urn:s`, rdf.CodeUnfinished},
		{`_: <urn:p> <urn:o> .`, rdf.CodeBadLabel},
		{`_:-a <urn:p> <urn:o> .`, rdf.CodeBadLabel},
		{`_:.a <urn:p> <urn:o> .`, rdf.CodeBadLabel},
		{"_:\u00d7 <urn:p> <urn:o> .", rdf.CodeBadLabel},
		{`<urn:s> <urn:p> "x"@ .`, rdf.CodeBadTag},
		{`<urn:s> <urn:p> "x"@1 .`, rdf.CodeBadTag},
		{`<urn:s> <urn:p> "x"@en- .`, rdf.CodeBadTag},
		{"<urn:s> <urn:p> \"\xff\" .", rdf.CodeBadUTF8},
		{"<urn:s> <urn:p> \"\xed\xa0\x80\" .", rdf.CodeBadUTF8},
	}
	for _, test := range tests {
		_, _, err := rdf.ParseNQuads([]byte("<urn:s> <urn:p> <urn:o> .\r\n# comment\r" + test.text))
		e := requireCode(t, err, test.code)
		require.Equal(t, 3, e.Line, test.text)
		require.Contains(t, e.Error(), "line 3")
	}
}

func TestParseLimits(t *testing.T) {
	text := []byte("_:a <urn:p> _:b .\n_:b <urn:p> _:a .\n")
	_, _, err := rdf.ParseNQuadsWithin(text, rdf.Limits{MaxBytes: len(text), MaxQuads: 2, MaxNodes: 2})
	require.NoError(t, err)
	_, _, err = rdf.ParseNQuadsWithin(text, rdf.Limits{MaxBytes: len(text) - 1})
	requireCode(t, err, rdf.CodeTooLarge)
	_, _, err = rdf.ParseNQuadsWithin(text, rdf.Limits{MaxQuads: 1})
	requireCode(t, err, rdf.CodeTooManyQuads)
	_, _, err = rdf.ParseNQuadsWithin(text, rdf.Limits{MaxNodes: 1})
	requireCode(t, err, rdf.CodeTooManyNodes)
}

// The dataset does not change when the caller reuses the text.
func TestParseCopies(t *testing.T) {
	text := []byte(`<urn:s> <urn:p> "x" .`)
	d, _, err := rdf.ParseNQuads(text)
	require.NoError(t, err)
	clear(text)
	require.Equal(t, "urn:s", d.Quads()[0].Subject)
}

// FuzzParseNQuads: what is read and written again reads as the same dataset, and
// is written the same; IRIs that come out hold nothing that could end them.
func FuzzParseNQuads(f *testing.F) {
	f.Add("<urn:s> <urn:p> <urn:o> <urn:g> .\n")
	f.Add("_:a <urn:p> \"\\t\\u00e9\\\"\"@en-GB _:b . # c\r\n")
	f.Add("_:a.b <urn:p\\u00e9> \"x\"^^<urn:t> .")
	f.Fuzz(func(t *testing.T, text string) {
		d, _, err := rdf.ParseNQuads([]byte(text))
		if err != nil {
			return
		}
		for _, q := range d.Quads() {
			require.False(t, strings.ContainsAny(q.Subject+q.Predicate+q.Graph, "<>\"{}|^`\\ \n\r\t\x00"))
		}
		written := rdf.AppendNQuads(nil, d)
		again, _, err := rdf.ParseNQuads(written)
		require.NoError(t, err)
		require.Equal(t, string(written), string(rdf.AppendNQuads(nil, again)))
		require.Equal(t, formOrCode(d, rdf.Options{}), formOrCode(again, rdf.Options{}))
	})
}
