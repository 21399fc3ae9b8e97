package casefw

import (
	"bytes"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// Changes is the difference between two versions of a framework. Records are
// matched by identifier, never by uri, which may change with the server's version;
// only items that have no identifier in either version are matched by it.
type Changes struct {
	Old, New *Framework
	// Document lists the members of the document that differ.
	Document []MemberChange
	// Added, Removed and Changed are the items that only the new version has, that
	// only the old one has, and whose members differ.
	Added, Removed []Item
	Changed        []ItemChange
	// Moved are the items with other parents than before.
	Moved []Move
	// Reordered are the parents, of the new version, whose common children come in
	// another order; the zero Item stands for the document.
	Reordered []Item
	// Superseded are the items that the new version replaces and the old one did not.
	Superseded []Superseded
	// The associations likewise. isChildOf links count here too.
	AddedAssociations, RemovedAssociations []Association
	ChangedAssociations                    []AssociationChange
}

// MemberChange is one member that differs. A side that lacks it is nil.
type MemberChange struct {
	Name     string
	Old, New jsontext.Value
}

// ItemChange is an item whose members differ.
type ItemChange struct {
	Old, New Item
	Members  []MemberChange
}

// Substantive reports whether more than the uri and the time stamp differ.
func (c ItemChange) Substantive() bool {
	return slices.ContainsFunc(c.Members, func(m MemberChange) bool {
		return m.Name != "uri" && m.Name != "lastChangeDateTime" && m.Name != "CFDocumentURI"
	})
}

// Member returns the change of one member.
func (c ItemChange) Member(name string) (MemberChange, bool) {
	for _, m := range c.Members {
		if m.Name == name {
			return m, true
		}
	}
	return MemberChange{}, false
}

// AssociationChange is an association whose members differ.
type AssociationChange struct {
	Old, New Association
	Members  []MemberChange
}

// Move is an item that hangs elsewhere. Parents are identifiers, that of the
// document included, in order.
type Move struct {
	Item     Item // of the new version
	From, To []GUID
}

// Superseded is an item and what replaces it, of the new version.
type Superseded struct {
	Item Item
	By   []Node
}

// Empty reports whether nothing differs.
func (c *Changes) Empty() bool {
	return len(c.Document)+len(c.Added)+len(c.Removed)+len(c.Changed)+len(c.Moved)+len(c.Reordered)+len(c.Superseded)+
		len(c.AddedAssociations)+len(c.RemovedAssociations)+len(c.ChangedAssociations) == 0
}

// Diff compares two versions of a framework: what was repaired in reading is
// compared in its repaired form, so that a null that became absent is no change.
// Definitions and rubrics are not compared.
func Diff(old, new *Framework) *Changes {
	c := &Changes{Old: old, New: new}
	c.document()
	c.items()
	c.order()
	c.superseded()
	c.associations()
	return c
}

func (c *Changes) document() {
	a, b := c.Old.Document(), c.New.Document()
	if a == nil {
		a = &CFDocument{}
	}
	if b == nil {
		b = &CFDocument{}
	}
	c.Document = compare(documentClass, a, b)
}

// compare lists the members of two records that differ.
func compare(cl *class, a, b any) (changes []MemberChange) {
	var e encoder
	side := func(m *member, rec any) jsontext.Value {
		if !e.present(m, rec) {
			return nil
		}
		return e.value(nil, m, rec)
	}
	for i := range cl.members {
		m := &cl.members[i]
		if x, y := side(m, a), side(m, b); !bytes.Equal(x, y) && !sameJSON(m, x, y) {
			changes = append(changes, MemberChange{m.name, x, y})
		}
	}
	return append(changes, compareExtra(cl.base(a), cl.base(b))...)
}

// sameJSON compares what is kept byte for byte as JSON: the order of members of an
// extension says nothing.
func sameJSON(m *member, a, b jsontext.Value) bool {
	return m.kind == kRaw && canonicalEqual(a, b)
}

func canonicalEqual(a, b jsontext.Value) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	x, y := bytes.Clone(a), bytes.Clone(b)
	vx, vy := jsontext.Value(x), jsontext.Value(y)
	return vx.Canonicalize() == nil && vy.Canonicalize() == nil && bytes.Equal(vx, vy)
}

