package jsonld

import (
	"errors"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// shape is what an object turned out to be: its keywords, and ranges of the
// run's stacks with its other members and its types.
type shape struct {
	id, value, language, direction, index, list, set, graph, reverse jsonx.Value

	members, types int // where its part of the stacks begins
	early          int // types that were found before their scoped contexts took effect
	confirmed      int // of these: still types afterwards
	seen           keywordSet
}

type keywordSet uint32

func (s keywordSet) has(k keyword) bool { return s&(1<<k) != 0 }

// only reports whether no keyword is seen beside those given.
func (s keywordSet) only(ks ...keyword) bool {
	for _, k := range ks {
		s &^= 1 << k
	}
	return s == 0
}

// member is a member of an object with what its name means. Members within @nest
// stand among those of the object that holds it.
type member struct {
	value   jsonx.Value
	term    *term
	context *activeContext
}

// typeEntry is one value of @type, expanded.
type typeEntry struct {
	at   jsonx.Value // the string
	term *term       // that it is, nil for an IRI
	iri  string
	form iriForm
}

// of reports whether the entry is a value of the member m.
func (e *typeEntry) of(m jsonx.Value) bool { return e.at == m || e.at.Parent() == m }

// input expands the document.
func (r *run) input() error {
	root := r.in.Root
	if !root.Exists() {
		return errors.New("jsonld: Input.Root is missing")
	}
	c, err := r.initial()
	if err != nil {
		return err
	}
	before := r.out.Len()
	p := place{kind: floating, graph: defaultGraph}
	if root.Kind() == jsonx.Array {
		for item := root.First(); item.Exists() && err == nil; item = item.Next() {
			err = r.expand(c, nil, item, &p, false)
		}
	} else {
		err = r.expand(c, nil, root, &p, false)
	}
	if err != nil {
		return err
	}
	if r.out.Len() == before {
		r.drop(DropEmpty, root, "the document makes no statement")
	}
	return r.look()
}

// initial returns the context before the document's own.
func (r *run) initial() (*activeContext, error) {
	c := r.engine.root.Load()
	if r.mode != Standard {
		return c, nil
	}
	if base := r.in.Standard.Base; base != "" {
		c = c.clone()
		c.base, c.originalBase, c.hasBase, c.ownByDocument = base, base, true, true
	}
	if local := r.in.Standard.Expand; local.Exists() {
		if inner := local.Get("@context"); inner.Exists() {
			local = inner
		}
		return r.enterLocal(c, local, false)
	}
	return c, nil
}

// expand is the Expansion algorithm (JSON-LD 1.1 API, 5.1.2) for one value of
// the property t, nil for none. What the specification collects in arrays goes
// to p at once. fromMap says that the value comes from an @id or @type map.
func (r *run) expand(c *activeContext, t *term, v jsonx.Value, p *place, fromMap bool) error {
	switch v.Kind() {
	case jsonx.Missing, jsonx.Null:
		return nil
	case jsonx.Array:
		return r.array(c, t, v, p, fromMap)
	case jsonx.Object:
		r.from(v)
		return r.object(c, t, v, p, fromMap)
	}
	r.from(v)
	return r.scalar(c, t, v, p)
}

func (r *run) array(c *activeContext, t *term, v jsonx.Value, p *place, fromMap bool) error {
	nests := p.kind == listing && t != nil && t.container&inList != 0
	p.bare = false
	if v == r.in.Skip {
		return r.kept(c, t, p)
	}
	for item := v.First(); item.Exists(); item = item.Next() {
		err := r.step()
		if err != nil {
			return err
		}
		if nests && item.Kind() == jsonx.Array {
			err = r.nestedList(c, t, item, p)
		} else {
			err = r.expand(c, t, item, p, fromMap)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// kept expands the items of Input.Skip that stay.
func (r *run) kept(c *activeContext, t *term, p *place) error {
	for _, item := range r.in.Keep {
		if err := r.expand(c, t, item, p, false); err != nil {
			return err
		}
	}
	return nil
}

// object expands an object: it finds the context that holds for it, what its
// members mean, and with that whether it is a node, a value, a list or a set.
func (r *run) object(c *activeContext, t *term, v jsonx.Value, p *place, fromMap bool) error {
	if err := r.step(); err != nil {
		return err
	}
	c, err := r.enterObject(c, t, v, fromMap)
	if err != nil {
		return err
	}
	scope := c // type-scoped context: @type is expanded with what held before it took effect
	s := shape{members: len(r.members), types: len(r.types)}
	if c, err = r.enterTypes(c, v, &s); err != nil {
		return err
	}
	if err := r.classify(&s, c, scope, v); err != nil {
		return err
	}
	if s.confirmed < s.early {
		r.forgetTypes(c, &s)
	}
	switch {
	case s.seen.has(kwValue):
		err = r.valueObject(t, v, p, &s)
	case s.seen.has(kwList), s.seen.has(kwSet):
		err = r.listOrSet(c, t, v, p, &s)
	default:
		err = r.node(c, v, p, &s)
	}
	r.members, r.types = r.members[:s.members], r.types[:s.types]
	return err
}

// enterObject applies what changes the context at the start of an object (5.1.2,
// steps 7 to 9).
func (r *run) enterObject(c *activeContext, t *term, v jsonx.Value, fromMap bool) (_ *activeContext, err error) {
	local := r.get(v, aliasOf(kwContext))
	top := r.isTop(v)
	if top && r.in.Context.Exists() {
		local = r.in.Context
	}
	if c.previous != nil && !fromMap && !r.keepsContext(c, v) {
		c = c.previous
	}
	if t != nil && t.scoped != nil {
		if c, err = r.enterProperty(c, t); err != nil {
			return nil, err
		}
	}
	if local.Exists() {
		return r.enterLocal(c, local, !top)
	}
	return c, nil
}

// keepsContext reports whether an object is a value or a mere reference, to which
// a context that does not propagate still applies.
func (r *run) keepsContext(c *activeContext, v jsonx.Value) bool {
	if v.Len() == 1 {
		if t := r.member(c, v.First()); t != nil && t.keyword == kwID {
			return true
		}
	}
	for _, name := range c.valueNames {
		if m := r.get(v, name); m.Exists() {
			if t := r.member(c, m); t != nil && t.keyword == kwValue {
				return true
			}
		}
	}
	return false
}

// enterTypes applies the type-scoped contexts of a node's types (5.1.2, step 11).
// The types go to the stack; they are expanded with what holds before the scoped
// contexts take effect.
func (r *run) enterTypes(c *activeContext, v jsonx.Value, s *shape) (*activeContext, error) {
	var room [4]jsonx.Value
	found := room[:0]
	for _, name := range c.typeNames {
		if m := r.get(v, name); m.Exists() {
			if t := r.member(c, m); t != nil && t.keyword == kwType && m != r.in.Skip {
				found = append(found, m)
			}
		}
	}
	for i := 1; i < len(found); i++ { // by the code points of the names; there is hardly ever more than one
		for j := i; j > 0 && found[j].Name() < found[j-1].Name(); j-- {
			found[j], found[j-1] = found[j-1], found[j]
		}
	}
	scope := c
	for _, m := range found {
		from := len(r.types)
		if err := r.typeValues(scope, m); err != nil {
			return nil, err
		}
		var err error
		if c, err = r.enterScoped(c, r.types[from:]); err != nil {
			return nil, err
		}
	}
	s.early = len(r.types) - s.types
	return c, nil
}

// enterScoped applies the scoped contexts of types, by the code points of their
// names.
func (r *run) enterScoped(c *activeContext, types []typeEntry) (_ *activeContext, err error) {
	var room [8]*term
	found := room[:0]
	for i := range types {
		if t := types[i].term; t != nil && t.scoped != nil {
			found = insertTerm(found, t)
		}
	}
	for _, t := range found {
		if c, err = r.enterType(c, t); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// insertTerm inserts t by the code points of its name, once.
func insertTerm(sorted []*term, t *term) []*term {
	i := len(sorted)
	for i > 0 && sorted[i-1].name >= t.name {
		if sorted[i-1] == t {
			return sorted
		}
		i--
	}
	sorted = append(sorted, nil)
	copy(sorted[i+1:], sorted[i:])
	sorted[i] = t
	return sorted
}
