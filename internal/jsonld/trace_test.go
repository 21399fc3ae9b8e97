package jsonld_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

const traced = `{"@context":["https://c.example/t",{"own":"urn:own","ident":"@id"}],
	"ident":"urn:x","type":["T","urn:U","U2"],"p":"a","urn:q":1,"pre:r":2,"own":{"type":"T","p":"b"},
	"json":{"p":"a","ident":"b"},"said":{"en":"a"},"kept":["a"],"ref":"urn:y","graph":{"p":"c"},"undefined":{"p":"d"},"proof":{"p":"e"}}`

// traceOf expands a document with a trace.
func traceOf(t testing.TB, e *jsonld.Engine, text string, mode jsonld.Mode, skip string) (jsonx.Value, *jsonld.Trace, *rdf.Dataset, error) {
	t.Helper()
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, e.Symbols())
	require.NoError(t, err)
	trace, set := new(jsonld.Trace), new(rdf.Dataset)
	_, err = e.ToRDF(context.Background(), jsonld.Input{Root: doc.Root(), Skip: doc.Root().Get(skip), Mode: mode, Trace: trace}, set)
	return doc.Root(), trace, set, err
}

func tracedEngine() *jsonld.Engine {
	w := web{"https://c.example/t": `{"@context": {"@version": 1.1, "type": "@type", "pre": {"@id":"urn:pre:","@prefix":true},
		"p": "urn:p", "second": "urn:p", "T": {"@id": "urn:T", "@context": {"p": "urn:T-p"}}, "U2": "urn:U2",
		"json": {"@id": "urn:json", "@type": "@json"}, "said": {"@id": "urn:said", "@container": "@language"},
		"kept": {"@id": "urn:kept", "@container": "@list"}, "ref": {"@id": "urn:ref", "@type": "@id"},
		"graph": {"@id": "urn:graph", "@container": "@graph"}, "gone": null}}`}
	return jsonld.New(jsonld.Config{Documents: w.lookup, Policy: jsonld.Policy{AllowInline: true}})
}

func TestTraceNamesAndTypes(t *testing.T) {
	root, trace, _, err := traceOf(t, tracedEngine(), traced, jsonld.Lenient, "proof")
	require.NoError(t, err)
	for name, iri := range map[string]string{
		"ident": "@id", "type": "@type", "p": "urn:T-p", "urn:q": "urn:q", "pre:r": "urn:pre:r", "own": "urn:own",
		"json": "urn:json", "said": "urn:said", "kept": "urn:kept", "ref": "urn:ref", "graph": "urn:graph", "undefined": "", "proof": "",
	} {
		m := trace.Name(root.Get(name))
		require.Equal(t, iri, m.IRI(), name)
		require.Equal(t, iri != "", m.Exists(), name)
		require.Equal(t, strings.HasPrefix(iri, "@"), m.IsKeyword(), name)
		require.Equal(t, iri != "" && !strings.Contains(name, ":"), m.IsTerm(), name)
		require.Equal(t, name == "json", m.IsJSON(), name)
		require.Equal(t, name == "said", m.IsMap(), name)
		require.Equal(t, name == "said", m.IsLanguageMap(), name)
		require.Equal(t, name == "kept", m.IsList(), name)
		require.Equal(t, name == "ref", m.IsReference(), name)
		require.Equal(t, name == "graph", m.IsGraph(), name)
	}
	types := root.Get("type").Items()
	require.Equal(t, "urn:T", trace.Type(types[0]).IRI())
	require.True(t, trace.Type(types[0]).IsTerm())
	require.Equal(t, "urn:U", trace.Type(types[1]).IRI())
	require.False(t, trace.Type(types[1]).IsTerm())
	require.Equal(t, "urn:U2", trace.Type(types[2]).IRI())

	own := root.Get("own")
	require.Equal(t, "urn:T-p", trace.Name(own.Get("p")).IRI(), "by the scoped context of its type")
	require.Equal(t, "@type", trace.Name(own.Get("type")).IRI(), "a bare type is a member")
	require.Equal(t, "urn:T", trace.Type(own.Get("type")).IRI(), "and a type")
	require.Equal(t, "urn:p", trace.Name(root.Get("graph").Get("p")).IRI(), "the type's context ends at the next node")

	for _, unread := range []jsonx.Value{
		root.Get("json").Get("p"), root.Get("said").Get("en"), root.Get("undefined").Get("p"), root.Get("proof").Get("p"),
		root.Get("@context").Items()[1].Get("own"), {},
	} {
		require.False(t, trace.Name(unread).Exists(), "not read as a name: %s", unread.Pointer())
		require.False(t, trace.Type(unread).Exists())
		require.False(t, trace.Defines(unread, "p").Exists())
	}
}

