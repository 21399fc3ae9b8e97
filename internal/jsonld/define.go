package jsonld

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
)

// define is the Create Term Definition algorithm (JSON-LD 1.1 API, 4.2.2) for
// one entry of the context.
func (b *builder) define(i int32) error {
	d := &b.entries[i]
	switch d.state {
	case defined:
		return nil
	case defining:
		return b.fail(CodeCyclicIRIMapping, d.value, "the term "+quote.Text(d.name)+" is defined by itself")
	}
	if d.name == "" {
		return b.fail(CodeInvalidTermDefinition, d.value, "a term is the empty string")
	}
	d.state = defining
	if d.name[0] == '@' {
		if skip, err := b.checkKeywordTerm(d); skip || err != nil {
			d.state = defined
			return err
		}
	}
	s := b.run.engine.symbols
	previous := b.active.term(s, d.name)
	if previous != nil && previous == keywordTerms[previous.keyword] {
		previous = nil
	}
	if previous != nil {
		b.active.set(s, d.name, nil)
	}
	t, err := b.newTerm(d)
	if err != nil {
		return err
	}
	d.state = defined
	if t == nil {
		return nil
	}
	if previous != nil && previous.protected && !b.override {
		if !previous.equal(t) {
			return b.fail(CodeProtectedTerm, d.value, "the term "+quote.Text(d.name)+" is protected and would get another definition")
		}
		t = previous
	}
	b.active.set(s, d.name, t)
	b.active.anyProtected = b.active.anyProtected || t.protected
	return nil
}

// checkKeywordTerm judges a term that begins with '@'. skip is true for one that
// has the form of a keyword, which is ignored.
func (b *builder) checkKeywordTerm(d *definition) (skip bool, err error) {
	if d.name == "@type" {
		ok := d.value.Kind() == jsonx.Object && d.value.Len() > 0
		for m := d.value.First(); m.Exists(); m = m.Next() {
			isSet := m.Name() == "@container" && m.Kind() == jsonx.String && m.Text() == "@set"
			ok = ok && (isSet || m.Name() == "@protected")
		}
		if !ok {
			return false, b.fail(CodeKeywordRedefinition, d.value, "@type can only be given @protected and the container @set")
		}
		return false, nil
	}
	if keywordOf(d.name) != notKeyword {
		return false, b.fail(CodeKeywordRedefinition, d.value, "the keyword "+d.name+" cannot be redefined")
	}
	return hasKeywordForm(d.name), nil
}

// newTerm builds the definition of a term; nil where the specification says to
// ignore it.
func (b *builder) newTerm(d *definition) (*term, error) {
	known := b.origin.known && !b.active.ownByDocument
	// Within its capacity.
	b.terms = append(b.terms, term{termDefinition: termDefinition{name: d.name, protected: b.protected, known: known}})
	t := &b.terms[len(b.terms)-1]
	switch d.value.Kind() {
	case jsonx.Null:
		t.null = true
		return t, nil
	case jsonx.String:
		if keep, err := b.idMapping(t, d, d.value, true); !keep || err != nil {
			return nil, err
		}
		t.settle()
		return t, nil
	case jsonx.Object:
		return b.expandedTerm(t, d)
	}
	return nil, b.fail(CodeInvalidTermDefinition, d.value, "the definition of "+quote.Text(d.name)+" is "+d.value.Kind().String())
}

// parts are the entries of an expanded term definition.
type parts struct {
	id, reverse, typ, container, index, context, language, direction, nest, prefix, protected jsonx.Value
}

// parts finds them in one walk and refuses any other entry.
func (b *builder) parts(d *definition) (p parts, err error) {
	for m := d.value.First(); m.Exists(); m = m.Next() {
		switch m.Name() {
		case "@id":
			p.id = m
		case "@reverse":
			p.reverse = m
		case "@type":
			p.typ = m
		case "@container":
			p.container = m
		case "@index":
			p.index = m
		case "@context":
			p.context = m
		case "@language":
			p.language = m
		case "@direction":
			p.direction = m
		case "@nest":
			p.nest = m
		case "@prefix":
			p.prefix = m
		case "@protected":
			p.protected = m
		default:
			err = b.fail(CodeInvalidTermDefinition, m,
				"the definition of "+quote.Text(d.name)+" has the unknown entry "+quote.Text(m.Name()))
		}
	}
	return p, err
}

// expandedTerm builds a term from an object.
func (b *builder) expandedTerm(t *term, d *definition) (*term, error) {
	p, unknown := b.parts(d)
	if v := p.protected; v.Exists() {
		if v.Kind() != jsonx.True && v.Kind() != jsonx.False {
			return nil, b.fail(CodeInvalidProtectedValue, v, "@protected is "+v.Kind().String()+", not true or false")
		}
		t.protected = v.Kind() == jsonx.True
	}
	if err := b.typeMapping(t, p.typ); err != nil {
		return nil, err
	}
	var keep bool
	var err error
	if p.reverse.Exists() {
		keep, err = b.reverseMapping(t, &p)
	} else {
		keep, err = b.idMapping(t, d, p.id, false)
	}
	if !keep || err != nil {
		return nil, err
	}
	t.settle()
	for _, step := range [...]func(*term, *parts) error{
		b.container, b.indexMapping, b.scope, b.languageMapping, b.directionMapping, b.nest, b.prefix,
	} {
		if err := step(t, &p); err != nil {
			return nil, err
		}
	}
	return t, unknown
}

