package jsonld_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
)

// inContext writes a document whose context has a term for each construct.
func inContext(members string) string {
	return `{"@context": {"@version": 1.1, "id": "@id", "type": "@type", "ex": "https://v.example/",
		"p": "ex:p", "q": "ex:q", "link": {"@id": "ex:link", "@type": "@id"}, "none": null,
		"bn": "_:bn", "bad": "https://v.example/a b", "percent": "ex:%zz",
		"list": {"@id": "ex:list", "@container": "@list"}, "graph": {"@id": "ex:graph", "@container": "@graph"},
		"texts": {"@id": "ex:texts", "@container": "@language"}, "index": {"@id": "ex:index", "@container": "@index"},
		"typed": {"@id": "ex:typed", "@type": "https://v.example/a b"}
	}, ` + members + `}`
}

func lenient(t *testing.T, e *jsonld.Engine, text string) (*jsonld.Result, *rdf.Dataset) {
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, e.Symbols())
	require.NoError(t, err)
	var d rdf.Dataset
	result, err := e.ToRDF(context.Background(), jsonld.Input{Root: doc.Root(), Mode: jsonld.Lenient}, &d)
	require.NoError(t, err)
	return result, &d
}

// Each thing that the algorithm leaves out is found, with its place, by Strict as
// an error and by Lenient in the result.
func TestDrops(t *testing.T) {
	e := jsonld.New(jsonld.Config{Policy: permissive})
	for _, c := range []struct {
		members string
		code    jsonld.Code
		pointer string
		strict  bool // Strict alone finds it
	}{
		{members: `"p": 1, "unknown": 2`, code: jsonld.DropUndefinedTerm, pointer: "/unknown"},
		{members: `"p": {"a/b": 2, "q": 1}`, code: jsonld.DropUndefinedTerm, pointer: "/p/a~1b"},
		{members: `"p": 1, "none": 2`, code: jsonld.DropNullTerm, pointer: "/none"},
		{members: `"p": 1, "@foo": 2`, code: jsonld.DropKeywordLike, pointer: "/@foo"},
		{members: `"p": 1, "@vocab": 2`, code: jsonld.DropKeyword, pointer: "/@vocab"},
		{members: `"p": [3, {"id": "rel", "q": 1}]`, code: jsonld.DropRelativeID, pointer: "/p/1/id"},
		{members: `"p": [3, {"id": "@foo", "q": 1}]`, code: jsonld.DropRelativeID, pointer: "/p/1/id"},
		{members: `"p": 1, "link": ["urn:a", "rel"]`, code: jsonld.DropRelativeIRI, pointer: "/link/1"},
		{members: `"p": 1, "type": ["ex:T", "T"]`, code: jsonld.DropUndefinedType, pointer: "/type/1"},
		{members: `"p": 1, "type": "@json"`, code: jsonld.DropUndefinedType, pointer: "/type"},
		{members: `"p": 1, "link": "urn:a> <urn:b"`, code: jsonld.DropInvalidIRI, pointer: "/link"},
		{members: `"p": 1, "link": "urn:%zz"`, code: jsonld.DropInvalidIRI, pointer: "/link", strict: true},
		{members: `"p": 1, "percent": 2`, code: jsonld.DropInvalidIRI, pointer: "/percent", strict: true},
		{members: `"p": 1, "bad": 2`, code: jsonld.DropInvalidIRI, pointer: "/bad"},
		{members: `"p": 1, "urn:x y": 2`, code: jsonld.DropInvalidIRI, pointer: "/urn:x y"},
		{members: `"p": 1, "bn": 2`, code: jsonld.DropBlankPredicate, pointer: "/bn"},
		{members: `"p": 1, "texts": {"en": "a", "e n": "b"}`, code: jsonld.DropInvalidLanguage, pointer: "/texts/e n"},
		{members: `"p": [1, {"@value": "x", "@language": "-"}]`, code: jsonld.DropInvalidLanguage, pointer: "/p/1/@language"},
		{members: `"p": [1, {"@value": null}]`, code: jsonld.DropNullValue, pointer: "/p/1/@value"},
		{members: `"p": 1, "typed": "x"`, code: jsonld.DropInvalidDatatype, pointer: "/typed"},
		{members: `"p": [1, {"@language": "en"}]`, code: jsonld.DropLanguageOnly, pointer: "/p/1"},
		{members: `"p": 1, "@graph": [{"q": 2}, "free"]`, code: jsonld.DropFreeFloating, pointer: "/@graph/1"},
		{members: `"p": 1, "@graph": [{"q": 2}, {"@list": [1]}]`, code: jsonld.DropFreeFloating, pointer: "/@graph/1"},
		{members: `"p": 1, "@graph": [{"q": 2}, {"@value": 1}]`, code: jsonld.DropFreeFloating, pointer: "/@graph/1"},
		{members: `"p": 1, "@graph": [{"q": 2}, {"id": "urn:x"}]`, code: jsonld.DropEmptyNode, pointer: "/@graph/1"},
		{members: `"p": 1, "graph": "free"`, code: jsonld.DropFreeFloating, pointer: "/graph"},
		{members: `"p": 1, "@index": "i"`, code: jsonld.DropIndex, pointer: "/@index"},
		{members: `"p": 1, "index": {"i": 1, "@none": 2}`, code: jsonld.DropIndex, pointer: "/index/i"},
		{members: `"list": [1, {"id": "rel"}]`, code: jsonld.DropRelativeID, pointer: "/list/1/id"},
		{members: `"type": []`, code: jsonld.DropEmpty, pointer: ""},
	} {
		t.Run(string(c.code)+c.pointer, func(t *testing.T) {
			want := jsonld.Drop{Code: c.code, Pointer: c.pointer}
			_, err := expand(t, e, jsonld.Strict, inContext(c.members))
			var loss *jsonld.DataLoss
			require.ErrorAs(t, err, &loss)
			require.Len(t, loss.Drops, 1, err.Error())
			require.NotEmpty(t, loss.Drops[0].Detail)
			require.Equal(t, c.pointer, loss.Drops[0].At.Pointer())
			loss.Drops[0].Detail, loss.Drops[0].At = "", jsonx.Value{}
			require.Equal(t, want, loss.Drops[0])

			result, _ := lenient(t, e, inContext(c.members))
			if c.strict {
				require.Empty(t, result.Dropped)
				return
			}
			require.Len(t, result.Dropped, 1)
			require.Equal(t, c.code, result.Dropped[0].Code)
			require.Equal(t, c.pointer, result.Dropped[0].Pointer)
		})
	}
}

