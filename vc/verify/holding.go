package verify

import (
	"fmt"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// Codes of the check [CheckHolder].
const (
	CodePresentedByOther  vc.Code = "presented-by-another" // somebody else presents it than whom it is about
	CodePresentedByNobody vc.Code = "presented-by-nobody"  // nobody is proven to be the holder
	CodeSubjectNotNamed   vc.Code = "subject-not-compared" // it names its subject by no id
)

// Holding is what a credential in a presentation has to do with whoever presents it. The
// zero value is HoldingNobody.
type Holding uint8

// The states of a presented credential.
const (
	HoldingNobody   Holding = iota // nobody is proven to present it
	HoldingUnnamed                 // it names its subject by no id that can be compared, such as by a hashed address alone
	HoldingAnother                 // the holder is not whom it is about
	HoldingSubject                 // the holder is whom it is about, or one of them
	HoldingNotAsked                // it is about nobody: a status list
)

var holdingNames = [...]string{"presented-by-nobody", "subject-not-named", "presented-by-another", "held-by-subject", "not-asked"}

// String returns the stable name of the state.
func (h Holding) String() string {
	if int(h) < len(holdingNames) {
		return holdingNames[h]
	}
	return fmt.Sprintf("holding(%d)", uint8(h))
}

// MarshalText writes the stable name.
func (h Holding) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// holding compares the subjects of a credential with the holder (VCDM 2.0, 4.13; what
// follows from a difference is the application's business).
func holding(credential *vc.Document, holder string) Holding {
	if isStatusList(credential) {
		return HoldingNotAsked
	}
	if holder == "" {
		return HoldingNobody
	}
	h := HoldingUnnamed
	for subject := range door.Root(credential).Get("credentialSubject").All() {
		switch id := jsonx.Content(subject.Get("id").Single()); {
		case id == holder:
			return HoldingSubject
		case id != "":
			h = HoldingAnother
		}
	}
	return h
}

func isStatusList(doc *vc.Document) bool {
	for _, l := range lists {
		if doc.HasType(l[1]) {
			return true
		}
	}
	return false
}

var holdingCodes = map[Holding]vc.Code{HoldingNobody: CodePresentedByNobody, HoldingUnnamed: CodeSubjectNotNamed,
	HoldingAnother: CodePresentedByOther}

// holder says of each credential whether its subject presents it, and of the entries of records
// too: whoever puts another's badge into a record of his own would else present it as his. What
// a difference means is the caller's business, so that the check counts where Expect says so.
func (s *state) holder() {
	if !s.presents() || len(s.report.Nested) == 0 {
		return
	}
	c := Check{Name: CheckHolder, Outcome: OutcomePassed, Advisory: !s.expect.HolderIsSubject}
	var all told
	for i := range s.report.Nested {
		s.held(&s.report.Nested[i], &c, &all)
	}
	if c.Problems = all.done(); c.Outcome == OutcomePassed {
		c.Detail = "each credential is about " + s.report.presenter + ", who presents it"
	}
	s.add(c)
}

// held judges one credential that is presented.
func (s *state) held(n *Nested, c *Check, all *told) {
	n.Holding = holding(n.doc, s.report.presenter)
	if code, off := holdingCodes[n.Holding]; off {
		s.notHeld(n, code, c, all)
	}
	if s.report.presenter != "" {
		s.entriesHeld(n, c, all)
	}
}

// entriesHeld judges the entries of a record. Of one that names its subject by no id the record
// says whose it is, if it is not the holder's own.
func (s *state) entriesHeld(record *Nested, c *Check, all *told) {
	for i := range record.Report.Nested {
		n := &record.Report.Nested[i]
		if n.Role != rules.RoleCredential {
			continue
		}
		n.Holding = holding(n.doc, s.report.presenter)
		own := record.Report.IssuerID == s.report.presenter
		if code, off := holdingCodes[n.Holding]; off && (own || n.Holding != HoldingUnnamed) {
			s.notHeld(n, code, c, all)
		}
		s.entriesHeld(n, c, all)
	}
}

func (s *state) notHeld(n *Nested, code vc.Code, c *Check, all *told) {
	if n.Holding != HoldingUnnamed {
		c.Outcome = OutcomeFailed
	} else if c.Outcome == OutcomePassed {
		c.Outcome = OutcomeUndetermined
	}
	all.add(func() *vc.Problem {
		p := words.Problem(code, n.Pointer, "")
		if s.report.presenter != "" {
			p.Found = vc.Quote(s.report.presenter)
		}
		return p
	})
}
