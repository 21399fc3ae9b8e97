package ob2

import (
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// extensionsPrefix begins the contexts of the standard's extensions, which stand in the
// extensions, and in some badges beside the context of the standard. They define the
// members of extensions alone and say nothing of the model.
const extensionsPrefix = "https://w3id.org/openbadges/extensions/"

// term is what a context says of a name.
type term struct{ iri, coerced string }

// standard are the terms of the standard, as its context has them and had them before.
var standard = sync.OnceValue(func() map[string][]term {
	all := map[string][]term{}
	texts := [][]byte{}
	if text, ok := contexts.Lookup(Context); ok {
		texts = append(texts, text)
	}
	for _, s := range contexts.Archived(Context) {
		texts = append(texts, s.Document)
	}
	for _, text := range texts {
		doc, err := jsonx.Parse(text, jsonx.Limits{}, nil)
		if err != nil {
			continue // a test reads them
		}
		c := doc.Root().Get("@context")
		for m := c.First(); m.Exists(); m = m.Next() {
			all[m.Name()] = append(all[m.Name()], define(c, m))
		}
	}
	return all
})

// standardIRIs are the IRIs of the terms that the model has.
var standardIRIs = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, terms := range standard() {
		for _, t := range terms {
			if !strings.HasSuffix(t.iri, "#") && !strings.HasSuffix(t.iri, "/") { // no prefix
				all[t.iri] = true
			}
		}
	}
	return all
})

// define reads the definition of a term in a context: its IRI, prefixes resolved, and what
// its values are taken for.
func define(context, definition jsonx.Value) term {
	t := term{iri: jsonx.Content(definition)}
	if definition.Kind() == jsonx.Object {
		t.iri = jsonx.Content(definition.Get("@id"))
		t.coerced = expand(context, jsonx.Content(definition.Get("@type")), 0)
	}
	t.iri = expand(context, t.iri, 0)
	return t
}

// expand resolves a name of a context, by its own terms and those of the standard.
func expand(context jsonx.Value, name string, depth int) string {
	if depth > 8 || strings.HasPrefix(name, "@") {
		return name
	}
	if d := context.Get(name); d.Exists() {
		if d.Kind() == jsonx.Object {
			d = d.Get("@id")
		}
		return expand(context, jsonx.Content(d), depth+1)
	}
	prefix, rest, ok := strings.Cut(name, ":")
	if !ok || strings.HasPrefix(rest, "//") {
		return name
	}
	if d := context.Get(prefix); d.Exists() {
		if d.Kind() == jsonx.Object {
			d = d.Get("@id")
		}
		return expand(context, jsonx.Content(d), depth+1) + rest
	}
	if iri, ok := prefixes[prefix]; ok {
		return iri + rest
	}
	return name
}

// prefixes are those of the standard's context.
var prefixes = map[string]string{
	"obi": "https://w3id.org/openbadges#", "extensions": extensionsBase, "cred": "https://w3id.org/credentials#",
	"dc": "http://purl.org/dc/terms/", "schema": "http://schema.org/", "sec": "https://w3id.org/security#",
	"xsd": "http://www.w3.org/2001/XMLSchema#",
}

const extensionsBase = "https://w3id.org/openbadges/extensions#"

// form is what the contexts of a document ask of whoever reads it.
type form struct {
	standard bool // the context of the standard is listed
	other    bool // there are others, so that the names have to be looked up
	count    int  // of contexts
}

// contextsOf judges the contexts of a document: known by URL, or written in it without
// giving a term of the standard another meaning.
func (f *form) contextsOf(context jsonx.Value) error {
	for item := range context.All() {
		f.count++
		switch {
		case item.Kind() == jsonx.Object:
			if err := f.inline(item); err != nil {
				return err
			}
		case item.Kind() != jsonx.String:
			return problem(CodeMemberMalformed, item.Pointer(), item.Kind().String(), "")
		case item.Text() == Context:
			f.standard = true
		case strings.HasPrefix(item.Text(), extensionsPrefix):
		case contexts.Known(item.Text()):
			f.other = true
		default:
			return problem(CodeContextUnknown, item.Pointer(), vc.Quote(item.Text()), "")
		}
	}
	return nil
}

// simple are the keywords of JSON-LD 1.0 that a definition may have. The others steer how
// contexts are processed.
var simple = map[string]bool{"@id": true, "@type": true, "@container": true, "@language": true}

const maxTerms = 512

func (f *form) inline(context jsonx.Value) error {
	f.other = true
	if context.Len() > maxTerms {
		return problem(CodeTooComplex, context.Pointer(), "", "at most 512 terms of a context")
	}
	for m := context.First(); m.Exists(); m = m.Next() {
		if err := f.term(context, m); err != nil {
			return err
		}
	}
	return nil
}

func (f *form) term(context, m jsonx.Value) error {
	switch name := m.Name(); {
	case name == "@language" || name == "@version":
		return nil
	case strings.HasPrefix(name, "@"):
		return problem(CodeContextRedefines, m.Pointer(), vc.Quote(name), "")
	case m.Kind() == jsonx.Object:
		for k := m.First(); k.Exists(); k = k.Next() {
			if !simple[k.Name()] || k.Kind() != jsonx.String {
				return problem(CodeContextRedefines, k.Pointer(), vc.Quote(k.Name()), "")
			}
		}
	}
	known, ok := standard()[m.Name()]
	if !ok {
		return nil
	}
	own := define(context, m)
	for _, t := range known {
		if t.iri == own.iri && (t.coerced == own.coerced || own.coerced == "") {
			return nil
		}
	}
	return problem(CodeContextRedefines, m.Pointer(), vc.Quote(own.iri), vc.Quote(known[0].iri))
}
