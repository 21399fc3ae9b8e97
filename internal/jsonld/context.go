package jsonld

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// activeContext is an active context (JSON-LD 1.1 API, 4.1). After its
// construction only its memoised transitions change.
type activeContext struct {
	table []*term          // terms by symbol; names without a symbol are in extra
	extra map[string]*term // terms that only this document's own contexts define

	// Names that may be aliases of @type and of @value: what else a member is
	// called, it need not be looked up to know that it is neither.
	typeNames, valueNames []alias

	vocab         string
	base          string
	originalBase  string
	language      language
	previous      *activeContext // to return to for nested nodes, where this one does not propagate
	direction     direction
	hasVocab      bool
	hasBase       bool
	anyProtected  bool // some term is protected
	ownByDocument bool // derived from a context that is not a known document: lives for one call

	mu          sync.Mutex
	transitions atomic.Pointer[[]step]
	byIRI       atomic.Pointer[map[string][]*term] // the table turned around, made when a trace asks for it
}

// alias is a name that may mean a keyword, with its symbol, if it has one.
type alias struct {
	name   string
	symbol int32
}

func aliasOf(k keyword) alias { return alias{keywordNames[k], int32(k)} }

// rootContext is the context before any @context: the keywords alone.
func rootContext() *activeContext {
	return &activeContext{table: keywordTerms[:], typeNames: []alias{aliasOf(kwType)}, valueNames: []alias{aliasOf(kwValue)}}
}

// clone copies what a context says, not its transitions. The table's capacity is
// its length, so that a first added term copies it.
func (c *activeContext) clone() *activeContext {
	n := &activeContext{
		table: slices.Clone(c.table), vocab: c.vocab, hasVocab: c.hasVocab,
		base: c.base, hasBase: c.hasBase, originalBase: c.originalBase,
		language: c.language, direction: c.direction, previous: c.previous,
		typeNames: slices.Clip(c.typeNames), valueNames: slices.Clip(c.valueNames),
		anyProtected: c.anyProtected, ownByDocument: c.ownByDocument,
	}
	if len(c.extra) > 0 {
		n.extra = make(map[string]*term, len(c.extra))
		for name, t := range c.extra {
			n.extra[name] = t
		}
	}
	return n
}

// term returns the definition of a name, nil where there is none. A decoupled
// term (mapped to null) is returned.
func (c *activeContext) term(s *symbols, name string) *term {
	if n := s.find(name); n != jsonx.NoSymbol {
		if int(n) < len(c.table) {
			if t := c.table[n]; t != nil {
				return t
			}
		}
	}
	return c.extra[name]
}

// termOr returns the definition that t's name has here, or one that says nothing
// of its values.
func (c *activeContext) termOr(s *symbols, t *term) *term {
	if other := c.term(s, t.name); other != nil {
		return other
	}
	return plainTerm(t.name, t.iri)
}

// set defines or, with nil, removes a term. The context must be under
// construction.
func (c *activeContext) set(s *symbols, name string, t *term) {
	n := s.find(name)
	if n == jsonx.NoSymbol && !c.ownByDocument {
		n = s.intern(name)
	}
	switch a := (alias{name, n}); {
	case t == nil:
	case t.keyword == kwType:
		c.typeNames = withAlias(c.typeNames, a)
	case t.keyword == kwValue:
		c.valueNames = withAlias(c.valueNames, a)
	}
	switch {
	case n == jsonx.NoSymbol && t == nil:
		delete(c.extra, name)
	case n == jsonx.NoSymbol:
		if c.extra == nil {
			c.extra = map[string]*term{}
		}
		c.extra[name] = t
	case int(n) < len(c.table):
		c.table[n] = t
	case t != nil:
		c.table = append(c.table, make([]*term, int(n)+1-len(c.table))...)
		c.table[n] = t
	}
	// A name that had no symbol when an earlier context of this call defined it
	// may have got one since.
	if n != jsonx.NoSymbol && c.extra != nil {
		delete(c.extra, name)
	}
}

func withAlias(known []alias, a alias) []alias {
	if slices.ContainsFunc(known, func(k alias) bool { return k.name == a.name }) {
		return known
	}
	return append(known, a)
}

// member returns the term that an object's member name is or expands to; nil
// where it expands to null or to something that is neither IRI nor keyword, which
// means that the member is to be dropped.
func (r *run) member(c *activeContext, v jsonx.Value) *term {
	n := v.Symbol()
	if uint32(n) < uint32(len(c.table)) {
		if t := c.table[n]; t != nil && (r.known > 0 || t.name == v.Name()) {
			if t.null {
				return nil
			}
			return t
		}
	}
	return r.otherMember(c, n, v.Name())
}

// get returns the member of an object that has a name.
func (r *run) get(v jsonx.Value, a alias) jsonx.Value {
	if uint32(a.symbol) < uint32(r.known) {
		return v.GetSymbol(a.symbol)
	}
	return v.Get(a.name)
}

// otherMember is member for a name that the table does not have under its number.
func (r *run) otherMember(c *activeContext, n int32, name string) *term {
	var t *term
	s := r.engine.symbols
	if !s.isSymbol(n, name) {
		t = c.term(s, name)
	} else if c.extra != nil {
		t = c.extra[name]
	}
	if t != nil {
		if t.null {
			return nil
		}
		return t
	}
	if !c.hasVocab && strings.IndexByte(name, ':') < 0 {
		return nil
	}
	iri, ok := c.expand(s, name, false, true)
	if !ok || strings.IndexByte(iri, ':') < 0 {
		return nil
	}
	r.owed += unitsPerIRIName
	return plainTerm(name, iri)
}

// expand is IRI expansion (JSON-LD 1.1 API, 5.2) outside context processing. ok
// is false where the result is null.
func (c *activeContext) expand(s *symbols, value string, documentRelative, vocab bool) (iri string, ok bool) {
	if len(value) > 0 && value[0] == '@' {
		if keywordOf(value) != notKeyword {
			return value, true
		}
		if hasKeywordForm(value) {
			return "", false
		}
	}
	colon := strings.IndexByte(value, ':')
	if vocab || colon <= 0 { // a term with a colon in it cannot be an alias of a keyword
		if t := c.term(s, value); t != nil {
			if t.keyword != notKeyword {
				return t.iri, true
			}
			if vocab {
				return t.iri, !t.null
			}
		}
	}
	if colon > 0 {
		prefix, suffix := value[:colon], value[colon+1:]
		if prefix == "_" || strings.HasPrefix(suffix, "//") {
			return value, true
		}
		if t := c.term(s, prefix); t != nil && !t.null && t.prefix {
			return t.iri + suffix, true
		}
		if schemeEnd(value) > 0 {
			return value, true
		}
	}
	if vocab && c.hasVocab {
		return c.vocab + value, true
	}
	if documentRelative && c.hasBase {
		return resolve(c.base, value), true
	}
	return value, true
}
