package show

import (
	"strings"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Endorsement is somebody's word for the issuer, the achievement or the credential.
type Endorsement struct {
	By      Party
	Of      string // what it stands by: "issuer", "achievement", or "credential"
	Comment Rich
	Dates   Dates
	Standing
	Details []Field // all that it says
}

// Standing says who can be held to an embedded credential.
type Standing struct {
	// Proof is what became of its own proof: only with [verify.ProofGood] is it the word
	// of whom it names.
	Proof verify.ProofState
	// State is what it is by itself. One that nobody signed is [StateUnknown].
	State   State
	Reasons []string
}

// Words say the standing in a sentence.
func (s Standing) Words() string {
	switch s.Proof {
	case verify.ProofGood:
		if s.State == StateValid {
			return "Signed by whom it names"
		}
		return "Signed by whom it names. " + s.State.String()
	case verify.ProofBad:
		return "Not by whom it names: its proof is wrong"
	case verify.ProofNone:
		return "Unsigned: only the credential around it says so"
	}
	return "Its proof could not be checked"
}

// Vouched reports whether it counts: signed by whom it names, and valid.
func (s Standing) Vouched() bool { return s.Proof == verify.ProofGood && s.State == StateValid }

// Entry is a credential in a record. View is nil where it cannot be shown, since
// nobody can be held to it, or it stands too deep.
type Entry struct {
	Pointer string
	ID      string
	Standing
	View *View
}

// Association says how one achievement of a record stands to another.
type Association struct {
	Source, Target string // names of achievements, or their ids
	Words          string // such as "is part of"
}

// maxDepth bounds records in records: each level is a view of its own.
const maxDepth = 8

// embedded adds the endorsements and the entries that stand directly in what is shown:
// those of an entry are shown with it.
func (m maker) embedded(v *View, all []verify.Nested) error {
	for _, n := range all {
		e := verify.Embedded{Nested: n}
		if e.Role != rules.RoleEndorsement {
			v.Entries = append(v.Entries, m.entry(e))
			continue
		}
		endorsement, err := m.endorsement(e)
		if err != nil {
			return err
		}
		v.Endorsements = append(v.Endorsements, endorsement)
	}
	v.nameAssociated()
	return nil
}

// nameAssociated calls the achievements that are associated by the names that they have
// in entries.
func (v *View) nameAssociated() {
	names := map[string]string{}
	for _, entry := range v.Entries {
		if entry.View != nil {
			names[entry.View.Achievement.ID] = entry.View.Achievement.Name.Value
		}
	}
	for i := range v.Associations {
		a := &v.Associations[i]
		a.Source, a.Target = nameOr(names, a.Source), nameOr(names, a.Target)
	}
}

func nameOr(names map[string]string, id string) string {
	if name := names[id]; name != "" {
		return name
	}
	return id
}

func (m maker) endorsement(e verify.Embedded) (Endorsement, error) {
	var c ob.EndorsementCredential
	if err := e.Decode(&c); err != nil {
		return Endorsement{}, err
	}
	details, err := m.details(e.Credential(), e.Report.Form)
	return Endorsement{
		By: m.issuer(c.Issuer), Of: endorsed(e.Pointer), Comment: m.rich(c.CredentialSubject.EndorsementComment),
		Dates: datesOf(&c.Envelope, c.AwardedDate), Standing: standing(e), Details: details,
	}, err
}

// endorsed is what an endorsement stands by.
func endorsed(pointer string) string {
	for _, of := range []string{"issuer", "creator", "source", "achievement"} {
		if strings.Contains(pointer, "/"+of+"/") {
			return of
		}
	}
	return "credential"
}

func standing(e verify.Embedded) Standing {
	s := Standing{Proof: e.Proof}
	if e.Proof == verify.ProofGood {
		s.State, s.Reasons = stateOf(e.Report)
	} else {
		s.Reasons = sentences(e.Report.Problems())
	}
	return s
}

func (m maker) entry(e verify.Embedded) Entry {
	entry := Entry{Pointer: e.Pointer, ID: e.Report.ID, Standing: standing(e)}
	if e.Proof == verify.ProofBad || m.depth >= maxDepth {
		return entry
	}
	m.depth++
	view := &View{Options: Options{Languages: m.Languages, Identifiers: m.Identifiers}}
	if err := m.fill(view, nested{e}); err == nil {
		view.State, view.Reasons = entry.State, entry.Reasons
		entry.View = view
	}
	return entry
}

// nested is an embedded credential as a [Source].
type nested struct{ e verify.Embedded }

func (n nested) Report() *verify.Report { return n.e.Report }
func (n nested) Decode(into any) error  { return n.e.Decode(into) }
func (n nested) Credential() []byte     { return n.e.Credential() }

// record fills in what a record says beside its entries.
func (m maker) record(v *View, record *clr.ClrCredential) {
	m.envelope(v, &record.Envelope, record.AwardedDate)
	m.awarded(v, record.Awarded)
	subject := &record.CredentialSubject
	v.Learner = m.learner(subject.ID, subject.Identifier.Items)
	v.Partial = record.Partial != nil && *record.Partial
	names := map[string]string{}
	for i := range subject.Achievement.Items {
		a := &subject.Achievement.Items[i]
		names[string(a.ID)] = m.text(a.Name).Value
	}
	for _, a := range subject.Association.Items {
		v.Associations = append(v.Associations, Association{
			Source: nameOr(names, string(a.SourceID)), Target: nameOr(names, string(a.TargetID)),
			Words: strings.ToLower(words(string(a.AssociationType))),
		})
	}
}
