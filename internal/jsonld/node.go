package jsonld

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
)

// node states a node object: its types, its properties, what is reversed,
// included and in its graph.
func (r *run) node(c *activeContext, v jsonx.Value, p *place, s *shape) error {
	says := r.says(s)
	if s.seen.only(kwLanguage) && s.seen != 0 && !says {
		r.drop(DropLanguageOnly, v, "an object with a language and no value")
		return nil
	}
	if (p.kind == floating || p.kind == included) && s.seen.only(kwID) && !says {
		r.drop(DropEmptyNode, v, "a node that says nothing and that nothing refers to")
		return nil
	}
	if v == r.in.Root && s.seen.has(kwGraph) && s.seen.only(kwGraph) && !says {
		return r.content(c, s.graph, p.graph)
	}
	isGraph := s.seen.has(kwGraph) && s.seen.only(kwGraph, kwID, kwIndex) && !says
	self := r.self(c, p, s, isGraph)
	if err := r.setIndex(p, self, s.index, v); err != nil {
		return err
	}
	graph := r.enter(p, self, isGraph)
	for i := s.types; i < len(r.types); i++ {
		r.stateType(self, &r.types[i], graph)
	}
	at := place{subject: self, graph: graph}
	for i, end := s.members, len(r.members); i < end; i++ {
		m := r.members[i]
		var err error
		if m.term.keyword == kwIncluded {
			in := place{kind: included, graph: graph, bare: true}
			err = r.expand(m.context, nil, m.value, &in, false)
		} else {
			err = r.property(m.context, m.term, m.value, &at, m.term.reverse)
		}
		if err != nil {
			return err
		}
	}
	if s.reverse.Exists() {
		if err := r.reverseMap(c, s.reverse, &at); err != nil {
			return err
		}
	}
	if s.graph.Exists() {
		return r.content(c, s.graph, self)
	}
	return nil
}

// isTop reports whether v is the whole document, or one of the objects of a
// document that is an array.
func (r *run) isTop(v jsonx.Value) bool {
	root := r.in.Root
	return v == root || root.Kind() == jsonx.Array && v.Parent() == root
}

// says reports whether an object has a member that is left in its expanded form.
func (r *run) says(s *shape) bool {
	for _, m := range r.members[s.members:] {
		if m.value.Kind() != jsonx.Null || m.term.mapping == typeJSON {
			return true
		}
	}
	return false
}

// self returns the node that an object describes.
func (r *run) self(c *activeContext, p *place, s *shape, isGraph bool) resource {
	switch {
	case s.id.Exists():
		iri, ok := c.expand(r.engine.symbols, s.id.Text(), true, false)
		return r.identify(iri, ok, s.id, DropRelativeID)
	case p.key != nil && p.key.hasID && (p.wrap == noWrap || isGraph):
		return p.key.id
	}
	return anonymous(r.out.NewNode())
}

// content expands the value of @graph into the graph of that name.
func (r *run) content(c *activeContext, v jsonx.Value, name resource) error {
	p := place{kind: floating, graph: name}
	return r.expand(c, keywordTerms[kwGraph], v, &p, false)
}

// property states a property's values (5.1.2, steps 13.5 to 13.14) at the place of
// its node, which it makes its own. Where the property is reversed, its values are
// the subjects and the node is the object.
func (r *run) property(c *activeContext, t *term, v jsonx.Value, p *place, reversed bool) error {
	p.begin(t, t.orderIn(&r.engine.order), reversed)
	if t.form != absolute {
		p.alive = p.alive && r.predicate(t, v)
	}
	switch {
	case t.mapping == typeJSON:
		return r.jsonValue(v, p)
	case t.container == 0:
		return r.expand(c, t, v, p, false)
	case t.container&inList != 0:
		return r.listProperty(c, t, v, p)
	case v.Kind() == jsonx.Object && t.container&inLanguage != 0:
		return r.languageMap(c, t, v, p)
	case v.Kind() == jsonx.Object && t.container&(inIndex|inID|inType) != 0:
		return r.containerMap(c, t, v, p)
	}
	if t.container&inGraph != 0 && t.container&(inID|inIndex) == 0 {
		p.wrap = wrapAlways
	}
	return r.expand(c, t, v, p, false)
}

// predicate judges a property that is not a plain IRI; false drops its
// statements.
func (r *run) predicate(t *term, v jsonx.Value) bool {
	switch {
	case r.writable(t.form):
		return true
	case t.form == blank:
		r.drop(DropBlankPredicate, v, "the property is the blank node "+quote.Text(t.iri))
	default:
		r.drop(DropInvalidIRI, v, "the property "+quote.Text(t.iri)+" is no valid IRI")
	}
	return false
}

// reverseMap states the members of @reverse: the nodes in it have self as their
// object.
func (r *run) reverseMap(c *activeContext, v jsonx.Value, p *place) error {
	c, err := r.enterObject(c, keywordTerms[kwReverse], v, false)
	if err != nil {
		return err
	}
	r.in.Trace.object(v, c)
	for m := v.First(); m.Exists(); m = m.Next() {
		if err := r.step(); err != nil {
			return err
		}
		t := r.member(c, m)
		r.in.Trace.name(m, t)
		if t == nil {
			r.dropMember(c, m)
			continue
		}
		if t.keyword == kwContext {
			continue
		}
		if t.keyword != notKeyword {
			return r.fail(CodeInvalidReversePropertyMap, m, t.iri+" cannot stand in @reverse")
		}
		if err := r.property(c, t, m, p, !t.reverse); err != nil {
			return err
		}
	}
	return nil
}
