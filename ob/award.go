package ob

import (
	"cmp"
	"time"

	"github.com/laurel-edu/laurel/vc"
)

// Award describes a badge to be issued, for [NewAchievementCredential]. Issuer,
// Recipient and Achievement are needed; the rest has defaults.
type Award struct {
	Issuer      Profile     // at least an ID, which the signing key must belong to
	Recipient   Recipient   // who gets it
	Achievement Achievement // what for; see [NewAchievement]

	ID          vc.IRI    // by default a new UUID URN
	Name        vc.Text   // by default the achievement's
	Description vc.Text   // optional
	Image       *Image    // optional
	ValidFrom   time.Time // by default now
	ValidUntil  time.Time // by default without end
	AwardedDate time.Time // optional: when it was first awarded

	Narrative     vc.Text    // how this person reached it
	Results       []Result   // see [ResultDescription]
	Evidence      []Evidence // what shows it
	CreditsEarned vc.Number  // such as "3.5"
	Role, Term    vc.Text
	Source        *Profile // who assessed it, where that is not the issuer
	ActivityStart time.Time
	ActivityEnd   time.Time
	LicenseNumber string

	Status  *vc.CredentialStatus  // where revocation is published
	Schemas []vc.CredentialSchema // schemas that the badge keeps
	Refresh *vc.RefreshService    // where a newer state is had

	Now   func() time.Time // time.Now by default
	NewID func() vc.IRI    // [NewID] by default
}

// Recipient is the person who gets a badge: an ID such as a DID or a URL, or
// identifiers such as an e-mail address, or both.
type Recipient struct {
	ID          vc.IRI
	Identifiers []IdentityObject
}

// RecipientEmail is a recipient who is known by an e-mail address, which the
// badge shows only as a hash. salt should be unguessable and new for each badge. What
// is no address, and an empty salt, make a badge whose JSON is an error, see
// [HashedIdentity].
func RecipientEmail(address, salt string) Recipient {
	return Recipient{Identifiers: []IdentityObject{HashedIdentity(IdentifierEmailAddress, address, salt)}}
}

// NewAchievement returns an achievement with the three texts that it must have,
// under a new UUID URN. Give it a URL as ID where there is a page that describes
// it: a UUID URN means the same achievement only within one issuer.
func NewAchievement(name, description, criteria string) Achievement {
	return Achievement{
		ID: NewID(), Type: vc.Many("Achievement"), Name: vc.Plain(name), Description: vc.Plain(description),
		Criteria: Criteria{Narrative: vc.Plain(criteria)},
	}
}

// CompleteAchievement returns a copy of a with types on every node that lacks
// them and an id where it has none, from newID or [NewID]. The constructors of
// credentials do this by themselves.
func CompleteAchievement(a Achievement, newID func() vc.IRI) Achievement {
	newDefaults(nil, newID).achievement(&a)
	return a
}

// AlignCASE returns the alignment to an item of a CASE framework: uri is the
// item's CFItem uri, identifier its UUID, statement its full statement, and
// framework the title of its CFDocument.
func AlignCASE(uri vc.IRI, identifier, statement, framework string) Alignment {
	return Alignment{
		Type: vc.Many("Alignment"), TargetURL: uri, TargetCode: identifier, TargetName: vc.Plain(statement),
		TargetFramework: vc.Plain(framework), TargetType: TargetCFItem,
	}
}

// NewAchievementCredential returns the badge that a describes: VCDM 2.0, the
// contexts that its content needs, types on every node that lacks them, ids where
// they may be new. It takes what it is given; [AchievementCredential.Check] says
// what is missing or wrong.
func NewAchievementCredential(a Award) *AchievementCredential {
	d := newDefaults(a.Now, a.NewID)
	a.Name = cmp.Or(a.Name, a.Achievement.Name)
	c := &AchievementCredential{
		Envelope: d.envelope("OpenBadgeCredential", a),
		Awarded:  Awarded{AwardedDate: vc.NewDateTime(a.AwardedDate), Evidence: list(a.Evidence)},
		CredentialSubject: AchievementSubject{
			ID:                a.Recipient.ID,
			Identifier:        list(a.Recipient.Identifiers),
			Achievement:       a.Achievement,
			Narrative:         a.Narrative,
			Result:            list(a.Results),
			CreditsEarned:     a.CreditsEarned,
			Role:              a.Role,
			Term:              a.Term,
			Source:            a.Source,
			LicenseNumber:     a.LicenseNumber,
			ActivityStartDate: vc.NewDateTime(a.ActivityStart),
			ActivityEndDate:   vc.NewDateTime(a.ActivityEnd),
		},
	}
	if a.Image != nil {
		c.Image = vc.Embed(*a.Image)
	}
	d.awarded(&c.Awarded)
	d.subject(&c.CredentialSubject)
	return c
}

// Endorsed describes an endorsement to be issued, for [NewEndorsementCredential].
type Endorsed struct {
	Issuer  Profile // at least an ID, which the signing key must belong to
	Subject vc.IRI  // the id of the profile, achievement or credential endorsed
	Name    vc.Text // by default "Endorsement"
	Comment vc.Text // Markdown

	ID          vc.IRI // by default a new UUID URN
	Description vc.Text
	ValidFrom   time.Time // by default now
	ValidUntil  time.Time // by default without end
	AwardedDate time.Time

	Status  *vc.CredentialStatus
	Schemas []vc.CredentialSchema
	Refresh *vc.RefreshService

	Now   func() time.Time // time.Now by default
	NewID func() vc.IRI    // [NewID] by default
}

// NewEndorsementCredential returns the endorsement that e describes. It is signed like a
// badge and then listed in the endorsement member of what it endorses, or, as a
// compact JWS, in endorsementJwt.
func NewEndorsementCredential(e Endorsed) *EndorsementCredential {
	return &EndorsementCredential{
		Envelope: newDefaults(e.Now, e.NewID).envelope("EndorsementCredential", Award{
			Issuer: e.Issuer, ID: e.ID, Name: cmp.Or(e.Name, vc.Plain("Endorsement")), Description: e.Description,
			ValidFrom: e.ValidFrom, ValidUntil: e.ValidUntil, Status: e.Status, Schemas: e.Schemas, Refresh: e.Refresh,
		}),
		AwardedDate:       vc.NewDateTime(e.AwardedDate),
		CredentialSubject: EndorsementSubject{ID: e.Subject, Type: vc.Many("EndorsementSubject"), EndorsementComment: e.Comment},
	}
}

// JSON returns the text of the credential, which is what gets signed.
func (c AchievementCredential) JSON() ([]byte, error) { return vc.Marshal(c) }

// JSON returns the text of the endorsement, which is what gets signed.
func (c EndorsementCredential) JSON() ([]byte, error) { return vc.Marshal(c) }
