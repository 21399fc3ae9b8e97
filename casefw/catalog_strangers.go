package casefw

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// Links lead to what has no UUID too: to the registries of other people, where a link
// has a targetType of them and their number, or a uri alone. Two frameworks that name
// one such target meet in it. What is one target is judged by what both say:
//
//   - one number in one registry, as targetType and identifier say it, or an address of a
//     registry that is known
//   - one uri in some spelling, where the identifiers do not tell them apart
//
// A uri alone is not enough for links that have identifiers: many give the start page
// of the registry for every target.

// Place is one thing that links lead to, whatever the frameworks of a catalog call it by: an
// identifier, or what has none and is the same by what they say. It is the key to what is
// known of the thing, and means nothing in another catalog. The zero Place is none.
type Place struct {
	id    GUID
	group int32 // of strangers, where there is no identifier
}

// GUID returns the identifier of what stands at the place, zero where it has none.
func (p Place) GUID() GUID { return p.id }

// PlaceOfGUID returns the place of an identifier, whether anything stands there or not.
func PlaceOfGUID(id GUID) Place { return Place{id: id} }

// FindPlace returns where an alignment leads: to an item, or to what no framework holds and
// some are linked with, such as an occupation of another registry. It is the zero Place
// where no framework of the catalog knows of it.
func (c *Catalog) FindPlace(a Alignment) (Place, Item) {
	r := c.ResolveAlignment(a)
	if !r.Item.IsZero() && !r.Item.GUID().IsZero() {
		return Place{id: r.Item.GUID()}, r.Item
	}
	x := c.strangers.get(c.buildStrangers)
	if !r.Item.IsZero() {
		return Place{group: x.group[end{r.Item.f, uint32(r.Item.i)}]}, r.Item
	}
	id := r.GUID
	if id.IsZero() && r.Method == MethodNone {
		// An address of another registry that ends in a UUID is known by that, and is no item.
		if id, _ = trailingGUID(a.TargetURL); !id.IsZero() {
			if _, item := c.Find(id); item {
				id = GUID{}
			}
		}
	}
	if at := (Place{id: id}); !id.IsZero() {
		for range c.endsAt(at) {
			return at, Item{}
		}
	}
	for _, name := range TargetNames(a.TargetType, a.TargetCode, a.TargetURL) {
		if g, ok := x.names[name]; ok {
			return x.at(g)
		}
	}
	return Place{}, Item{}
}

// Names returns all names that the frameworks of the catalog give to what stands at a place
// without a UUID, sorted; see [TargetNames].
func (c *Catalog) Names(p Place) []string {
	if p.group == 0 {
		return nil
	}
	return slices.Clone(c.strangers.get(c.buildStrangers).called[p.group])
}

// at returns the place of a group: that of the item, where it is one with an identifier.
func (x *strangers) at(group int32) (Place, Item) {
	t := x.item[group]
	if !t.GUID().IsZero() {
		return Place{id: t.GUID()}, t
	}
	return Place{group: group}, t
}

// end is an entity of a framework.
type end struct {
	f      *Framework
	entity uint32
}

// strangers are the ends of links that no identifier of their own joins: targets without
// UUID, items without one, and ends that an item of another framework is found for by
// its uri alone. Those of one group are one thing.
type strangers struct {
	group  map[end]int32
	ends   [][]end // by group
	item   []Item  // by group, what the catalog holds of it
	ofID   map[GUID]int32
	names  map[string]int32
	called [][]string // by group, its names in order
	above  []int32    // the group that one was joined to, itself where it was not, while they are gathered
}

// PlaceOf returns where an end of an association of the catalog leads, and the item that
// stands there, in whichever framework; the zero Item where none has it.
func (c *Catalog) PlaceOf(n Node) (Place, Item) {
	t, at := n.Item(), Place{id: n.GUID()}
	if !t.GUID().IsZero() || n.Kind() == NoNode {
		return at, t
	}
	x := c.strangers.get(c.buildStrangers)
	if g, ok := x.group[end{n.f, n.f.entity[n.at-1]}]; ok {
		at.group = g
		if known := x.item[g]; t.IsZero() && !known.IsZero() {
			t, at.id = known, known.GUID()
		}
	}
	if !at.id.IsZero() {
		at.group = 0
		if t.IsZero() {
			t, _ = c.Find(at.id)
		}
	}
	return at, t
}

// endsAt walks the ends at a place in all frameworks.
func (c *Catalog) endsAt(at Place) iter.Seq[end] {
	return func(yield func(end) bool) {
		x := c.strangers.get(c.buildStrangers)
		group := at.group
		if !at.id.IsZero() {
			for _, f := range c.frameworks {
				if e := f.entityOf(f, at.id); e >= 0 && !yield(end{f, uint32(e)}) {
					return
				}
			}
			group = x.ofID[at.id]
		}
		for _, e := range x.ends[group] {
			if !yield(e) {
				return
			}
		}
	}
}

