package ob2

import "github.com/laurel-edu/laurel/vc"

// Assertion says that somebody was awarded a badge (Open Badges 2.0, Assertion). Open Badges
// 2.1 has the same.
type Assertion struct {
	Context          vc.Contexts                       `json:"@context,omitzero"`
	ID               vc.IRI                            `json:"id,omitzero"`
	Type             vc.OneOrMany[string]              `json:"type,omitzero"`
	Recipient        *IdentityObject                   `json:"recipient,omitzero"`
	Badge            vc.Ref[BadgeClass]                `json:"badge,omitzero"`
	Verification     *VerificationObject               `json:"verification,omitzero"`
	IssuedOn         vc.DateTime                       `json:"issuedOn,omitzero"`
	Expires          vc.DateTime                       `json:"expires,omitzero"`
	Image            vc.Ref[Image]                     `json:"image,omitzero"`
	Evidence         vc.OneOrMany[vc.Ref[Evidence]]    `json:"evidence,omitzero"`
	Narrative        vc.Text                           `json:"narrative,omitzero"` // Markdown, not sanitised
	Revoked          *bool                             `json:"revoked,omitzero"`
	RevocationReason vc.Text                           `json:"revocationReason,omitzero"`
	Language         string                            `json:"@language,omitzero"`
	Version          string                            `json:"version,omitzero"`
	Related          vc.OneOrMany[vc.Ref[Related]]     `json:"related,omitzero"`
	Endorsement      vc.OneOrMany[vc.Ref[Endorsement]] `json:"endorsement,omitzero"`
	UID              string                            `json:"uid,omitzero"` // what 1.0 had in place of id
	Extra            vc.Extra                          `json:",embed"`
}

// Identifier implements [vc.Identified].
func (v *Assertion) Identifier() vc.IRI { return v.ID }

// BadgeClass is what can be awarded (Open Badges 2.0, BadgeClass).
type BadgeClass struct {
	Context     vc.Contexts                       `json:"@context,omitzero"`
	ID          vc.IRI                            `json:"id,omitzero"`
	Type        vc.OneOrMany[string]              `json:"type,omitzero"`
	Name        vc.Text                           `json:"name,omitzero"`
	Description vc.Text                           `json:"description,omitzero"`
	Image       vc.Ref[Image]                     `json:"image,omitzero"`
	Criteria    vc.Ref[Criteria]                  `json:"criteria,omitzero"`
	Issuer      vc.Ref[Profile]                   `json:"issuer,omitzero"`
	Alignment   vc.OneOrMany[AlignmentObject]     `json:"alignment,omitzero"`
	Tags        vc.OneOrMany[vc.Text]             `json:"tags,omitzero"`
	Language    string                            `json:"@language,omitzero"`
	Version     string                            `json:"version,omitzero"`
	Related     vc.OneOrMany[vc.Ref[Related]]     `json:"related,omitzero"`
	Endorsement vc.OneOrMany[vc.Ref[Endorsement]] `json:"endorsement,omitzero"`
	Extra       vc.Extra                          `json:",embed"`
}

// Identifier implements [vc.Identified].
func (v *BadgeClass) Identifier() vc.IRI { return v.ID }

// Profile is a person or an organisation, an issuer most of the time (Open Badges 2.0,
// Profile).
type Profile struct {
	Context        vc.Contexts                            `json:"@context,omitzero"`
	ID             vc.IRI                                 `json:"id,omitzero"`
	Type           vc.OneOrMany[string]                   `json:"type,omitzero"`
	Name           vc.Text                                `json:"name,omitzero"`
	URL            vc.IRI                                 `json:"url,omitzero"`
	Email          string                                 `json:"email,omitzero"`
	Telephone      string                                 `json:"telephone,omitzero"`
	Description    vc.Text                                `json:"description,omitzero"`
	Image          vc.Ref[Image]                          `json:"image,omitzero"`
	PublicKey      vc.OneOrMany[vc.Ref[CryptographicKey]] `json:"publicKey,omitzero"`
	Verification   *VerificationObject                    `json:"verification,omitzero"`
	RevocationList vc.Ref[RevocationList]                 `json:"revocationList,omitzero"`
	Language       string                                 `json:"@language,omitzero"`
	Version        string                                 `json:"version,omitzero"`
	Related        vc.OneOrMany[vc.Ref[Related]]          `json:"related,omitzero"`
	Endorsement    vc.OneOrMany[vc.Ref[Endorsement]]      `json:"endorsement,omitzero"`
	Extra          vc.Extra                               `json:",embed"`
}

