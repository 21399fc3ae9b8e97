package casefw

import (
	"iter"
	"slices"
)

// CrosswalkOptions says which links a crosswalk follows and how far. The zero
// value follows exactMatchOf for four steps.
type CrosswalkOptions struct {
	// Types are the associations to follow, exactMatchOf alone by default. Those
	// that are transitive in the standard's meaning (see [Semantics]) are followed
	// step after step, always in one direction unless they are symmetric; the
	// others for one step and never on from there.
	Types []AssociationType
	// MaxHops is the most steps, 4 by default: equivalence that was asserted link
	// by link by different people wears thin. A target that no framework holds is a
	// step, too.
	MaxHops int
	// MaxResults ends the walk, after 10,000 by default. Of both numbers a negative one
	// counts as the default.
	MaxResults int
	// ThroughMatches follows the other types from items that match the first one
	// exactly, too.
	ThroughMatches bool
}

var exactMatchAlone = []AssociationType{ExactMatchOf}

const (
	defaultHops    = 4
	defaultResults = 10_000
)

// Match is what a crosswalk came to.
type Match struct {
	// GUID is the identifier of what was reached, zero where it has none.
	GUID GUID
	// Item is the item in the catalog, the zero Item where the catalog lacks it.
	Item Item
	// Node is the end of the last association, with title and uri.
	Node Node
	// Type is the relation between the first item and this one.
	Type AssociationType
	// Inverse says that the relation is read from this one to the first item.
	Inverse bool
	// Hops is the number of associations between.
	Hops int
	step *crossStep
}

// Path returns the associations that lead to the match, the first one first.
func (m Match) Path() []Association {
	var path []Association
	for s := m.step; s != nil; s = s.before {
		path = append(path, s.link)
	}
	slices.Reverse(path)
	return path
}

// crossStep is one association on the way, a place from which the walk goes on.
type crossStep struct {
	before  *crossStep
	link    Association
	at      Place
	kind    AssociationType
	inverse bool
	hops    int
}

// crossKey tells apart what was reached before.
type crossKey struct {
	at      Place
	kind    AssociationType
	inverse bool
}

// Crosswalk walks what an item is linked with, in any framework of the catalog and
// by associations of any of them, nearest first and each once for each relation.
// The start itself is not walked, not even where links lead back to it. What has no
// UUID, such as an occupation of another registry, is walked and passed through like
// any other: two items that match it are two steps apart.
func (c *Catalog) Crosswalk(from GUID, o CrosswalkOptions) iter.Seq[Match] {
	return c.crosswalk(func() Place { return Place{id: from} }, o)
}

// CrosswalkOf is [Catalog.Crosswalk] from what stands at an end of an association: what
// is linked with a target that no framework holds.
func (c *Catalog) CrosswalkOf(end Node, o CrosswalkOptions) iter.Seq[Match] {
	return c.crosswalk(func() Place {
		at, _ := c.PlaceOf(end)
		return at
	}, o)
}

func (c *Catalog) crosswalk(from func() Place, o CrosswalkOptions) iter.Seq[Match] {
	if len(o.Types) == 0 {
		o.Types = exactMatchAlone
	}
	if o.MaxHops <= 0 {
		o.MaxHops = defaultHops
	}
	if o.MaxResults <= 0 {
		o.MaxResults = defaultResults
	}
	return func(yield func(Match) bool) {
		w := crosswalk{c: c, o: o, from: from(), yield: yield}
		w.run()
	}
}

type crosswalk struct {
	c     *Catalog
	o     CrosswalkOptions
	from  Place
	yield func(Match) bool
	seen  marks[crossKey] // what was reached
	queue []*crossStep
	found int
	done  bool
}

func (w *crosswalk) run() {
	w.expand(w.from, nil)
	for len(w.queue) > 0 && !w.done {
		s := w.queue[0]
		w.queue = w.queue[1:]
		w.expand(s.at, s)
	}
}

// expand follows the links of one place in every framework.
func (w *crosswalk) expand(at Place, s *crossStep) {
	for e := range w.c.endsAt(at) {
		for _, link := range e.f.out.of(int(e.entity)) {
			if w.follow(Association{e.f, int32(link)}, s, true); w.done {
				return
			}
		}
		for _, link := range e.f.in.of(int(e.entity)) {
			if w.follow(Association{e.f, int32(link)}, s, false); w.done {
				return
			}
		}
	}
}

// follow goes over one association, from its origin or back from its destination.
func (w *crosswalk) follow(a Association, s *crossStep, forward bool) {
	kind := a.Type()
	if !slices.Contains(w.o.Types, kind) {
		return
	}
	meaning := kind.Semantics()
	inverse := !forward && !meaning.Symmetric
	if s != nil && !w.goesOn(s, kind, inverse, meaning) {
		return
	}
	if forward {
		w.reach(a, a.Destination(), kind, inverse, s)
	} else {
		w.reach(a, a.Origin(), kind, inverse, s)
	}
}

// goesOn reports whether a relation may be followed on by a link of some type.
func (w *crosswalk) goesOn(s *crossStep, kind AssociationType, inverse bool, meaning Semantics) bool {
	if s.kind == kind {
		return meaning.Transitive && s.inverse == inverse
	}
	return w.o.ThroughMatches && s.kind == ExactMatchOf
}

func (w *crosswalk) reach(a Association, end Node, kind AssociationType, inverse bool, s *crossStep) {
	at, item := w.c.PlaceOf(end)
	if end.Kind() == NoNode || at == w.from || !w.seen.set(crossKey{at, kind, inverse}) {
		return
	}
	step := &crossStep{before: s, link: a, at: at, kind: kind, inverse: inverse, hops: 1}
	if s != nil {
		step.hops = s.hops + 1
	}
	w.found++
	match := Match{GUID: at.id, Item: item, Node: end, Type: kind, Inverse: inverse, Hops: step.hops, step: step}
	if !w.yield(match) || w.found >= w.o.MaxResults {
		w.done = true
		return
	}
	if step.hops < w.o.MaxHops && (kind.Semantics().Transitive || w.o.ThroughMatches && kind == ExactMatchOf) {
		w.queue = append(w.queue, step)
	}
}

// Equivalents walks the items that match one exactly, by links in either direction
// and over at most hops steps (4 for 0): the closure of exactMatchOf.
func (c *Catalog) Equivalents(from GUID, hops int) iter.Seq[Match] {
	return c.Crosswalk(from, CrosswalkOptions{MaxHops: hops})
}
