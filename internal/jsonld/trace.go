package jsonld

import (
	"sync"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Trace is what an expansion made of the names in a document: for each member
// what its name means, for each value of a type member which term or IRI it is.
// It is written by the very expansion whose statements are hashed, so that whoever
// judges the names afterwards interprets no context a second time.
//
// The zero Trace is ready for [Input.Trace]; each expansion begins it anew. It
// refers to the document and the engine's contexts until [Trace.Reset]. It is not
// safe for concurrent use while it is written.
type Trace struct {
	engine *Engine
	doc    *jsonx.Doc
	first  int // number of the root: only what is below it is noted
	pages  []*tracePage
	spare  []*tracePage
}

// A page holds the notes of neighbouring values. Pages are made where notes are:
// a long array of numbers costs none.
const (
	pageBits   = 7
	mostSpares = 64 // pages kept between documents: a document of 8,192 values
)

type tracePage [1 << pageBits]note

// note is what is known of one value. A bare type is a member and a type at once.
type note struct {
	name    *term          // what the member's name means
	typ     *term          // what the text is as a type
	context *activeContext // that an object's names were read under
}

var traces = sync.Pool{New: func() any { return new(Trace) }}

// NewTrace returns an empty trace from a pool, for which [Trace.Release] is.
func NewTrace() *Trace { return traces.Get().(*Trace) }

// Release empties the trace and gives it back. It must not be used afterwards.
func (t *Trace) Release() {
	t.Reset()
	traces.Put(t)
}

// Reset forgets the document.
func (t *Trace) Reset() {
	for i, p := range t.pages {
		if p != nil && len(t.spare) < mostSpares {
			clear(p[:])
			t.spare = append(t.spare, p)
		}
		t.pages[i] = nil
	}
	t.pages = t.pages[:0]
	if cap(t.pages) > mostSpares*mostSpares {
		t.pages = nil
	}
	t.engine, t.doc, t.first = nil, nil, 0
}

func (t *Trace) begin(e *Engine, root jsonx.Value) {
	if t == nil {
		return
	}
	t.Reset()
	t.engine, t.doc, t.first = e, root.Doc(), root.ID()
}

// note returns the place for what is to be noted of a value.
func (t *Trace) note(v jsonx.Value) *note {
	i := v.ID() - t.first
	page := i >> pageBits
	for page >= len(t.pages) {
		t.pages = append(t.pages, nil)
	}
	if t.pages[page] == nil {
		if n := len(t.spare); n > 0 {
			t.pages[page], t.spare = t.spare[n-1], t.spare[:n-1]
		} else {
			t.pages[page] = new(tracePage)
		}
	}
	return &t.pages[page][i&(1<<pageBits-1)]
}

// of returns what was noted of a value of the document, nil where nothing was.
func (t *Trace) of(v jsonx.Value) *note {
	i := v.ID() - t.first
	if uint(i>>pageBits) >= uint(len(t.pages)) || t.pages[i>>pageBits] == nil || v.Doc() != t.doc {
		return nil
	}
	return &t.pages[i>>pageBits][i&(1<<pageBits-1)]
}

func (t *Trace) object(v jsonx.Value, c *activeContext) {
	if t != nil {
		t.note(v).context = c
	}
}

func (t *Trace) name(m jsonx.Value, meaning *term) {
	if t != nil && meaning != nil {
		t.note(m).name = meaning
	}
}

func (t *Trace) typeOf(at jsonx.Value, e *typeEntry) {
	switch {
	case t == nil:
	case e.term != nil:
		t.note(at).typ = e.term
	case e.iri != "":
		t.note(at).typ = plainTerm(at.Text(), e.iri)
	}
}

// Name returns what the name of a member means.
func (t *Trace) Name(m jsonx.Value) Meaning {
	if n := t.of(m); n != nil {
		return Meaning{n.name}
	}
	return Meaning{}
}

// Type returns what a value of a type member stands for.
func (t *Trace) Type(v jsonx.Value) Meaning {
	if n := t.of(v); n != nil {
		return Meaning{n.typ}
	}
	return Meaning{}
}

// Defines returns what a name would mean in an object, nothing where its contexts
// do not define it.
func (t *Trace) Defines(object jsonx.Value, name string) Meaning {
	n := t.of(object)
	if n == nil || n.context == nil {
		return Meaning{}
	}
	if found := n.context.term(t.engine.symbols, name); found != nil && !found.null {
		return Meaning{found}
	}
	return Meaning{}
}

// Named calls yield with the terms that stand for an IRI in an object, in no
// order, until it returns false. It reports whether it was stopped.
func (t *Trace) Named(object jsonx.Value, iri string, yield func(term string) bool) (stopped bool) {
	n := t.of(object)
	if n == nil || n.context == nil {
		return false
	}
	for _, found := range n.context.terms()[iri] {
		if !yield(found.name) {
			return true
		}
	}
	return false
}

// terms is the context's table by IRI. A context that many documents share makes it
// once.
func (c *activeContext) terms() map[string][]*term {
	if known := c.byIRI.Load(); known != nil {
		return *known
	}
	byIRI := make(map[string][]*term, len(c.table))
	add := func(t *term) {
		if t != nil && !t.null && t.keyword == notKeyword {
			byIRI[t.iri] = append(byIRI[t.iri], t)
		}
	}
	for _, t := range c.table {
		add(t)
	}
	for _, t := range c.extra {
		add(t)
	}
	c.byIRI.Store(&byIRI)
	return byIRI
}

// Meaning is what a name stands for. The zero Meaning is nothing: a name that no
// context defines, or one that is not read as a name.
type Meaning struct{ term *term }

// Exists reports whether the name means anything.
func (m Meaning) Exists() bool { return m.term != nil }

// IRI is the name's IRI, or the keyword that it is or is an alias of; "" for
// nothing.
func (m Meaning) IRI() string {
	if m.term == nil {
		return ""
	}
	return m.term.iri
}

// IsKeyword reports whether the name is a keyword or an alias of one.
func (m Meaning) IsKeyword() bool { return m.term != nil && m.term.keyword != notKeyword }

// IsTerm reports whether the name is a keyword or a term that a context defines.
// Any other name that means something is an IRI, a compact IRI, or made by @vocab.
func (m Meaning) IsTerm() bool { return m.term != nil && !m.term.expanded }

// IsPrefix reports whether compact IRIs may begin with the name.
func (m Meaning) IsPrefix() bool { return m.term != nil && m.term.prefix }

// IsJSON reports whether the values are JSON literals, which JSON-LD does not look
// into.
func (m Meaning) IsJSON() bool { return m.term != nil && m.term.mapping == typeJSON }

// IsReference reports whether texts are read as IRIs.
func (m Meaning) IsReference() bool {
	return m.term != nil && (m.term.mapping == typeID || m.term.mapping == typeVocab)
}

// IsList reports whether the values are a list, in which order and repeats count.
func (m Meaning) IsList() bool { return m.term != nil && m.term.container&inList != 0 }

// IsSet reports whether an array of one value stays an array when the document is
// compacted.
func (m Meaning) IsSet() bool { return m.term != nil && m.term.container&inSet != 0 }

// IsMap reports whether the names in an object under this one are no names but
// keys: of languages, indexes, identifiers or types.
func (m Meaning) IsMap() bool {
	return m.term != nil && m.term.container&(inLanguage|inIndex|inID|inType) != 0
}

// IsLanguageMap reports whether they are languages.
func (m Meaning) IsLanguageMap() bool { return m.term != nil && m.term.container&inLanguage != 0 }

// IsGraph reports whether each value is put into a graph of its own.
func (m Meaning) IsGraph() bool { return m.term != nil && m.term.container&inGraph != 0 }
