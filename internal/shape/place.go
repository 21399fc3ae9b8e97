package shape

import "github.com/laurel-edu/laurel/internal/jsonx"

// Place is what the table knows of an object: its class, for a walk that is not
// [Schema.Check]'s. The zero Place is an object that the table does not know. It
// is comparable.
type Place struct{ class *class }

// Fact is what the table knows of a member. The zero Fact is a member that the
// class lacks.
type Fact struct{ member *member }

// Place returns the class of that name as it is for v, the zero Place where the
// table lacks it.
func (s *Schema) Place(name string, v jsonx.Value) Place {
	return Place{s.byName[name].variant(v)}
}

// NamesClass reports whether a term names a class of the table.
func (s *Schema) NamesClass(term string) bool { return s.types[term] }

// NamesMember reports whether any class of the table has a member of that name.
func (s *Schema) NamesMember(name string) bool { return s.members[name] }

// variant is the class that a value chooses, nil for nil.
func (c *class) variant(v jsonx.Value) *class {
	for c != nil && c.Variant != nil {
		name := c.Variant(v)
		if name == "" {
			break
		}
		c = c.schema.byName[name]
	}
	return c
}

// Class returns the facts of the class, nil for the zero Place. They must not be
// changed.
func (p Place) Class() *Class {
	if p.class == nil {
		return nil
	}
	return p.class.Class
}

// Number is the place of the class in the table, counted from 1; 0 for the zero
// Place.
func (p Place) Number() int {
	if p.class == nil {
		return 0
	}
	return p.class.number
}

// Numbered returns the class of a number that [Place.Number] gave.
func (s *Schema) Numbered(n int) Place {
	if n <= 0 || n > len(s.classes) {
		return Place{}
	}
	return Place{s.byName[s.classes[n-1].Name]}
}

// Member returns the fact about a member.
func (p Place) Member(name string) Fact {
	if p.class == nil {
		return Fact{}
	}
	return Fact{p.class.members[name]}
}

// Member returns what the table says, nil for the zero Fact. It must not be
// changed.
func (f Fact) Member() *Member {
	if f.member == nil {
		return nil
	}
	return f.member.Member
}

// Place returns the class of a value of the member.
func (f Fact) Place(v jsonx.Value) Place {
	if f.member == nil {
		return Place{}
	}
	return Place{f.member.class.variant(v)}
}

// Class returns the facts of the class that the member's objects have before they
// choose a variant, nil where the table knows none.
func (f Fact) Class() *Class {
	if f.member == nil || f.member.class == nil {
		return nil
	}
	return f.member.class.Class
}
