package jsonld

import (
	"fmt"
	"slices"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
)

// classify finds what the members of an object mean under c (5.1.2, steps 13 and
// 14). Keywords go to s, all else to the stack of members.
func (r *run) classify(s *shape, c, scope *activeContext, v jsonx.Value) error {
	r.in.Trace.object(v, c)
	r.members = slices.Grow(r.members, v.Len())
	for m := v.First(); m.Exists(); m = m.Next() {
		if m == r.in.Skip && !r.keeps(m) {
			continue
		}
		if err := r.step(); err != nil {
			return err
		}
		t := r.member(c, m)
		r.in.Trace.name(m, t)
		switch {
		case t == nil:
			r.dropMember(c, m)
		case t.keyword == notKeyword:
			r.members = append(r.members, member{m, t, c})
		default:
			if err := r.keyword(s, c, scope, t, m); err != nil {
				return err
			}
		}
	}
	return nil
}

// keeps reports whether of Input.Skip something stays.
func (r *run) keeps(skip jsonx.Value) bool {
	return len(r.in.Keep) > 0 && (skip.Kind() == jsonx.Array || skip == r.in.Keep[0])
}

// dropMember notes a member whose name expands to nothing that RDF could use.
func (r *run) dropMember(c *activeContext, m jsonx.Value) {
	if r.mode == Standard {
		return
	}
	name := m.Name()
	switch t := c.term(r.engine.symbols, name); {
	case t != nil && t.null:
		r.drop(DropNullTerm, m, "a context maps "+quote.Text(name)+" to null")
	case hasKeywordForm(name):
		r.drop(DropKeywordLike, m, quote.Text(name)+" has the form of a keyword and is ignored")
	default:
		r.drop(DropUndefinedTerm, m, "no context defines "+quote.Text(name))
	}
}

// keyword handles a member whose name is a keyword or an alias of one.
func (r *run) keyword(s *shape, c, scope *activeContext, t *term, m jsonx.Value) error {
	k := t.keyword
	if k == kwContext {
		return nil
	}
	if k == kwNest {
		return r.nested(s, c, scope, t, m)
	}
	if s.seen.has(k) && k != kwType && k != kwIncluded {
		return r.fail(CodeCollidingKeywords, m, "there is another member that means "+keywordNames[k])
	}
	s.seen |= 1 << k
	switch k {
	case kwID:
		s.id = m
		return r.require(m, jsonx.String, CodeInvalidIDValue)
	case kwType:
		if n := r.confirmTypes(s, m); n > 0 {
			s.confirmed += n
			return nil
		}
		return r.typeValues(scope, m)
	case kwValue:
		s.value = m
	case kwLanguage:
		s.language = m
		return r.require(m, jsonx.String, CodeInvalidLanguageString)
	case kwDirection:
		s.direction = m
		if directionOf(m.Text()) == noDirection || m.Kind() != jsonx.String {
			return r.fail(CodeInvalidBaseDirection, m, `@direction is neither "ltr" nor "rtl"`)
		}
	case kwIndex:
		s.index = m
		r.drop(DropIndex, m, "RDF has no place for an @index")
		return r.require(m, jsonx.String, CodeInvalidIndexValue)
	case kwList:
		s.list = m
	case kwSet:
		s.set = m
	case kwGraph:
		s.graph = m
	case kwReverse:
		s.reverse = m
		return r.require(m, jsonx.Object, CodeInvalidReverseValue)
	case kwIncluded:
		r.members = append(r.members, member{m, t, c})
	default:
		s.seen &^= 1 << k
		r.drop(DropKeyword, m, t.iri+" means nothing in an object")
	}
	return nil
}

func (r *run) require(m jsonx.Value, k jsonx.Kind, code Code) error {
	if m.Kind() == k {
		return nil
	}
	return r.fail(code, m, quote.Text(m.Name())+" is "+m.Kind().String()+", not "+k.String())
}

// nested takes the members of @nest into the object that holds it.
func (r *run) nested(s *shape, c, scope *activeContext, t *term, m jsonx.Value) error {
	if m.Kind() == jsonx.Array {
		for item := m.First(); item.Exists(); item = item.Next() {
			if err := r.nestedObject(s, c, scope, t, item); err != nil {
				return err
			}
		}
		return nil
	}
	return r.nestedObject(s, c, scope, t, m)
}

func (r *run) nestedObject(s *shape, c, scope *activeContext, t *term, v jsonx.Value) error {
	if err := r.step(); err != nil {
		return err
	}
	if v.Kind() != jsonx.Object {
		return r.fail(CodeInvalidNestValue, v, "@nest holds "+v.Kind().String()+", not an object")
	}
	if t.scoped != nil {
		var err error
		if c, err = r.enterProperty(c, t); err != nil {
			return err
		}
	}
	for m := v.First(); m.Exists(); m = m.Next() {
		if err := r.step(); err != nil {
			return err
		}
		if t := r.member(c, m); t != nil && t.keyword == kwValue {
			return r.fail(CodeInvalidNestValue, m, "@nest holds a value object")
		}
	}
	return r.classify(s, c, scope, v)
}

// typeValues expands the values of @type onto the stack of types.
func (r *run) typeValues(scope *activeContext, m jsonx.Value) error {
	if m.Kind() == jsonx.String {
		r.typeValue(scope, m)
		return nil
	}
	if m.Kind() != jsonx.Array {
		return r.fail(CodeInvalidTypeValue, m, "@type is "+m.Kind().String()+", not a string or an array of strings")
	}
	if m.Len() > mostTypes {
		return r.fail(CodeTooManyTypes, m, fmt.Sprintf("a node of %d types, at most %d are read", m.Len(), mostTypes))
	}
	r.types = slices.Grow(r.types, m.Len())
	for item := m.First(); item.Exists(); item = item.Next() {
		if err := r.step(); err != nil {
			return err
		}
		if item.Kind() != jsonx.String {
			return r.fail(CodeInvalidTypeValue, item, "@type holds "+item.Kind().String()+", not a string")
		}
		r.typeValue(scope, item)
	}
	return nil
}

func (r *run) typeValue(scope *activeContext, at jsonx.Value) {
	entry := typeEntry{at: at}
	if t := scope.term(r.engine.symbols, at.Text()); t != nil && t.keyword == notKeyword {
		entry.term, entry.iri, entry.form = t, t.iri, t.form
	} else if iri, ok := scope.expand(r.engine.symbols, at.Text(), true, true); ok {
		entry.iri, entry.form = iri, formOf(iri)
	}
	r.in.Trace.typeOf(at, &entry)
	r.types = append(r.types, entry)
}

// confirmTypes returns how many values of m are on the stack already.
func (r *run) confirmTypes(s *shape, m jsonx.Value) (n int) {
	early := r.types[s.types : s.types+s.early]
	for i := range early {
		if early[i].of(m) {
			n++
		}
	}
	return n
}

// forgetTypes takes back the values of members that the scoped contexts of the
// types themselves have turned into something else.
func (r *run) forgetTypes(c *activeContext, s *shape) {
	kept := r.types[:s.types]
	for _, e := range r.types[s.types:] {
		m := e.at
		if m.Parent().Kind() == jsonx.Array {
			m = m.Parent()
		}
		if t := r.member(c, m); t != nil && t.keyword == kwType {
			kept = append(kept, e)
		}
	}
	r.types = kept
}
