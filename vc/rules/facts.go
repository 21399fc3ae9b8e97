package rules

import (
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// The constructors of the facts, so that the table reads as the specification's
// own tables do: many(str("tag")) is "tag | String | 0..*".

func str(name string) shape.Member {
	return shape.Member{Name: name, Kind: shape.String}
}

// text is a string that may be given in several languages.
func text(name string) shape.Member {
	return shape.Member{Name: name, Kind: shape.String, Language: true}
}

func form(name string, f *shape.Format) shape.Member {
	return shape.Member{Name: name, Kind: shape.String, Format: f}
}

func uri(name string) shape.Member { return form(name, formatURI) }

func enum(name string, e *shape.Enum) shape.Member {
	return shape.Member{Name: name, Kind: shape.String, Enum: e}
}

func float(name string) shape.Member { return shape.Member{Name: name, Kind: shape.Number} }

func boolean(name string) shape.Member { return shape.Member{Name: name, Kind: shape.Boolean} }

func object(name, class string) shape.Member {
	return shape.Member{Name: name, Kind: shape.Object, Class: class}
}

// ref is an object or its IRI.
func ref(name, class string) shape.Member {
	return shape.Member{Name: name, Kind: shape.Ref, Class: class, Format: formatURI}
}

// req is cardinality 1, and 1..* of a many.
func req(m shape.Member) shape.Member {
	m.Required = true
	return m
}

// absent gives the absence of a member that people ask about a code of its own.
func absent(code vc.Code, m shape.Member) shape.Member {
	m.Absence = string(code)
	return m
}

// many is cardinality 0..*.
func many(m shape.Member) shape.Member {
	m.Many = true
	return m
}

// compact is the specification's mark for an array that may be a single value.
func compact(m shape.Member) shape.Member {
	m.Many, m.Compact = true, true
	return m
}

// several tolerates an array for a single value.
func several(m shape.Member) shape.Member {
	m.ArrayToo = true
	return m
}

// orIRI tolerates the IRI of an object for the object.
func orIRI(m shape.Member) shape.Member {
	m.StringToo, m.Format = true, formatURI
	return m
}

// types is the type member of cardinality 1..*, oneType that of cardinality 1.
func types() shape.Member {
	return shape.Member{Name: "type", Kind: shape.Types, Required: true, Many: true, Compact: true}
}

func oneType() shape.Member { return shape.Member{Name: "type", Kind: shape.Types, Required: true} }

func context() shape.Member { return shape.Member{Name: "@context", Kind: shape.Context} }

// picture is an object by the model and a string in the wild.
func picture(name string) shape.Member {
	m := orIRI(object(name, "Image"))
	m.Format = formatImage
	return m
}
