package contexts_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// This file is the comparer: it reads a context document into a table of what
// each term means, by the JSON-LD 1.1 algorithms for term definitions and IRI
// expansion, written for this test alone. Two documents mean the same if
// their tables are equal.
//
// A scoped context is processed where it is used, within whatever context holds
// there. So a compact IRI is resolved only by a prefix of the same context
// object, and otherwise compared as it is written: documents that resolve an
// outer prefix differently are never taken for equal.

// table maps a path ("Achievement/image", "1/xsd" in an array of contexts) to
// a description of the definition.
type table map[string]string

// tableOf reads the @context of a document.
func tableOf(document []byte) (table, error) {
	var doc map[string]any
	if err := json.Unmarshal(document, &doc); err != nil {
		return nil, err
	}
	context, ok := doc["@context"]
	if !ok {
		return nil, fmt.Errorf("no @context")
	}
	t := table{}
	return t, t.context("", context)
}

// context adds a local context of any form.
func (t table) context(path string, context any) error {
	switch context := context.(type) {
	case nil:
		t[path+"(context)"] = "null"
	case string:
		t[path+"(context)"] = "at " + context
	case []any:
		return t.array(path, context)
	case map[string]any:
		t[path+"(context)"] = "object"
		return t.object(path, context)
	default:
		return fmt.Errorf("%s: a context of type %T", path, context)
	}
	return nil
}

// array adds the contexts of an array; elements that only state the version
// have no meaning of their own.
func (t table) array(path string, contexts []any) error {
	contexts = slices.DeleteFunc(slices.Clone(contexts), func(c any) bool {
		o, ok := c.(map[string]any)
		return ok && len(o) == 1 && o["@version"] == 1.1
	})
	if len(contexts) == 1 {
		return t.context(path, contexts[0])
	}
	t[path+"(context)"] = fmt.Sprintf("array of %d", len(contexts))
	for i, c := range contexts {
		if err := t.context(fmt.Sprintf("%s%d/", path, i), c); err != nil {
			return err
		}
	}
	return nil
}

// object adds the entries of a context object.
func (t table) object(path string, object map[string]any) error {
	for name, value := range object {
		switch name {
		case "@version":
			if value != 1.1 {
				return fmt.Errorf("%s: version %v", path, value)
			}
		case "@protected": // is inherited by each term
		case "@vocab", "@base", "@language", "@direction", "@propagate", "@import":
			t[path+name] = fmt.Sprintf("%#v", value)
		default:
			if strings.HasPrefix(name, "@") {
				return fmt.Errorf("%s: keyword %s", path, name)
			}
			if err := t.term(path+name, scope(object), name, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// term adds one term, with its scoped context.
func (t table) term(path string, s scope, name string, value any) error {
	definition, _ := value.(map[string]any)
	switch value := value.(type) {
	case nil, string:
		definition = map[string]any{"@id": value}
	case map[string]any:
	default:
		return fmt.Errorf("%s: a definition of type %T", path, value)
	}
	d := map[string]string{
		"id":        s.mapping(name, nil),
		"protected": fmt.Sprint(s.flag(definition, "@protected")),
		"prefix":    fmt.Sprint(s.isPrefix(name, nil)),
	}
	for keyword, value := range definition {
		switch keyword {
		case "@id", "@protected", "@prefix":
		case "@reverse":
			d["reverse"] = "true"
		case "@type", "@index":
			d[keyword[1:]] = s.expand(value.(string), nil)
		case "@container":
			d["container"] = set(value)
		case "@language", "@direction", "@nest":
			d[keyword[1:]] = fmt.Sprintf("%#v", value)
		case "@context":
			d["scoped"] = "true"
			if err := t.context(path+"/", value); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%s: keyword %s", path, keyword)
		}
	}
	t[path] = describe(d)
	return nil
}

// describe writes a definition as text, in the order of the names.
func describe(d map[string]string) string {
	parts := make([]string, 0, len(d))
	for name, value := range d {
		parts = append(parts, name+"="+value)
	}
	slices.Sort(parts)
	return strings.Join(parts, " ")
}

// set writes a container, which is one keyword or several in any order.
func set(container any) string {
	list, ok := container.([]any)
	if !ok {
		return fmt.Sprint(container)
	}
	names := make([]string, len(list))
	for i, v := range list {
		names[i] = fmt.Sprint(v)
	}
	slices.Sort(names)
	return strings.Join(names, "+")
}

// scope is one context object, in which IRIs are expanded.
type scope map[string]any

// flag is a boolean of a definition, inherited from the context object.
func (s scope) flag(definition map[string]any, name string) bool {
	if own, ok := definition[name].(bool); ok {
		return own
	}
	inherited, _ := s[name].(bool)
	return inherited
}

// mapping is the IRI that a term of this object means (JSON-LD 1.1 API, 4.2.2).
func (s scope) mapping(term string, above []string) string {
	above = append(slices.Clone(above), term)
	switch definition := s[term].(type) {
	case nil:
		return "null"
	case string:
		return s.expand(definition, above)
	case map[string]any:
		for _, keyword := range []string{"@reverse", "@id"} {
			if value, ok := definition[keyword]; ok {
				if value == nil {
					return "null"
				}
				return s.expand(value.(string), above)
			}
		}
		return s.expand(term, above)
	}
	return "invalid"
}

// expand is IRI expansion relative to the vocabulary (JSON-LD 1.1 API, 5.2)
// with the definitions of this object alone; above are the terms that are
// being defined, which do not stand for themselves.
func (s scope) expand(value string, above []string) string {
	if strings.HasPrefix(value, "@") {
		return value
	}
	if _, ok := s[value]; ok && !slices.Contains(above, value) {
		return s.mapping(value, above)
	}
	prefix, suffix, ok := strings.Cut(value, ":")
	if ok && prefix != "" {
		if prefix != "_" && !strings.HasPrefix(suffix, "//") && !slices.Contains(above, prefix) && s.isPrefix(prefix, above) {
			return s.mapping(prefix, above) + suffix
		}
		return value
	}
	if vocab, ok := s["@vocab"].(string); ok {
		return vocab + value
	}
	return "vocabulary of the outer context + " + value
}

// isPrefix tells whether a term may be the prefix of a compact IRI: it says
// so, or it is a simple term whose IRI ends in a general delimiter.
func (s scope) isPrefix(term string, above []string) bool {
	switch definition := s[term].(type) {
	case string:
		iri := s.mapping(term, above)
		return !strings.ContainsAny(term, ":/") && !strings.HasPrefix(iri, "@") &&
			iri != "" && strings.ContainsRune(":/?#[]@", rune(iri[len(iri)-1]))
	case map[string]any:
		prefix, _ := definition["@prefix"].(bool)
		return prefix
	}
	return false
}

// differences names each path at which two tables differ, sorted.
func differences(published, ours table) []string {
	var out []string
	for path, d := range published {
		if o, ok := ours[path]; !ok {
			out = append(out, path+": missing, published as "+d)
		} else if o != d {
			out = append(out, path+": "+o+", published as "+d)
		}
	}
	for path, d := range ours {
		if _, ok := published[path]; !ok {
			out = append(out, path+": "+d+", not published")
		}
	}
	slices.Sort(out)
	return out
}
