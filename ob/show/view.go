package show

import (
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Options says for whom a view is made. The zero value is for a page that anybody may
// open: it prefers no language and keeps the learner's identifiers back.
type Options struct {
	// Languages are those of the reader, best first (BCP 47). Without one, or where a
	// text has none of them, it is that of [vc.Text.String].
	Languages []string
	// Identifiers shows by what the learner is identified: e-mail addresses, student
	// numbers, and the id of the subject. It is for the learner's own pages.
	Identifiers bool

	// Address is the URL of the page itself, for those who share it. It goes into the
	// Open Graph tags and the link to LinkedIn; without it there is no such link.
	Address string
	// Download is the URL of the credential as a file. Without it there is no such
	// link.
	Download string
	// Back is the URL of the page that the reader came from, such as a list of what they
	// have. Without it there is no such link.
	Back string
	// Picture is the URL of the credential's image on this host, such as the baked
	// badge. Without it a [Page] shows the image that stands in the credential, and one
	// that only its issuer's host has as a link: loading it would tell that host of
	// every reader.
	Picture string
}

// Source is a credential whose reading can be relied on: a [verify.Verified], or a
// [verify.Authentic] that expired or was revoked.
type Source interface {
	// Report is how it was verified.
	Report() *verify.Report
	// Decode decodes the credential into a typed model.
	Decode(into any) error
	// Credential is the JSON of the credential.
	Credential() []byte
}

// decoder is as much of a Source as its content is read from.
type decoder interface{ Decode(into any) error }

// View is a badge or a record as a person is shown it. Absent members are empty.
type View struct {
	Options Options

	ID    string
	Kind  Kind
	State State
	// Reasons say in sentences why the state is not [StateValid].
	Reasons []string
	// Warnings say what is off without being wrong.
	Warnings []string

	Name, Description Text
	Image             Picture
	Issuer            Party
	// Learner is whom it is about, as far as Options allow.
	Learner Learner
	Dates   Dates

	// Achievement is what was reached. A record has none.
	Achievement Achievement
	Narrative   Rich // how it was reached
	Results     []Result
	Credits     string // earned
	Term, Role  Text
	License     string
	Source      Party // who saw it reached
	Evidence    []Evidence

	Endorsements []Endorsement

	// Partial is true where a record says that there is more than it holds.
	Partial bool
	// Entries are the credentials that a record holds, each by its own proof.
	Entries []Entry
	// Associations say how a record's achievements hang together.
	Associations []Association

	// Unsigned lists what the signature does not cover, Withheld what the learner
	// keeps back of what the rules ask for.
	Unsigned, Withheld []string

	// Details is all that the credential says, member by member, but for its proofs.
	Details []Field
}

// Kind is what a view shows. The zero value is a credential of no kind of its own.
type Kind uint8

// The kinds of credentials.
const (
	KindCredential Kind = iota
	KindBadge
	KindRecord
	KindEndorsement
)

// NewView makes the view of a badge, a record or an endorsement. An error says that
// the credential cannot be shown: its report lets nobody rely on what it says.
func NewView(source Source, o Options) (*View, error) {
	if source == nil || source.Report() == nil {
		return nil, errors.New("show: there is no credential")
	}
	if !source.Report().Authentic() {
		return nil, fmt.Errorf("show: the credential is not its issuer's word: %s", source.Report().Verdict)
	}
	v := &View{Options: o}
	m := maker{Options: o}
	if err := m.fill(v, source); err != nil {
		return nil, fmt.Errorf("show: %w", err)
	}
	return v, nil
}

// maker makes the parts of a view, for one reader.
type maker struct {
	Options
	depth int
	brief bool // for a list, which has no text of several lines
}

func (m maker) fill(v *View, source Source) error {
	report := source.Report()
	v.ID, v.Kind = report.ID, kindOf(report.Types)
	v.State, v.Reasons = stateOf(report)
	v.Warnings = sentences(report.Warnings())
	v.Unsigned, v.Withheld = places(report.Unsigned), places(report.Withheld)
	details, err := m.details(source.Credential(), report.Form)
	if err != nil {
		return err
	}
	v.Details = details
	if err := m.content(v, source); err != nil {
		return err
	}
	return m.embedded(v, report.Nested)
}

// content fills in what the credential says by its model.
func (m maker) content(v *View, source decoder) error {
	switch v.Kind {
	case KindRecord:
		var record clr.ClrCredential
		if err := source.Decode(&record); err != nil {
			return err
		}
		m.record(v, &record)
	case KindEndorsement:
		var endorsement ob.EndorsementCredential
		if err := source.Decode(&endorsement); err != nil {
			return err
		}
		m.envelope(v, &endorsement.Envelope, endorsement.AwardedDate)
		v.Narrative = m.rich(endorsement.CredentialSubject.EndorsementComment)
		v.Achievement.ID = string(endorsement.CredentialSubject.ID)
	default:
		var badge ob.AchievementCredential
		if err := source.Decode(&badge); err != nil {
			return err
		}
		m.badge(v, &badge)
	}
	return nil
}

func kindOf(types []string) Kind {
	for _, t := range types {
		switch t {
		case string(rules.ClrCredential):
			return KindRecord
		case string(rules.EndorsementCredential):
			return KindEndorsement
		case string(rules.AchievementCredential), "OpenBadgeCredential":
			return KindBadge
		}
	}
	return KindCredential
}

func (m maker) badge(v *View, badge *ob.AchievementCredential) {
	m.envelope(v, &badge.Envelope, badge.AwardedDate)
	m.awarded(v, badge.Awarded)
	subject := &badge.CredentialSubject
	v.Learner = m.learner(subject.ID, subject.Identifier.Items)
	v.Dates.ActivityStart, v.Dates.ActivityEnd = date(subject.ActivityStartDate), date(subject.ActivityEndDate)
	v.Achievement = m.achievement(&subject.Achievement)
	v.Narrative = m.rich(subject.Narrative)
	v.Results = m.results(subject)
	v.Credits = string(subject.CreditsEarned)
	v.Term, v.Role, v.License = m.text(subject.Term), m.text(subject.Role), subject.LicenseNumber
	v.Source = m.party(subject.Source)
	if v.Name.Value == "" {
		v.Name = v.Achievement.Name
	}
	if v.Description.Value == "" {
		v.Description = v.Achievement.Description
	}
	v.Image = m.firstPicture(v.Image, m.picture(subject.Image), v.Achievement.Image)
}

func (m maker) envelope(v *View, e *ob.Envelope, awarded vc.DateTime) {
	v.Name, v.Description = m.text(e.Name), m.text(e.Description)
	v.Issuer = m.issuer(e.Issuer)
	v.Dates = datesOf(e, awarded)
}

func (m maker) awarded(v *View, a ob.Awarded) {
	v.Image = m.picture(a.Image)
	for _, e := range a.Evidence.Items {
		v.Evidence = append(v.Evidence, m.evidence(e))
	}
}
