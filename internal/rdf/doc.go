// Package rdf holds RDF datasets, each statement as its line of N-Quads, and brings
// them into the canonical form of RDF Dataset Canonicalization 1.0 (RDFC-1.0),
// the form whose digest a Data Integrity proof signs.
//
// # Use
//
//	var dataset rdf.Dataset
//	dataset.Add(&rdf.Quad{ … })
//	canonical, err := rdf.Canonicalize(ctx, &dataset, rdf.Options{})
//	if err != nil { … }            // *rdf.Error with a Code
//	defer canonical.Release()
//	digest := canonical.Sum()      // SHA-256 of the canonical N-Quads
//
// The canonical form names blank nodes c14n0, c14n1, … in a way that depends on
// the statements alone, writes each statement once, and sorts the lines. Two
// datasets have the same form exactly when they differ in nothing but the names
// of blank nodes and the order and repetition of statements.
//
// # The algorithm in this package
//
// A dataset (dataset.go) has blank nodes as small integers, so every table is a
// slice. Each statement is written once, when it is added, as its line of N-Quads
// with _:z in place of each blank node. All later texts are cut from these lines.
//
//  1. First degree (first_degree.go). A node's mentions are the lines that name
//     it. They are copied, the node itself becomes _:a, and they are sorted,
//     rid of repetitions and hashed, unless another node had the same lines
//     (like.go). A hash that only one node has settles that node's name: names are
//     issued in the order of the hashes.
//  2. N degree (n_degree.go). Nodes that share a hash are told apart by their
//     neighbours, theirs in turn, and so on. Where several neighbours look the
//     same, the standard tries them in every order and keeps the least path;
//     this is what makes it factorial in the worst case, and what the work
//     limit is for. permute.go, least.go and twins.go cut down what is tried,
//     each with the reason why the outcome stays that of the standard.
//  3. Output (output.go, subjects.go). Lines are gathered by subject, IRIs first, then the
//     blank nodes in the order of their new names; what a subject has is nearly
//     sorted from step 1. The blanks are filled in while the lines are copied.
//
// Lines are never sorted as whole texts: compare.go orders them by the numbers that
// predicates of known vocabularies have (order.go), by the rest of the templates, and
// by what will stand in the blanks, both for step 1 and for step 3.
//
// # A gap in the standard
//
// Where the N degree hashes of two nodes are equal, the standard takes either
// first, on the understanding that it makes no difference. In rare datasets in
// which blank nodes that look alike name graphs it does make one, because the
// related hash of a graph name leaves out the predicate: such a dataset has more
// than one form that the standard allows. This package then gives one of them,
// which depends on the numbers of the nodes, so the same document still gives the
// same form. Each form is the dataset, so nothing can be forged by this; at worst
// another implementation does not verify. Credentials do not look like that.
//
// # Bounds
//
// Input is hostile until its signature is checked, and canonicalisation comes
// before that. Work is counted in units and not timed, so that a document is
// accepted on every machine or on none: see [Options.MaxWork]. Quads, nodes and
// bytes are bounded too. The context is asked while units are spent.
//
// A dataset holds the lines of all statements as text, at most Dataset.MaxBytes of
// it, and 40 bytes for each. Canonicalisation takes some 80 bytes for each blank node
// and 4 for each mention of one and each statement; [Canonical.Sum] adds a few
// kilobytes, NQuads the text once more. Telling nodes apart adds what the units of
// work can write. Memory is thus bounded for each concurrent call by what the options
// admit, and for a real document it is about four times its size.
//
// Buffers are pooled; [Canonical.Release] gives them back.
package rdf
