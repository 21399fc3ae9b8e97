package casefw

import "slices"

// index is what is built once over a store. Items, the document and whatever the
// associations reach outside are entities with numbers: the items from 0, the
// document next, the rest behind it.
type index struct {
	slots     []uint32         // items by identifier: item+1, open addressing
	outside   []uint32         // external entities likewise
	document  GUID             // the document's identifier
	odd       map[string]int32 // entities by an identifier that is no UUID
	uris      map[string]int32 // items by a uri that does not end in their identifier
	wholeURIs bool             // there are such items
	twins     []twin           // items whose identifier another one has
	lost      map[int32]bool   // the items among them that are not found
	external  []GUID           // identifiers of the entities outside, zero for none
	entity    []uint32         // of each node
	how       []Resolution     // of each node
	out, in   adjacency        // associations by their ends
	tree      childLists
	groupings map[cell]GUID // identifiers of stored grouping links
}

// twin is an item whose identifier another item has, which is found in its place.
type twin struct{ loser, winner int32 }

// adjacency lists numbers by entity: list[at[e]:at[e+1]].
type adjacency struct{ at, list []uint32 }

func (a *adjacency) of(e int) []uint32 {
	if e < 0 || e+1 >= len(a.at) {
		return nil
	}
	return a.list[a.at[e]:a.at[e+1]]
}

// childLists are the children of each item and of the document, in order.
type childLists struct {
	at    []uint32
	edges []edge
}

// edge leads from a parent to a child by an association.
type edge struct {
	child int32
	link  int32
	again bool // the child stands before under the same parent, for another grouping
}

func (x *index) build(f *Framework) {
	x.odd, x.uris, x.groupings = map[string]int32{}, map[string]int32{}, map[cell]GUID{}
	x.indexItems(f)
	x.resolve(f)
	x.out = x.adjacent(f, f.links.cols[linkOrigin])
	x.in = x.adjacent(f, f.links.cols[linkDestination])
	x.indexGroupings(f)
	x.indexTree(f)
}

func (x *index) indexItems(f *Framework) {
	size := 64
	for size < 2*(f.Len()+1) {
		size *= 2
	}
	x.slots = make([]uint32, size)
	for i := range f.items.ids {
		x.indexItem(f, int32(i))
	}
	x.wholeURIs = len(x.uris) > 0
	x.document = f.GUID()
	if d := f.head.CFDocument; d != nil {
		document := int32(f.Len())
		// An item that has the document's identifier goes before it, as in entityOf.
		if _, taken := x.odd[d.Identifier]; !taken && x.document.IsZero() && d.Identifier != "" {
			x.odd[d.Identifier] = document
		}
		if _, taken := x.uris[string(d.URI)]; !taken && d.URI != "" {
			x.uris[string(d.URI)] = document
		}
	}
}

func (x *index) indexItem(f *Framework, i int32) {
	t := Item{f, i}
	if t.cell(itemURI)&uriWhole != 0 {
		if uri := t.URI(); uri != "" {
			if _, taken := x.uris[uri]; !taken {
				x.uris[uri] = i
			}
		}
	}
	id := f.items.ids[i]
	if id.IsZero() {
		if whole := t.Identifier(); whole != "" {
			if other, taken := x.odd[whole]; taken {
				x.odd[whole] = x.twin(f, other, i)
			} else {
				x.odd[whole] = i
			}
		}
		return
	}
	slot, free := x.slot(f, id)
	if free {
		x.slots[slot] = uint32(i) + 1
		return
	}
	x.slots[slot] = uint32(x.twin(f, int32(x.slots[slot]-1), i)) + 1
}

// twin notes two items of one identifier and returns the one that is found: the
// one changed last, the first of equals.
func (x *index) twin(f *Framework, a, b int32) int32 {
	at, _ := (Item{f, a}).Changed()
	bt, _ := (Item{f, b}).Changed()
	winner, loser := a, b
	if bt.After(at) {
		winner, loser = b, a
	}
	x.twins = append(x.twins, twin{loser, winner})
	if x.lost == nil {
		x.lost = map[int32]bool{}
	}
	x.lost[loser] = true
	return winner
}

// slot finds where the item of id stands or would stand.
func (x *index) slot(f *Framework, id GUID) (slot uint64, free bool) {
	if len(x.slots) == 0 {
		return 0, true
	}
	mask := uint64(len(x.slots) - 1)
	for i := hashGUID(id) & mask; ; i = (i + 1) & mask {
		e := x.slots[i]
		if e == 0 {
			return i, true
		}
		if f.items.ids[e-1] == id {
			return i, false
		}
	}
}

// outsideSlot is slot for what stands outside.
func (x *index) outsideSlot(id GUID) (slot uint64, free bool) {
	mask := uint64(len(x.outside) - 1)
	for i := hashGUID(id) & mask; ; i = (i + 1) & mask {
		e := x.outside[i]
		if e == 0 {
			return i, true
		}
		if x.external[e-1] == id {
			return i, false
		}
	}
}

