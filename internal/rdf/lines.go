package rdf

import (
	"bytes"
	"slices"
)

// Number is the number of a blank node in the canonical form, that of c14n0 being 0,
// and -1 for a node that no statement names.
func (r *Canonical) Number(n int32) int {
	if r.c == nil || n < 0 || int(n) >= len(r.c.nodes) {
		return -1
	}
	return int(r.c.nodes[n].canonical)
}

// AppendLine writes statement i, in the order in which they were added, as its line of
// N-Quads, line feed and all. Blank nodes have the labels that label gives, without the
// leading "_:". They are put in by number and not by name, since a literal may hold the
// text of a label.
func (d *Dataset) AppendLine(dst []byte, i int, label func(node int32) string) []byte {
	l := &d.lines[i]
	from := l.start
	put := func(node int32, at, next uint32) {
		if node != NoNode {
			dst = append(append(append(dst, d.text[from:at]...), otherNode[:nameLetter]...), label(node)...)
			from = next
		}
	}
	put(l.subjectNode, l.start, l.rest)
	put(l.objectNode, l.object, l.tail)
	put(l.graphNode, l.graph(), l.end-uint32(len(lineEnd)))
	return append(dst, d.text[from:l.end]...)
}

// Lines are the statements with these labels, each once, in code point order, or in
// that of Options.UTF16.
func (d *Dataset) Lines(label func(node int32) string, utf16 bool) [][]byte {
	text := make([]byte, 0, 2*len(d.text))
	ends := make([]int, len(d.lines))
	for i := range d.lines {
		text = d.AppendLine(text, i, label)
		ends[i] = len(text)
	}
	lines, from := make([][]byte, len(ends)), 0
	for i, end := range ends {
		lines[i], from = text[from:end:end], end
	}
	if utf16 {
		exchange(text, &intoUTF16Order)
		defer exchange(text, &fromUTF16Order)
	}
	slices.SortFunc(lines, bytes.Compare)
	return slices.CompactFunc(lines, bytes.Equal)
}

// Subset is the statements for which keep returns true, with all nodes.
func (d *Dataset) Subset(keep func(i int) bool) *Dataset {
	sub := &Dataset{Nodes: d.Nodes, MaxBytes: d.MaxBytes, MaxLen: d.MaxLen}
	for i := range d.lines {
		if keep(i) {
			q := d.quad(&d.lines[i])
			sub.Add(&q)
		}
	}
	return sub
}
