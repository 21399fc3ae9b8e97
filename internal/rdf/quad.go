package rdf

// Object kinds of a [Quad].
const (
	IRI     ObjectKind = iota // Value is an IRI, without brackets
	Blank                     // ObjectNode is the object; Value is empty
	Literal                   // Value is the lexical form, unescaped; Suffix follows it
)

// ObjectKind says what the object of a quad is.
type ObjectKind uint8

// NoNode stands where a position of a quad holds no blank node.
const NoNode int32 = -1

// Quad is one RDF statement. Blank nodes are numbers from 0 up, in the order in
// which they were made; their labels mean nothing. In the zero Quad all three are
// node 0, so who makes a quad sets each of them, to NoNode as a rule.
//
// IRIs, those in Suffix included, are absolute and hold none of the characters
// that IRIREF of N-Quads forbids: who makes the quad sees to that, and writers copy
// them as they stand. Otherwise one statement could be written as another.
type Quad struct {
	Subject     string // IRI without brackets, "" when SubjectNode is a blank node
	Predicate   string // IRI without brackets
	Order       Order  // of Predicate in the vocabulary that the dataset uses, or 0
	Value       string // see ObjectKind
	Suffix      string // of a literal: "" for xsd:string, else `^^<iri>` or `@tag`, written and escaped as in N-Quads
	Graph       string // IRI of the graph, "" for the default graph or a blank one
	SubjectNode int32  // NoNode when Subject is an IRI
	ObjectNode  int32  // NoNode unless Kind is Blank
	GraphNode   int32  // NoNode unless the graph's name is a blank node
	Kind        ObjectKind
}
