package rdf

import "slices"

// Dataset is a collection of statements. The zero Dataset is empty and ready for
// use; Reset keeps its memory. It is not safe for concurrent use while statements
// are added.
//
// A statement is not kept as a [Quad] but as its line of canonical N-Quads, with
// "_:z" for each blank node. All forms of it that canonicalisation needs are this
// line with other names in those places. Lines are shorter than quads, they lie in
// the order of use, hold nothing of the document that they were made from, and the
// collector need not look at them.
type Dataset struct {
	Nodes int32 // blank nodes made so far

	// MaxBytes bounds the text of the statements: short documents can repeat a long
	// IRI. Zero is DefaultMaxBytes. What comes when it is reached is left out;
	// [Dataset.Full] says so and [Canonicalize] refuses the dataset.
	MaxBytes int

	// MaxLen bounds the number of statements in the same way, since each takes some
	// memory beside its text. Zero sets no bound.
	MaxLen int

	text       []byte
	lines      []line
	vocabulary *Vocabulary
	full       bool
	bad        bool // a quad contradicted itself
}

// line is where a statement stands in the text.
type line struct {
	start  uint32 // the subject
	rest   uint32 // just after the subject
	object uint32
	tail   uint32 // just after the object
	end    uint32 // after the line feed

	// As in Quad, in another order: else the compiler copies two fields at once, right
	// after they were written one by one, which stalls the processor.
	objectNode, subjectNode, graphNode int32

	order Order // of the predicate, 0 where it has none
}

const (
	otherNode   = "_:z" // in a node's first degree lines, any other node
	nameLetter  = 2     // index of the letter that makes _:z into _:a
	lineEnd     = " .\n"
	lineExtra   = 32 // brackets, spaces and placeholders, and some
	labelPrefix = "_:c14n"
)

// graph is where the graph's name stands, if there is one.
func (l *line) graph() uint32 { return l.tail + 1 }

// NewNode makes a blank node.
func (d *Dataset) NewNode() int32 {
	d.Nodes++
	return d.Nodes - 1
}

// Len is how many statements there are, repetitions included.
func (d *Dataset) Len() int { return len(d.lines) }

// Bytes is the length of the statements' text.
func (d *Dataset) Bytes() int { return len(d.text) }

// Full reports whether statements were left out because of MaxBytes or MaxLen.
func (d *Dataset) Full() bool { return d.full }

// Use says in which vocabulary the quads to come have their Order. What was added with
// that of another is sorted by its text.
func (d *Dataset) Use(v *Vocabulary) {
	if d.vocabulary != v {
		for i := range d.lines {
			d.lines[i].order = 0
		}
	}
	d.vocabulary = v
}

// Grow makes place at once for the statements of so many bytes of JSON-LD with at
// most so many values, as those of credentials are: a large document costs less so.
func (d *Dataset) Grow(document, values int) {
	d.text = slices.Grow(d.text, min(6*document, 128*values, d.mostBytes()))
	d.lines = slices.Grow(d.lines, min(document/14, values))
}

// Add adds a statement. It keeps no string of it.
func (d *Dataset) Add(q *Quad) {
	text := d.text
	if len(text) > d.mostBytes() || d.MaxLen > 0 && len(d.lines) >= d.MaxLen {
		d.full = true
		return
	}
	if (q.Kind == Blank) != (q.ObjectNode != NoNode) {
		d.bad = true
		return
	}
	if len(d.lines) == cap(d.lines) { // doubling allocates less in all than append does
		d.lines = slices.Grow(d.lines, len(d.lines)+1)
	}
	longest := len(q.Subject) + len(q.Predicate) + 6*len(q.Value) + len(q.Suffix) + len(q.Graph) + lineExtra
	if longest > cap(text)-len(text) {
		text = slices.Grow(text, max(longest, len(text)))
	}
	d.lines = append(d.lines, line{})
	l := &d.lines[len(d.lines)-1]
	l.start = uint32(len(text))
	l.subjectNode, l.objectNode, l.graphNode = q.SubjectNode, q.ObjectNode, q.GraphNode
	if q.Order != NoOrder {
		l.order = q.Order
	}
	text = appendPlaceholder(text, q.Subject, q.SubjectNode)
	l.rest = uint32(len(text))
	text = append(text, " <"...)
	text = append(text, q.Predicate...)
	text = append(text, "> "...)
	l.object = uint32(len(text))
	if q.Kind == Literal {
		text = append(text, '"')
		text = append(appendLiteral(text, q.Value), '"')
		text = append(text, q.Suffix...)
	} else {
		text = appendPlaceholder(text, q.Value, q.ObjectNode)
	}
	l.tail = uint32(len(text))
	if q.GraphNode != NoNode || q.Graph != "" {
		text = append(text, ' ')
		text = appendPlaceholder(text, q.Graph, q.GraphNode)
	}
	text = append(text, lineEnd...)
	l.end = uint32(len(text))
	d.text = text
}

// mostBytes keeps offsets within 32 bits, though a last long line may go beyond it.
func (d *Dataset) mostBytes() int {
	if d.MaxBytes <= 0 {
		return DefaultMaxBytes
	}
	return min(d.MaxBytes, maxTextBytes)
}

func appendPlaceholder(dst []byte, iri string, node int32) []byte {
	if node != NoNode {
		return append(dst, otherNode...)
	}
	dst = append(dst, '<')
	dst = append(dst, iri...)
	return append(dst, '>')
}

// Quads gives the statements in the order in which they were added.
func (d *Dataset) Quads() []Quad {
	quads := make([]Quad, len(d.lines))
	for i := range d.lines {
		quads[i] = d.quad(&d.lines[i])
	}
	return quads
}

func (d *Dataset) quad(l *line) Quad {
	q := Quad{SubjectNode: l.subjectNode, ObjectNode: l.objectNode, GraphNode: l.graphNode}
	text := func(from, to uint32) string { return string(d.text[from:to]) }
	if l.subjectNode == NoNode {
		q.Subject = text(l.start+1, l.rest-1)
	}
	q.Predicate = text(l.rest+2, l.object-2)
	object := text(l.object, l.tail)
	switch {
	case l.objectNode != NoNode:
		q.Kind = Blank
	case object[0] == '<':
		q.Kind, q.Value = IRI, object[1:len(object)-1]
	default:
		length := literalLength(object[1:])
		value := appendUnescaped(nil, d.text[l.object+1:][:length], false)
		q.Kind, q.Value, q.Suffix = Literal, string(value), object[length+2:]
	}
	if end := l.end - uint32(len(lineEnd)); l.graphNode == NoNode && end > l.tail {
		q.Graph = text(l.graph()+1, end-1)
	}
	return q
}

// Large reports whether the dataset holds much memory, so that Reset would drop it.
func (d *Dataset) Large() bool { return cap(d.text) > keepBytes || cap(d.lines) > keepLines }

// Reset empties the dataset. It keeps the bounds, and memory unless that is much.
func (d *Dataset) Reset() {
	if d.Large() {
		d.text, d.lines = nil, nil
	}
	d.Clear()
}

// Clear is Reset for a dataset that is soon filled again with as much.
func (d *Dataset) Clear() {
	*d = Dataset{MaxBytes: d.MaxBytes, MaxLen: d.MaxLen, text: d.text[:0], lines: d.lines[:0]}
}