func TestTraceKnowsWhatNamesWouldMean(t *testing.T) {
	root, trace, _, err := traceOf(t, tracedEngine(), traced, jsonld.Lenient, "proof")
	require.NoError(t, err)
	inner := root.Get("graph")
	require.Equal(t, "urn:T-p", trace.Defines(root, "p").IRI())
	require.Equal(t, "urn:p", trace.Defines(inner, "p").IRI())
	require.Equal(t, "urn:own", trace.Defines(inner, "own").IRI(), "a context of the document's own")
	require.False(t, trace.Defines(inner, "gone").Exists())
	require.False(t, trace.Defines(inner, "urn:q").Exists())

	named := func(v jsonx.Value, iri string) (names []string) {
		require.False(t, trace.Named(v, iri, func(name string) bool { names = append(names, name); return true }))
		return names
	}
	require.ElementsMatch(t, []string{"p", "second"}, named(inner, "urn:p"))
	require.Equal(t, []string{"second"}, named(root, "urn:p"))
	require.Equal(t, []string{"own"}, named(root, "urn:own"))
	require.Empty(t, named(root, "@id"))
	require.Empty(t, named(root.Get("json"), "urn:p"))
	require.True(t, trace.Named(inner, "urn:p", func(string) bool { return false }))
}

// A trace of one document says nothing of another, nor of values outside of what was
// expanded, and nothing once it is reset.
func TestTraceIsOfOneDocument(t *testing.T) {
	e := tracedEngine()
	root, trace, _, err := traceOf(t, e, traced, jsonld.Lenient, "proof")
	require.NoError(t, err)
	other, otherTrace, _, err := traceOf(t, e, traced, jsonld.Lenient, "proof")
	require.NoError(t, err)
	require.False(t, trace.Name(other.Get("p")).Exists())
	require.False(t, otherTrace.Name(root.Get("p")).Exists())

	in := jsonld.Input{Root: root.Get("own"), Context: root.Get("@context"), Trace: trace}
	_, err = e.ToRDF(context.Background(), in, new(rdf.Dataset))
	require.NoError(t, err)
	require.True(t, trace.Name(root.Get("own").Get("p")).Exists())
	require.False(t, trace.Name(root.Get("p")).Exists())
	require.False(t, trace.Name(root.Get("graph").Get("p")).Exists())
	trace.Reset()
	require.False(t, trace.Name(root.Get("own").Get("p")).Exists())
}

// The trace is what the statements came of: every predicate of a dataset is the IRI of
// a traced name, whatever the document, and the trace changes no statement.
func TestTraceAgreesWithTheStatements(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testkit.Shared(t, "ob/samples/valid"), "*", "*.json"))
	require.NoError(t, err)
	e := jsonld.New(jsonld.Config{Documents: contexts.Lookup, Policy: jsonld.Policy{AllowNested: true, AllowInline: true}})
	count := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		if _, err := jsonx.Parse(text, jsonx.Limits{}, nil); err != nil {
			continue
		}
		root, trace, set, err := traceOf(t, e, string(text), jsonld.Lenient, "proof")
		if err != nil {
			continue
		}
		var plain rdf.Dataset
		_, err = e.ToRDF(context.Background(), jsonld.Input{Root: root, Skip: root.Get("proof"), Mode: jsonld.Lenient}, &plain)
		require.NoError(t, err)
		require.Equal(t, plain.Quads(), set.Quads(), file)
		means := map[string]bool{}
		var walk func(v jsonx.Value)
		walk = func(v jsonx.Value) {
			means[trace.Name(v).IRI()] = true
			for c := v.First(); c.Exists(); c = c.Next() {
				walk(c)
			}
		}
		walk(root)
		for _, q := range set.Quads() {
			if p := q.Predicate; !strings.HasPrefix(p, "http://www.w3.org/1999/02/22-rdf-syntax-ns#") {
				require.True(t, means[p], "%s: %s", file, p)
				count++
			}
		}
	}
	require.Greater(t, count, 1000)
}