func compareExtra(a, b *Members) (changes []MemberChange) {
	for _, name := range a.Extra.Names() {
		if other := b.Extra[name]; !canonicalEqual(a.Extra[name], other) {
			changes = append(changes, MemberChange{name, a.Extra[name], other})
		}
	}
	for _, name := range b.Extra.Names() {
		if _, both := a.Extra[name]; !both {
			changes = append(changes, MemberChange{name, nil, b.Extra[name]})
		}
	}
	return changes
}

func (c *Changes) items() {
	var e encoder
	var x, y []byte
	c.anonymous()
	for t := range c.New.Items() {
		if c.New.lost[t.i] || c.nameless(t) {
			continue
		}
		old, ok := counterpart(t, c.Old)
		if !ok {
			c.Added = append(c.Added, t)
			continue
		}
		a, b := old.Record(), t.Record()
		x, y = e.record(x[:0], itemClass, a), e.record(y[:0], itemClass, b)
		if !bytes.Equal(x, y) {
			if members := compare(itemClass, a, b); len(members) > 0 {
				c.Changed = append(c.Changed, ItemChange{old, t, members})
			}
		}
		if from, to := parentsOf(old), parentsOf(t); !slices.Equal(from, to) {
			c.Moved = append(c.Moved, Move{t, from, to})
		}
	}
	for t := range c.Old.Items() {
		if _, ok := counterpart(t, c.New); !ok && !c.Old.lost[t.i] && !c.nameless(t) {
			c.Removed = append(c.Removed, t)
		}
	}
}

// parentsOf returns the identifiers of an item's parents in order, the document's
// included, each once.
func parentsOf(t Item) []GUID {
	var parents []GUID
	for _, parent := range t.f.parentLinks(int(t.i)) {
		parents = append(parents, t.f.guid(t.f, parent))
	}
	slices.SortFunc(parents, func(a, b GUID) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(parents)
}

// order finds the parents whose children come in another order.
func (c *Changes) order() {
	for parent := range c.New.Len() + 1 {
		now := c.New.edges(parent)
		if len(now) < 2 {
			continue
		}
		was := c.Old.Len()
		if parent < c.New.Len() {
			old, ok := counterpart(Item{c.New, int32(parent)}, c.Old)
			if !ok {
				continue
			}
			was = int(old.i)
		}
		if c.reordered(now, c.Old.edges(was)) {
			t := Item{}
			if parent < c.New.Len() {
				t = Item{c.New, int32(parent)}
			}
			c.Reordered = append(c.Reordered, t)
		}
	}
}

// reordered reports whether children that both lists have change places.
func (c *Changes) reordered(now, was []edge) bool {
	place := make(map[int32]int, len(was))
	for k, e := range was {
		if !e.again {
			place[e.child] = k
		}
	}
	last := -1
	for _, e := range now {
		old, ok := counterpart(Item{c.New, e.child}, c.Old)
		if k, both := place[old.i]; ok && both && !e.again {
			if k < last {
				return true
			}
			last = k
		}
	}
	return false
}

func (c *Changes) superseded() {
	for t := range c.New.Items() {
		var by []Node
		for a := range t.Outgoing(ReplacedBy) {
			by = append(by, a.Destination())
		}
		if len(by) == 0 {
			continue
		}
		if old, ok := counterpart(t, c.Old); ok {
			before := map[GUID]bool{}
			for a := range old.Outgoing(ReplacedBy) {
				before[a.Destination().GUID()] = true
			}
			by = slices.DeleteFunc(by, func(n Node) bool { return before[n.GUID()] })
		}
		if len(by) > 0 {
			c.Superseded = append(c.Superseded, Superseded{t, by})
		}
	}
}
