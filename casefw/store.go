package casefw

import (
	"slices"
	"strings"
	"unsafe"

	"github.com/laurel-edu/laurel/internal/arena"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// store is a framework in a compact form: the records of the two long classes by
// columns, texts in one arena, what repeats stored once. It is written by one
// goroutine while a framework is read and never again.
type store struct {
	texts        arena.Arena
	items, links table
	nodes        []nodeRec
	names, raws  []cell // of the nodes, see nodeRec
	child        cell   // the association type isChildOf
}

// cell is what a record holds for one member; zero is absence. What it says depends
// on the member's kind:
//
//   - a text, and an identifier that is not the record's GUID in canonical form: its
//     place in the arena
//   - a uri: the place of what stands before the record's identifier, or with
//     uriWhole that of the whole
//   - a whole number: the number and one, or with bigNumber the place of its digits
//   - an end of an association: which of the nodes, from one
//   - anything else: the place of its JSON, as it was sent
type cell = uint32

const (
	uriWhole  = 1 << 31
	bigNumber = 1 << 31
)

// table holds the records of one class: a column for each member that any of them
// has. A column is as long as the last record that has the member.
type table struct {
	class *class
	id    int // the place of the record's identifier in the class
	uri   int // and of its uri
	ids   []GUID
	cols  [][]cell
	extra []cell // members that the class does not have, as the JSON of an object
	// sent holds members of which the cell is a repair, under the names under which
	// they were sent, as the JSON of an object.
	sent []cell
}

func newTable(c *class, id, uri int) table {
	return table{class: c, id: id, uri: uri, cols: make([][]cell, len(c.members))}
}

// at returns the cell of a record for the member at a place of the class.
func (t *table) at(record int32, place int) cell { return in(t.cols[place], record) }

func in(column []cell, record int32) cell {
	if int(record) < len(column) {
		return column[record]
	}
	return 0
}

// add stores a record: row holds the cells of its members.
func (t *table) add(id GUID, row []cell, extra, sent cell) {
	n := len(t.ids)
	t.ids = append(doubled(t.ids), id)
	for place, c := range row {
		if c != 0 {
			put(&t.cols[place], n, c)
		}
	}
	if extra != 0 {
		put(&t.extra, n, extra)
	}
	if sent != 0 {
		put(&t.sent, n, sent)
	}
}

// put sets the last cell of a column of n records and one.
func put(column *[]cell, n int, c cell) {
	if len(*column) < n {
		*column = slices.Grow(*column, n+1-len(*column))[:n]
	}
	if len(*column) == cap(*column) {
		*column = doubled(*column)
	}
	*column = append(*column, c)
}

// finish gives back the room that was not used, and makes the columns that are
// walked over as long as the table.
func (t *table) finish(walked ...int) {
	for _, place := range walked {
		t.cols[place] = slices.Grow(t.cols[place], len(t.ids)-len(t.cols[place]))[:len(t.ids)]
	}
	t.ids, t.extra, t.sent = clipped(t.ids), clipped(t.extra), clipped(t.sent)
	for i := range t.cols {
		t.cols[i] = clipped(t.cols[i])
	}
}

// doubled returns s with room for one more. It doubles where append would add a
// quarter: what is copied and thrown away on the way costs more than the room.
func doubled[E any](s []E) []E {
	if len(s) < cap(s) {
		return s
	}
	return append(make([]E, 0, max(16, 2*len(s))), s...)
}

func clipped[E any](s []E) []E {
	if cap(s)-len(s) <= len(s)/16 {
		return s
	}
	return append(make([]E, 0, len(s)), s...)
}

// nodeRec is one end of associations; equal ends are stored once. What few have stands
// in columns beside them: the identifier where it is not the id in canonical form, and
// the node as sent where it is more than title, identifier and uri.
type nodeRec struct {
	id         GUID // of the identifier, read tolerantly
	uri, title cell
}

// string returns a stored text, "" for absence. It is not copied.
func (s *store) string(at cell) string { return s.texts.String(arena.Text(at)) }

// bytes returns a stored text, nil for absence. It must not be changed.
func (s *store) bytes(at cell) []byte { return s.texts.Bytes(arena.Text(at)) }

// clone returns a text that does not keep the framework alive.
func (s *store) clone(at cell) string { return strings.Clone(s.string(at)) }

// identifier returns the identifier of a record as sent.
func (s *store) identifier(t *table, record int32) string {
	return s.named(t.at(record, t.id), t.ids[record])
}

// nodeName returns the identifier of a node as sent.
func (s *store) nodeName(node int32) string {
	return s.named(in(s.names, node), s.nodes[node].id)
}

// named returns an identifier: the text of its own, else the GUID.
func (s *store) named(own cell, id GUID) string {
	switch {
	case own != 0:
		return s.string(own)
	case id.IsZero():
		return ""
	}
	return id.String()
}

// uri puts a stored uri together.
func (s *store) uri(at cell, id GUID) string {
	switch {
	case at == 0:
		return ""
	case at&uriWhole != 0:
		return s.string(at &^ uriWhole)
	}
	return s.string(at) + id.String()
}

// parsed returns a stored JSON text as a value, missing for absence.
func (s *store) parsed(at cell) jsonx.Value {
	if at == 0 {
		return jsonx.Value{}
	}
	return parseStored(s.bytes(at))
}

// parseStored reads JSON that was checked before it was stored, missing for none.
func parseStored(b []byte) jsonx.Value {
	doc, err := jsonx.Parse(b, rawLimits, nil)
	if err != nil {
		return jsonx.Value{}
	}
	return doc.Root()
}

// link reads a stored link as the binder does.
func (s *store) link(at cell) *LinkURI {
	v := s.parsed(at)
	if v.Kind() == jsonx.Array {
		v = v.First()
	}
	l := &LinkURI{}
	bind(v, linkClass, l)
	return l
}

// view is the bytes of a text, to be read only; viewString the other way.
func view(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

func viewString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
