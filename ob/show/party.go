package show

import (
	"strings"

	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// Party is a person or an organisation.
type Party struct {
	ID          string
	Name        Text // the id, where there is no name
	Description Rich
	Link        string // its page: its url, or its id where that is one
	Image       Picture
	Email       string
	Phone       string
	Address     string // in one line
	Of          *Party // the organisation that it belongs to
}

// maxParents bounds the chain of organisations above one: a page names a faculty and
// its university, and a badge can nest sixty.
const maxParents = 4

func (m maker) issuer(ref vc.Ref[ob.Profile]) Party {
	if ref.Object == nil {
		return named(Party{ID: string(ref.ID), Link: Link(ref.ID)})
	}
	return m.party(ref.Object)
}

func (m maker) party(p *ob.Profile) Party { return m.member(p, maxParents) }

func (m maker) member(p *ob.Profile, parents int) Party {
	if p == nil {
		return Party{}
	}
	shown := Party{
		ID: string(p.ID), Name: m.text(p.Name), Description: m.rich(p.Description), Link: Link(p.URL),
		Image: m.picture(p.Image), Email: p.Email, Phone: p.Phone, Address: address(p.Address),
	}
	if shown.Link == "" {
		shown.Link = Link(p.ID)
	}
	if shown.Name.Value == "" {
		shown.Name.Value = personal(p)
	}
	if p.ParentOrg != nil && parents > 0 {
		of := m.member(p.ParentOrg, parents-1)
		shown.Of = &of
	}
	return named(shown)
}

// named calls a party without a name by its id.
func named(p Party) Party {
	if p.Name.Value == "" {
		p.Name.Value = p.ID
	}
	return p
}

// personal is a person's name out of its parts, in their usual order.
func personal(p *ob.Profile) string {
	given := join(" ", p.HonorificPrefix, p.GivenName, p.AdditionalName, p.PatronymicName)
	return join(" ", given, p.FamilyNamePrefix, p.FamilyName, p.HonorificSuffix)
}

func address(a *ob.Address) string {
	if a == nil {
		return ""
	}
	country := a.AddressCountry
	if country == "" {
		country = a.AddressCountryCode
	}
	return join(", ", a.StreetAddress, a.PostOfficeBoxNumber, join(" ", a.PostalCode, a.AddressLocality), a.AddressRegion, country)
}

// join joins what is not empty.
func join(by string, parts ...string) string {
	var kept []string
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, by)
}

// Learner is whom a credential is about.
type Learner struct {
	// Name is what the credential calls the learner. Most badges do not say it.
	Name string
	// ID is the id of the subject and Identifiers are what else it is known by. Both are
	// empty unless [Options].Identifiers asks for them.
	ID          string
	Identifiers []Identifier
	// Hidden counts the identifiers that are not shown: those that Options keep back, and
	// those that stand in the credential as a hash.
	Hidden int
}

// Identifier is what a learner is known by in some system.
type Identifier struct{ Kind, Value string }

func (m maker) learner(id vc.IRI, identifiers []ob.IdentityObject) Learner {
	var l Learner
	if m.Identifiers {
		l.ID = string(id)
	}
	for i := range identifiers {
		o := &identifiers[i]
		plain := o.Hashed != nil && !*o.Hashed
		switch {
		case plain && o.IdentityType == ob.IdentifierName && l.Name == "":
			l.Name = o.IdentityHash
		case plain && m.Identifiers:
			l.Identifiers = append(l.Identifiers, Identifier{Kind: words(string(o.IdentityType)), Value: o.IdentityHash})
		default:
			l.Hidden++
		}
	}
	return l
}