func (c *Catalog) buildStrangers() *strangers {
	// The group 0 is none.
	x := &strangers{group: map[end]int32{}, ofID: map[GUID]int32{}, names: map[string]int32{},
		item: make([]Item, 1), above: make([]int32, 1)}
	for _, f := range c.frameworks {
		for t := range f.Items() {
			if t.GUID().IsZero() && !f.lost[t.i] {
				x.enter(end{f, uint32(t.i)}, t, c.itemNames(t))
			}
		}
		if d := f.Document(); d != nil && f.GUID().IsZero() {
			x.enter(end{f, uint32(f.Len())}, Item{}, TargetNames("", d.Identifier, string(d.URI)))
		}
	}
	for _, f := range c.frameworks {
		for i := range f.nodes {
			if n := (Node{f, uint32(i + 1)}); n.Kind() == NodeExternal {
				c.enter(x, n)
			}
		}
	}
	x.ends = make([][]end, len(x.above))
	for e, g := range x.group {
		g = x.root(g)
		x.group[e], x.ends[g] = g, append(x.ends[g], e)
	}
	for id, g := range x.ofID {
		x.ofID[id] = x.root(g)
	}
	for _, ends := range x.ends {
		c.inOrder(ends)
	}
	x.called = make([][]string, len(x.above))
	for name, g := range x.names {
		g = x.root(g)
		x.names[name], x.called[g] = g, append(x.called[g], name)
	}
	for _, names := range x.called {
		slices.Sort(names)
	}
	x.above = nil
	return x
}

// enter puts an end that its framework does not hold into a group.
func (c *Catalog) enter(x *strangers, n Node) {
	e, id := end{n.f, n.f.entity[n.at-1]}, n.f.guid(n.f, int(n.f.entity[n.at-1]))
	if t, ok := c.byURI(n, id); ok {
		x.alias(e, t)
	} else if id.IsZero() {
		x.enter(e, Item{}, TargetNames(n.TargetType(), n.Identifier(), n.URI()))
	}
}

// byURI finds the item that an end names by its uri, where it has no identifier that the
// catalog knows.
func (c *Catalog) byURI(n Node, id GUID) (Item, bool) {
	index := *c.uris.get(c.buildURIs)
	uri := n.URI()
	inside, _ := trailingGUID(uri)
	if uri == "" || len(index) == 0 && inside == id {
		return Item{}, false
	}
	if _, known := c.Find(id); known || c.Framework(id) != nil {
		return Item{}, false
	}
	if items := index[plainURI(uri)]; len(items) == 1 && !items[0].GUID().IsZero() {
		return items[0], true
	}
	return c.Find(inside)
}

// alias says that an end is an item of another framework.
func (x *strangers) alias(e end, t Item) {
	g, known := x.ofID[t.GUID()]
	if !known {
		g = x.newGroup(t)
		x.ofID[t.GUID()] = g
	}
	x.group[e] = g
}

// enter puts an end into the group that one of its names has.
func (x *strangers) enter(e end, t Item, names []string) {
	g, known := x.group[e]
	if !known {
		g = x.newGroup(t)
		x.group[e] = g
	}
	for _, name := range names {
		if other, taken := x.names[name]; taken {
			x.join(other, g)
		} else {
			x.names[name] = g
		}
	}
}

func (x *strangers) newGroup(t Item) int32 {
	g := int32(len(x.above))
	x.above, x.item = append(x.above, g), append(x.item, t)
	return g
}

// root returns the group that one belongs to by now, and shortens the way to it.
func (x *strangers) root(g int32) int32 {
	for x.above[g] != g {
		x.above[g] = x.above[x.above[g]]
		g = x.above[g]
	}
	return g
}

// join makes two groups one, of the lower number.
func (x *strangers) join(a, b int32) {
	a, b = x.root(a), x.root(b)
	a, b = min(a, b), max(a, b)
	if x.above[b] = a; x.item[a].IsZero() {
		x.item[a] = x.item[b]
	}
}

// TargetNames returns the names of what has no UUID: one for its number in a registry, and
// those for its address. Two targets are one thing to a [Catalog] where they have a name in
// common, or share one each with a third. Names are texts in UTF-8 that stay the same, fit
// for keys of a data base; a target of which nothing tells what it is has none.
func TargetNames(targetType, identifier, uri string) (names []string) {
	identifier = strings.TrimSpace(identifier)
	token := registryOf(targetType)
	if token == "isco" && iscoCode(identifier) != "" {
		identifier = iscoCode(identifier)
	}
	if token != "" && identifier != "" {
		names = append(names, "type "+token+"\n"+identifier)
	} else if at, code := registryAt(uri); code != "" && (token == "" || token == at) && (identifier == "" || identifier == code) {
		names = append(names, "type "+at+"\n"+code)
	}
	if schemeLen(uri) == 0 {
		return validNames(names)
	}
	plain := plainURI(uri)
	names = append(names, "uri "+plain+"\n"+identifier)
	if identifier != "" && endsIn(plain, identifier) {
		names = append(names, "uri "+plain+"\n")
	}
	return validNames(names)
}

// validNames leaves out what a data base would not take.
func validNames(names []string) []string {
	return slices.DeleteFunc(names, func(name string) bool { return !utf8.ValidString(name) || strings.ContainsRune(name, 0) })
}

// itemNames are the names of an item without UUID: none where another item has its uri.
func (c *Catalog) itemNames(t Item) []string {
	if len((*c.uris.get(c.buildURIs))[plainURI(t.URI())]) != 1 {
		return nil
	}
	return TargetNames("", t.Identifier(), t.URI())
}

// endsIn reports whether a uri ends in an identifier as a whole.
func endsIn(uri, identifier string) bool {
	rest, ok := strings.CutSuffix(uri, identifier)
	return ok && rest != "" && strings.ContainsRune("/=#:?&", rune(rest[len(rest)-1]))
}

// inOrder sorts ends by the order of the catalog.
func (c *Catalog) inOrder(ends []end) {
	if len(ends) < 2 {
		return
	}
	number := map[*Framework]int{}
	for i, f := range c.frameworks {
		number[f] = i
	}
	slices.SortFunc(ends, func(a, b end) int {
		return cmp.Or(cmp.Compare(number[a.f], number[b.f]), cmp.Compare(a.entity, b.entity))
	})
}
