package casefw

import (
	"bytes"
	"slices"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// Changes is the difference between two versions of a framework: of every class and
// every member that the information model has. Records are matched by identifier,
// never by uri, which may change with the server's version; only those that have no
// identifier are matched by it. Of several records of one identifier those that are
// equal are the same one.
//
// An instant that is written in another zone is no change, nor is a number with other
// zeros or the order of an extension's members. The order in which records stand says
// nothing: sequenceNumber and position do.
type Changes struct {
	Old, New *Framework
	// Package lists the members of the package itself that differ: extensions, and what
	// the class does not have. Document lists those of the document.
	Package, Document []MemberChange
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
	// The records of all other classes likewise: definitions, rubrics, criteria, levels.
	// What an added or a removed record holds is not listed besides.
	AddedRecords, RemovedRecords []Record
	ChangedRecords               []RecordChange
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
func (c ItemChange) Substantive() bool { return substantive(itemClass, c.Members) }

// Member returns the change of one member.
func (c ItemChange) Member(name string) (MemberChange, bool) { return memberChange(c.Members, name) }

func memberChange(members []MemberChange, name string) (MemberChange, bool) {
	for _, m := range members {
		if m.Name == name {
			return m, true
		}
	}
	return MemberChange{}, false
}

// substantive reports whether more differs than the uri of the record, its time stamp,
// and links to what it is part of.
func substantive(c *class, members []MemberChange) bool {
	return slices.ContainsFunc(members, func(change MemberChange) bool {
		m := c.find(change.Name)
		return m == nil || m.kind != kDateTime && m != c.first(kURI) && !m.standalone
	})
}

// AssociationChange is an association whose members differ.
type AssociationChange struct {
	Old, New Association
	Members  []MemberChange
}

// Substantive reports whether more than the uri and the time stamp differ.
func (c AssociationChange) Substantive() bool { return substantive(associationClass, c.Members) }

// Record is a record of a class other than items and associations.
type Record struct {
	Class   string // as the information model names it: "CFRubric"
	Pointer string // into the version that has it
	Value   any    // *CFRubric and so on; it must not be changed
}

// Changed returns lastChangeDateTime, ok false where no time can be read from it.
func (r Record) Changed() (at time.Time, ok bool) {
	if m := classNamed(r.Class).first(kDateTime); m != nil && r.Value != nil {
		at, _, ok = ParseDateTime(textOf(m.field(r.Value)))
	}
	return at, ok
}

// RecordChange is such a record whose members differ.
type RecordChange struct {
	Old, New Record
	Members  []MemberChange
}

// Substantive reports whether more than the uri and the time stamp differ.
func (c RecordChange) Substantive() bool { return substantive(classNamed(c.New.Class), c.Members) }

func classNamed(name string) *class {
	for _, c := range classes() {
		if c.name == name {
			return c
		}
	}
	return &class{}
}

// Move is an item that hangs elsewhere. Parents are identifiers, that of the
// document included, in order; zero ones are no UUIDs.
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
	return c.structureStays() && len(c.Package)+len(c.Document)+len(c.Changed)+len(c.ChangedAssociations)+len(c.ChangedRecords) == 0
}

// structureStays reports whether there are the same records at the same places.
func (c *Changes) structureStays() bool {
	return len(c.Added)+len(c.Removed)+len(c.Moved)+len(c.Reordered)+len(c.Superseded)+
		len(c.AddedAssociations)+len(c.RemovedAssociations)+len(c.AddedRecords)+len(c.RemovedRecords) == 0
}

// Substantive reports whether anything differs besides uris, time stamps, and links of
// records to what they are part of: those change when a server only writes a framework
// anew.
func (c *Changes) Substantive() bool {
	return !c.structureStays() || substantive(packageClass, c.Package) || substantive(documentClass, c.Document) ||
		slices.ContainsFunc(c.Changed, ItemChange.Substantive) ||
		slices.ContainsFunc(c.ChangedAssociations, AssociationChange.Substantive) ||
		slices.ContainsFunc(c.ChangedRecords, RecordChange.Substantive)
}

// Diff compares two versions of a framework: what was repaired in reading is
// compared in its repaired form, so that a null that became absent is no change. A nil
// framework has nothing. Compared the other way round added is removed and the reverse.
func Diff(old, new *Framework) *Changes {
	c := &Changes{Old: holder(old), New: holder(new)}
	was := c.items()
	c.tree(was)
	c.associations()
	c.others()
	return c
}

// comparer compares records, in memory that it uses again.
type comparer struct{ old, new []byte }

// members lists the members of two records that differ, but for those that hold records.
func (p *comparer) members(cl *class, a, b any) (changes []MemberChange) {
	p.old, p.new = encoder{}.record(p.old[:0], cl, a), encoder{}.record(p.new[:0], cl, b)
	if bytes.Equal(p.old, p.new) {
		return nil
	}
	for i := range cl.members {
		m := &cl.members[i]
		if m.holdsRecords() || m.same(a, b) {
			continue
		}
		changes = append(changes, MemberChange{m.name, m.written(a), m.written(b)})
	}
	return append(changes, compareExtra(cl.base(a), cl.base(b))...)
}

// same reports whether a member of two records says the same.
func (m *member) same(a, b any) bool {
	var e encoder
	if x, y := e.present(m, a), e.present(m, b); !x || !y {
		return x == y
	}
	return bytes.Equal(m.appendNormal(nil, a), m.appendNormal(nil, b))
}

// written returns the JSON of a member, nil where the record lacks it.
func (m *member) written(rec any) jsontext.Value {
	if e := (encoder{}); e.present(m, rec) {
		return e.value(nil, m, rec)
	}
	return nil
}

func compareExtra(a, b *Members) (changes []MemberChange) {
	for _, name := range a.Extra.Names() {
		other, both := b.Extra[name]
		if !both || !bytes.Equal(appendNormalJSON(nil, a.Extra[name]), appendNormalJSON(nil, other)) {
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
