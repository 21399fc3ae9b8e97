package verify

import (
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// Codes of warnings of the check [CheckReading], of documents whose JSON itself is signed.
const (
	CodeTermWithoutMeaning vc.Code = "term-without-meaning" // no context says what this member means
	CodeTermsNotLooked     vc.Code = "terms-not-looked-at"  // which members mean something was not found out
)

// undefined warns of what no context defines in a document whose JSON itself is signed,
// a token or a proof over canonical JSON: the signature covers it, and nothing settles
// what it means. A proof over RDF leaves nothing to warn of, since it does not cover
// such members at all.
func (s *state) undefined(c *Check) {
	if s.doc.Form() == vc.FormJSON && !s.fixed || s.strange {
		return
	}
	drops, err := s.proofs.Undefined(s.ctx, s.doc)
	if err != nil {
		p := words.Problem(CodeTermsNotLooked, door.Root(s.doc).Pointer(), "")
		p.Err = err
		c.Warnings = append(c.Warnings, p)
		return
	}
	found := told{severity: vc.SeverityWarning}
	for _, drop := range drops {
		if !s.ofChild(drop.At) {
			found.add(func() *vc.Problem { return undefinedProblem(drop) })
		}
	}
	c.Warnings = append(c.Warnings, found.done()...)
}

func undefinedProblem(drop jsonld.Drop) *vc.Problem {
	code := CodeTermWithoutMeaning
	if drop.Code == jsonld.DropUndefinedType {
		code = CodeTypeUndefined
	}
	return words.Problem(code, drop.Pointer, "")
}

// ofChild reports whether a value belongs to an embedded credential, which has a report
// of its own.
func (s *state) ofChild(v jsonx.Value) bool {
	for ; v.Exists(); v = v.Parent() {
		if s.childAt(v) != nil {
			return true
		}
	}
	return false
}
