package verify

import (
	"errors"
	"iter"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/reading"
	"github.com/laurel-edu/laurel/vc"
)

// Verified is a credential that may be believed: authentic, conforming, current.
// It holds its own copy of what was verified and nothing else.
type Verified struct{ Authentic }

// Authentic is a credential that is its issuer's word and reads as it was signed,
// whatever became of its dates, its status and its schema: what a host keeps, and shows
// with its state (see [Report.Authentic]). Whoever relies on a credential wants a
// [Verified]. It holds its own copy of what was verified.
type Authentic struct {
	doc    *vc.Document
	report *Report
}

// Report returns how the verdict came about.
func (a *Authentic) Report() *Report { return a.report }

// Document returns the parsed document: what an EnvelopedVerifiableCredential holds, where
// one came in.
func (a *Authentic) Document() *vc.Document { return a.doc }

// Credential returns the JSON of the credential: the document itself, or what a
// token carries, be that in an envelope or not. It must not be changed.
func (a *Authentic) Credential() []byte { return door.Root(a.doc).Raw() }

// Secured returns the bytes that were verified, proof and all, as they are to be
// stored, served, baked and nested. They must not be changed.
func (a *Authentic) Secured() []byte { return a.doc.Bytes() }

// Decode decodes the credential into a typed model, such as
// *ob.AchievementCredential. What the model has of embedded credentials says
// nothing about who vouches for them: see [Authentic.Embedded].
func (a *Authentic) Decode(into any) error { return decode(a.doc, into) }

func decode(doc *vc.Document, into any) error {
	if into == nil {
		return errors.New("verify: Decode into nil")
	}
	root := door.Root(doc)
	return vc.Unmarshal(reading.Plain(door.Schema(), door.ClassOf(root), root), into)
}

// Embedded yields the credentials and endorsements that are embedded in the
// credential, at every depth, in the order of the document, each with what became
// of its proof.
func (a *Authentic) Embedded() iter.Seq[Embedded] {
	return func(yield func(Embedded) bool) { yieldEmbedded(a.report, yield) }
}

func yieldEmbedded(r *Report, yield func(Embedded) bool) bool {
	for _, n := range r.Nested {
		if !yield(Embedded{n}) || !yieldEmbedded(n.Report, yield) {
			return false
		}
	}
	return true
}

// Embedded is a credential inside a verified one. That the one around it verified
// says nothing of it unless its Proof is [ProofGood] and its own Report says verified:
// with ProofNone the issuer around it vouches for it alone.
type Embedded struct{ Nested }

// Document returns the parsed document, nil of what could not be read.
func (e Embedded) Document() *vc.Document { return e.doc }

// Credential returns the JSON of the credential. It must not be changed.
func (e Embedded) Credential() []byte {
	if e.doc == nil {
		return nil
	}
	return door.Root(e.doc).Raw()
}

// Secured returns the bytes of the credential with its proof. They must not be
// changed.
func (e Embedded) Secured() []byte {
	if e.doc == nil {
		return nil
	}
	return e.doc.Bytes()
}

// Decode decodes the credential into a typed model.
func (e Embedded) Decode(into any) error {
	if e.doc == nil {
		return errors.New("verify: nothing could be read that might be decoded")
	}
	return decode(e.doc, into)
}

// Around are the documents that it is embedded in, the outermost first.
func (e Embedded) Around() []*vc.Document { return e.around }

// Unattributed are JSON Pointers, from the credential's own top, to what it says and what
// the signature around it does not tie to it: another credential in the same document may
// have said it. A proof of its own ties everything.
func (e Embedded) Unattributed() []string { return e.shared }
