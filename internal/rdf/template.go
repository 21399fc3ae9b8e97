package rdf

import "strconv"

// line is where a quad stands in the text of all quads: its line of N-Quads with
// "_:z" for each blank node. All forms of a quad that the algorithm needs are
// this line with other names in those three places, which lie at start, at object
// and, for a blank graph, at end-graphBack.
//
// All that comes after reads lines and text instead of quads: they are a third of
// the size, they lie in the order of use, and the collector need not look at them.
type line struct {
	start  uint32
	rest   uint32 // just after the subject
	object uint32
	end    uint32 // after the line feed

	subjectNode, objectNode, graphNode int32 // as in Quad

	next int32 // line of the same subject, where that is an IRI (subjects.go)
}

const (
	otherNode   = "_:z" // in a node's first degree lines, any other node
	nameLetter  = 2     // index of the letter that makes _:z into _:a
	lineEnd     = " .\n"
	graphBack   = uint32(len(otherNode) + len(lineEnd))
	labelPrefix = "_:c14n"
)

// writeLines writes the template of every quad and checks the nodes it names.
func (c *canonicalizer) writeLines(quads []Quad) error {
	c.lines = resize(c.lines, len(quads))
	c.text = c.text[:0]
	for i := range quads {
		q := &quads[i]
		if !c.nodesInRange(q) {
			return &Error{Code: CodeBadDataset, Detail: "quad " + strconv.Itoa(i) + " names a blank node that the dataset did not make"}
		}
		c.writeLine(q, &c.lines[i])
		if len(c.text) > c.options.MaxBytes {
			return &Error{Code: CodeTooLarge, Detail: "the statements are longer than " + strconv.Itoa(c.options.MaxBytes) + " bytes"}
		}
	}
	return nil
}

func (c *canonicalizer) nodesInRange(q *Quad) bool {
	n := int32(len(c.nodes))
	return q.SubjectNode < n && q.ObjectNode < n && q.GraphNode < n &&
		q.SubjectNode >= NoNode && q.ObjectNode >= NoNode && q.GraphNode >= NoNode &&
		(q.Kind == Blank) == (q.ObjectNode != NoNode)
}

func (c *canonicalizer) writeLine(q *Quad, l *line) {
	text := c.text
	l.subjectNode, l.objectNode, l.graphNode = q.SubjectNode, q.ObjectNode, q.GraphNode
	l.start = uint32(len(text))
	text = appendPlaceholder(text, q.Subject, q.SubjectNode)
	l.rest = uint32(len(text))
	text = append(text, " <"...)
	text = append(text, q.Predicate...)
	text = append(text, "> "...)
	l.object = uint32(len(text))
	if q.Kind == Literal {
		text = append(text, '"')
		text = appendLiteral(text, q.Value, c.options.Legacy)
		text = append(text, '"')
		text = append(text, q.Suffix...)
	} else {
		text = appendPlaceholder(text, q.Value, q.ObjectNode)
	}
	if q.GraphNode != NoNode || q.Graph != "" {
		text = append(text, ' ')
		text = appendPlaceholder(text, q.Graph, q.GraphNode)
	}
	text = append(text, lineEnd...)
	l.end = uint32(len(text))
	c.text = text
}

// subject is the subject of a line as it stands there, from its first character
// to the one after which the rest begins.
func (c *canonicalizer) subject(i int32) []byte {
	l := &c.lines[i]
	return c.text[l.start:l.rest]
}

// predicate is the predicate of a line with its brackets.
func (c *canonicalizer) predicate(l *line) []byte { return c.text[l.rest+1 : l.object-1] }

func appendPlaceholder(dst []byte, iri string, node int32) []byte {
	if node != NoNode {
		return append(dst, otherNode...)
	}
	dst = append(dst, '<')
	dst = append(dst, iri...)
	return append(dst, '>')
}

// resize gives a slice of n elements whose content is unspecified.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}