// entityOf returns the entity of an identifier, -1 where there is none.
func (x *index) entityOf(f *Framework, id GUID) int32 {
	if id.IsZero() {
		return -1
	}
	if slot, free := x.slot(f, id); !free {
		return int32(x.slots[slot] - 1)
	}
	if id == x.document {
		return int32(f.Len())
	}
	if len(x.outside) > 0 {
		if slot, free := x.outsideSlot(id); !free {
			return int32(f.Len()) + int32(x.outside[slot])
		}
	}
	return -1
}

// guid returns the identifier of an entity.
func (x *index) guid(f *Framework, e int) GUID {
	switch n := f.Len(); {
	case e < n:
		return f.items.ids[e]
	case e == n:
		return x.document
	default:
		return x.external[e-n-1]
	}
}

// byURI returns the item or document that has exactly this uri, -1 for none.
func (x *index) byURI(f *Framework, uri string) int32 {
	if e, ok := x.uris[uri]; ok {
		return e
	}
	if id, ok := trailingGUID(uri); ok {
		if e := x.entityOf(f, id); e >= 0 && int(e) < f.Len() && (Item{f, e}).URI() == uri {
			return e
		}
	}
	return -1
}

// resolve finds the entity of each node: by its identifier, by its uri, by an
// identifier in its uri; what is none of these is outside.
func (x *index) resolve(f *Framework) {
	x.entity = make([]uint32, len(f.nodes))
	x.how = make([]Resolution, len(f.nodes))
	outside := map[string]int32{}
	for i := range f.nodes {
		n := &f.nodes[i]
		if e := x.entityOf(f, n.id); e >= 0 {
			x.entity[i], x.how[i] = uint32(e), ByIdentifier
			if int(e) > f.Len() {
				x.how[i] = Unresolved
			}
			continue
		}
		if n.uri&uriWhole == 0 && !n.id.IsZero() && in(f.names, int32(i)) == 0 && !x.wholeURIs {
			// The uri holds the identifier once more: it leads nowhere else.
			x.entity[i] = uint32(x.addExternal(f, n.id))
			continue
		}
		x.entity[i], x.how[i] = x.resolveOdd(f, Node{f, uint32(i + 1)}, outside)
	}
}

func (x *index) resolveOdd(f *Framework, n Node, outside map[string]int32) (uint32, Resolution) {
	if e, ok := x.odd[n.Identifier()]; ok {
		return uint32(e), ByIdentifier
	}
	uri := n.URI()
	if e := x.byURI(f, uri); e >= 0 {
		return uint32(e), ByURI
	}
	id := n.rec().id
	if inside, ok := trailingGUID(uri); ok && inside != id {
		e := x.entityOf(f, inside)
		if e >= 0 && int(e) <= f.Len() {
			return uint32(e), ByGUIDInURI
		}
		if id.IsZero() && e >= 0 {
			return uint32(e), Unresolved
		}
		if id.IsZero() {
			id = inside
		}
	}
	if id.IsZero() {
		// Outside and without a UUID: the same where identifier and uri are.
		key := n.Identifier() + "\x00" + uri
		e, ok := outside[key]
		if !ok {
			e = x.addExternal(f, id)
			outside[key] = e
		}
		return uint32(e), Unresolved
	}
	return uint32(x.addExternal(f, id)), Unresolved
}

func (x *index) addExternal(f *Framework, id GUID) int32 {
	x.external = append(x.external, id)
	e := int32(f.Len() + len(x.external))
	if id.IsZero() {
		return e
	}
	if 2*len(x.external) > len(x.outside) {
		x.growOutside()
		return e
	}
	slot, _ := x.outsideSlot(id)
	x.outside[slot] = uint32(len(x.external))
	return e
}

func (x *index) growOutside() {
	x.outside = make([]uint32, max(64, 2*len(x.outside)))
	for i, id := range x.external {
		if !id.IsZero() {
			slot, _ := x.outsideSlot(id)
			x.outside[slot] = uint32(i + 1)
		}
	}
}

// entities returns how many there are, the document's place included.
func (x *index) entities(f *Framework) int { return f.Len() + 1 + len(x.external) }

// adjacent lists the associations by the entity at one end, in their order.
func (x *index) adjacent(f *Framework, ends []cell) adjacency {
	a := adjacency{at: make([]uint32, x.entities(f)+1)}
	total := 0
	for _, n := range ends {
		if n != 0 {
			a.at[x.entity[n-1]+1]++
			total++
		}
	}
	for e := 1; e < len(a.at); e++ {
		a.at[e] += a.at[e-1]
	}
	a.list = make([]uint32, total)
	next := slices.Clone(a.at)
	for i, n := range ends {
		if n != 0 {
			e := x.entity[n-1]
			a.list[next[e]] = uint32(i)
			next[e]++
		}
	}
	return a
}

func (x *index) indexGroupings(f *Framework) {
	for _, at := range f.links.cols[linkGrouping] {
		if _, known := x.groupings[at]; !known && at != 0 {
			x.groupings[at] = f.link(at).GUID()
		}
	}
}

// isChild reports whether an association, by its number, is isChildOf.
func (f *Framework) isChild(link uint32) bool { return f.links.cols[linkType][link] == f.child }

// end returns the entity at an end of an association, -1 where it has none.
func (f *Framework) end(place int, link uint32) int {
	if n := f.links.cols[place][link]; n != 0 {
		return int(f.entity[n-1])
	}
	return -1
}
