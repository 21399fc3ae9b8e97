package rdf

import "strconv"

// line is where a quad stands in the text of all quads: its line of N-Quads with
// "_:z" for each blank node. All forms of a quad that the algorithm needs are
// this line with other names in those three places, which lie at start, at object
// and, for a blank graph, at end-graphBack.
type line struct {
	start  uint32
	rest   uint32 // just after the subject
	object uint32
	end    uint32 // after the line feed
}

const (
	otherNode   = "_:z" // in a node's first degree lines, any other node
	nameLetter  = 2     // index of the letter that makes _:z into _:a
	lineEnd     = " .\n"
	graphBack   = uint32(len(otherNode) + len(lineEnd))
	labelPrefix = "_:c14n"
)

// writeLines writes the template of every quad and checks the nodes it names.
func (c *canonicalizer) writeLines() error {
	c.lines = resize(c.lines, len(c.quads))
	c.text = c.text[:0]
	for i := range c.quads {
		q := &c.quads[i]
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
