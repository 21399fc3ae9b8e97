package jsonld

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
)

// The entries of an expanded term definition other than its IRI mapping, in the
// order of JSON-LD 1.1 API, 4.2.2.

func (b *builder) typeMapping(t *term, v jsonx.Value) error {
	if !v.Exists() {
		return nil
	}
	if v.Kind() != jsonx.String {
		return b.fail(CodeInvalidTypeMapping, v, "@type is "+v.Kind().String()+", not an IRI")
	}
	iri, ok, err := b.expandIRI(v.Text())
	if err != nil {
		return err
	}
	switch k := keywordOf(iri); {
	case !ok:
		return b.fail(CodeInvalidTypeMapping, v, "@type "+quote.Text(v.Text())+" is reserved")
	case k == kwID:
		t.mapping = typeID
	case k == kwVocab:
		t.mapping = typeVocab
	case k == kwJSON:
		t.mapping = typeJSON
	case k == kwNone:
		t.mapping = typeNone
	case k != notKeyword || schemeEnd(iri) < 0:
		return b.fail(CodeInvalidTypeMapping, v, "@type "+quote.Text(v.Text())+" does not expand to an IRI")
	default:
		t.mapping, t.datatype, t.datatypeForm = typeDatatype, iri, formOf(iri)
		t.suffix = datatypeSuffix(iri)
	}
	return nil
}

// containerOf returns the container that a keyword names, 0 for any other value.
func containerOf(v jsonx.Value) container {
	if v.Kind() != jsonx.String {
		return 0
	}
	switch keywordOf(v.Text()) {
	case kwList:
		return inList
	case kwSet:
		return inSet
	case kwGraph:
		return inGraph
	case kwIndex:
		return inIndex
	case kwID:
		return inID
	case kwType:
		return inType
	case kwLanguage:
		return inLanguage
	}
	return 0
}

func (b *builder) container(t *term, p *parts) error {
	v := p.container
	if !v.Exists() || t.reverse && v.Kind() == jsonx.Null {
		return nil
	}
	if v.Kind() != jsonx.Array {
		t.container = containerOf(v)
	} else {
		for item := v.First(); item.Exists(); item = item.Next() {
			c := containerOf(item)
			if c == 0 || t.container&c != 0 {
				return b.fail(b.containerCode(t), v, "@container names something that is no container, or one twice")
			}
			t.container |= c
		}
	}
	if !validContainer(t.container) {
		return b.fail(b.containerCode(t), v, "@container is no container, or its containers exclude one another")
	}
	if t.reverse && t.container&^(inSet|inIndex) != 0 {
		return b.fail(CodeInvalidReverseProperty, v, "a reverse property can only be a @set or an @index container")
	}
	if t.container&inType != 0 {
		switch t.mapping {
		case typeUnset:
			t.mapping = typeID
		case typeID, typeVocab:
		default:
			return b.fail(CodeInvalidTypeMapping, v, "the values of a @type container are nodes; its @type can only be @id or @vocab")
		}
	}
	return nil
}

func (b *builder) containerCode(t *term) Code {
	if t.reverse {
		return CodeInvalidReverseProperty
	}
	return CodeInvalidContainerMapping
}

// validContainer knows the combinations that JSON-LD 1.1 allows.
func validContainer(c container) bool {
	switch c &^ inSet {
	case 0:
		return c == inSet
	case inList:
		return c == inList
	case inGraph, inIndex, inID, inType, inLanguage, inGraph | inID, inGraph | inIndex:
		return true
	}
	return false
}

func (b *builder) indexMapping(t *term, p *parts) error {
	v := p.index
	if !v.Exists() {
		return nil
	}
	if t.container&inIndex == 0 || v.Kind() != jsonx.String {
		return b.fail(CodeInvalidTermDefinition, v, "@index needs a property and the container @index")
	}
	iri, ok, err := b.expandIRI(v.Text())
	if err != nil {
		return err
	}
	if !ok || schemeEnd(iri) < 0 {
		return b.fail(CodeInvalidTermDefinition, v, "@index "+quote.Text(v.Text())+" does not expand to an IRI")
	}
	t.index = v.Text()
	return nil
}

func (b *builder) scope(t *term, p *parts) error {
	v := p.context
	if !v.Exists() {
		return nil
	}
	t.scoped = &scopedContext{local: v, origin: b.origin}
	if !b.run.checksScoped() {
		return nil
	}
	check := processing{run: b.run, origin: b.origin, chain: b.chain, propagate: true, override: true}
	if _, err := check.context(b.active, v); err != nil {
		return b.fail(CodeInvalidScopedContext, v, err.Error())
	}
	return nil
}

func (b *builder) languageMapping(t *term, p *parts) error {
	v := p.language
	if !v.Exists() || p.typ.Exists() {
		return nil
	}
	switch v.Kind() {
	case jsonx.Null:
	case jsonx.String:
		t.language = languageOf(v.Text())
	default:
		return b.fail(CodeInvalidLanguageMapping, v, "@language is "+v.Kind().String()+", not a language tag")
	}
	t.hasLanguage = true
	return nil
}

func (b *builder) directionMapping(t *term, p *parts) error {
	v := p.direction
	if !v.Exists() || p.typ.Exists() {
		return nil
	}
	t.direction, t.hasDirection = directionOf(v.Text()), true
	if t.direction == noDirection && v.Kind() != jsonx.Null {
		return b.fail(CodeInvalidBaseDirection, v, `@direction is neither "ltr" nor "rtl" nor null`)
	}
	return nil
}

func (b *builder) nest(t *term, p *parts) error {
	v := p.nest
	if !v.Exists() {
		return nil
	}
	k := keywordOf(v.Text())
	if v.Kind() != jsonx.String || k != notKeyword && k != kwNest {
		return b.fail(CodeInvalidNestValue, v, "@nest is neither a term nor @nest")
	}
	t.nest = v.Text()
	return nil
}

func (b *builder) prefix(t *term, p *parts) error {
	v := p.prefix
	if !v.Exists() {
		return nil
	}
	if strings.ContainsAny(t.name, ":/") {
		return b.fail(CodeInvalidTermDefinition, v, "the term "+quote.Text(t.name)+" cannot be a prefix")
	}
	if v.Kind() != jsonx.True && v.Kind() != jsonx.False {
		return b.fail(CodeInvalidPrefixValue, v, "@prefix is "+v.Kind().String()+", not true or false")
	}
	t.prefix = v.Kind() == jsonx.True
	if t.prefix && t.keyword != notKeyword {
		return b.fail(CodeInvalidTermDefinition, v, "an alias of "+t.iri+" cannot be a prefix")
	}
	return nil
}
