package rewrite

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/internal/contexts"
)

// vocabulary is what the known contexts say of names, all taken together: a guess
// at what may stand for what. The sieve decides whether the guess was right.
type vocabulary struct {
	meanings map[string][]meaning // by term
	terms    map[string][]term    // by IRI
	keywords map[string][]term    // by keyword: its aliases
	prefixes []prefix
	urls     []string
}

type meaning struct{ iri, coercion, container string }

// term is a name and the context that defines it, "" for those of the document.
type term struct{ name, url string }

type prefix struct{ name, iri, url string }

// known reads the contexts once.
var known = sync.OnceValue(func() *vocabulary {
	v := &vocabulary{meanings: map[string][]meaning{}, terms: map[string][]term{}, keywords: map[string][]term{}, urls: contexts.URLs()}
	for _, url := range v.urls {
		text, _ := contexts.Lookup(url)
		var document map[string]any
		if err := json.Unmarshal(text, &document); err != nil {
			panic(err)
		}
		v.context(document["@context"], nil, url)
	}
	return v
})

// context reads a local context; outer are those around it.
func (v *vocabulary) context(local any, outer []map[string]any, url string) {
	if list, ok := local.([]any); ok {
		for _, item := range list {
			v.context(item, outer, url)
		}
		return
	}
	definitions, ok := local.(map[string]any)
	if !ok {
		return
	}
	stack := append(slices.Clone(outer), definitions)
	for _, name := range slices.Sorted(maps.Keys(definitions)) {
		if name[0] != '@' {
			v.define(name, definitions[name], stack, url)
		}
	}
}

func (v *vocabulary) define(name string, definition any, stack []map[string]any, url string) {
	m := meaning{iri: name}
	switch d := definition.(type) {
	case string:
		m.iri = d
	case map[string]any:
		if id, ok := d["@id"].(string); ok {
			m.iri = id
		}
		coercion, _ := d["@type"].(string)
		m.coercion = expand(coercion, stack)
		m.container, _ = d["@container"].(string)
		v.context(d["@context"], stack, url)
	default:
		return
	}
	m.iri = expand(m.iri, stack)
	switch {
	case m.iri[0] == '@':
		v.keywords[m.iri] = put(v.keywords[m.iri], term{name, url})
		return
	case !strings.Contains(m.iri, ":"):
		return
	}
	if !slices.Contains(v.meanings[name], m) {
		v.meanings[name] = append(v.meanings[name], m)
	}
	v.terms[m.iri] = put(v.terms[m.iri], term{name, url})
	if strings.ContainsAny(m.iri[len(m.iri)-1:], "/#:") {
		v.prefixes = append(v.prefixes, prefix{name, m.iri, url})
	}
}

// put adds a term: alone, for documents whose contexts have it, and with a context
// that has it.
func put(terms []term, t term) []term {
	for _, t := range []term{{name: t.name}, t} {
		if !slices.Contains(terms, t) {
			terms = append(terms, t)
		}
	}
	return terms
}

// expand makes an IRI of a term, a compact IRI or an IRI, as far as definitions
// have it.
func expand(text string, stack []map[string]any) string {
	for range 5 {
		name, rest, compact := strings.Cut(text, ":")
		if text == "" || text[0] == '@' || compact && strings.HasPrefix(rest, "//") {
			return text
		}
		found := ""
		for i := len(stack) - 1; i >= 0 && found == ""; i-- {
			switch d := stack[i][name].(type) {
			case string:
				found = d
			case map[string]any:
				found, _ = d["@id"].(string)
			}
		}
		if found == "" || found == text {
			return text
		}
		text = found + rest
	}
	return text
}

// meaningsOf are what a name may mean, an IRI itself.
func (v *vocabulary) meaningsOf(name string) []meaning {
	if strings.Contains(name, ":") {
		return []meaning{{iri: name}}
	}
	return v.meanings[name]
}

// compacts are the ways to write an IRI by a prefix.
func (v *vocabulary) compacts(iri string) (all []term) {
	for _, p := range v.prefixes {
		if rest, ok := strings.CutPrefix(iri, p.iri); ok && rest != "" && !strings.HasPrefix(rest, "//") {
			all = put(all, term{p.name + ":" + rest, p.url})
		}
	}
	return all
}
