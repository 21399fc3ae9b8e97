package jsonld

// Mode chooses how the algorithms treat what they cannot put into a dataset.
type Mode uint8

const (
	// Strict, the zero value, is for signing and verifying: whatever would be
	// left out of the dataset is an error, all of it together as a [*DataLoss].
	Strict Mode = iota
	// Lenient leaves out what the specification says must be left out and lists
	// each thing in Result.Dropped. The [Policy] on contexts holds as in Strict.
	Lenient
	// Standard follows the specification and nothing else: there is a base IRI,
	// every context is allowed, scoped contexts are checked when they are
	// defined, and nothing is reported. It is for the W3C test suite and for
	// documents that nobody signed.
	Standard
)

// Direction is how a text's base direction is written in RDF (JSON-LD 1.1 API,
// rdfDirection). Strict and Lenient always use [I18nDatatype], as the deployed
// Data Integrity suites do: a direction that is dropped is a claim not signed.
type Direction uint8

const (
	DropDirectionality Direction = iota // the specification's default: it is lost
	I18nDatatype                        // a datatype https://www.w3.org/ns/i18n#lang_dir
	CompoundLiteral                     // a blank node with rdf:value, rdf:language, rdf:direction
)

// Policy is what a document may do to its own vocabulary in Strict and Lenient
// mode. The zero Policy allows nothing but a top-level list of known contexts:
// whoever can add a context to a signed document can otherwise exchange the
// meaning of its terms without touching the signed statements. What a known
// context document does itself is always allowed.
type Policy struct {
	// AllowInline allows contexts written into the document.
	AllowInline bool
	// AllowNested allows an @context below the top of the document. A record
	// that holds whole credentials needs it.
	AllowNested bool
	// AllowVocab allows @vocab, which makes a statement of every unknown member.
	AllowVocab bool
	// AllowBase allows @base. Without it there is no base IRI and every relative
	// reference is a finding.
	AllowBase bool
	// AllowImport allows @import.
	AllowImport bool
}

// allowAll is the policy of Standard mode.
var allowAll = Policy{AllowInline: true, AllowNested: true, AllowVocab: true, AllowBase: true, AllowImport: true}

// Limits bounds the work that contexts can cause. A zero field has the default.
type Limits struct {
	// Documents is how many context documents one call may load through
	// Config.Load, 16 by default.
	Documents int
	// Listed is how many contexts one @context of a document may list, 16 by
	// default, repetitions counted: documents in use list at most six, and a list is
	// gone through wherever it stands and once more for each proof.
	Listed int
	// Bytes is the longest context, 512 KiB by default: the longest in use has
	// some 60 KiB.
	Bytes int
	// Depth is how deep contexts may include one another, 8 by default.
	Depth int
	// Contexts is how many context definitions that are not already compiled one
	// call may process, 1,024 by default; each costs a copy of the term table.
	Contexts int
	// Quads is how many statements one document may give, 1,000,000 by default.
	Quads int
}

// mostTypes is how many types one node may have: each costs a place in memory, a
// statement and a look at its context, and honest nodes have one to three.
const mostTypes = 256

func (l Limits) withDefaults() Limits {
	for _, d := range []struct {
		field *int
		value int
	}{{&l.Documents, 16}, {&l.Listed, 16}, {&l.Bytes, 512 << 10}, {&l.Depth, 8}, {&l.Contexts, 1024}, {&l.Quads, 1_000_000}} {
		if *d.field <= 0 {
			*d.field = d.value
		}
	}
	return l
}