// Identifier implements [vc.Identified].
func (v *Profile) Identifier() vc.IRI { return v.ID }

// Endorsement is what somebody says of an assertion, a badge class or an issuer (Open
// Badges 2.0, Endorsement).
type Endorsement struct {
	Context          vc.Contexts          `json:"@context,omitzero"`
	ID               vc.IRI               `json:"id,omitzero"`
	Type             vc.OneOrMany[string] `json:"type,omitzero"`
	Claim            *Claim               `json:"claim,omitzero"`
	Issuer           vc.Ref[Profile]      `json:"issuer,omitzero"`
	IssuedOn         vc.DateTime          `json:"issuedOn,omitzero"`
	Expires          vc.DateTime          `json:"expires,omitzero"`
	Verification     *VerificationObject  `json:"verification,omitzero"`
	Revoked          *bool                `json:"revoked,omitzero"`
	RevocationReason vc.Text              `json:"revocationReason,omitzero"`
	Language         string               `json:"@language,omitzero"`
	Extra            vc.Extra             `json:",embed"`
}

// Identifier implements [vc.Identified].
func (v *Endorsement) Identifier() vc.IRI { return v.ID }

// Claim is what an endorsement says, and of what (Open Badges 2.0, Endorsement).
type Claim struct {
	ID                 vc.IRI               `json:"id,omitzero"`
	Type               vc.OneOrMany[string] `json:"type,omitzero"`
	EndorsementComment vc.Text              `json:"endorsementComment,omitzero"`
	Extra              vc.Extra             `json:",embed"`
}

// IdentityObject says who was awarded a badge, hashed or plain (Open Badges 2.0,
// IdentityObject).
type IdentityObject struct {
	ID       vc.IRI               `json:"id,omitzero"`
	Type     vc.OneOrMany[string] `json:"type,omitzero"` // email, url, telephone, id, or a property's IRI
	Identity string               `json:"identity,omitzero"`
	Hashed   *bool                `json:"hashed,omitzero"`
	Salt     string               `json:"salt,omitzero"`
	Extra    vc.Extra             `json:",embed"`
}

// VerificationObject says how an assertion is checked, or in a profile, where the
// assertions of the issuer are (Open Badges 2.0, VerificationObject).
type VerificationObject struct {
	ID                   vc.IRI               `json:"id,omitzero"`
	Type                 vc.OneOrMany[string] `json:"type,omitzero"`
	VerificationProperty string               `json:"verificationProperty,omitzero"`
	StartsWith           vc.OneOrMany[string] `json:"startsWith,omitzero"`
	AllowedOrigins       vc.OneOrMany[string] `json:"allowedOrigins,omitzero"`
	Creator              vc.IRI               `json:"creator,omitzero"` // the key
	Extra                vc.Extra             `json:",embed"`
}

// Evidence is what shows that a badge was earned (Open Badges 2.0, Evidence).
type Evidence struct {
	ID          vc.IRI               `json:"id,omitzero"`
	Type        vc.OneOrMany[string] `json:"type,omitzero"`
	Narrative   vc.Text              `json:"narrative,omitzero"`
	Name        vc.Text              `json:"name,omitzero"`
	Description vc.Text              `json:"description,omitzero"`
	Genre       vc.Text              `json:"genre,omitzero"`
	Audience    vc.Text              `json:"audience,omitzero"`
	Extra       vc.Extra             `json:",embed"`
}

// Identifier implements [vc.Identified].
func (v *Evidence) Identifier() vc.IRI { return v.ID }

// Criteria is what one does to earn a badge (Open Badges 2.0, Criteria).
type Criteria struct {
	ID        vc.IRI               `json:"id,omitzero"`
	Type      vc.OneOrMany[string] `json:"type,omitzero"`
	Narrative vc.Text              `json:"narrative,omitzero"`
	Extra     vc.Extra             `json:",embed"`
}

