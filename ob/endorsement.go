package ob

import "github.com/laurel-edu/laurel/vc"

// EndorsementCredential is a third party's word for an issuer, an achievement
// or a badge (Open Badges 3.0, EndorsementCredential). [NewEndorsementCredential] fills in
// what every endorsement has.
type EndorsementCredential struct {
	Context           vc.Contexts                       `json:"@context,omitzero"`
	ID                vc.IRI                            `json:"id,omitzero"`
	Type              vc.OneOrMany[string]              `json:"type,omitzero"`
	Name              string                            `json:"name,omitzero"`
	Description       string                            `json:"description,omitzero"`
	AwardedDate       vc.DateTime                       `json:"awardedDate,omitzero"`
	Issuer            vc.Ref[Profile]                   `json:"issuer,omitzero"`
	ValidFrom         vc.DateTime                       `json:"validFrom,omitzero"`
	ValidUntil        vc.DateTime                       `json:"validUntil,omitzero"`
	IssuanceDate      vc.DateTime                       `json:"issuanceDate,omitzero"`   // VCDM 1.1
	ExpirationDate    vc.DateTime                       `json:"expirationDate,omitzero"` // VCDM 1.1
	CredentialSubject EndorsementSubject                `json:"credentialSubject,omitzero"`
	CredentialSchema  vc.OneOrMany[vc.CredentialSchema] `json:"credentialSchema,omitzero"`
	CredentialStatus  vc.OneOrMany[vc.CredentialStatus] `json:"credentialStatus,omitzero"`
	RefreshService    vc.OneOrMany[vc.RefreshService]   `json:"refreshService,omitzero"`
	TermsOfUse        vc.OneOrMany[vc.TermsOfUse]       `json:"termsOfUse,omitzero"`
	Proof             vc.OneOrMany[vc.Proof]            `json:"proof,omitzero"`
	Extra             vc.Extra                          `json:",embed"`
}

// Identifier implements [vc.Identified].
func (c *EndorsementCredential) Identifier() vc.IRI { return c.ID }

// EndorsementSubject is what is endorsed (Open Badges 3.0, EndorsementSubject).
// ID is the id of the profile, the achievement or the credential.
type EndorsementSubject struct {
	ID                 vc.IRI               `json:"id,omitzero"`
	Type               vc.OneOrMany[string] `json:"type,omitzero"`
	EndorsementComment string               `json:"endorsementComment,omitzero"` // Markdown, not sanitised
	Extra              vc.Extra             `json:",embed"`
}
