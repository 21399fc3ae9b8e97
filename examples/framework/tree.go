package main

import (
	"cmp"
	"slices"

	"github.com/laurel-edu/laurel/casefw"
)

// deepest is how deep elements are nested: browsers flatten what is nested deeper than 512,
// and nobody reads it. The items below stand side by side.
const deepest = 60

// openUpTo is the size of a framework whose tree is shown open as a whole; of a larger one
// the first two levels are.
const openUpTo = 400

// entry is an item where it stands in the tree.
type entry struct {
	ID, Code, Kind, When string
	Statement, Notes     text
	Short, Label         text
	Open                 bool
	// See says that the item is shown elsewhere, and here is only a link to it.
	See     *ref
	Also    []ref // the other parents
	AlsoTop bool  // it is a child of the framework, too
	Tags    []tags
	Links   []link
	Scored  []scored
	Facts   []fact
	Below   []*entry
}

// tags are short texts of one kind.
type tags struct {
	Name   string
	Values []string
}

// spot is an item that waits for its place: parent is the zero Item at the top.
type spot struct {
	item, parent casefw.Item
	into         *[]*entry
	depth        int
}

// grow makes the tree of a framework. An item with several parents stands below the one that
// the tree reaches first, and is named below the others. The walk is a loop and not a
// recursion: published frameworks are ten levels deep, hostile ones thousands.
func (v *view) grow(s *sheet) {
	var waiting []spot
	push := func(children []casefw.Item, parent casefw.Item, into *[]*entry, depth int) {
		for _, child := range slices.Backward(children) {
			waiting = append(waiting, spot{child, parent, into, depth})
		}
	}
	push(slices.Collect(s.f.Roots()), casefw.Item{}, &s.Tree, 1)
	for len(waiting) > 0 {
		next := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if s.shown[next.item.Index()] {
			see := v.ref(next.item)
			*next.into = append(*next.into, &entry{See: &see})
			continue
		}
		e := v.entry(s, next.item, next.parent)
		e.Open = s.f.Len() <= openUpTo || next.depth < 3
		*next.into = append(*next.into, e)
		below := &e.Below
		if next.depth >= deepest {
			below = next.into
		}
		push(slices.Collect(next.item.Children()), next.item, below, next.depth+1)
	}
	for item := range s.f.Items() {
		if !s.shown[item.Index()] {
			s.Outside = append(s.Outside, v.entry(s, item, casefw.Item{}))
		}
	}
}

// entry describes an item below one of its parents.
func (v *view) entry(s *sheet, item, parent casefw.Item) *entry {
	s.shown[item.Index()] = true
	sent, lang := &s.p.CFItems[item.Index()], item.Language()
	e := &entry{ID: s.anchors[item.Index()], Code: item.Code(), Kind: item.Type(), When: period(item.StartDate(), item.EndDate()),
		Statement: written(cmp.Or(item.Statement(), "(without a statement)"), lang), Notes: written(item.Notes(), lang),
		Links: v.links[at(item)], Scored: s.scored[item.Index()], AlsoTop: !parent.IsZero() && item.IsTop(),
		Facts: facts(sent, "fullStatement", "humanCodingScheme", "CFItemType", "statusStartDate", "statusEndDate", "notes",
			"abbreviatedStatement", "alternativeLabel", "educationLevel", "subject", "conceptKeywords", "CFDocumentURI")}
	if short := item.ShortStatement(); short != item.Statement() {
		e.Short = written(short, lang)
	}
	e.Label = written(item.Label(), lang)
	for other := range item.Parents() {
		if other != parent {
			e.Also = append(e.Also, v.ref(other))
		}
	}
	for _, list := range []tags{{"Level", item.EducationLevels()}, {"Subject", item.Subjects()}, {"Keywords", item.Keywords()}} {
		if len(list.Values) > 0 {
			e.Tags = append(e.Tags, list)
		}
	}
	return e
}

func period(from, to string) string {
	switch {
	case from == "" && to == "":
		return ""
	case to == "":
		return "from " + from
	case from == "":
		return "until " + to
	}
	return from + " to " + to
}
