package casefw

import (
	"errors"
	"iter"
	"slices"
)

// Outgoing walks the associations that have the item for their origin; types
// limits them, none means all.
func (t Item) Outgoing(types ...AssociationType) iter.Seq[Association] {
	return t.associations(true, types)
}

// Incoming walks the associations that have the item for their destination.
func (t Item) Incoming(types ...AssociationType) iter.Seq[Association] {
	return t.associations(false, types)
}

func (t Item) associations(outgoing bool, types []AssociationType) iter.Seq[Association] {
	return func(yield func(Association) bool) {
		if t.f == nil {
			return
		}
		list := t.f.in.of(int(t.i))
		if outgoing {
			list = t.f.out.of(int(t.i))
		}
		for _, link := range list {
			a := Association{t.f, int32(link)}
			if len(types) > 0 && !slices.Contains(types, a.Type()) {
				continue
			}
			if !yield(a) {
				return
			}
		}
	}
}

// follow walks the items of the framework that links of one type lead to, from
// origin to destination or back.
func (f *Framework) follow(i int32, t AssociationType, back bool) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		list, place := f.out.of(int(i)), linkDestination
		if back {
			list, place = f.in.of(int(i)), linkOrigin
		}
		for _, link := range list {
			if (Association{f, int32(link)}).Type() != t {
				continue
			}
			if end := f.end(place, link); end >= 0 && end < f.Len() && !yield(int32(end)) {
				return
			}
		}
	}
}

// ErrCycle says that links which must not come back to their beginning do.
var ErrCycle = errors.New("casefw: the links lead in a circle")

// Current returns the items that stand today for one that was replaced: itself
// where it was not, several where it was split. Where the replacements lead in a
// circle the error wraps [ErrCycle], and the items are those that the rest leads to.
func (t Item) Current() ([]Item, error) {
	if t.f == nil {
		return nil, nil
	}
	var current []Item
	cyclic := false
	onPath, done := map[int32]bool{}, map[int32]bool{}
	type step struct {
		item int32
		next []int32
	}
	open := func(i int32) step {
		onPath[i] = true
		next := slices.Collect(t.f.follow(i, ReplacedBy, false))
		if len(next) == 0 {
			current = append(current, Item{t.f, i})
		}
		return step{i, next}
	}
	for stack := []step{open(t.i)}; len(stack) > 0; {
		top := &stack[len(stack)-1]
		if len(top.next) == 0 {
			onPath[top.item], done[top.item] = false, true
			stack = stack[:len(stack)-1]
			continue
		}
		i := top.next[0]
		top.next = top.next[1:]
		cyclic = cyclic || onPath[i]
		if !onPath[i] && !done[i] {
			stack = append(stack, open(i))
		}
	}
	if cyclic {
		return current, ErrCycle
	}
	return current, nil
}

// Prerequisites returns all items that precede an item, in an order in which they
// can be learned. Where they lead in a circle no such order exists: the error
// wraps [ErrCycle] and the items come in some order.
func (t Item) Prerequisites() ([]Item, error) {
	if t.f == nil {
		return nil, nil
	}
	set := map[int32]int{t.i: 0}
	var found []int32
	for queue := []int32{t.i}; len(queue) > 0; queue = queue[1:] {
		for i := range t.f.follow(queue[0], Precedes, true) {
			if _, seen := set[i]; !seen {
				set[i] = 0
				found = append(found, i)
				queue = append(queue, i)
			}
		}
	}
	return t.f.topological(found, set, t.i)
}

// topological orders items so that what precedes comes first (Kahn's algorithm).
func (f *Framework) topological(items []int32, set map[int32]int, goal int32) ([]Item, error) {
	all := append(slices.Clone(items), goal)
	for _, i := range all {
		for next := range f.follow(i, Precedes, false) {
			if _, in := set[next]; in {
				set[next]++
			}
		}
	}
	slices.Sort(all)
	var ready, ordered []int32
	for _, i := range all {
		if set[i] == 0 {
			ready = append(ready, i)
		}
	}
	for ; len(ready) > 0; ready = ready[1:] {
		ordered = append(ordered, ready[0])
		for next := range f.follow(ready[0], Precedes, false) {
			if _, in := set[next]; in {
				if set[next]--; set[next] == 0 {
					ready = append(ready, next)
				}
			}
		}
	}
	var err error
	if len(ordered) < len(all) {
		ordered, err = all, ErrCycle
	}
	result := make([]Item, 0, len(items))
	for _, i := range ordered {
		if i != goal {
			result = append(result, Item{f, i})
		}
	}
	return result, err
}

// Peers walks the items that one is a peer of, in either direction and without
// closure: the standard gives peers none.
func (t Item) Peers() iter.Seq[Item] { return t.symmetric(IsPeerOf) }

// Related walks the items that one is related to, in either direction and without
// closure; associations of extension types count, as the guide asks.
func (t Item) Related() iter.Seq[Item] { return t.symmetric(IsRelatedTo) }

// Translations walks the items that translate one or that it translates: the
// standard's text and name disagree on the direction, the languages tell.
func (t Item) Translations() iter.Seq[Item] { return t.symmetric(IsTranslationOf) }

func (t Item) symmetric(kind AssociationType) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		if t.f == nil {
			return
		}
		seen := marks[int32]{}
		seen.set(t.i)
		visit := func(a Association, n Node) bool {
			if is := a.Type(); is != kind && (is.Known() || kind != IsRelatedTo) {
				return true
			}
			other := n.Item()
			return other.IsZero() || !seen.set(other.i) || yield(other)
		}
		for a := range t.Outgoing() {
			if !visit(a, a.Destination()) {
				return
			}
		}
		for a := range t.Incoming() {
			if !visit(a, a.Origin()) {
				return
			}
		}
	}
}

// SkillLevels walks the nodes that define a skill level for the item. They may
// stand in other frameworks.
func (t Item) SkillLevels() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for a := range t.Outgoing(HasSkillLevel) {
			if !yield(a.Destination()) {
				return
			}
		}
	}
}

// Exemplars walks the nodes that are examples of the item, mostly not of CASE.
func (t Item) Exemplars() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for a := range t.Outgoing(Exemplar) {
			if !yield(a.Destination()) {
				return
			}
		}
	}
}
