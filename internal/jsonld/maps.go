package jsonld

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// mapKey is what the key of a container map says of the nodes below it.
type mapKey struct {
	at       jsonx.Value // the member
	id       resource    // container @id
	typ      typeEntry   // container @type
	property *term       // container @index with a property: that property
	value    object      // and its value
	hasID    bool
	hasType  bool
}

// addKey states what a map's key says of a node.
func (r *run) addKey(p *place, node resource) {
	k := p.key
	if k.hasType {
		r.state(node, rdfType, r.identifyForm(k.typ.iri, k.typ.form, k.typ.at, DropUndefinedType).object(), p.graph)
	}
	if k.property != nil && (k.property.form == absolute || r.predicate(k.property, k.at)) {
		r.state(node, k.property.iri, k.value, p.graph)
	}
}

// languageMap states the texts of a language map (5.1.2, step 13.7).
func (r *run) languageMap(c *activeContext, t *term, v jsonx.Value, p *place) error {
	dir := c.direction
	if t.hasDirection {
		dir = t.direction
	}
	for m := v.First(); m.Exists(); m = m.Next() {
		lang := language{}
		if !r.isNone(c, m.Name()) {
			lang = languageOf(m.Name())
		}
		if m.Kind() != jsonx.Array {
			if err := r.languageText(m, lang, dir, p); err != nil {
				return err
			}
			continue
		}
		for item := m.First(); item.Exists(); item = item.Next() {
			if err := r.languageText(item, lang, dir, p); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *run) languageText(v jsonx.Value, lang language, dir direction, p *place) error {
	switch v.Kind() {
	case jsonx.Null:
	case jsonx.String:
		r.put(p, r.tagged(v.Text(), lang, dir, v, p))
	default:
		return r.fail(CodeInvalidLanguageMapValue, v, "a language map holds "+v.Kind().String()+", not a string")
	}
	return nil
}

// isNone reports whether a map's key stands for the absence of one.
func (r *run) isNone(c *activeContext, key string) bool {
	iri, ok := c.expand(r.engine.symbols, key, false, true)
	return ok && iri == keywordNames[kwNone]
}

// containerMap expands an index, id or type map (5.1.2, step 13.8).
func (r *run) containerMap(c *activeContext, t *term, v jsonx.Value, p *place) error {
	for m := v.First(); m.Exists(); m = m.Next() {
		inner := *p
		if t.container&inGraph != 0 {
			inner.wrap = wrapUnlessGraph
		}
		if !r.isNone(c, m.Name()) {
			key, err := r.mapKey(c, t, m, p)
			if err != nil {
				return err
			}
			inner.key = &key
		}
		entry, err := r.enterMap(c, t, m)
		if err != nil {
			return err
		}
		if err := r.expand(entry, t, m, &inner, true); err != nil {
			return err
		}
	}
	return nil
}

// enterMap returns the context for the values below a map's key: in a type map
// the key is a type, whose scoped context applies.
func (r *run) enterMap(c *activeContext, t *term, m jsonx.Value) (*activeContext, error) {
	if t.container&inType == 0 {
		return c, nil
	}
	outer := c
	if c.previous != nil {
		outer = c.previous
	}
	if typ := outer.term(r.engine.symbols, m.Name()); typ != nil && typ.scoped != nil {
		return r.enterType(outer, typ)
	}
	return c, nil
}

func (r *run) mapKey(c *activeContext, t *term, m jsonx.Value, p *place) (k mapKey, err error) {
	k.at = m
	symbols := r.engine.symbols
	switch {
	case t.container&inIndex != 0 && t.index != "":
		k.property = c.term(symbols, t.index)
		if k.property == nil {
			iri, _ := c.expand(symbols, t.index, false, true)
			k.property = &term{name: t.index, iri: iri, form: formOf(iri)}
		}
		k.value = r.keyValue(c, k.property, m, p)
	case t.container&inIndex != 0:
		r.drop(DropIndex, m, "RDF has no place for the key of an index map")
	case t.container&inID != 0:
		iri, ok := c.expand(symbols, m.Name(), true, false)
		k.hasID, k.id = true, r.identify(iri, ok, m, DropRelativeID)
	case t.container&inType != 0:
		k.hasType, k.typ.at = true, m
		if iri, ok := c.expand(symbols, m.Name(), false, true); ok {
			k.typ.iri, k.typ.form = iri, formOf(iri)
		}
	}
	return k, nil
}
