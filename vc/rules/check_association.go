package rules

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// achievements numbers the achievements of a record by their ids: its own, and
// those that nested credentials assert.
func achievements(subject jsonx.Value) map[string]int {
	ids := map[string]int{}
	number := func(achievement jsonx.Value) {
		if id := achievement.Get("id"); id.Kind() == jsonx.String {
			if _, known := ids[id.Text()]; !known {
				ids[id.Text()] = len(ids)
			}
		}
	}
	for _, a := range subject.Get("achievement").Items() {
		number(a)
	}
	for _, c := range subject.Get("verifiableCredential").Items() {
		for _, s := range c.Get("credentialSubject").Items() {
			for _, a := range s.Get("achievement").Items() {
				number(a)
			}
		}
	}
	return ids
}

// edge is an association between known achievements, turned so that it leads
// from below to above, from before to after.
type edge struct {
	from, to int
	at       jsonx.Value
}

// checkAssociations resolves each end of each association, and looks for circles
// where there should be a hierarchy or an order.
func checkAssociations(w *shape.Walk, associations jsonx.Value, ids map[string]int) {
	var edges [relations][]edge
	for _, a := range associations.Items() {
		source, from := resolve(w, a.Get("sourceId").Single(), ids)
		target, to := resolve(w, a.Get("targetId").Single(), ids)
		if source.Kind() == jsonx.String && source.Text() == target.Text() {
			w.Fault(string(CodeAssociationSelf), a, vc.Quote(source.Text()), "two achievements")
			continue
		}
		if from < 0 || to < 0 {
			continue
		}
		switch a.Get("associationType").Single().Text() {
		case "isChildOf":
			edges[hierarchy] = append(edges[hierarchy], edge{from, to, a})
		case "isParentOf":
			edges[hierarchy] = append(edges[hierarchy], edge{to, from, a})
		case "isPartOf":
			edges[composition] = append(edges[composition], edge{from, to, a})
		case "precedes":
			edges[order] = append(edges[order], edge{from, to, a})
		case "replacedBy":
			edges[succession] = append(edges[succession], edge{from, to, a})
		}
	}
	for _, relation := range edges {
		for _, e := range circular(relation, len(ids)) {
			w.Fault(string(CodeAssociationCycle), e.at, vc.Quote(e.at.Get("associationType").Single().Text()), "no way back")
		}
	}
}

// The relations that must not lead back to where they began. Each is a graph of
// its own: a part may precede the whole's sibling.
const (
	hierarchy = iota
	composition
	order
	succession
	relations
)

// resolve looks an id up; the number is -1 where the record does not hold it.
func resolve(w *shape.Walk, id jsonx.Value, ids map[string]int) (jsonx.Value, int) {
	if id.Kind() != jsonx.String {
		return id, -1
	}
	n, known := ids[id.Text()]
	if !known {
		w.Fault(string(CodeAssociationDangling), id, "", "the id of an achievement of the record")
		return id, -1
	}
	return id, n
}

// circular returns the edges that lie on a circle or between two circles. It
// takes away, again and again, what nothing leads to and what leads nowhere;
// the cost is linear, and no recursion follows a stranger's graph.
func circular(edges []edge, nodes int) []edge {
	rest := trim(edges, nodes, func(e edge) (int, int) { return e.from, e.to })
	return trim(rest, nodes, func(e edge) (int, int) { return e.to, e.from })
}

// trim removes the nodes without incoming edge, until each has one, and returns
// the edges among those that stay.
func trim(edges []edge, nodes int, ends func(edge) (from, to int)) []edge {
	if len(edges) == 0 {
		return nil
	}
	incoming := make([]int, nodes)
	outgoing := make([][]int, nodes)
	for _, e := range edges {
		from, to := ends(e)
		incoming[to]++
		outgoing[from] = append(outgoing[from], to)
	}
	var free []int
	for n := range nodes {
		if incoming[n] == 0 {
			free = append(free, n)
		}
	}
	for len(free) > 0 {
		n := free[len(free)-1]
		free = free[:len(free)-1]
		incoming[n] = -1
		for _, to := range outgoing[n] {
			if incoming[to]--; incoming[to] == 0 {
				free = append(free, to)
			}
		}
	}
	var rest []edge
	for _, e := range edges {
		if from, to := ends(e); incoming[from] > 0 && incoming[to] > 0 {
			rest = append(rest, e)
		}
	}
	return rest
}
