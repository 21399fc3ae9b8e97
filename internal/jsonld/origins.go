package jsonld

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
)

// Origins is where the statements and the blank nodes of a dataset come from, written
// by the expansion that makes them. Whoever shows a part of a document finds the
// statements of that part so, and interprets no context a second time.
//
// A statement comes from the value that is its object: a text, an object or, of a list,
// the list; the type of a node from the node. A blank node comes from its object, or
// from its place in a list.
//
// The zero Origins is ready for [Input.Origins].
type Origins struct {
	statements, nodes []int32 // numbers of values
	current           int32
}

// Statement is the number of the value that made the statement i of the dataset.
func (o *Origins) Statement(i int) int { return int(o.statements[i]) }

// Node is the number of the value that stands for a blank node.
func (o *Origins) Node(n int32) int { return int(o.nodes[n]) }

// from says that what follows comes from v.
func (r *run) from(v jsonx.Value) {
	if o := r.in.Origins; o != nil {
		o.take(r.out)
		o.current = int32(v.ID())
	}
}

// take notes what was added since.
func (o *Origins) take(set *rdf.Dataset) {
	for len(o.statements) < set.Len() {
		o.statements = append(o.statements, o.current)
	}
	for len(o.nodes) < int(set.Nodes) {
		o.nodes = append(o.nodes, o.current)
	}
}
