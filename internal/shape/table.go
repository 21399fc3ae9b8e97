package shape

import "github.com/laurel-edu/laurel/internal/jsonx"

// Kind is what a member's value is.
type Kind uint8

// The kinds of value.
const (
	Any     Kind = iota // anything; only its keywords are looked at
	String              // a string, of Format and Enum where they are set
	Boolean             // true or false
	Number              // a number
	Object              // an object of Class
	Ref                 // a string of Format, or an object of Class
	Types               // the class names of the node itself
	Context             // @context, which the class's Check judges
)

// Member is one fact about a class: a member that its objects have.
type Member struct {
	Name     string
	Kind     Kind
	Class    string  // of an Object or Ref; of Any, what its objects are like, which the walk leaves to a Check
	Format   *Format // of a String or Ref
	Enum     *Enum   // of a String
	Required bool
	Absence  string // code of its absence, where it has one of its own
	Many     bool   // an array
	Sole     bool   // of Any: one value, so that an array of one is that value
	// Compact: of an array, that a single value in its place is as good (the
	// compacted document form). Without it a single value is reported.
	Compact bool
	// ArrayToo: of a single value, that an array in its place is tolerated and
	// reported as such.
	ArrayToo bool
	// StringToo: of an Object, that a string of Format in its place is tolerated
	// and reported as such.
	StringToo bool
	// Language: of a String, that language values in its place are as good, and of one
	// that is not Many, an array of them.
	Language bool
}

func (m *Member) absence() string {
	if m.Absence == "" {
		return CodeMissing
	}
	return m.Absence
}

// Class is what objects of one kind are like.
type Class struct {
	Name string
	// Type is the term that the type member must hold, "" for a class without.
	Type string
	// Also is a second name of the class, which the contexts make the same as Name.
	Also   string
	Closed bool // no members but these
	// Embedded says that an object of the class within another is a document of its
	// own, which [Options] may leave alone.
	Embedded bool
	Members  []Member
	// Check holds the rules that no table can say. It runs after the members.
	Check func(*Walk, jsonx.Value)
	// Variant chooses another class for a value, by name; "" keeps this one. It is
	// for a class whose form depends on a version that the value itself names.
	Variant func(jsonx.Value) string
}

// Format is what a string must look like. Check returns "" for a good string and
// the code of the fault otherwise.
type Format struct {
	Name  string // for people, with its article: "a date"
	Check func(string) (code string)
}

// Enum is a vocabulary. Extension, where it is set, accepts further terms.
type Enum struct {
	Name      string
	Terms     []string
	Extension func(string) bool
}

// Has reports whether the vocabulary has a term. Vocabularies are short, and a
// string comparison begins with the length.
func (e *Enum) Has(term string) bool {
	for _, t := range e.Terms {
		if t == term {
			return true
		}
	}
	return e.Extension != nil && e.Extension(term)
}