// All findings come together.
func TestAllDropsTogether(t *testing.T) {
	e := jsonld.New(jsonld.Config{Policy: permissive})
	_, err := expand(t, e, jsonld.Strict, inContext(`"a": 1, "link": "rel", "type": "T", "p": {"b": 2}`))
	var loss *jsonld.DataLoss
	require.ErrorAs(t, err, &loss)
	var pointers []string
	for _, d := range loss.Drops {
		pointers = append(pointers, d.Pointer)
	}
	require.Equal(t, []string{"/a", "/link", "/type", "/p/b"}, pointers)
	require.ErrorContains(t, err, "and 3 more")
}

// Standard drops what Strict refuses, and says nothing.
func TestStandardDropsSilently(t *testing.T) {
	e := jsonld.New(jsonld.Config{})
	text := inContext(`"id": "urn:s", "p": 1, "unknown": 2, "link": ["rel", "urn:%zz", "urn:a#b#c", "urn:o"]`)
	got, err := expand(t, e, jsonld.Standard, text)
	require.NoError(t, err)
	require.Equal(t, "<urn:s> <https://v.example/link> <urn:o> .\n"+
		"<urn:s> <https://v.example/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n", got)
}

// What is null or empty says nothing by the definition of JSON-LD; it is no loss.
func TestNothingIsNoLoss(t *testing.T) {
	e := jsonld.New(jsonld.Config{Policy: permissive})
	got, err := expand(t, e, jsonld.Strict, inContext(`"id": "urn:s", "p": [1, null], "q": null, "link": [], "texts": {"en": null}`))
	require.NoError(t, err)
	require.Equal(t, "<urn:s> <https://v.example/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n", got)
}
