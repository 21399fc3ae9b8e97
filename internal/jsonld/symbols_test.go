package jsonld_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
)

// Symbols are a hint: a document that was parsed with an old table, with none, or
// with another engine's, gives the same dataset.
func TestSymbolsAreAHint(t *testing.T) {
	terms := func(prefix string) web {
		return web{"https://c.example/t": fmt.Sprintf(`{"@context": {"a": "urn:%[1]s:a", "b": "urn:%[1]s:b", "c": "urn:%[1]s:c"}}`, prefix)}
	}
	more := web{"https://c.example/t": `{"@context": {"c": "urn:c", "z": "urn:z", "b": "urn:b", "a": "urn:a"}}`}
	e := jsonld.New(jsonld.Config{Documents: terms("x").lookup})
	other := jsonld.New(jsonld.Config{Documents: more.lookup})
	const text = `{"@context": "https://c.example/t", "@id": "urn:s", "a": 1, "b": 2, "c": 3}`
	old := e.Symbols()
	want, err := expand(t, e, jsonld.Strict, text)
	require.NoError(t, err)
	_, err = expand(t, other, jsonld.Strict, text)
	require.NoError(t, err)
	require.NotNil(t, old)
	now := e.Symbols()
	shifted := jsonx.NewSymbols(map[string]int32{"a": now.Number("b"), "b": 99999, "c": 1, "@id": now.Number("a"), "@context": 0})
	for _, s := range []*jsonx.Symbols{nil, old, now, other.Symbols(), shifted} {
		doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, s)
		require.NoError(t, err)
		var d rdf.Dataset
		_, err = e.ToRDF(context.Background(), jsonld.Input{Root: doc.Root()}, &d)
		require.NoError(t, err)
		require.Equal(t, want, canonical(t, &d))
	}
}

// One cold engine, many goroutines: run with -race.
func TestConcurrentUse(t *testing.T) {
	e := jsonld.New(jsonld.Config{Documents: contexts.Lookup})
	want, err := expand(t, jsonld.New(jsonld.Config{Documents: contexts.Lookup}), jsonld.Strict, badge)
	require.NoError(t, err)
	var group sync.WaitGroup
	got := make([]string, 16)
	for i := range got {
		group.Go(func() {
			doc, err := jsonx.Parse([]byte(badge), jsonx.Limits{}, e.Symbols())
			if err != nil {
				return
			}
			var d rdf.Dataset
			for range 5 {
				d.Reset()
				if _, err := e.ToRDF(context.Background(), jsonld.Input{Root: doc.Root()}, &d); err != nil {
					return
				}
			}
			got[i] = canonical(t, &d)
		})
	}
	group.Wait()
	for i := range got {
		require.Equal(t, want, got[i])
	}
}

// The quads of one call stay valid when the engine is used again.
func TestQuadsOutliveTheCall(t *testing.T) {
	e := jsonld.New(jsonld.Config{Policy: permissive})
	parse := func(text string) (*rdf.Dataset, string) {
		doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, e.Symbols())
		require.NoError(t, err)
		d := &rdf.Dataset{}
		_, err = e.ToRDF(context.Background(), jsonld.Input{Root: doc.Root()}, d)
		require.NoError(t, err)
		return d, canonical(t, d)
	}
	d, before := parse(`{"@context": {"ex": "urn:ex:"}, "@id": "ex:s",
		"ex:n": [1.5, 1e20, {"@value": {"b": 1, "a": 2}, "@type": "@json"}]}`)
	parse(`{"@context": {"ex": "urn:other:"}, "@id": "ex:t",
		"ex:m": [7.5, 3e20, {"@value": {"c": 1, "d": 2}, "@type": "@json"}]}`)
	require.Equal(t, before, canonical(t, d))
}
