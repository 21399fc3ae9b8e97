package match

import (
	"cmp"
	"slices"

	"github.com/laurel-edu/laurel/casefw"
)

// Graph is what competencies have to do with one another, over all frameworks of a
// catalog: one node for each, whatever it is called by, and the links that any framework
// asserts. Frameworks that never heard of each other meet in it through what both point at,
// such as an occupation of O*NET. It is immutable and safe for concurrent use.
type Graph struct {
	catalog  *casefw.Catalog
	byGUID   map[casefw.GUID]int32
	byName   map[string]int32 // what has no UUID
	nodes    []node
	links    []link // those of a node stand together, see node.first
	parents  [][]int32
	children [][]int32
}

// node is one competency.
type node struct {
	item        casefw.Item // zero where no framework of the catalog has it
	guid        casefw.GUID
	name        string // of what has no UUID
	first, last int32  // its links
}

// link says that holding its other end is evidence for the node it belongs to.
type link struct {
	from    int32 // the node that is held
	by      casefw.Association
	inverse bool // walked against its direction
	exact   bool
	kind    casefw.AssociationType
}

// NewGraph reads the links of a catalog. It costs about as much as one walk over all
// associations.
func NewGraph(c *casefw.Catalog) *Graph {
	g := &Graph{catalog: c, byGUID: map[casefw.GUID]int32{}, byName: map[string]int32{}}
	for f := range c.Frameworks() {
		for item := range f.Items() {
			g.ofItem(item)
		}
	}
	var found []pending
	for f := range c.Frameworks() {
		for a := range f.Associations() {
			found = g.associate(found, a)
		}
	}
	g.lay(found)
	return g
}

// pending is a link before those of one node stand together.
type pending struct {
	of int32
	link
}

// ofItem returns the node of an item. Copies of one competency are one node.
func (g *Graph) ofItem(item casefw.Item) int32 {
	id := item.GUID()
	if id.IsZero() {
		return -1
	}
	n, ok := g.byGUID[id]
	if source := item.Source(); !ok && !source.IsZero() {
		n, ok = g.byGUID[source]
		if ok {
			g.byGUID[id] = n
		}
	}
	if !ok {
		n = g.add(node{guid: id})
		g.byGUID[id] = n
		if source := item.Source(); !source.IsZero() {
			g.byGUID[source] = n
		}
	}
	if g.nodes[n].item.IsZero() {
		g.nodes[n].item = item
	}
	return n
}

func (g *Graph) add(n node) int32 {
	g.nodes = append(g.nodes, n)
	g.parents, g.children = append(g.parents, nil), append(g.children, nil)
	return int32(len(g.nodes) - 1) //nolint:gosec // bounded by what a catalog holds
}

// of returns the node at an end of an association, -1 for none: a document is no
// competency.
func (g *Graph) of(end casefw.Node) int32 {
	at, item := g.catalog.PlaceOf(end)
	switch {
	case end.Kind() == casefw.NodeDocument, end.Kind() == casefw.NoNode:
		return -1
	case !item.GUID().IsZero():
		return g.ofItem(item)
	}
	if id := at.GUID(); !id.IsZero() {
		if n, ok := g.byGUID[id]; ok {
			return n
		}
		n := g.add(node{guid: id, name: end.Title()})
		g.byGUID[id] = n
		return n
	}
	return g.named(g.catalog.Names(at), end.Identifier(), end.URI())
}

// named returns the node of what has no UUID, made where there is none: it is known by all
// names that the frameworks give it.
func (g *Graph) named(keys []string, identifier, uri string) int32 {
	if len(keys) == 0 {
		return -1
	}
	n := int32(-1)
	for _, key := range keys {
		if known, ok := g.byName[key]; ok {
			n = known
			break
		}
	}
	if n < 0 {
		n = g.add(node{name: cmp.Or(identifier, uri)})
	}
	for _, key := range keys {
		if _, ok := g.byName[key]; !ok {
			g.byName[key] = n
		}
	}
	return n
}

// names are what a target without a UUID is known by.
func names(kind, identifier, uri string) (keys []string) {
	return casefw.TargetNames(kind, identifier, uri)
}

// associate adds what an association says.
func (g *Graph) associate(found []pending, a casefw.Association) []pending {
	origin, destination, kind := g.of(a.Origin()), g.of(a.Destination()), a.Type()
	switch {
	case origin < 0, destination < 0, origin == destination:
		return found
	case kind == casefw.IsChildOf:
		if !slices.Contains(g.parents[origin], destination) {
			g.parents[origin] = append(g.parents[origin], destination)
			g.children[destination] = append(g.children[destination], origin)
			found = append(found, pending{origin, link{from: destination, by: a, inverse: true, kind: kind}},
				pending{destination, link{from: origin, by: a, kind: kind}})
		}
		return found
	}
	exact := kind == casefw.ExactMatchOf || kind == casefw.IsTranslationOf
	found = append(found, pending{destination, link{from: origin, by: a, exact: exact, kind: kind}})
	if kind.Semantics().Symmetric || kind.IsExtension() || exact {
		found = append(found, pending{origin, link{from: destination, by: a, inverse: true, exact: exact, kind: kind}})
	}
	return found
}

// lay puts the links of each node side by side, in the order of the frameworks.
func (g *Graph) lay(found []pending) {
	slices.SortStableFunc(found, func(a, b pending) int { return cmp.Compare(a.of, b.of) })
	g.links = make([]link, len(found))
	for i := range found {
		g.links[i] = found[i].link
		n := &g.nodes[found[i].of]
		if n.last == 0 {
			n.first = int32(i) //nolint:gosec // bounded by what a catalog holds
		}
		n.last = int32(i) + 1 //nolint:gosec // likewise
	}
}

// linksOf are the links by which a node is reached.
func (g *Graph) linksOf(n int32) []link { return g.links[g.nodes[n].first:g.nodes[n].last] }

// Target is a competency of a [Graph], and means nothing in another one. The zero Target is
// none.
type Target struct{ place int32 } // of the node, from 1

func target(n int32) Target { return Target{n + 1} }

func (t Target) node() int32 { return t.place - 1 }

// Find returns what an alignment points at: an item of the catalog, or what no framework
// holds and one is linked with.
func (g *Graph) Find(a casefw.Alignment) (Target, bool) {
	if at, _ := g.catalog.FindPlace(a); !at.GUID().IsZero() {
		return g.FindGUID(at.GUID())
	}
	for _, key := range names(a.TargetType, a.TargetCode, a.TargetURL) {
		if n, ok := g.byName[key]; ok {
			return target(n), true
		}
	}
	return Target{}, false
}

// FindGUID returns the competency of an identifier.
func (g *Graph) FindGUID(id casefw.GUID) (Target, bool) {
	n, ok := g.byGUID[id]
	if !ok {
		return Target{}, false
	}
	return target(n), true
}

// Item returns the item of a target, the zero Item where no framework of the catalog has
// it.
func (g *Graph) Item(t Target) casefw.Item {
	if !g.holds(t) {
		return casefw.Item{}
	}
	return g.nodes[t.node()].item
}

// Name is what a target is called by: the identifier of the item, or that of what has
// none.
func (g *Graph) Name(t Target) string {
	if !g.holds(t) {
		return ""
	}
	if n := &g.nodes[t.node()]; !n.guid.IsZero() {
		return n.guid.String()
	}
	return g.nodes[t.node()].name
}

func (g *Graph) holds(t Target) bool { return t.place > 0 && int(t.place) <= len(g.nodes) }
