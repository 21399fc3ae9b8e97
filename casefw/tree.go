package casefw

import (
	"iter"
	"slices"
)

// Roots walks the top items: the children of the document in order, then items
// that are children of nothing in the framework, in the order of the package, as
// providers send them who leave the links to the document out. Items of a cycle
// that nothing leads to are no roots; [Framework.Lint] names them.
func (f *Framework) Roots() iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for item := range f.Top() {
			if !yield(item) {
				return
			}
		}
		for i := range f.items.ids {
			t := Item{f, int32(i)}
			if !f.hasParent(i) && !f.lost[int32(i)] && !yield(t) {
				return
			}
		}
	}
}

// Top walks the children of the document in order.
func (f *Framework) Top() iter.Seq[Item] { return f.children(f.Len(), GUID{}, true) }

// Children walks the children of an item in order: by sequenceNumber, then where
// that is absent or repeated by listEnumeration, humanCodingScheme and the order
// of the package. A child of several groupings comes once.
func (t Item) Children() iter.Seq[Item] {
	if t.f == nil {
		return func(func(Item) bool) {}
	}
	return t.f.children(int(t.i), GUID{}, true)
}

// ChildrenIn walks the children in one grouping's tree: by links of that grouping
// and by links without grouping, which belong to every tree.
func (t Item) ChildrenIn(grouping GUID) iter.Seq[Item] {
	if t.f == nil {
		return func(func(Item) bool) {}
	}
	return t.f.children(int(t.i), grouping, false)
}

// TopIn walks the children of the document in one grouping's tree.
func (f *Framework) TopIn(grouping GUID) iter.Seq[Item] {
	return f.children(f.Len(), grouping, false)
}

func (f *Framework) edges(parent int) []edge {
	if parent < 0 || parent+1 >= len(f.tree.at) {
		return nil
	}
	return f.tree.edges[f.tree.at[parent]:f.tree.at[parent+1]]
}

func (f *Framework) children(parent int, grouping GUID, all bool) iter.Seq[Item] {
	if !all {
		return f.childrenIn(parent, grouping)
	}
	return func(yield func(Item) bool) {
		for _, e := range f.edges(parent) {
			if !e.again && !yield(Item{f, e.child}) {
				return
			}
		}
	}
}

// childrenIn walks the children of one grouping's tree. A child may come by a link
// of the grouping and by one without.
func (f *Framework) childrenIn(parent int, grouping GUID) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		seen := marks[int32]{}
		for _, e := range f.edges(parent) {
			g := (Association{f, e.link}).Grouping()
			if (g.IsZero() || g == grouping) && seen.set(e.child) && !yield(Item{f, e.child}) {
				return
			}
		}
	}
}

// hasParent reports whether an item is the child of an item or of the document.
func (f *Framework) hasParent(i int) bool {
	for range f.parentLinks(i) {
		return true
	}
	return false
}

// parentLinks walks the isChildOf associations of an item that lead to an item or
// to the document.
func (f *Framework) parentLinks(i int) iter.Seq2[Association, int] {
	return func(yield func(Association, int) bool) {
		for _, link := range f.out.of(i) {
			if !f.isChild(link) {
				continue
			}
			if parent := f.end(linkDestination, link); parent >= 0 && parent <= f.Len() {
				if !yield(Association{f, int32(link)}, parent) {
					return
				}
			}
		}
	}
}

// Parents walks the items that the item is a child of. There may be several: the
// guide asks for one place in a framework, and real ones have more.
func (t Item) Parents() iter.Seq[Item] {
	return func(yield func(Item) bool) {
		if t.f == nil {
			return
		}
		seen := marks[int32]{}
		for _, parent := range t.f.parentLinks(int(t.i)) {
			if parent < t.f.Len() && seen.set(int32(parent)) && !yield(Item{t.f, int32(parent)}) {
				return
			}
		}
	}
}

// IsTop reports whether the item is a child of the document.
func (t Item) IsTop() bool {
	if t.f == nil {
		return false
	}
	for _, parent := range t.f.parentLinks(int(t.i)) {
		if parent == t.f.Len() {
			return true
		}
	}
	return false
}

// Descendants walks the items below an item, each with its depth below it, parents
// before children and siblings in order. An item that is reached in several ways
// comes once, so that neither several parents nor a cycle can keep the walk from
// its end.
func (t Item) Descendants() iter.Seq2[Item, int] {
	return func(yield func(Item, int) bool) {
		if t.f == nil {
			return
		}
		w := walker{f: t.f, seen: marks[int32]{}}
		w.seen.set(t.i)
		w.walk(int(t.i), yield)
	}
}

