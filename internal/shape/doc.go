// Package shape checks a parsed document against a table of facts: the classes
// of a specification, their members, types, cardinalities, enumerations and
// formats. One table serves the rules that run on each verification and the JSON
// Schemas that are generated from it.
//
// A table is plain data:
//
//	schema := shape.MustCompile([]shape.Class{
//		{Name: "Image", Type: "Image", Closed: true, Members: []shape.Member{
//			{Name: "id", Kind: shape.String, Format: iri, Required: true}, …
//		}},
//	})
//
// [Schema.Check] walks the document once and reports each [Fault] to a
// [Reporter]. It allocates nothing while nothing is wrong. What a fault means in
// words, and whether it is an error, is the reporter's business: this package
// knows no specification.
//
// A compiled Schema is immutable and safe for concurrent use.
package shape
