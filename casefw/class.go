package casefw

import (
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/vc"
)

// kind is the type of a property, as the information model names it.
type kind uint8

const (
	kText     kind = iota + 1 // String
	kNorm                     // NormalizedString: no line breaks or tabs
	kLang                     // Language
	kUUID                     // UUID
	kURI                      // AnyURI, URL
	kDateTime                 // DateTime
	kDate                     // Date
	kInt                      // Integer
	kFloat                    // Float
	kAssoc                    // CFAssociationTypeExtEnum
	kTarget                   // TargetTypeExtEnum
	kCase                     // CaseVersionEnum
	kObject                   // an object of the class of
	kRaw                      // an extension object: any members
)

// member is one fact of the information model: a property of a class, with the
// place in the Go type that holds its value. The facts drive reading, writing,
// validation and comparison alike.
type member struct {
	name       string
	kind       kind
	of         *class
	many       bool    // an array
	required   bool    // multiplicity [1] or [1..*]
	since      Version // 0: in every version
	standalone bool    // only outside a package
	some       bool    // an array that needs one element at least
	wasNorm    bool    // a NormalizedString in 1.0
	shared     bool    // a value that a record often shares with the one before
	advise     int     // longest text that the guide advises, 0 for none

	// field returns the pointer to the Go field of a record: *string, *vc.IRI,
	// *vc.DateTime, *vc.Number, **int64, *[]string, *jsontext.Value,
	// *[]jsontext.Value; for objects, see list and one.
	field func(rec any) any
	// For kObject: len and at walk the objects of a record, grow appends or
	// allocates one and returns it.
	len  func(rec any) int
	at   func(rec any, i int) any
	grow func(rec any) any
	room func(rec any, n int) // of a list: for so many more
	drop func(rec any)        // leaves none of them
	// has reports whether an array is there, be it empty; make makes it so.
	has  func(rec any) bool
	make func(rec any)
}

// maxMembers is how many members a class can have: a bit stands for each.
const maxMembers = 32

// class is a class of the information model.
type class struct {
	name    string
	clause  string // of the standard
	members []member
	base    func(rec any) *Members
	fresh   func() any
	set     string // the member that holds the elements, of a …Set class
	// Members by a bit for each place: those that are required, that a package must not
	// have, and that 1.0 does not have.
	required, outside, newer uint32
}

// find returns the member of that exact name.
func (c *class) find(name string) *member {
	if i := c.place(name); i >= 0 {
		return &c.members[i]
	}
	return nil
}

// place returns where the member of that exact name stands, -1 for none.
func (c *class) place(name string) int {
	for i := range c.members {
		if c.members[i].name == name {
			return i
		}
	}
	return -1
}

// first returns the first member of a kind: the identifier of a record is its first
// UUID, its uri the first of its links. It returns nil where there is none.
func (c *class) first(k kind) *member {
	for i := range c.members {
		if c.members[i].kind == k {
			return &c.members[i]
		}
	}
	return nil
}

// holdsRecords reports whether a member holds records of their own; links are values of
// the record that they stand in.
func (m *member) holdsRecords() bool {
	return m.kind == kObject && m.of != linkClass && m.of != nodeClass
}

// renamed are names that older providers sent for a member of today.
var renamed = map[string]string{"educationalLevel": "educationLevel", "sourcedId": "identifier"}

// resolve returns the place of the member that a name as sent stands for: the exact
// one, one that differs in case alone, or one under its old name; -1 for none.
func (c *class) resolve(name string) int {
	if place := c.place(name); place >= 0 {
		return place
	}
	if now, ok := renamed[name]; ok {
		name = now
	}
	for i := range c.members {
		if strings.EqualFold(c.members[i].name, name) {
			return i
		}
	}
	return -1
}

// Members holds what the fields of a record cannot: it is embedded in every
// class.
type Members struct {
	// Extra holds members that the class does not have. A name that a field owns
	// is not written from here: the field is.
	Extra vc.Extra
	// Sent holds members that were repaired in reading, as they were sent and
	// under the name under which they were sent. A required member that was not
	// there at all has a nil value. Writing with [AsSent] uses it; a field that
	// was changed since wins.
	Sent vc.Extra
}