// Tree walks all items that hang below the roots, each with its depth, 1 for the
// roots; see [Item.Descendants] for the order.
func (f *Framework) Tree() iter.Seq2[Item, int] {
	return func(yield func(Item, int) bool) {
		w := walker{f: f, seen: marks[int32]{}}
		for root := range f.Roots() {
			if !w.seen.set(root.i) {
				continue
			}
			if !yield(root, 1) || !w.walk(int(root.i), func(t Item, depth int) bool { return yield(t, depth+1) }) {
				return
			}
		}
	}
}

// marks is a set, of items as a rule, that grows as far as it is used: small
// subtrees of a large framework are many.
type marks[K comparable] struct {
	few  []K
	many map[K]struct{}
}

// set adds a key and reports whether it was not there.
func (m *marks[K]) set(i K) bool {
	if m.many == nil {
		if slices.Contains(m.few, i) {
			return false
		}
		if m.few = append(m.few, i); len(m.few) > 32 {
			m.many = make(map[K]struct{}, 128)
			for _, other := range m.few {
				m.many[other] = struct{}{}
			}
		}
		return true
	}
	n := len(m.many)
	m.many[i] = struct{}{}
	return len(m.many) > n
}

// walker walks down with a stack of its own: a framework may be deeper than is
// good for recursion.
type walker struct {
	f     *Framework
	seen  marks[int32]
	stack []frame
}

type frame struct{ next, end uint32 }

func (w *walker) push(parent int) {
	w.stack = append(w.stack, frame{w.f.tree.at[parent], w.f.tree.at[parent+1]})
}

func (w *walker) walk(from int, yield func(Item, int) bool) bool {
	w.stack = w.stack[:0]
	w.push(from)
	for len(w.stack) > 0 {
		top := &w.stack[len(w.stack)-1]
		if top.next == top.end {
			w.stack = w.stack[:len(w.stack)-1]
			continue
		}
		e := w.f.tree.edges[top.next]
		top.next++
		if e.again || !w.seen.set(e.child) {
			continue
		}
		if !yield(Item{w.f, e.child}, len(w.stack)) {
			return false
		}
		w.push(int(e.child))
	}
	return true
}

// Ancestors walks the items above an item, nearest first, each once and with the
// least number of steps to it.
func (t Item) Ancestors() iter.Seq2[Item, int] {
	return func(yield func(Item, int) bool) {
		if t.f == nil {
			return
		}
		seen := marks[int32]{}
		seen.set(t.i)
		for level, steps := []Item{t}, 1; len(level) > 0; steps++ {
			var above []Item
			for _, item := range level {
				for parent := range item.Parents() {
					if !seen.set(parent.i) {
						continue
					}
					if !yield(parent, steps) {
						return
					}
					above = append(above, parent)
				}
			}
			level = above
		}
	}
}

// Leaf reports whether the item has no children.
func (t Item) Leaf() bool { return t.f == nil || len(t.f.edges(int(t.i))) == 0 }

// Leaves walks the items below t that have no children, t itself where it has none.
func (t Item) Leaves() iter.Seq[Item] {
	return func(yield func(Item) bool) {
		if t.Leaf() {
			if t.f != nil {
				yield(t)
			}
			return
		}
		for item := range t.Descendants() {
			if item.Leaf() && !yield(item) {
				return
			}
		}
	}
}

// Siblings walks the other children of the item's parents.
func (t Item) Siblings() iter.Seq[Item] {
	return func(yield func(Item) bool) {
		if t.f == nil {
			return
		}
		seen := marks[int32]{}
		seen.set(t.i)
		for _, parent := range t.f.parentLinks(int(t.i)) {
			for _, e := range t.f.edges(parent) {
				if seen.set(e.child) && !yield(Item{t.f, e.child}) {
					return
				}
			}
		}
	}
}

// Path returns the items from a root down to t, by the first parent at each step.
// A cycle ends it.
func (t Item) Path() []Item {
	if t.f == nil {
		return nil
	}
	path := []Item{t}
	seen := marks[int32]{}
	seen.set(t.i)
	for at := t; ; {
		parent, found := Item{}, false
		for p := range at.Parents() {
			parent, found = p, true
			break
		}
		if !found || !seen.set(parent.i) {
			break
		}
		path = append(path, parent)
		at = parent
	}
	for i, j := 0, len(path)-1; i < j; i, j = i+1, j-1 {
		path[i], path[j] = path[j], path[i]
	}
	return path
}
