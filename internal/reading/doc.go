// Package reading judges whether a JSON document can be read otherwise than it
// was signed.
//
// A signature over RDF fixes statements, not JSON. Whoever holds a document may
// move a member from one object to another of the same id, write the name that a
// second context has for a term, put an array around an array: the signature stays
// good, and a reader of JSON finds something else, or nothing. [Judge] therefore
// asks of a document that each object states what the model has, at its nearest
// place, in the model's form. Three sets of rules do so:
//
//   - Form (form.go, names.go): what the members and values of each object look
//     like.
//   - Nodes (nodes.go): where several objects have one id, what each may say.
//   - Embedded (entries.go): which of the credentials in a document without proofs
//     of their own could be exchanged for one another.
//
// What a name means is not worked out here: [jsonld.Trace] is what the expansion
// noted whose statements were hashed. Which members an object has is the table of
// facts' to say ([shape.Schema]), so that this package knows JSON-LD and graphs and
// nearly nothing of badges.
//
// Embedded credentials with a good proof of their own are documents of their own:
// they are judged where they are verified, with a trace of their own. So is each
// proof.
//
// [Plain] is the other half for readers: the text of a document without the arrays
// of one that JSON-LD does not tell from their values.
package reading