// The constructors of members, one for each shape of Go field.

func scalar[R any](name string, k kind, get func(*R) any) member {
	return member{name: name, kind: k, field: func(rec any) any { return get(rec.(*R)) }}
}

func texts[R any](name string, k kind, get func(*R) *[]string) member {
	return member{name: name, kind: k, many: true,
		field: func(rec any) any { return get(rec.(*R)) },
		has:   func(rec any) bool { return *get(rec.(*R)) != nil },
		make:  func(rec any) { fill(get(rec.(*R))) }}
}

func raws[R any](name string, get func(*R) *[]jsontext.Value) member {
	return member{name: name, kind: kRaw, many: true,
		field: func(rec any) any { return get(rec.(*R)) },
		has:   func(rec any) bool { return *get(rec.(*R)) != nil },
		make:  func(rec any) { fill(get(rec.(*R))) }}
}

func list[R, E any](name string, of *class, get func(*R) *[]E) member {
	return member{name: name, kind: kObject, of: of, many: true,
		len: func(rec any) int { return len(*get(rec.(*R))) },
		at:  func(rec any, i int) any { return &(*get(rec.(*R)))[i] },
		grow: func(rec any) any {
			s := get(rec.(*R))
			var zero E
			*s = append(*s, zero)
			return &(*s)[len(*s)-1]
		},
		room: func(rec any, n int) { s := get(rec.(*R)); *s = slices.Grow(*s, n) },
		drop: func(rec any) { *get(rec.(*R)) = nil },
		has:  func(rec any) bool { return *get(rec.(*R)) != nil },
		make: func(rec any) { fill(get(rec.(*R))) }}
}

// one is an object that may be absent.
func one[R, E any](name string, of *class, get func(*R) **E) member {
	return member{name: name, kind: kObject, of: of,
		len: func(rec any) int {
			if *get(rec.(*R)) == nil {
				return 0
			}
			return 1
		},
		at: func(rec any, _ int) any { return *get(rec.(*R)) },
		grow: func(rec any) any {
			e := new(E)
			*get(rec.(*R)) = e
			return e
		},
		drop: func(rec any) { *get(rec.(*R)) = nil }}
}

// clear empties the field of a record.
func (m *member) clear(rec any) {
	if m.drop != nil {
		m.drop(rec)
		return
	}
	switch f := m.field(rec).(type) {
	case *string:
		*f = ""
	case *vc.IRI:
		*f = ""
	case *AssociationType:
		*f = ""
	case *vc.DateTime:
		*f = vc.DateTime{}
	case *vc.Number:
		*f = ""
	case **int64:
		*f = nil
	case *[]string:
		*f = nil
	case *jsontext.Value:
		*f = nil
	case *[]jsontext.Value:
		*f = nil
	}
}

func fill[E any](s *[]E) {
	if *s == nil {
		*s = []E{}
	}
}

func (m member) must() member            { m.required = true; return m }
func (m member) in(v Version) member     { m.since = v; return m }
func (m member) outside() member         { m.standalone = true; return m }
func (m member) atLeastOne() member      { m.some, m.required = true, true; return m }
func (m member) normBefore() member      { m.wasNorm = true; return m }
func (m member) common() member          { m.shared = true; return m }
func (m member) advised(most int) member { m.advise = most; return m }

func newClass[R any](name string, base func(*R) *Members, members ...member) *class {
	c := &class{name: name, clause: specModel + ", " + name, members: members,
		base:  func(rec any) *Members { return base(rec.(*R)) },
		fresh: func() any { return new(R) }}
	if len(members) > maxMembers {
		panic("casefw: a class of more members than there are bits") // the tables are ours
	}
	for place := range members {
		m, bit := &members[place], uint32(1)<<place
		if m.required {
			c.required |= bit
		}
		if m.standalone {
			c.outside |= bit
		}
		if m.since == V1p1 {
			c.newer |= bit
		}
	}
	return c
}
