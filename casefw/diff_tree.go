package casefw

import (
	"bytes"
	"slices"
	"strings"
)

// places finds what items of the new version were in the old one.
type places struct {
	c   *Changes
	was []int32 // by match
}

// before returns the item of the old version that has the name of one of the new. Of
// several of one identifier it is the one that is found by it, as in the tree.
func (p places) before(t Item) (Item, bool) {
	if id := t.GUID(); !id.IsZero() {
		return p.c.Old.Find(id)
	}
	if identifier := t.Identifier(); identifier != "" {
		return p.c.Old.FindText(identifier)
	}
	i := p.was[t.i]
	if i < 0 {
		return Item{}, false
	}
	return Item{p.c.Old, i}, true
}

// tree compares where the items hang and what replaces them.
func (c *Changes) tree(was []int32) {
	p := places{c, was}
	for t := range c.New.Items() {
		if old, ok := p.before(t); ok && !c.New.lost[t.i] {
			from, to := parentsOf(old), parentsOf(t)
			if !slices.EqualFunc(from, to, func(a, b parentName) bool { return a.recordName == b.recordName }) {
				c.Moved = append(c.Moved, Move{t, guidsOf(from), guidsOf(to)})
			}
		}
	}
	c.order(p)
	c.superseded(p)
}

// parentName is by what a parent is known; that of the document is its own.
type parentName struct {
	recordName
	guid GUID
}

// parentsOf returns the parents of an item in order, the document included, each once.
func parentsOf(t Item) (parents []parentName) {
	items := t.f.itemRecords()
	for _, parent := range t.f.parentLinks(int(t.i)) {
		name := parentName{guid: t.f.guid(t.f, parent)}
		if parent < t.f.Len() {
			name.recordName = items.name(parent)
		} else {
			name.recordName = recordName{text: "document"}
		}
		parents = append(parents, name)
	}
	slices.SortFunc(parents, func(a, b parentName) int {
		if c := bytes.Compare(a.guid[:], b.guid[:]); c != 0 {
			return c
		}
		return strings.Compare(a.text, b.text)
	})
	return slices.Compact(parents)
}

func guidsOf(parents []parentName) (ids []GUID) {
	for _, p := range parents {
		ids = append(ids, p.guid)
	}
	return ids
}

// order finds the parents whose children come in another order.
func (c *Changes) order(p places) {
	for parent := range c.New.Len() + 1 {
		now := c.New.edges(parent)
		if len(now) < 2 {
			continue
		}
		was, t := c.Old.Len(), Item{}
		if parent < c.New.Len() {
			t = Item{c.New, int32(parent)}
			old, ok := p.before(t)
			if !ok {
				continue
			}
			was = int(old.i)
		}
		if p.reordered(now, c.Old.edges(was)) {
			c.Reordered = append(c.Reordered, t)
		}
	}
}

// reordered reports whether children that both lists have change places.
func (p places) reordered(now, was []edge) bool {
	place := make(map[int32]int, len(was))
	for k, e := range was {
		if !e.again {
			place[e.child] = k
		}
	}
	last := -1
	for _, e := range now {
		old, ok := p.before(Item{p.c.New, e.child})
		if k, both := place[old.i]; ok && both && !e.again {
			if k < last {
				return true
			}
			last = k
		}
	}
	return false
}

func (c *Changes) superseded(p places) {
	for t := range c.New.Items() {
		var by []Node
		for a := range t.Outgoing(ReplacedBy) {
			by = append(by, a.Destination())
		}
		if len(by) == 0 {
			continue
		}
		if old, ok := p.before(t); ok {
			before := map[recordName]bool{}
			for a := range old.Outgoing(ReplacedBy) {
				before[a.Destination().name()] = true
			}
			by = slices.DeleteFunc(by, func(n Node) bool { return before[n.name()] })
		}
		if len(by) > 0 {
			c.Superseded = append(c.Superseded, Superseded{t, by})
		}
	}
}

// name returns by what the end is known: its identifier, else its uri.
func (n Node) name() recordName {
	if id := n.GUID(); !id.IsZero() {
		return recordName{id: id}
	}
	return recordName{text: n.Identifier() + "\x00" + n.URI()}
}
