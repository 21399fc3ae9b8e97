package embedded

import (
	"strconv"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// A unit of work is about a microsecond. Besides what jsonld tells of (a statement,
// and what the length of the input does not bound), it is one of these.
const (
	textPerUnit       = 256 // bytes of statements or of canonical JSON, sorted and hashed
	searchPerUnit     = 16  // units of rdf.Options.MaxWork
	unitsPerSignature = 32  // some thirty microseconds with Ed25519, more with P-384

	// defaultUnits is what small documents have beside a unit a byte. Sixteen proofs
	// under each of a dozen earlier contexts take a quarter of it.
	defaultUnits = 1 << 16
)

// exhausted says in a report that the search was ended.
func (s *Subject) exhausted(at string) error {
	p := problem(proof.CodeWorkExhausted, at, "", "at most "+strconv.Itoa(s.budget.Limit)+" units")
	p.Err = jsonld.ErrExhausted
	return p
}

// Bounds on the statements of a document by its size. Statements repeat the names of
// their subjects, so their text is longer than the document, three times as a rule.
const (
	leastQuads   = 1 << 14 // and one for each sixteen bytes: the densest honest documents have one for thirty
	leastText    = 4 << 20 // bytes, and eight for each byte
	bytesPerQuad = 16
	textPerByte  = 8
)

// rdfOptions are the bounds of one canonical form of a document of so many bytes.
func (v *Verifier) rdfOptions(doc *vc.Document, hash rdf.Hash) rdf.Options {
	o := rdf.Options{Hash: hash, MaxWork: v.config.MaxWork, MaxQuads: v.config.MaxQuads, MaxNodes: v.config.MaxNodes}
	if o.MaxQuads <= 0 {
		o.MaxQuads = min(rdf.DefaultMaxQuads, leastQuads+len(door.Root(doc).Raw())/bytesPerQuad)
	}
	if o.MaxNodes <= 0 && doc.HasType("ClrCredential") {
		o.MaxNodes = rdf.RecordMaxNodes // embedded credentials bring some ten nodes without an id each
	}
	return o
}
