package rdf

import "strconv"

// AppendQuad appends a quad as a line of canonical N-Quads, with blank nodes
// named _:b0, _:b1, … by their numbers.
func AppendQuad(dst []byte, q *Quad) []byte {
	dst = appendTerm(dst, q.Subject, q.SubjectNode)
	dst = append(dst, " <"...)
	dst = append(dst, q.Predicate...)
	dst = append(dst, "> "...)
	if q.Kind == Literal {
		dst = append(dst, '"')
		dst = appendLiteral(dst, q.Value)
		dst = append(dst, '"')
		dst = append(dst, q.Suffix...)
	} else {
		dst = appendTerm(dst, q.Value, q.ObjectNode)
	}
	if q.GraphNode != NoNode || q.Graph != "" {
		dst = append(dst, ' ')
		dst = appendTerm(dst, q.Graph, q.GraphNode)
	}
	return append(dst, " .\n"...)
}

// AppendNQuads appends all quads of a dataset in their order, as [AppendQuad] does.
// The result is N-Quads, not the canonical form of the dataset.
func AppendNQuads(dst []byte, d *Dataset) []byte {
	for i := range d.lines {
		q := d.quad(&d.lines[i])
		dst = AppendQuad(dst, &q)
	}
	return dst
}

func appendTerm(dst []byte, iri string, node int32) []byte {
	if node != NoNode {
		return strconv.AppendInt(append(dst, "_:b"...), int64(node), 10)
	}
	dst = append(dst, '<')
	dst = append(dst, iri...)
	return append(dst, '>')
}
