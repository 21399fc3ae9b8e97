package ob

import "github.com/laurel-edu/laurel/vc"

// EndorsementCredential is a third party's word for an issuer, an achievement
// or a badge (Open Badges 3.0, EndorsementCredential). [NewEndorsementCredential] fills in
// what every endorsement has.
type EndorsementCredential struct {
	Envelope
	AwardedDate       vc.DateTime        `json:"awardedDate,omitzero" order:"before issuer"`
	CredentialSubject EndorsementSubject `json:"credentialSubject,omitzero" order:"before credentialSchema"`
}

// EndorsementSubject is what is endorsed (Open Badges 3.0, EndorsementSubject).
// ID is the id of the profile, the achievement or the credential.
type EndorsementSubject struct {
	ID                 vc.IRI               `json:"id,omitzero"`
	Type               vc.OneOrMany[string] `json:"type,omitzero"`
	EndorsementComment vc.Text              `json:"endorsementComment,omitzero"` // Markdown, not sanitised
	Extra              vc.Extra             `json:",embed"`
}
