package jsonld

import (
	"fmt"
	"unsafe"

	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/internal/rdf"
)

const (
	xsdString       = "http://www.w3.org/2001/XMLSchema#string"
	xsdDouble       = "http://www.w3.org/2001/XMLSchema#double"
	booleanSuffix   = "^^<http://www.w3.org/2001/XMLSchema#boolean>"
	integerSuffix   = "^^<http://www.w3.org/2001/XMLSchema#integer>"
	doubleSuffix    = "^^<" + xsdDouble + ">"
	jsonSuffix      = "^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>"
	i18nSuffix      = "^^<https://www.w3.org/ns/i18n#"
	plainTextSuffix = ""
)

// datatypeSuffix is how a literal of a datatype ends in N-Quads.
func datatypeSuffix(iri string) string {
	if iri == xsdString {
		return plainTextSuffix
	}
	return "^^<" + iri + ">"
}

// scalar expands a string, number or truth value that stands for itself (5.1.2,
// step 4, and 5.3.2).
func (r *run) scalar(c *activeContext, t *term, v jsonx.Value, p *place) error {
	switch p.kind {
	case floating:
		r.drop(DropFreeFloating, v, "a value that belongs to no property")
		return nil
	case included:
		return r.strayIncluded(v, p)
	}
	if t.scoped != nil {
		var err error
		if c, err = r.enterProperty(c, t); err != nil {
			return err
		}
		t = c.termOr(r.engine.symbols, t) // the scoped context may say something else of its own property
	}
	switch {
	case t.mapping == typeJSON:
		return r.jsonValue(v, p)
	case v.Kind() == jsonx.String && (t.mapping == typeID || t.mapping == typeVocab):
		return r.reference(c, t, v, p)
	}
	if v.Kind() == jsonx.String {
		if suffix, plain := t.plainSuffix(c); plain && p.plain() {
			r.write(p, rdf.Literal, v.Text(), suffix, rdf.NoNode)
			return nil
		}
		return r.arrive(v, r.textValue(c, t, v.Text(), v, p), p)
	}
	return r.arrive(v, r.native(v, t.datatype, t.suffix, t.datatypeForm), p)
}

// plainSuffix returns how the texts of a property end, as nearly all do: with a
// datatype or a language, and no direction. plain is false where there is more to say.
func (t *term) plainSuffix(c *activeContext) (suffix string, plain bool) {
	if t.mapping == typeDatatype {
		return t.suffix, t.datatypeForm == absolute
	}
	lang := t.languageIn(c)
	return lang.suffix, !lang.bad && t.directionIn(c) == noDirection
}

// languageIn is the language that the texts of a property have.
func (t *term) languageIn(c *activeContext) *language {
	if t.hasLanguage {
		return &t.language
	}
	return &c.language
}

// directionIn is the direction that the texts of a property have.
func (t *term) directionIn(c *activeContext) direction {
	if t.hasDirection {
		return t.direction
	}
	return c.direction
}

// reference lets a string arrive that its property says is an IRI.
func (r *run) reference(c *activeContext, t *term, v jsonx.Value, p *place) error {
	iri, ok := c.expand(r.engine.symbols, v.Text(), true, t.mapping == typeVocab)
	node := r.identify(iri, ok, v, DropRelativeIRI)
	if p.key == nil && p.wrap == noWrap {
		r.link(p, node)
		return nil
	}
	r.enter(p, node, false)
	return r.setIndex(p, node, jsonx.Value{}, v)
}

// arrive lets a value that is no node arrive.
func (r *run) arrive(v jsonx.Value, o object, p *place) error {
	switch {
	case p.kind == backward:
		return r.reversedValue(v)
	case p.key != nil && p.key.property != nil && p.wrap == noWrap:
		return r.fail(CodeInvalidValueObject, v, "a value cannot have the property that its map's key stands for")
	case p.wrap != noWrap:
		r.enter(p, resource{node: rdf.NoNode}, false)
		r.drop(DropFreeFloating, v, "a value cannot be the content of a graph")
		return nil
	}
	r.put(p, o)
	return nil
}

// textValue is the literal of a text under a property that does not make an IRI
// of it.
func (r *run) textValue(c *activeContext, t *term, text string, at jsonx.Value, p *place) object {
	if t.mapping == typeDatatype {
		return r.typed(text, t.suffix, t.datatypeForm, at)
	}
	return r.tagged(text, *t.languageIn(c), t.directionIn(c), at, p)
}

// keyValue is the value that a map's key has for the property it stands for.
func (r *run) keyValue(c *activeContext, t *term, m jsonx.Value, p *place) object {
	if t.mapping == typeID || t.mapping == typeVocab {
		iri, ok := c.expand(r.engine.symbols, m.Name(), true, t.mapping == typeVocab)
		return r.identify(iri, ok, m, DropRelativeIRI).object()
	}
	return r.textValue(c, t, m.Name(), m, p)
}

// typed is a literal with a datatype.
func (r *run) typed(text, suffix string, form iriForm, at jsonx.Value) object {
	if r.writable(form) {
		return literal(text, suffix)
	}
	r.drop(DropInvalidDatatype, at, "the datatype of the value is no valid IRI")
	return object{}
}

