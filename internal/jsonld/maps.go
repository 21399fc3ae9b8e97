package jsonld

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
)

// mapKey is what the key of a container map says of the nodes below it.
type mapKey struct {
	at       jsonx.Value // the member
	id       resource    // container @id
	typ      typeEntry   // container @type
	property *term       // container @index with a property: that property
	value    object      // and its value
	index    string      // container @index without a property
	hasID    bool
	hasType  bool
	hasIndex bool
}

// addKey states what a map's key says of a node.
func (r *run) addKey(p *place, node resource) {
	k := p.key
	if k.hasType {
		r.stateType(node, &k.typ, p.graph)
	}
	if k.property != nil && (k.property.form == absolute || r.predicate(k.property, k.at)) {
		r.state(node, k.property.iri, k.value, p.graph)
	}
}

// languageMap states the texts of a language map (5.1.2, step 13.7).
func (r *run) languageMap(c *activeContext, t *term, v jsonx.Value, p *place) error {
	dir := t.directionIn(c)
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
	if err := r.step(); err != nil {
		return err
	}
	switch v.Kind() {
	case jsonx.Null:
	case jsonx.String:
		r.from(v)
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
		if err := r.step(); err != nil {
			return err
		}
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
		coercion := t
		if entry != c {
			coercion = entry.termOr(r.engine.symbols, t)
		}
		if err := r.expand(entry, coercion, m, &inner, true); err != nil {
			return err
		}
	}
	return nil
}

// enterMap returns the context for the values below a map's key. In a type map the
// key is a type: as for any node, what applied to the node around it for that
// one's types does not, and the key's own scoped context does. Like that of a type
// it holds for one node only; the specification is silent there, and this is what
// is deployed.
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
	return outer, nil
}

func (r *run) mapKey(c *activeContext, t *term, m jsonx.Value, p *place) (k mapKey, err error) {
	k.at = m
	symbols := r.engine.symbols
	switch {
	case t.container&inIndex != 0 && t.index != "":
		k.property = c.term(symbols, t.index)
		if k.property == nil {
			iri, _ := c.expand(symbols, t.index, false, true)
			k.property = plainTerm(t.index, iri)
		}
		k.value = r.keyValue(c, k.property, m, p)
	case t.container&inIndex != 0:
		k.index, k.hasIndex = m.Name(), true
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

// indexed is a node in a graph: it can have one @index.
type indexed struct{ node, graph resource }

// setIndex notes a node's @index, which is its own or else the key of the map it
// stands in, and refuses a second one that differs (7.2.2, step 6.8). The index
// itself has no place in RDF.
func (r *run) setIndex(p *place, self resource, own, at jsonx.Value) error {
	index := own.Text()
	if !own.Exists() {
		if p.key == nil || !p.key.hasIndex || p.wrap != noWrap {
			return nil
		}
		index = p.key.index
	}
	k := indexed{self, p.graph}
	if other, ok := r.indexes[k]; ok && other != index {
		return r.fail(CodeConflictingIndexes, at, "the node has the indexes "+quote.Text(other)+" and "+quote.Text(index))
	}
	if r.indexes == nil {
		r.indexes = map[indexed]string{}
	}
	r.indexes[k] = index
	return nil
}
