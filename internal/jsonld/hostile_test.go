package jsonld_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/nquads"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// web is a set of context documents by URL, as Config.Load.
type web map[string]string

func (w web) load(_ context.Context, url string) ([]byte, error) {
	if text, ok := w[url]; ok {
		return []byte(text), nil
	}
	return nil, errors.New("not found")
}

func (w web) lookup(url string) ([]byte, bool) {
	text, ok := w[url]
	return []byte(text), ok
}

// requireCode checks that an error is an *Error of that code.
func requireCode(t *testing.T, code jsonld.Code, err error) *jsonld.Error {
	t.Helper()
	var e *jsonld.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, code, e.Code, e.Error())
	return e
}

// hostileWeb reads a shared file of context documents and the document that uses
// them.
func hostileWeb(t *testing.T, file string) (w web, document string) {
	var all map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, file), &all))
	w = web{}
	for url, text := range all {
		w[url] = string(text)
	}
	return w, w["document"]
}

func TestContextCycle(t *testing.T) {
	w, document := hostileWeb(t, "vc/hostile/context-self.json")
	for name, c := range map[string]jsonld.Config{"loaded": {Load: w.load}, "known": {Documents: w.lookup}} {
		t.Run(name, func(t *testing.T) {
			_, err := expand(t, jsonld.New(c), jsonld.Strict, document)
			requireCode(t, jsonld.CodeContextCycle, err)
		})
	}
}

func TestContextChain(t *testing.T) {
	w, document := hostileWeb(t, "vc/hostile/context-chain.json")
	_, err := expand(t, jsonld.New(jsonld.Config{Load: w.load}), jsonld.Strict, document)
	e := requireCode(t, jsonld.CodeContextTooDeep, err)
	require.Equal(t, "https://evil.example/7", e.Context)

	_, err = expand(t, jsonld.New(jsonld.Config{Load: w.load, Limits: jsonld.Limits{Depth: 1000}}), jsonld.Strict, document)
	requireCode(t, jsonld.CodeContextTooMany, err)
}

func TestContextTermBomb(t *testing.T) {
	text := string(testkit.ReadShared(t, "vc/hostile/context-term-bomb.json"))
	_, err := expand(t, jsonld.New(jsonld.Config{Policy: permissive}), jsonld.Strict, text)
	requireCode(t, jsonld.CodeContextTooLarge, err)
	_, err = expand(t, jsonld.New(jsonld.Config{}), jsonld.Strict, text)
	requireCode(t, jsonld.CodeContextInline, err)
}

func TestContextScopedBomb(t *testing.T) {
	text := string(testkit.ReadShared(t, "vc/hostile/context-scoped-bomb.json"))
	_, err := expand(t, jsonld.New(jsonld.Config{Policy: permissive}), jsonld.Strict, text)
	require.NoError(t, err)
}

// 10,000 equal anonymous nodes take json-gold 23 seconds; the expansion is linear.
func TestWideDocument(t *testing.T) {
	text := testkit.ReadShared(t, "vc/hostile/wide-10000.json")
	e := jsonld.New(jsonld.Config{Policy: permissive})
	doc, err := jsonx.Parse(text, jsonx.Limits{}, e.Symbols())
	require.NoError(t, err)
	var d rdf.Dataset
	_, err = e.ToRDF(context.Background(), jsonld.Input{Root: doc.Root()}, &d)
	require.NoError(t, err)
	require.GreaterOrEqual(t, d.Len(), 10_000)
}

// Every inline context costs a copy of the term table, so their number is bounded.
func TestTooManyContexts(t *testing.T) {
	const own = `{"@context": {"p": "urn:p"}, "p": 1}`
	text := `{"@context": {"many": "urn:many"}, "many": [` + strings.Repeat(own+",", 2000) + own + `]}`
	_, err := expand(t, jsonld.New(jsonld.Config{Policy: permissive}), jsonld.Strict, text)
	requireCode(t, jsonld.CodeContextTooMany, err)
}

// A short document that repeats a long IRI stops when its statements are longer than
// the dataset takes.
func TestStatementsTooLong(t *testing.T) {
	text := `{"@context": {"p": "urn:` + strings.Repeat("long", 1000) + `"}, "@id": "urn:s", "p": [` + strings.Repeat("1,", 5000) + `1]}`
	e := jsonld.New(jsonld.Config{Policy: permissive})
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, e.Symbols())
	require.NoError(t, err)
	d := rdf.Dataset{MaxBytes: 1 << 20}
	_, err = e.ToRDF(context.Background(), jsonld.Input{Root: doc.Root()}, &d)
	requireCode(t, jsonld.CodeTooLarge, err)
	require.Less(t, d.Len(), 300)
}

// Two documents whose terms' scoped contexts name each other are allowed, since a
// scoped context is processed when it is used; the check of Standard mode ends.
func TestMutualScopedContexts(t *testing.T) {
	w := web{
		"https://c.example/a": `{"@context": {"x": {"@id": "urn:x", "@context": "https://c.example/b"}}}`,
		"https://c.example/b": `{"@context": {"x": {"@id": "urn:x2", "@context": "https://c.example/a"}}}`,
	}
	const text = `{"@context": "https://c.example/a", "@id": "urn:s", "x": {"x": {"x": {"x": "deep"}}}}`
	for _, mode := range []jsonld.Mode{jsonld.Strict, jsonld.Standard} {
		got, err := expand(t, jsonld.New(jsonld.Config{Load: w.load}), mode, text)
		require.NoError(t, err)
		require.Contains(t, got, `<urn:x2> "deep"`)
	}
}

