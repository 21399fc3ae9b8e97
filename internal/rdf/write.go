package rdf

import "strconv"

// AppendNQuads appends all statements of a dataset in their order as lines of
// canonical N-Quads, with blank nodes named _:b0, _:b1, … by their numbers. The
// result is N-Quads, not the canonical form of the dataset.
func AppendNQuads(dst []byte, d *Dataset) []byte {
	for i := range d.lines {
		l := &d.lines[i]
		from := l.start
		for _, blank := range [...]struct {
			node int32
			at   uint32
		}{{l.subjectNode, l.start}, {l.objectNode, l.object}, {l.graphNode, l.graph()}} {
			if blank.node != NoNode {
				dst = append(dst, d.text[from:blank.at]...)
				dst = strconv.AppendInt(append(dst, "_:b"...), int64(blank.node), 10)
				from = blank.at + uint32(len(otherNode))
			}
		}
		dst = append(dst, d.text[from:l.end]...)
	}
	return dst
}
