package jsonld

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/internal/rdf"
)

const (
	rdfType      = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
	rdfFirst     = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
	rdfRest      = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"
	rdfNil       = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"
	rdfValue     = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
	rdfLanguage  = "http://www.w3.org/1999/02/22-rdf-syntax-ns#language"
	rdfDirection = "http://www.w3.org/1999/02/22-rdf-syntax-ns#direction"
)

// resource is a node of the dataset or the name of a graph. One that is not ok
// stands for something that RDF cannot name: no statement with it is written,
// while what hangs on it is still expanded, as the specification's node map would
// have it.
type resource struct {
	iri  string // "" for a blank node and for the default graph
	node int32  // rdf.NoNode unless it is a blank node
	ok   bool
}

var defaultGraph = resource{node: rdf.NoNode, ok: true}

func named(iri string) resource { return resource{iri: iri, node: rdf.NoNode, ok: true} }

func anonymous(node int32) resource { return resource{node: node, ok: true} }

// object is the object of a statement.
type object struct {
	value, suffix string
	node          int32
	kind          rdf.ObjectKind
	ok            bool
}

func (s resource) object() object {
	if s.node != rdf.NoNode {
		return object{node: s.node, kind: rdf.Blank, ok: s.ok}
	}
	return object{value: s.iri, node: rdf.NoNode, kind: rdf.IRI, ok: s.ok}
}

func literal(text, suffix string) object {
	return object{value: text, suffix: suffix, node: rdf.NoNode, kind: rdf.Literal, ok: true}
}

// placeKind says what becomes of the values that arrive at a place.
type placeKind uint8

const (
	floating placeKind = iota // top level and @graph: nodes count, values are dropped
	included                  // @included: only nodes are allowed
	forward                   // objects of subject and predicate
	backward                  // subjects of the predicate, whose object is subject
	listing                   // items of a list
)

// wrapping says whether a node that arrives is put into a graph of its own.
type wrapping uint8

const (
	noWrap wrapping = iota
	wrapAlways
	wrapUnlessGraph
)

// place is where the values of a property go: it takes the part of the arrays of
// an expanded document.
type place struct {
	subject   resource
	graph     resource // that the statement belongs to
	predicate string
	order     rdf.Order // of predicate
	key       *mapKey   // what the key of a container map adds to the nodes, may be nil
	head      int32     // of a list: its first cell, rdf.NoNode while it is empty
	tail      int32     // of a list: its last cell
	kind      placeKind
	wrap      wrapping
	alive     bool // statements can be written
	arrived   bool // something arrived, be it an invalid thing
	bare      bool // of a list or @included: its one value stands without an array; a list object is then the list itself
}

// begin makes the place of a node that of the next of its properties. Subject and
// graph stay: copying them for each property is what would cost most.
func (p *place) begin(t *term, order rdf.Order, reversed bool) {
	p.predicate, p.order, p.key = t.iri, order, nil
	p.head, p.tail = rdf.NoNode, rdf.NoNode
	p.kind, p.wrap = forward, noWrap
	if reversed {
		p.kind = backward
	}
	p.alive = p.subject.ok && p.graph.ok
	p.arrived, p.bare = false, false
}

// state writes a statement, unless a part of it cannot be written.
func (r *run) state(s resource, predicate string, o object, graph resource) {
	if !s.ok || !o.ok || !graph.ok {
		return
	}
	r.out.Add(&rdf.Quad{
		Subject: s.iri, SubjectNode: s.node, Predicate: predicate,
		Value: o.value, Suffix: o.suffix, ObjectNode: o.node, Kind: o.kind,
		Graph: graph.iri, GraphNode: graph.node,
	})
}

// stateType writes that a node is of a type.
func (r *run) stateType(s resource, e *typeEntry, graph resource) {
	o := r.identifyForm(e.iri, e.form, e.at, DropUndefinedType)
	if !s.ok || !o.ok || !graph.ok {
		return
	}
	q := rdf.Quad{
		Subject: s.iri, SubjectNode: s.node, Predicate: rdfType, Order: r.engine.typeOrder,
		Value: o.iri, ObjectNode: o.node, Graph: graph.iri, GraphNode: graph.node,
	}
	if o.node != rdf.NoNode {
		q.Kind = rdf.Blank
	}
	r.out.Add(&q)
}

