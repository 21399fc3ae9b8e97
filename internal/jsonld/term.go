package jsonld

import (
	"sync/atomic"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
)

// typeMapping is what a term's @type says of its values.
type typeMapping uint8

const (
	typeUnset    typeMapping = iota
	typeID                   // strings are IRIs, relative to the base
	typeVocab                // strings are IRIs or terms
	typeJSON                 // the value is a JSON literal
	typeNone                 // values are taken as they stand
	typeDatatype             // strings and numbers have the datatype term.datatype
)

// container is a set of container keywords.
type container uint8

const (
	inList container = 1 << iota
	inSet
	inGraph
	inIndex
	inID
	inType
	inLanguage
)

// direction is a base direction.
type direction uint8

const (
	noDirection direction = iota
	leftToRight
	rightToLeft
)

var directionNames = [...]string{leftToRight: "ltr", rightToLeft: "rtl"}

// directionOf returns the direction that a string names.
func directionOf(s string) direction {
	switch s {
	case "ltr":
		return leftToRight
	case "rtl":
		return rightToLeft
	}
	return noDirection
}

// term is a term definition (JSON-LD 1.1 API, 4.2). It is immutable once its
// context is complete and shared by all contexts derived from that one, so a
// pointer to it can key a memoised transition.
//
// A member name that is not a term but expands to an IRI is treated as a term
// without further mappings; so is a keyword that stands for itself.
type term struct {
	order uint64 // rdf.Order of iri as a predicate, 0 until it is asked for; atomic
	termDefinition
}

// termDefinition is what contexts say of a term. What every use of it reads comes
// first, so that it lies together in memory.
type termDefinition struct {
	name   string
	iri    string         // IRI mapping; the keyword's name for an alias
	scoped *scopedContext // nil where there is none

	keyword      keyword // that the term is an alias of
	form         iriForm // of iri
	datatypeForm iriForm
	mapping      typeMapping
	container    container
	direction    direction
	hasLanguage  bool
	hasDirection bool
	null         bool // explicitly mapped to null
	prefix       bool
	protected    bool
	reverse      bool
	known        bool // its IRI depends on known documents alone
	expanded     bool // no context defines it: a name that was expanded to an IRI

	suffix   string // how a literal of the datatype ends in N-Quads
	datatype string
	index    string // index mapping, "" for @index
	nest     string // nest value
	language language
}

// scopedContext is the local context of a term, with where it was written.
type scopedContext struct {
	local  jsonx.Value
	origin *origin
}

// origin says where a context was written.
type origin struct {
	url   string // of its document, "" for the input
	base  string // relative context URLs are resolved against it
	known bool   // it is part of a document of Config.Documents
}

// language is a language tag with its judgement.
type language struct {
	tag    string // lower case, "" for none
	suffix string // "@tag"
	bad    bool   // not well-formed: texts that have it are dropped
}

// languageOf lowers and judges a tag. RDF tags are case-insensitive; deployed
// processors write them in lower case, so canonical forms depend on it.
func languageOf(tag string) language {
	if tag == "" {
		return language{bad: true}
	}
	b := make([]byte, 0, len(tag)+1)
	b = append(b, '@')
	for i := 0; i < len(tag); i++ {
		c := tag[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		b = append(b, c)
	}
	s := string(b)
	return language{tag: s[1:], suffix: s, bad: !isLanguageTag(tag)}
}

// isLanguageTag reports whether a tag consists of subtags of one to eight
// letters or digits, the first of letters: what BCP 47 tags and the production
// LANGTAG of N-Quads have in common.
func isLanguageTag(tag string) bool {
	length, first := 0, true
	for i := 0; i < len(tag); i++ {
		c := tag[i]
		switch {
		case c|0x20 >= 'a' && c|0x20 <= 'z', !first && c >= '0' && c <= '9':
			length++
		case c == '-' && length > 0:
			length, first = 0, false
		default:
			return false
		}
		if length > 8 {
			return false
		}
	}
	return length > 0
}

// plainTerm is a term that says nothing of its values.
func plainTerm(name, iri string) *term {
	return &term{termDefinition: termDefinition{name: name, iri: iri, form: formOf(iri), expanded: true}}
}

// orderIn is the order of the term's IRI as a predicate in the engine's vocabulary.
func (t *term) orderIn(v *rdf.Vocabulary) rdf.Order {
	if order := atomic.LoadUint64(&t.order); order != 0 {
		return rdf.Order(order)
	}
	return t.askOrder(v)
}

func (t *term) askOrder(v *rdf.Vocabulary) rdf.Order {
	order := rdf.NoOrder
	if t.known && t.form == absolute {
		order = v.Order(t.iri)
	}
	atomic.StoreUint64(&t.order, uint64(order))
	return order
}

// keywordTerms are the keywords as terms.
var keywordTerms = func() (t [keywordCount]*term) {
	for k := kwID; k < keywordCount; k++ {
		t[k] = &term{termDefinition: termDefinition{name: keywordNames[k], iri: keywordNames[k], keyword: k}}
	}
	return t
}()

// equal reports whether two definitions are the same but for their protection.
func (t *term) equal(u *term) bool {
	a, b := t.termDefinition, u.termDefinition
	a.protected, b.protected = false, false
	a.known, b.known = false, false
	a.scoped, b.scoped = nil, nil
	return a == b && sameScope(t.scoped, u.scoped)
}

func sameScope(a, b *scopedContext) bool {
	if a == nil || b == nil {
		return a == b
	}
	return sameValue(a.local, b.local)
}

// sameValue compares two JSON values; the order of members does not count.
func sameValue(a, b jsonx.Value) bool {
	if a == b {
		return true
	}
	if a.Kind() != b.Kind() || a.Text() != b.Text() || a.Len() != b.Len() {
		return false
	}
	if a.Kind() == jsonx.Object {
		for m := a.First(); m.Exists(); m = m.Next() {
			if !sameValue(m, b.Get(m.Name())) {
				return false
			}
		}
		return true
	}
	x, y := a.First(), b.First()
	for x.Exists() && sameValue(x, y) {
		x, y = x.Next(), y.Next()
	}
	return !x.Exists()
}