// Identifier implements [vc.Identified].
func (v *Criteria) Identifier() vc.IRI { return v.ID }

// Image is a picture with words for it (Open Badges 2.0, Image).
type Image struct {
	ID      vc.IRI               `json:"id,omitzero"`
	Type    vc.OneOrMany[string] `json:"type,omitzero"`
	Caption vc.Text              `json:"caption,omitzero"`
	Author  vc.IRI               `json:"author,omitzero"`
	Extra   vc.Extra             `json:",embed"`
}

// Identifier implements [vc.Identified].
func (v *Image) Identifier() vc.IRI { return v.ID }

// AlignmentObject ties a badge class to a node of a framework (Open Badges 2.0,
// AlignmentObject).
type AlignmentObject struct {
	ID                vc.IRI               `json:"id,omitzero"`
	Type              vc.OneOrMany[string] `json:"type,omitzero"`
	TargetName        vc.Text              `json:"targetName,omitzero"`
	TargetURL         vc.IRI               `json:"targetUrl,omitzero"`
	TargetDescription vc.Text              `json:"targetDescription,omitzero"`
	TargetFramework   vc.Text              `json:"targetFramework,omitzero"`
	TargetCode        string               `json:"targetCode,omitzero"`
	Extra             vc.Extra             `json:",embed"`
}

// CryptographicKey is a public key of an issuer (Open Badges 2.0, CryptographicKey).
type CryptographicKey struct {
	Context      vc.Contexts          `json:"@context,omitzero"`
	ID           vc.IRI               `json:"id,omitzero"`
	Type         vc.OneOrMany[string] `json:"type,omitzero"`
	Owner        vc.IRI               `json:"owner,omitzero"`
	PublicKeyPEM string               `json:"publicKeyPem,omitzero"`
	Extra        vc.Extra             `json:",embed"`
}

// Identifier implements [vc.Identified].
func (v *CryptographicKey) Identifier() vc.IRI { return v.ID }

// RevocationList is what an issuer took back (Open Badges 2.0, RevocationList).
type RevocationList struct {
	Context           vc.Contexts                            `json:"@context,omitzero"`
	ID                vc.IRI                                 `json:"id,omitzero"`
	Type              vc.OneOrMany[string]                   `json:"type,omitzero"`
	Issuer            vc.Ref[Profile]                        `json:"issuer,omitzero"`
	RevokedAssertions vc.OneOrMany[vc.Ref[RevokedAssertion]] `json:"revokedAssertions,omitzero"`
	Extra             vc.Extra                               `json:",embed"`
}

// Identifier implements [vc.Identified].
func (v *RevocationList) Identifier() vc.IRI { return v.ID }

// RevokedAssertion is an entry of a [RevocationList].
type RevokedAssertion struct {
	ID               vc.IRI   `json:"id,omitzero"`
	UID              string   `json:"uid,omitzero"`
	RevocationReason vc.Text  `json:"revocationReason,omitzero"`
	Extra            vc.Extra `json:",embed"`
}

// Identifier implements [vc.Identified].
func (v *RevokedAssertion) Identifier() vc.IRI { return v.ID }

// Related names another form of the same thing, such as a translation.
type Related struct {
	ID       vc.IRI               `json:"id,omitzero"`
	Type     vc.OneOrMany[string] `json:"type,omitzero"`
	Language string               `json:"@language,omitzero"`
	Version  string               `json:"version,omitzero"`
	Extra    vc.Extra             `json:",embed"`
}

// Identifier implements [vc.Identified].
func (v *Related) Identifier() vc.IRI { return v.ID }

// Extension is a part that the standard or somebody else adds to a class (Open Badges 2.0,
// Extensions). The extensions of an object stand in its Extra, under names of their own.
type Extension struct {
	Context vc.Contexts          `json:"@context,omitzero"`
	ID      vc.IRI               `json:"id,omitzero"`
	Type    vc.OneOrMany[string] `json:"type,omitzero"`
	Extra   vc.Extra             `json:",embed"`
}