// link lets a node arrive, nearly always as an object.
func (r *run) link(p *place, n resource) {
	switch {
	case !n.ok || !p.plain():
		r.put(p, n.object())
	case n.node != rdf.NoNode:
		r.write(p, rdf.Blank, "", "", n.node)
	default:
		r.write(p, rdf.IRI, n.iri, "", rdf.NoNode)
	}
}

// write writes the statement of a forward place that is alive.
func (r *run) write(p *place, kind rdf.ObjectKind, value, suffix string, node int32) {
	p.arrived = true
	r.out.Add(&rdf.Quad{
		Subject: p.subject.iri, SubjectNode: p.subject.node, Predicate: p.predicate, Order: p.order,
		Value: value, Suffix: suffix, ObjectNode: node, Kind: kind,
		Graph: p.graph.iri, GraphNode: p.graph.node,
	})
}

// plain reports whether a value that arrives is the object of a statement and nothing
// more.
func (p *place) plain() bool {
	return p.alive && p.kind == forward && p.key == nil && p.wrap == noWrap
}

// put lets a value arrive.
func (r *run) put(p *place, o object) {
	p.arrived = true
	if !p.alive {
		return
	}
	switch p.kind {
	case forward:
		if o.ok {
			r.write(p, o.kind, o.value, o.suffix, o.node)
		}
	case backward:
		s := resource{iri: o.value, node: o.node, ok: o.ok}
		r.state(s, p.predicate, p.subject.object(), p.graph)
	case listing:
		r.cell(p, o)
	}
}

// cell appends to a list. A value that RDF cannot write leaves its cell without
// rdf:first (JSON-LD 1.1 API, 8.3.2).
func (r *run) cell(p *place, o object) {
	cell := r.out.NewNode()
	if p.head == rdf.NoNode {
		p.head = cell
	} else {
		r.state(anonymous(p.tail), rdfRest, anonymous(cell).object(), p.graph)
	}
	p.tail = cell
	r.state(anonymous(cell), rdfFirst, o, p.graph)
}

// newList returns the place for the items of a list that is a value at p.
func newList(p *place) place {
	return place{kind: listing, graph: p.graph, alive: p.alive, head: rdf.NoNode, tail: rdf.NoNode}
}

// closeList ends a list and returns its head.
func (r *run) closeList(p *place) object {
	if p.head == rdf.NoNode {
		return named(rdfNil).object()
	}
	r.state(anonymous(p.tail), rdfRest, named(rdfNil).object(), p.graph)
	return anonymous(p.head).object()
}

// enter lets a node arrive and returns the graph that its own statements belong
// to: where the container is @graph, a new one.
func (r *run) enter(p *place, self resource, isGraph bool) (graph resource) {
	linked, graph := self, p.graph
	wraps := p.wrap == wrapAlways || p.wrap == wrapUnlessGraph && !isGraph
	if wraps {
		if p.key != nil && p.key.hasID {
			linked = p.key.id
		} else {
			linked = anonymous(r.out.NewNode())
		}
		graph = linked
	}
	r.link(p, linked)
	if p.key != nil {
		r.addKey(p, linked)
	}
	return graph
}

// identify returns the node that an expanded identifier names. What RDF cannot
// name is dropped with the given code.
func (r *run) identify(iri string, ok bool, at jsonx.Value, code Code) resource {
	form := relative
	if ok {
		form = formOf(iri)
	}
	return r.identifyForm(iri, form, at, code)
}

func (r *run) identifyForm(iri string, form iriForm, at jsonx.Value, code Code) resource {
	switch form {
	case absolute:
		return named(iri)
	case blank:
		return anonymous(r.label(iri))
	case relative:
		r.drop(code, at, quote.Text(shown(at))+" is no IRI and nothing makes one of it")
		return resource{node: rdf.NoNode}
	}
	if r.writable(form) {
		return named(iri)
	}
	r.drop(DropInvalidIRI, at, quote.Text(shown(at))+" has a character that an IRI cannot have there")
	return resource{node: rdf.NoNode}
}

// shown is the text of a string, or the name of a member whose name is at fault.
func shown(at jsonx.Value) string {
	if at.Kind() == jsonx.String {
		return at.Text()
	}
	return at.Name()
}

// label returns the blank node that an identifier of the document names.
func (r *run) label(name string) int32 {
	if n, ok := r.labels[name]; ok {
		return n
	}
	if r.labels == nil {
		r.labels = map[string]int32{}
	}
	n := r.out.NewNode()
	r.labels[name] = n
	return n
}
