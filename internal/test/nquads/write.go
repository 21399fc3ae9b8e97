package nquads

import (
	"fmt"
	"strings"

	"github.com/laurel-edu/laurel/internal/rdf"
)

// Append appends all statements of a dataset in their order as lines of N-Quads, with
// blank nodes named _:b0, _:b1, … by their numbers.
func Append(dst []byte, d *rdf.Dataset) []byte {
	for _, q := range d.Quads() {
		dst = fmt.Appendf(dst, "%s <%s> %s", term(q.Subject, q.SubjectNode), q.Predicate, object(&q))
		if q.Graph != "" || q.GraphNode != rdf.NoNode {
			dst = append(append(dst, ' '), term(q.Graph, q.GraphNode)...)
		}
		dst = append(dst, " .\n"...)
	}
	return dst
}

func term(iri string, node int32) string {
	if node != rdf.NoNode {
		return fmt.Sprintf("_:b%d", node)
	}
	return "<" + iri + ">"
}

func object(q *rdf.Quad) string {
	if q.Kind != rdf.Literal {
		return term(q.Value, q.ObjectNode)
	}
	return `"` + escapes.Replace(q.Value) + `"` + q.Suffix
}

// escapes are those that a string needs.
var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`)
