package verify

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/reading"
	"github.com/laurel-edu/laurel/vc"
)

// Codes of the check [CheckReading].
const (
	CodeIllegible       vc.Code = "member-illegible" // signed, and not where or as readers of JSON look for it
	CodeNodeSplit       vc.Code = "node-split"       // several objects of one id, and no telling which of them says it
	CodeNodeRepeated    vc.Code = "node-repeated"    // a warning: several objects of one id that are tolerated
	CodeInterchangeable vc.Code = "interchangeable"  // a warning: another credential may have said it
	CodeDuplicate       vc.Code = "duplicate"        // a warning: the same credential twice, which counts once
	CodeTypeUndefined   vc.Code = "type-undefined"   // a warning: a type that no term stands for
	CodeJudgeLimit      vc.Code = "judge-limit"      // the document takes more comparing than is done
)

// reading checks that what readers find in the JSON is what was signed. A signature
// over RDF fixes statements: whoever holds a document may write others that make the
// same ones and read differently. One over the JSON itself leaves nothing to judge.
func (s *state) reading() {
	if !s.authentic || s.unattended {
		return
	}
	c := Check{Name: CheckReading, Outcome: OutcomePassed}
	if s.undefined(&c); s.fixed {
		c.Detail = "the JSON itself is signed"
		s.add(c)
		return
	}
	var share func(jsonx.Value)
	if s.each != nil {
		share = s.share
	}
	err := s.readBy(&c, s.proofOf, share)
	switch {
	case len(c.Problems) > 0 && s.settledByProofs():
		c.Outcome = OutcomeUndetermined
	case len(c.Problems) > 0:
		c.Outcome = OutcomeFailed
	case err != nil:
		s.late(&c)
	}
	s.add(c)
}

// readBy lets the judge look at the document, where proofs says what became of those
// of the embedded credentials.
func (s *state) readBy(c *Check, proofs func(jsonx.Value) reading.Proof, share func(jsonx.Value)) error {
	root := door.Root(s.doc)
	in := reading.Input{Root: root, Class: door.ClassOf(root), Schema: door.Schema(), Trace: s.trace, Skip: root.Get("proof"),
		Embedded: proofs, Shared: share, Interchangeable: s.config.Nested.Interchangeable, Off: reading.Guards(s.config.guardsOff)}
	return reading.Judge(s.ctx, in, func(f reading.Finding) bool {
		if f.Severity == reading.Warn {
			c.Warnings = append(c.Warnings, readingProblem(f).WithSeverity(vc.SeverityWarning))
		} else {
			c.Problems = append(c.Problems, readingProblem(f))
		}
		return true
	})
}

// settledByProofs reports whether nothing would stand against the reading if the
// proofs that could not be checked were good: then a key that cannot be had is no
// reason to call the document bad.
func (s *state) settledByProofs() bool {
	undecided := false
	var c Check
	err := s.readBy(&c, func(v jsonx.Value) reading.Proof {
		p := s.proofOf(v)
		if p == reading.Undecided {
			p, undecided = reading.Good, true
		}
		return p
	}, nil)
	return err == nil && undecided && len(c.Problems) == 0
}

// share notes at the embedded credential that says it what another may have said.
func (s *state) share(v jsonx.Value) {
	within := s.entry
	for c := within.around(v); c != nil; c = within.around(v) {
		within = c
	}
	if within != s.entry {
		within.shared = append(within.shared, strings.TrimPrefix(v.Pointer(), within.value.Pointer()))
	}
}

func readingProblem(f reading.Finding) *vc.Problem {
	found := f.Found
	if f.About.Exists() {
		found += "; compare " + where(f.About)
	}
	return problem(vc.Code(f.Code), f.At.Pointer(), found, f.Expected)
}

// where names a place for a person.
func where(v jsonx.Value) string {
	if p := v.Pointer(); p != "" {
		return p
	}
	return "the top of the document"
}

// childAt is the credential that is embedded at v, nil where none is.
func (s *state) childAt(v jsonx.Value) *entry {
	i, found := slices.BinarySearchFunc(s.entry.children, v.ID(), func(e *entry, id int) int { return e.value.ID() - id })
	if !found {
		return nil
	}
	return s.entry.children[i]
}

// around is the credential embedded in e that v is a part of, nil where it is of none.
func (e *entry) around(v jsonx.Value) *entry {
	i, found := slices.BinarySearchFunc(e.children, v.ID(), func(c *entry, id int) int { return c.value.ID() - id })
	if !found {
		i--
	}
	if i < 0 || e.children[i].value.Kind() != jsonx.Object {
		return nil
	}
	c := e.children[i]
	if v.Offset() >= c.value.Offset()+len(c.value.Raw()) {
		return nil
	}
	return c
}

// proofOf is what became of the proof of a credential that is embedded at v.
func (s *state) proofOf(v jsonx.Value) reading.Proof {
	child := s.childAt(v)
	if child == nil {
		return reading.Undecided
	}
	switch child.state.proofState() {
	case ProofGood:
		return reading.Good
	case ProofBad:
		return reading.Bad
	case ProofNone:
		return reading.None
	}
	return reading.Undecided
}
