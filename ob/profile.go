package ob

import "github.com/laurel-edu/laurel/vc"

// Profile is a person or an organisation: an issuer, a creator, an endorser
// (Open Badges 3.0, Profile).
type Profile struct {
	Context          vc.Contexts                         `json:"@context,omitzero"` // of a profile that stands alone, as the API serves it
	ID               vc.IRI                              `json:"id,omitzero"`
	Type             vc.OneOrMany[string]                `json:"type,omitzero"`
	Name             vc.Text                             `json:"name,omitzero"`
	URL              vc.IRI                              `json:"url,omitzero"`
	Phone            string                              `json:"phone,omitzero"`
	Description      vc.Text                             `json:"description,omitzero"`
	Endorsement      vc.OneOrMany[EndorsementCredential] `json:"endorsement,omitzero"`
	EndorsementJWT   vc.OneOrMany[string]                `json:"endorsementJwt,omitzero"`
	Image            vc.Ref[Image]                       `json:"image,omitzero"`
	Email            string                              `json:"email,omitzero"`
	Address          *Address                            `json:"address,omitzero"`
	OtherIdentifier  vc.OneOrMany[IdentifierEntry]       `json:"otherIdentifier,omitzero"`
	Official         string                              `json:"official,omitzero"`
	ParentOrg        *Profile                            `json:"parentOrg,omitzero"`
	FamilyName       string                              `json:"familyName,omitzero"`
	GivenName        string                              `json:"givenName,omitzero"`
	AdditionalName   string                              `json:"additionalName,omitzero"`
	PatronymicName   string                              `json:"patronymicName,omitzero"`
	HonorificPrefix  string                              `json:"honorificPrefix,omitzero"`
	HonorificSuffix  string                              `json:"honorificSuffix,omitzero"`
	FamilyNamePrefix string                              `json:"familyNamePrefix,omitzero"`
	DateOfBirth      string                              `json:"dateOfBirth,omitzero"` // YYYY-MM-DD
	Extra            vc.Extra                            `json:",embed"`
}

// Identifier implements [vc.Identified].
func (p *Profile) Identifier() vc.IRI { return p.ID }

// Address is a postal address (Open Badges 3.0, Address).
type Address struct {
	Type                vc.OneOrMany[string] `json:"type,omitzero"`
	AddressCountry      string               `json:"addressCountry,omitzero"`
	AddressCountryCode  string               `json:"addressCountryCode,omitzero"` // ISO 3166-1 alpha-2
	AddressRegion       string               `json:"addressRegion,omitzero"`
	AddressLocality     string               `json:"addressLocality,omitzero"`
	StreetAddress       string               `json:"streetAddress,omitzero"`
	PostOfficeBoxNumber string               `json:"postOfficeBoxNumber,omitzero"`
	PostalCode          string               `json:"postalCode,omitzero"`
	Geo                 *GeoCoordinates      `json:"geo,omitzero"`
	Extra               vc.Extra             `json:",embed"`
}

// GeoCoordinates is a place on the globe, in degrees of WGS 84 (Open Badges
// 3.0, GeoCoordinates).
type GeoCoordinates struct {
	Type      vc.OneOrMany[string] `json:"type,omitzero"`
	Latitude  vc.Number            `json:"latitude,omitzero"`
	Longitude vc.Number            `json:"longitude,omitzero"`
	Extra     vc.Extra             `json:",embed"`
}

// IdentifierEntry is an identifier of a profile or an achievement in some other
// system (Open Badges 3.0, IdentifierEntry).
type IdentifierEntry struct {
	Type           vc.OneOrMany[string] `json:"type,omitzero"`
	Identifier     string               `json:"identifier,omitzero"`
	IdentifierType IdentifierType       `json:"identifierType,omitzero"`
	Extra          vc.Extra             `json:",embed"`
}
