package suites_test

// deviation is a way in which json-gold 0.9.1 departs from a standard.
type deviation struct {
	name   string
	peer   string // what json-gold does
	clause string // that decides
	// mend puts it right on json-gold's side, or takes what it concerns away from
	// both, and reports whether there was anything to mend.
	mend func(*comparison) bool
}

// deviations explain every difference between the two processors that the tests
// of this package meet. Those that change the input come first.
var deviations = []deviation{
	{"graph of verifiableCredential",
		"loses the graph of a term with `@container: @graph` and `@context: null`, such as VCDM 2.0's verifiableCredential",
		"JSON-LD 1.1 API, 5.1.2, step 13.12; test tpr43", mendNullContext},
	{"`@language` of a node", "ends with an error at a node that has an `@language`",
		"JSON-LD 1.1 API, 5.1.2, step 13.4.8: no error; 8.1.2 makes no statement of it", mendNodeLanguage},
	{"errors in a set", "overlooks an error below `@set` and leaves out what stands there",
		"JSON-LD 1.1 API, 5.1.2, step 13.4.12", mendSets},
	{"equal JSON literals", "panics when one node has two JSON objects for one property", "JSON-LD 1.1 API, 7.2.2, step 4",
		noResult("comparing uncomparable type")},
	{"values in graphs", "panics or ends with an error at a graph of mere values", "JSON-LD 1.1 API, 5.1.2, step 19; test t0047",
		noResult("assignment to entry in nil map", "GenerateNodeMap, got <nil>")},
	{"references in lists", "panics at a relative reference in a list",
		"JSON-LD 1.1 API, 8.3.2; test tli14", noResult("nil pointer dereference", "ld.Node is nil")},
	{"relative `@type`", "states a type that is no IRI",
		"JSON-LD 1.1 API, 8.1.2: statements that are not well-formed are left out", mendRelativeType},
	{"`@direction`", "leaves out the direction of a text; what is signed keeps it (`rdfDirection` i18n-datatype)",
		"JSON-LD 1.1 API, 8.2.2, step 13", mendDirection},
	{"`@json`", "writes an error message for a JSON literal that is no object, and numbers in another form",
		"JSON-LD 1.1 API, 8.2.2, step 8; RFC 8785", mendJSON},
	{"large numbers", "makes a double of an integer beyond 64 bits", "JSON-LD 1.1 API, 8.2.2, step 11", mendNumbers},
	{"IRIs left out",
		"leaves out statements with https IRIs that its own pattern for URLs does not match, such as those of 2,083 characters",
		"RFC 3987, 2.2; JSON-LD 1.1 API, 8.1.2", mendUnmatchedIRIs},
	{"ill-formed IRIs", "writes characters into an IRI that N-Quads forbids there",
		"N-Quads, IRIREF; JSON-LD 1.1 API, 8.1.2", mendIllFormed},
	{"language tags", "states a text with an ill-formed language tag", "JSON-LD 1.1 API, 8.2.2, step 7; BCP 47, 2.1", mendLanguageTags},
	{"self-references", "hashes a statement that names a node twice as if it named two", "RDFC-1.0, 4.4.3, step 2.1", namesTwice},
	{"repeated statements", "writes a statement twice that two empty lists of one node make",
		"RDF 1.1 Concepts, 3 and 4: graphs are sets", repeats},
	{"control characters", "writes most control characters as they are", "RDFC-1.0, appendix A", sameStatements},
}