func TestTooManyQuads(t *testing.T) {
	text := `{"urn:p": [1` + strings.Repeat(",2", 50) + `]}`
	_, err := expand(t, jsonld.New(jsonld.Config{Limits: jsonld.Limits{Quads: 50}}), jsonld.Strict, text)
	requireCode(t, jsonld.CodeTooManyQuads, err)
	_, err = expand(t, jsonld.New(jsonld.Config{Limits: jsonld.Limits{Quads: 51}}), jsonld.Strict, text)
	require.NoError(t, err)
}

func TestCancelation(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	text := `{"urn:p": [{"urn:q": 1}` + strings.Repeat(`,{"urn:q": 1}`, 3000) + `]}`
	e := jsonld.New(jsonld.Config{})
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, e.Symbols())
	require.NoError(t, err)
	var d rdf.Dataset
	_, err = e.ToRDF(ctx, jsonld.Input{Root: doc.Root()}, &d)
	require.ErrorIs(t, err, context.Canceled)
}

// An engine forgets its contexts when documents combine known ones endlessly, and
// still answers the same.
func TestContextsAreForgotten(t *testing.T) {
	w := web{}
	for i := range 70 {
		w[fmt.Sprintf("https://c.example/%d", i)] = fmt.Sprintf(`{"@context": {"t%d": "urn:t%d", "same": "urn:same%d"}}`, i, i, i)
	}
	e := jsonld.New(jsonld.Config{Documents: w.lookup})
	for i := range 70 {
		for j := range 70 {
			text := fmt.Sprintf(`{"@context": ["https://c.example/%d", "https://c.example/%d"], "@id": "urn:s", "same": "v"}`, i, j)
			got, err := expand(t, e, jsonld.Strict, text)
			require.NoError(t, err)
			require.Equal(t, fmt.Sprintf("<urn:s> <urn:same%d> \"v\" .\n", j), got)
		}
	}
	require.LessOrEqual(t, e.Contexts(), jsonld.MaxContexts)
}

// FuzzContext gives an engine outside bytes as a document with its own context
// and, by a URL in it, as a context document. Nothing may panic or hang; what
// comes out must be N-Quads that say the same when they are read again, in every
// mode, and Strict accepts nothing from which Lenient drops something.
func FuzzContext(f *testing.F) {
	f.Add([]byte(`{"@context": {"@version": 1.1, "a": {"@id": "urn:a", "@context": {"b": "urn:b"}}}, "a": {"b": 1}}`))
	f.Add([]byte(`{"@context": ["https://c.example/self", {"@vocab": "urn:v:", "@base": "urn:b:"}], "x": {"@list": [[1], {"@set": [2]}]}}`))
	f.Add([]byte(`{"@context": {"l": {"@id": "urn:l", "@container": ["@graph", "@id"]}},
		"l": {"urn:k": {"@value": 1}}, "@reverse": {"urn:r": {}}}`))
	f.Add([]byte(`{"@context": {"i": {"@id": "urn:i", "@container": "@index", "@index": "urn:k"}, "n": "@nest"},
		"n": {"i": {"k": {"@id": "_:x"}}}}`))
	f.Add([]byte(`{"@context": {"p": {"@id": "urn:p", "@protected": true}, "T": {"@id": "urn:T", "@context": {"p": null}}},
		"@type": "T", "p": {"@value": "x", "@direction": "rtl"}}`))
	f.Add([]byte(`{"@context": {"@import": "https://c.example/self", "@propagate": false, "@language": "EN",
		"t": {"@reverse": "urn:t", "@container": "@set"}}, "t": ["a"]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		load := func(context.Context, string) ([]byte, error) { return text, nil }
		e := jsonld.New(jsonld.Config{Load: load, Policy: permissive, Limits: jsonld.Limits{Contexts: 64}})
		doc, err := jsonx.Parse(text, jsonx.Limits{Bytes: 1 << 12}, e.Symbols())
		if err != nil {
			return
		}
		run := func(mode jsonld.Mode) (*rdf.Dataset, *jsonld.Result, error) {
			d := &rdf.Dataset{}
			result, err := e.ToRDF(context.Background(), jsonld.Input{Root: doc.Root(), Mode: mode}, d)
			if err == nil {
				again, _, err := nquads.Parse(nquads.Append(nil, d))
				require.NoError(t, err)
				require.Equal(t, unnumbered(d.Quads()), unnumbered(again.Quads()))
			}
			return d, result, err
		}
		lenient, result, lenientErr := run(jsonld.Lenient)
		strict, _, strictErr := run(jsonld.Strict)
		_, _, _ = run(jsonld.Standard)
		if strictErr == nil {
			require.NoError(t, lenientErr)
			require.Empty(t, result.Dropped)
			require.Equal(t, lenient.Quads(), strict.Quads())
		}
	})
}

// unnumbered is a copy of quads in which all blank nodes are the same.
func unnumbered(quads []rdf.Quad) []rdf.Quad {
	out := append([]rdf.Quad{}, quads...)
	for i := range out {
		q := &out[i]
		q.SubjectNode, q.ObjectNode, q.GraphNode = min(q.SubjectNode, 0), min(q.ObjectNode, 0), min(q.GraphNode, 0)
	}
	return out
}
