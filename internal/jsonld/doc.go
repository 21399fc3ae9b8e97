// Package jsonld turns JSON-LD 1.1 into the RDF dataset that a Data Integrity
// proof signs.
//
// # Use
//
// One [Engine] serves a process. It is given the context documents that are known
// and says which names they define, so that the parser can number them; see the
// example of [Engine.ToRDF].
//
// The zero [Input.Mode] is Strict: whatever of the document would not be in the
// dataset, and so not be signed, is an error with its place, all of it together.
// The zero [Policy] lets a document name known contexts and nothing else. Do not
// use [Standard] mode for anything that is signed: it drops silently, as the
// specification wants.
//
// # How it works
//
// The specification describes three passes over three copies of a document:
// expansion (JSON-LD 1.1 API, 5.1), node map generation (7.2) and the conversion
// to RDF (8.1). This package walks the parsed text once and writes quads.
//
//   - Contexts. An active context is an immutable table of terms (context.go),
//     built by the algorithms of chapter 4 (process.go, settings.go, define.go,
//     mapping.go). What leads from one context to the next, be it a known document
//     or the scoped context of a term, is a transition; each is computed once and
//     remembered by the context it starts from (transition.go). A warm engine
//     processes no context at all. Contexts that a document brings itself, and all
//     that derives from them, live for one call.
//   - Terms. Names of members are numbered (symbols.go) when the text is parsed;
//     finding a term is an index into the table. A term carries its IRI, judged
//     for well-formedness once, and the end of its literals as N-Quads writes it.
//   - Objects. Each object is classified first (classify.go): which of its members
//     are keywords, which are properties, what they mean under its contexts. The
//     rest follows from the keywords (element.go): a node, a value, a list or a set.
//   - Places. Where the specification returns arrays to be merged later, values go
//     to a place at once (place.go): it knows the subject, the property and the
//     graph, whether it builds a list, turns statements around, or wraps nodes in
//     graphs of their own. Keys of container maps are an addition to a place
//     (maps.go).
//
// Node maps are needed only to merge what is said of a node in several places; a
// dataset, being a set, does that itself. Blank node identifiers of the document
// are the one thing to remember.
//
// # What is refused, what is dropped
//
// An [*Error] is a document that breaks a rule of the specification, of the
// [Policy] or of the [Limits]. A [Drop] is something that the specification leaves
// out of the dataset without an error, such as a member that no context defines.
// Every IRI is checked before it may stand in a quad, in every mode: N-Quads
// delimits IRIs with angle brackets, and a document that could put one into an IRI
// could forge whole statements.
package jsonld
