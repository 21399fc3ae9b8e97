package suites_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// author draws credential-like documents out of what contexts define: nodes of
// their types, with their properties, whose values fit the definitions or do not.
type author struct {
	draw  func(n int) int // a number below n
	vocab *vocabulary
	nodes int            // still allowed
	own   map[string]any // definition of a term that the document itself brings
	graph bool           // in the graph of a property
}

// vocabulary is what a list of contexts defines, as the author needs it.
type vocabulary struct {
	urls  []string
	terms map[string]any // definitions outside scoped contexts
	types []string       // those of them that look like types
}

// lists of contexts as credentials have them.
var lists = [][]string{
	{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
	{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
		"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"},
	{"https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context.json"},
	{"https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/clr/v2p0/context.json",
		"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json", "https://w3id.org/security/suites/ed25519-2020/v1"},
	{"https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
		"https://w3id.org/security/data-integrity/v2"},
	{"https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"},
	{"https://w3id.org/openbadges/v2"},
	{"https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1", "https://w3id.org/security/jwk/v1"},
}

// vocabularies reads what each of the lists defines.
func vocabularies(t testing.TB, w web) (all []*vocabulary) {
	for _, urls := range lists {
		v := &vocabulary{urls: urls, terms: map[string]any{}}
		for _, url := range urls {
			var document map[string]any
			require.NoError(t, json.Unmarshal(w[url], &document), url)
			maps.Copy(v.terms, definitions(document["@context"]))
		}
		v.types = slices.DeleteFunc(sortedNames(v.terms), func(name string) bool { return name[0] < 'A' || name[0] > 'Z' })
		all = append(all, v)
	}
	return all
}

// definitions are the terms of a local context.
func definitions(local any) map[string]any {
	terms := map[string]any{}
	switch local := local.(type) {
	case []any:
		for _, item := range local {
			maps.Copy(terms, definitions(item))
		}
	case map[string]any:
		for name, definition := range local {
			if name[0] != '@' {
				terms[name] = definition
			}
		}
	}
	return terms
}

func sortedNames(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }

// scoped is the terms of a definition's scoped context.
func scoped(definition any) map[string]any {
	m, _ := definition.(map[string]any)
	return definitions(m["@context"])
}

func (a *author) pick(from ...string) string { return from[a.draw(len(from))] }

// often is true but for one of n draws.
func (a *author) often(n int) bool { return a.draw(n) > 0 }

// document draws a whole document.
func (a *author) document() []byte {
	a.nodes = 12
	if !a.often(6) {
		a.own = map[string]any{"@id": "https://own.example/", "@container": a.pick("@list", "@set", "@index", "@language", "@id", "@type")}
	}
	node := a.node(nil)
	urls := make([]any, len(a.vocab.urls))
	for i, url := range a.vocab.urls {
		urls[i] = url
	}
	if a.own != nil {
		urls = append(urls, map[string]any{"own": a.own, "extra": "urn:extra", "@language": a.pick("en", "de-CH")})
	}
	node["@context"] = urls
	text, err := json.Marshal(node)
	if err != nil {
		panic(err)
	}
	return text
}

// node draws a node. Its properties come from the contexts of its types, from the
// context of the property it is the value of, and from all others.
func (a *author) node(scope map[string]any) map[string]any {
	a.nodes--
	node := map[string]any{}
	if a.draw(2) == 0 {
		node[a.pick("id", "id", "@id")] = a.iri()
	}
	pools := []map[string]any{a.vocab.terms}
	if len(scope) > 0 {
		pools = append(pools, scope, scope)
	}
	if len(a.vocab.types) > 0 && a.often(6) {
		var types []any
		for range 1 + a.draw(2) {
			name := a.vocab.types[a.draw(len(a.vocab.types))]
			types = append(types, name)
			if own := scoped(a.vocab.terms[name]); len(own) > 0 {
				pools = append(pools, own, own, own)
			}
		}
		if !a.often(10) {
			types = append(types, a.pick("Undefined", "https://type.example/T", "_:type"))
		}
		node["type"] = types
		if len(types) == 1 && a.draw(2) == 0 {
			node["type"] = types[0]
		}
	}
	for range 1 + a.draw(5) {
		pool := pools[a.draw(len(pools))]
		names := sortedNames(pool)
		if len(names) == 0 {
			continue
		}
		name := names[a.draw(len(names))]
		if a.graph && name == "verifiableCredential" {
			continue // the explanation of json-gold's loss of graphs does not reach into one
		}
		if definition := pool[name]; definition != "@id" && definition != "@type" {
			node[name] = a.property(definition)
		}
	}
	switch a.draw(16) {
	case 0:
		node[a.pick("extra", "https://full.example/p", "undefined")] = a.values(nil)
		if a.own != nil {
			node["own"] = a.property(a.own)
		}
	case 1:
		// json-gold has the scoped context of a property hold anew for what is
		// included in its value.
		if a.nodes > 0 && len(scope) == 0 {
			node[a.pick("@included", "@graph")] = a.stating(a.node(nil))
		}
	case 2:
		if a.nodes > 0 {
			node["@reverse"] = map[string]any{"https://full.example/of": a.node(nil)}
		}
	}
	return node
}

// stating makes sure that a node says something.
func (a *author) stating(node map[string]any) map[string]any {
	node["https://full.example/says"] = a.text()
	return node
}

// property draws the value of a property: mostly as it is defined.
func (a *author) property(definition any) any {
	d, _ := definition.(map[string]any)
	containers := fmt.Sprint(d["@container"])
	switch {
	case strings.Contains(containers, "@graph"), strings.Contains(containers, "@id"), strings.Contains(containers, "@type"):
		// json-gold ends with an error at mere values here.
		if a.nodes <= 0 {
			return []any{}
		}
		if containers != "@graph" {
			// Nor does it end a type's scoped context below a map's key.
			return map[string]any{a.pick("urn:key", "https://key.example/", "@none"): a.node(nil)}
		}
		outer := a.graph
		a.graph = true
		defer func() { a.graph = outer }()
		return a.stating(a.node(scoped(d)))
	case !a.often(15):
		return a.values(nil)
	case d["@type"] == "@json":
		return a.json()
	case strings.Contains(containers, "@language"):
		return a.languages()
	case strings.Contains(containers, "@index"):
		return map[string]any{a.pick("a", "urn:key", "@none"): a.values(d)}
	case strings.Contains(containers, "@list") && a.draw(3) == 0:
		return map[string]any{"@list": a.array(d)}
	}
	return a.values(d)
}

// values draws one value, an array, or a set.
func (a *author) values(d map[string]any) any {
	switch a.draw(8) {
	case 0, 1:
		return a.array(d)
	case 2:
		return map[string]any{"@set": a.array(d)}
	}
	return a.value(d)
}

func (a *author) array(d map[string]any) []any {
	items := []any{}
	for range a.draw(4) {
		items = append(items, a.value(d))
	}
	return items
}

func (a *author) value(d map[string]any) any {
	kind := a.draw(10)
	forNodes := len(scoped(d)) > 0 || d["@type"] == "@id" || d["@container"] == "@graph"
	if a.nodes > 0 && (kind < 2 || kind < 6 && forNodes) {
		return a.node(scoped(d))
	}
	switch {
	case kind == 9:
		return a.valueObject()
	case d["@type"] == "@id" || d["@type"] == "@vocab":
		return a.iri()
	case kind == 8:
		return a.scalar()
	}
	return a.text()
}

func (a *author) iri() string {
	return a.pick("urn:uuid:1", "urn:uuid:2", "https://school.example/badges/1", "https://school.example/a?b=c#d", "did:key:z6Mk",
		"did:web:school.example", "_:b", "_:c", "data:text/plain,x", "http://purl.org/dc/terms/title", "https://school.example/%20",
		"https://schule.example/ä", "relative", "#fragment", "")
}

func (a *author) text() string {
	return a.pick("A badge", "2026-01-01T00:00:00Z", "Completed", "", "line\nbreak \"quoted\" \\ \ttab", "für\u2028\U0001F393", "en",
		"1.0", "a\u0001\b\f\u007f", "z6MkMultibase")
}

func (a *author) scalar() any {
	switch a.draw(8) {
	case 0:
		return true
	case 1:
		return false
	case 2:
		return nil
	}
	return json.Number(a.pick("0", "7", "-3", "2.5", "1.0", "0.1", "1e2",
		"9007199254740993", "1E-7", "100000000000000000000", "1e21", "-0.0"))
}

func (a *author) valueObject() any {
	v := map[string]any{"@value": a.text()}
	switch a.draw(6) {
	case 0:
		v["@language"] = a.pick("en", "de-AT", "DE", "x y", "zh-Hant-TW")
	case 1:
		v["@language"], v["@direction"] = a.pick("ar", "he"), a.pick("rtl", "ltr")
	case 2:
		v["@type"] = a.pick("https://type.example/d", "http://www.w3.org/2001/XMLSchema#string",
			"http://www.w3.org/2001/XMLSchema#dateTime")
	case 3:
		v["@value"] = a.scalar()
	case 4:
		v["@value"], v["@type"] = a.json(), "@json"
	}
	return v
}

func (a *author) languages() any {
	m := map[string]any{}
	for range 1 + a.draw(3) {
		m[a.pick("en", "de", "fr-CA", "@none", "not a tag")] = a.text()
	}
	return m
}

func (a *author) json() any {
	switch a.draw(5) {
	case 0:
		return []any{a.text(), a.scalar()}
	case 1:
		return a.scalar()
	case 2:
		return a.text()
	}
	return map[string]any{"type": "object", "ä": a.text(), "n": a.scalar(), "in": map[string]any{"b": 1, "a": []any{}}}
}
