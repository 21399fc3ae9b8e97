package jsonld

import "github.com/laurel-edu/laurel/internal/jsonx"

// listProperty states the values of a property whose container is @list.
func (r *run) listProperty(c *activeContext, t *term, v jsonx.Value, p *place) error {
	if v.Kind() == jsonx.Null {
		return nil
	}
	if p.kind == backward {
		return r.reversedValue(v)
	}
	items := newList(p)
	items.bare = v.Kind() == jsonx.Object
	if err := r.expand(c, t, v, &items, false); err != nil {
		return err
	}
	if v.Kind() != jsonx.Array && !items.arrived {
		return nil // the value turned out to be null
	}
	r.from(v)
	r.put(p, r.closeList(&items))
	return nil
}

// nestedList makes a list of v that is one value at p.
func (r *run) nestedList(c *activeContext, t *term, v jsonx.Value, p *place) error {
	items := newList(p)
	if err := r.expand(c, t, v, &items, false); err != nil {
		return err
	}
	r.from(v)
	r.put(p, r.closeList(&items))
	return nil
}

// listOrSet expands an object with @list or @set.
func (r *run) listOrSet(c *activeContext, t *term, v jsonx.Value, p *place, s *shape) error {
	if !s.seen.only(kwList, kwIndex) && !s.seen.only(kwSet, kwIndex) || r.says(s) {
		return r.fail(CodeInvalidSetOrList, v, "an object with @list or @set has other members")
	}
	// The items are values of the same property under the context of this object,
	// which may define the property's name otherwise or, where a type-scoped
	// context ends here, not at all (5.1.2, step 7).
	items := t
	if t != nil {
		items = c.termOr(r.engine.symbols, t)
	}
	if s.set.Exists() {
		if p.kind == listing {
			if !p.bare && t != nil && t.container&inList != 0 {
				return r.nestedList(c, items, s.set, p)
			}
			p.arrived, p.bare = true, false
		}
		return r.expand(c, items, s.set, p, false)
	}
	switch p.kind {
	case floating:
		r.drop(DropFreeFloating, v, "a list that is the value of no property")
		return nil
	case included:
		return r.strayIncluded(v, p)
	case backward:
		return r.reversedValue(v)
	}
	if p.bare { // the property's container makes a list already: it is this one
		p.arrived, p.bare = true, false
		return r.expand(c, items, s.list, p, false)
	}
	if p.wrap != noWrap {
		inner := *p
		inner.graph, inner.alive = r.enter(p, resource{}, false), false
		r.drop(DropFreeFloating, v, "a list cannot be the content of a graph")
		p = &inner
	}
	return r.nestedList(c, items, s.list, p)
}

// strayIncluded is about what stands in @included and is no node. As the whole
// value it is an error; in an array it belongs to no property and is dropped before
// anybody looks (5.1.2, steps 13.4.6 and 19).
func (r *run) strayIncluded(v jsonx.Value, p *place) error {
	if p.bare {
		return r.fail(CodeInvalidIncludedValue, v, "@included holds "+v.Kind().String()+" that is no node")
	}
	r.drop(DropFreeFloating, v, "what stands in @included and is no node")
	return nil
}

func (r *run) reversedValue(v jsonx.Value) error {
	return r.fail(CodeInvalidReversePropertyItem, v, "the value of a reversed property is no node")
}
