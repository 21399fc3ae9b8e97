package ob

import "github.com/laurel-edu/laurel/vc"

// AchievementCredential is a badge: an issuer's word that a person reached an
// achievement (Open Badges 3.0, AchievementCredential; the type name
// OpenBadgeCredential means the same). [NewAchievementCredential] fills in what
// every badge has.
//
// It also reads the VCDM 1.1 form, whose dates are IssuanceDate and
// ExpirationDate. Nothing here issues that form.
//
// The struct is a view for reading or a draft for signing. Once signed, the
// credential is bytes; writing the struct again would change what was signed.
//
// What is embedded is read and set as the credential's own: c.ID, c.Evidence.
type AchievementCredential struct {
	Envelope
	Awarded
	CredentialSubject AchievementSubject `json:"credentialSubject,omitzero" order:"before endorsement"`
}

// Envelope is what a credential of Open Badges has around its claims, and a record
// has too: that of VCDM, whose issuer is a [Profile].
type Envelope = vc.Envelope[Profile]

// Awarded is what a badge has besides the envelope and the subject, and a record has
// too (Open Badges 3.0, AchievementCredential; CLR 2.0, ClrCredential): its picture,
// when it was first awarded, and what speaks for it.
type Awarded struct {
	Image          vc.Ref[Image]                       `json:"image,omitzero" order:"before issuer"`
	AwardedDate    vc.DateTime                         `json:"awardedDate,omitzero" order:"before issuer"` // kept when issued again
	Endorsement    vc.OneOrMany[EndorsementCredential] `json:"endorsement,omitzero" order:"before credentialSchema"`
	EndorsementJWT vc.OneOrMany[string]                `json:"endorsementJwt,omitzero" order:"before credentialSchema"`
	Evidence       vc.OneOrMany[Evidence]              `json:"evidence,omitzero" order:"before credentialSchema"`
}

// AchievementSubject is the person who reached the achievement, and how (Open
// Badges 3.0, AchievementSubject). It has an ID or at least one Identifier.
type AchievementSubject struct {
	ID                vc.IRI                       `json:"id,omitzero"`
	Type              vc.OneOrMany[string]         `json:"type,omitzero"`
	ActivityStartDate vc.DateTime                  `json:"activityStartDate,omitzero"`
	ActivityEndDate   vc.DateTime                  `json:"activityEndDate,omitzero"`
	CreditsEarned     vc.Number                    `json:"creditsEarned,omitzero"`
	Achievement       Achievement                  `json:"achievement,omitzero"`
	Identifier        vc.OneOrMany[IdentityObject] `json:"identifier,omitzero"`
	Image             vc.Ref[Image]                `json:"image,omitzero"`
	LicenseNumber     string                       `json:"licenseNumber,omitzero"`
	Narrative         vc.Text                      `json:"narrative,omitzero"` // Markdown, not sanitised
	Result            vc.OneOrMany[Result]         `json:"result,omitzero"`
	Role              vc.Text                      `json:"role,omitzero"`
	Source            *Profile                     `json:"source,omitzero"`
	Term              vc.Text                      `json:"term,omitzero"`
	Extra             vc.Extra                     `json:",embed"`
}

// Evidence is what shows that the achievement was reached (Open Badges 3.0,
// Evidence). ID is a URL of the evidence or a data URI of it.
type Evidence struct {
	ID          vc.IRI               `json:"id,omitzero"`
	Type        vc.OneOrMany[string] `json:"type,omitzero"`
	Narrative   vc.Text              `json:"narrative,omitzero"` // Markdown, not sanitised
	Name        vc.Text              `json:"name,omitzero"`
	Description vc.Text              `json:"description,omitzero"`
	Genre       vc.Text              `json:"genre,omitzero"`
	Audience    vc.Text              `json:"audience,omitzero"`
	Extra       vc.Extra             `json:",embed"`
}

// Image is a picture: its URL or a data URI, and words for it (Open Badges 3.0,
// Image). A bare string in place of the object is read too.
type Image struct {
	ID      vc.IRI               `json:"id,omitzero"`
	Type    vc.OneOrMany[string] `json:"type,omitzero"`
	Caption vc.Text              `json:"caption,omitzero"`
	Extra   vc.Extra             `json:",embed"`
}

// Identifier implements [vc.Identified].
func (i *Image) Identifier() vc.IRI { return i.ID }
