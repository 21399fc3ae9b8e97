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
type AchievementCredential struct {
	Context           vc.Contexts                         `json:"@context,omitzero"`
	ID                vc.IRI                              `json:"id,omitzero"`
	Type              vc.OneOrMany[string]                `json:"type,omitzero"`
	Name              string                              `json:"name,omitzero"`
	Description       string                              `json:"description,omitzero"`
	Image             vc.Ref[Image]                       `json:"image,omitzero"`
	AwardedDate       vc.DateTime                         `json:"awardedDate,omitzero"` // the first award, kept when issued again
	Issuer            vc.Ref[Profile]                     `json:"issuer,omitzero"`
	ValidFrom         vc.DateTime                         `json:"validFrom,omitzero"`
	ValidUntil        vc.DateTime                         `json:"validUntil,omitzero"`
	IssuanceDate      vc.DateTime                         `json:"issuanceDate,omitzero"`   // VCDM 1.1
	ExpirationDate    vc.DateTime                         `json:"expirationDate,omitzero"` // VCDM 1.1
	CredentialSubject AchievementSubject                  `json:"credentialSubject,omitzero"`
	Endorsement       vc.OneOrMany[EndorsementCredential] `json:"endorsement,omitzero"`
	EndorsementJWT    vc.OneOrMany[string]                `json:"endorsementJwt,omitzero"`
	Evidence          vc.OneOrMany[Evidence]              `json:"evidence,omitzero"`
	CredentialSchema  vc.OneOrMany[vc.CredentialSchema]   `json:"credentialSchema,omitzero"`
	CredentialStatus  vc.OneOrMany[vc.CredentialStatus]   `json:"credentialStatus,omitzero"`
	RefreshService    vc.OneOrMany[vc.RefreshService]     `json:"refreshService,omitzero"`
	TermsOfUse        vc.OneOrMany[vc.TermsOfUse]         `json:"termsOfUse,omitzero"`
	Proof             vc.OneOrMany[vc.Proof]              `json:"proof,omitzero"`
	Extra             vc.Extra                            `json:",embed"`
}

// Identifier implements [vc.Identified].
func (c *AchievementCredential) Identifier() vc.IRI { return c.ID }

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
	Narrative         string                       `json:"narrative,omitzero"` // Markdown, not sanitised
	Result            vc.OneOrMany[Result]         `json:"result,omitzero"`
	Role              string                       `json:"role,omitzero"`
	Source            *Profile                     `json:"source,omitzero"`
	Term              string                       `json:"term,omitzero"`
	Extra             vc.Extra                     `json:",embed"`
}

// Evidence is what shows that the achievement was reached (Open Badges 3.0,
// Evidence). ID is a URL of the evidence or a data URI of it.
type Evidence struct {
	ID          vc.IRI               `json:"id,omitzero"`
	Type        vc.OneOrMany[string] `json:"type,omitzero"`
	Narrative   string               `json:"narrative,omitzero"` // Markdown, not sanitised
	Name        string               `json:"name,omitzero"`
	Description string               `json:"description,omitzero"`
	Genre       string               `json:"genre,omitzero"`
	Audience    string               `json:"audience,omitzero"`
	Extra       vc.Extra             `json:",embed"`
}

// Image is a picture: its URL or a data URI, and words for it (Open Badges 3.0,
// Image). A bare string in place of the object is read too.
type Image struct {
	ID      vc.IRI               `json:"id,omitzero"`
	Type    vc.OneOrMany[string] `json:"type,omitzero"`
	Caption string               `json:"caption,omitzero"`
	Extra   vc.Extra             `json:",embed"`
}

// Identifier implements [vc.Identified].
func (i *Image) Identifier() vc.IRI { return i.ID }
