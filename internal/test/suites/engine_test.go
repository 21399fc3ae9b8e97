package suites_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/nquads"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// permissive allows a document to bring its own contexts, as test cases do.
var permissive = jsonld.Policy{AllowInline: true, AllowNested: true, AllowVocab: true, AllowBase: true, AllowImport: true}

// web is a set of context documents by URL.
type web map[string][]byte

func (w web) lookup(url string) ([]byte, bool) {
	text, ok := w[url]
	return text, ok
}

func (w web) load(_ context.Context, url string) ([]byte, error) {
	if text, ok := w[url]; ok {
		return text, nil
	}
	return nil, errors.New("not found")
}

// known are the contexts that we embed, and those of the shared data beside them.
func known(t testing.TB) web {
	var list []struct{ URL, File string }
	dir := folder(testkit.Shared(t, "vc/contexts"))
	dir.list(t, "manifest.json", &list)
	w := inside()
	for _, c := range list {
		if _, ok := w[c.URL]; !ok {
			w[c.URL] = dir.read(c.File)
		}
	}
	return w
}

// inside are the contexts that we embed.
func inside() web {
	w := web{}
	for _, url := range contexts.URLs() {
		w[url], _ = contexts.Lookup(url)
	}
	return w
}

// form canonicalises.
func form(d *rdf.Dataset, o rdf.Options) (string, error) {
	c, err := rdf.Canonicalize(context.Background(), d, o)
	if err != nil {
		return "", err
	}
	defer c.Release()
	return string(c.NQuads()), nil
}

// formOfQuads canonicalises N-Quads.
func formOfQuads(text string) (string, error) {
	d, _, err := nquads.Parse([]byte(text))
	if err != nil {
		return "", err
	}
	return form(d, rdf.Options{})
}

// expand is our canonical form of a document without its member skip.
func expand(e *jsonld.Engine, mode jsonld.Mode, text []byte, skip string) (string, error) {
	doc, err := jsonx.Parse(text, jsonx.Limits{}, e.Symbols())
	if err != nil {
		return "", err
	}
	in := jsonld.Input{Root: doc.Root(), Mode: mode}
	if skip != "" {
		in.Skip = doc.Root().Get(skip)
	}
	var d rdf.Dataset
	if _, err := e.ToRDF(context.Background(), in, &d); err != nil {
		return "", err
	}
	return form(&d, rdf.Options{})
}

// without is a JSON document without some top-level members, for json-gold.
func without(text []byte, names ...string) ([]byte, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil {
		return nil, err
	}
	for _, name := range names {
		delete(members, name)
	}
	return json.Marshal(members)
}
