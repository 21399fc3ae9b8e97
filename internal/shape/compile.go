package shape

import "fmt"

// Schema is a compiled table.
type Schema struct {
	classes []Class
	byName  map[string]*class
	types   map[string]bool // the terms that name a class
	members map[string]bool // the members of any class
}

// class is a Class made ready for the walk.
type class struct {
	*Class
	members  map[string]*member
	required uint64 // by member index
	schema   *Schema
	number   int // its place in the table, from 1
}

type member struct {
	*Member
	class *class
	bit   uint64
}

const mostMembers = 64 // presence is kept in a uint64

// Compile resolves the names in a table. A name that is not there, a class that
// is there twice or has more than 64 members is an error of the table's author.
func Compile(classes []Class) (*Schema, error) {
	s := &Schema{classes: classes, byName: make(map[string]*class, len(classes)), types: map[string]bool{}, members: map[string]bool{}}
	for i := range classes {
		name := classes[i].Name
		if s.byName[name] != nil {
			return nil, fmt.Errorf("shape: class %s stands twice in the table", name)
		}
		s.byName[name] = &class{Class: &classes[i], schema: s, number: i + 1}
		for _, term := range [...]string{name, classes[i].Type, classes[i].Also} {
			if term != "" {
				s.types[term] = true
			}
		}
	}
	for i := range classes {
		if err := s.byName[classes[i].Name].compile(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// MustCompile is [Compile] for a table that is part of the program.
func MustCompile(classes []Class) *Schema {
	s, err := Compile(classes)
	if err != nil {
		panic(err)
	}
	return s
}

// Classes returns the table that the schema was compiled from. It must not be
// changed.
func (s *Schema) Classes() []Class { return s.classes }

func (c *class) compile() error {
	if len(c.Members) > mostMembers {
		return fmt.Errorf("shape: class %s has more than %d members", c.Name, mostMembers)
	}
	c.members = make(map[string]*member, len(c.Members))
	for i := range c.Members {
		m := &member{Member: &c.Members[i], bit: 1 << i}
		if c.members[m.Name] != nil {
			return fmt.Errorf("shape: %s.%s stands twice in the table", c.Name, m.Name)
		}
		if m.Kind == Object || m.Kind == Ref || m.Class != "" {
			if m.class = c.schema.byName[m.Class]; m.class == nil {
				return fmt.Errorf("shape: %s.%s is of class %q, which the table lacks", c.Name, m.Name, m.Class)
			}
		}
		if m.Required {
			c.required |= m.bit
		}
		c.members[m.Name] = m
		c.schema.members[m.Name] = true
	}
	return nil
}
