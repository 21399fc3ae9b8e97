package jsonld_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
)

// Each statement comes from the value that is its object, types and links of a node from
// the node, what makes a list from the list, and each blank node from its object or item.
func TestOrigins(t *testing.T) {
	const text = `{"@context":{"@vocab":"https://x.example/","l":{"@container":"@list"},"m":{"@container":"@language"},"j":{"@type":"@json"},"g":{"@container":"@graph"}},
"@id":"urn:x:1","@type":["A","B"],"name":"n","other":{"x":["p","q"]},"l":["r",{"y":"s"}],"m":{"en":"yes","de":["ja"]},"j":{"k":[1]},"v":{"@value":"w","@language":"en"},"g":{"z":"in"}}`
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, nil)
	require.NoError(t, err)
	e := jsonld.New(jsonld.Config{Policy: jsonld.Policy{AllowInline: true, AllowVocab: true}})
	var set rdf.Dataset
	var origins jsonld.Origins
	_, err = e.ToRDF(context.Background(), jsonld.Input{Root: doc.Root(), Origins: &origins}, &set)
	require.NoError(t, err)
	from := map[string][]string{}
	for i, q := range set.Quads() {
		at := doc.Value(origins.Statement(i)).Pointer()
		from[at] = append(from[at], q.Predicate)
	}
	const x, ns = "https://x.example/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	require.Equal(t, map[string][]string{
		"": {ns + "type", ns + "type"}, "/name": {x + "name"}, "/other": {x + "other"}, "/other/x/0": {x + "x"}, "/other/x/1": {x + "x"},
		"/l": {ns + "rest", x + "l"}, "/l/0": {ns + "first"}, "/l/1": {ns + "rest", ns + "first"}, "/l/1/y": {x + "y"},
		"/m/en": {x + "m"}, "/m/de/0": {x + "m"}, "/j": {x + "j"}, "/v": {x + "v"}, "/g": {x + "g"}, "/g/z": {x + "z"},
	}, onceEach(from))
	nodes := map[string]int{}
	for n := range set.Nodes {
		nodes[doc.Value(origins.Node(n)).Pointer()]++
	}
	require.Equal(t, map[string]int{"/other": 1, "/l/0": 1, "/l/1": 2, "/g": 2}, nodes)
}

// onceEach leaves the order of statements of one value open.
func onceEach(from map[string][]string) map[string][]string {
	if l := from["/l/1"]; len(l) == 2 && l[0] > l[1] {
		return from
	} else if len(l) == 2 {
		l[0], l[1] = l[1], l[0]
	}
	return from
}