// tagged is a text with its language and direction.
func (r *run) tagged(text string, lang language, dir direction, at jsonx.Value, p *place) object {
	switch {
	case lang.bad:
		r.drop(DropInvalidLanguage, at, quote.Text(lang.tag)+" is no language tag")
		return object{}
	case dir != noDirection:
		return r.directed(text, lang, dir, at, p)
	}
	return literal(text, lang.suffix)
}

// directed is a text with a base direction (8.2.2, step 13).
func (r *run) directed(text string, lang language, dir direction, at jsonx.Value, p *place) object {
	switch r.rdfDirection {
	case I18nDatatype:
		return literal(text, i18nSuffix+lang.tag+"_"+directionNames[dir]+">")
	case CompoundLiteral:
		if !p.alive {
			return object{}
		}
		node := anonymous(r.out.NewNode())
		r.state(node, rdfValue, literal(text, plainTextSuffix), p.graph)
		if lang.tag != "" {
			r.state(node, rdfLanguage, literal(lang.tag, plainTextSuffix), p.graph)
		}
		r.state(node, rdfDirection, literal(directionNames[dir], plainTextSuffix), p.graph)
		return node.object()
	}
	r.drop(DropDirection, at, "the text's direction has no form in RDF")
	return literal(text, lang.suffix)
}

// jsonValue lets the value of a @json property arrive.
func (r *run) jsonValue(v jsonx.Value, p *place) error {
	r.from(v)
	o, err := r.jsonLiteral(v)
	if err != nil {
		return err
	}
	return r.arrive(v, o, p)
}

// jsonLiteral is a value in the canonical form of RFC 8785.
func (r *run) jsonLiteral(v jsonx.Value) (object, error) {
	start := len(r.text)
	text, err := jcs.Options{Stop: r.ctx.Err}.Append(r.text, v)
	if ended := r.ctx.Err(); ended != nil {
		return object{}, ended
	}
	if err != nil {
		return object{}, fmt.Errorf("jsonld: a JSON literal: %w", err) // no parsed value lacks a canonical form
	}
	r.text = text
	return literal(view(text[start:]), jsonSuffix), nil
}

// view is the text of bytes that nobody changes any more.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// valueObject expands an object with @value (5.1.2, step 15, and 8.2.2).
func (r *run) valueObject(t *term, v jsonx.Value, p *place, s *shape) error {
	isJSON, err := r.checkValueObject(v, s)
	if err != nil {
		return err
	}
	switch {
	case s.value.Kind() == jsonx.Null && !isJSON:
		r.drop(DropNullValue, s.value, "a value object without a value")
		return nil
	case p.kind == floating:
		r.drop(DropFreeFloating, v, "a value that belongs to no property")
		return nil
	case p.kind == included:
		return r.strayIncluded(v, p)
	case isJSON:
		return r.jsonValue(s.value, p)
	}
	value := s.value
	switch {
	case len(r.types) > s.types:
		e := r.types[s.types]
		suffix := datatypeSuffix(e.iri)
		if value.Kind() == jsonx.String {
			return r.arrive(v, r.typed(value.Text(), suffix, e.form, e.at), p)
		}
		return r.arrive(v, r.native(value, e.iri, suffix, e.form), p)
	case value.Kind() != jsonx.String:
		return r.arrive(v, r.native(value, "", "", relative), p)
	}
	lang, at := language{}, value
	if s.language.Exists() {
		lang, at = languageOf(s.language.Text()), s.language
	}
	return r.arrive(v, r.tagged(value.Text(), lang, directionOf(s.direction.Text()), at, p), p)
}

// checkValueObject refuses what a value object cannot be.
func (r *run) checkValueObject(v jsonx.Value, s *shape) (isJSON bool, err error) {
	tagged := s.seen.has(kwLanguage) || s.seen.has(kwDirection)
	if !s.seen.only(kwValue, kwType, kwLanguage, kwDirection, kwIndex) || r.says(s) || s.seen.has(kwType) && tagged {
		return false, r.fail(CodeInvalidValueObject, v, "a value object has members that exclude one another or do not belong there")
	}
	types := r.types[s.types:]
	isJSON = len(types) > 0 && types[len(types)-1].iri == keywordNames[kwJSON]
	switch k := s.value.Kind(); {
	case isJSON && len(types) == 1:
		return true, nil
	case k == jsonx.Array || k == jsonx.Object:
		return false, r.fail(CodeInvalidValueObjectValue, s.value, "@value is "+k.String()+", not a scalar")
	case k == jsonx.Null:
		return false, nil
	case s.seen.has(kwLanguage) && k != jsonx.String:
		return false, r.fail(CodeInvalidLanguageValue, s.value, "only a string can have a language, not "+k.String())
	case s.seen.has(kwType) && (len(types) != 1 || types[0].form == relative || types[0].form == blank || types[0].form == malformed):
		return false, r.fail(CodeInvalidTypedValue, v, "the @type of a value is not one IRI")
	}
	return false, nil
}