// settle derives what look-ups need from the IRI mapping.
func (t *term) settle() {
	t.keyword = keywordOf(t.iri)
	if t.keyword == notKeyword {
		t.form = formOf(t.iri)
	}
}

// idMapping sets the IRI mapping from @id or from the term itself. keep is false
// where the term is to be ignored.
func (b *builder) idMapping(t *term, d *definition, id jsonx.Value, simple bool) (keep bool, err error) {
	switch {
	case id.Exists() && !(id.Kind() == jsonx.String && id.Text() == t.name):
		return b.explicitID(t, d, id, simple)
	case strings.IndexByte(t.name[1:], ':') >= 0:
		return true, b.compactTerm(t)
	case strings.IndexByte(t.name, '/') >= 0:
		iri, ok := b.active.expand(b.run.engine.symbols, t.name, false, true)
		if !ok || schemeEnd(iri) < 0 {
			return false, b.fail(CodeInvalidIRIMapping, d.value, "the term "+quote.Text(t.name)+" is a relative reference")
		}
		t.iri = iri
	case t.name == "@type":
		t.iri = "@type"
	case b.active.hasVocab:
		t.iri = b.active.vocab + t.name
	default:
		return false, b.fail(CodeInvalidIRIMapping, d.value, "the term "+quote.Text(t.name)+" has no @id and there is no @vocab")
	}
	return true, nil
}

func (b *builder) explicitID(t *term, d *definition, id jsonx.Value, simple bool) (keep bool, err error) {
	if id.Kind() == jsonx.Null {
		t.null = true
		return true, nil
	}
	if id.Kind() != jsonx.String {
		return false, b.fail(CodeInvalidIRIMapping, id, "@id is "+id.Kind().String()+", not an IRI")
	}
	if keywordOf(id.Text()) == notKeyword && hasKeywordForm(id.Text()) {
		return false, nil
	}
	iri, ok, err := b.expandIRI(id.Text())
	if err != nil {
		return false, err
	}
	k := keywordOf(iri)
	if !ok || k == notKeyword && !isReference(iri) {
		return false, b.fail(CodeInvalidIRIMapping, id, quote.Text(id.Text())+" does not expand to an IRI")
	}
	if k == kwContext {
		return false, b.fail(CodeInvalidKeywordAlias, id, "@context cannot have an alias")
	}
	inner := strings.IndexByte(t.name, ':')
	if inner > 0 && strings.IndexByte(t.name[1:len(t.name)-1], ':') >= 0 || strings.IndexByte(t.name, '/') >= 0 {
		d.state = defined
		same, ok, err := b.expandIRI(t.name)
		if err != nil {
			return false, err
		}
		if !ok || same != iri {
			return false, b.fail(CodeInvalidIRIMapping, id, "the term "+quote.Text(t.name)+" is an IRI and cannot mean "+quote.Text(iri))
		}
	}
	t.iri = iri
	if simple && k == notKeyword && inner < 0 && strings.IndexByte(t.name, '/') < 0 {
		t.prefix = isGenDelim(iri[len(iri)-1]) || strings.HasPrefix(iri, "_:")
	}
	return true, nil
}

// isReference reports whether s has the form of an IRI or of a blank node
// identifier.
func isReference(s string) bool {
	return schemeEnd(s) > 0 || strings.HasPrefix(s, "_:")
}

// compactTerm maps a term that is itself an IRI, compact or not.
func (b *builder) compactTerm(t *term) error {
	prefix, suffix, _ := strings.Cut(t.name, ":")
	if i := b.find(prefix); i >= 0 {
		if err := b.define(i); err != nil {
			return err
		}
	}
	t.iri = t.name
	if p := b.active.term(b.run.engine.symbols, prefix); p != nil && !p.null && p.keyword == notKeyword {
		t.iri = p.iri + suffix
	}
	return nil
}

func (b *builder) reverseMapping(t *term, p *parts) (keep bool, err error) {
	v := p.reverse
	if p.id.Exists() || p.nest.Exists() {
		return false, b.fail(CodeInvalidReverseProperty, v, "a reverse property has neither @id nor @nest")
	}
	if v.Kind() != jsonx.String {
		return false, b.fail(CodeInvalidIRIMapping, v, "@reverse is "+v.Kind().String()+", not an IRI")
	}
	if hasKeywordForm(v.Text()) {
		return false, nil
	}
	iri, ok, err := b.expandIRI(v.Text())
	if err != nil {
		return false, err
	}
	if !ok || !isReference(iri) {
		return false, b.fail(CodeInvalidIRIMapping, v, quote.Text(v.Text())+" does not expand to an IRI")
	}
	t.iri, t.reverse = iri, true
	return true, nil
}

// expandIRI is IRI expansion during context processing: terms of the same
// context that the value needs are defined first.
func (b *builder) expandIRI(value string) (iri string, ok bool, err error) {
	if keywordOf(value) == notKeyword && !hasKeywordForm(value) {
		if err := b.need(value); err != nil {
			return "", false, err
		}
		if i := strings.IndexByte(value, ':'); i > 0 && value[:i] != "_" && !strings.HasPrefix(value[i+1:], "//") {
			if err := b.need(value[:i]); err != nil {
				return "", false, err
			}
		}
	}
	iri, ok = b.active.expand(b.run.engine.symbols, value, false, true)
	return iri, ok, nil
}

func (b *builder) need(name string) error {
	if i := b.find(name); i >= 0 && b.entries[i].state != defined {
		return b.define(i)
	}
	return nil
}
