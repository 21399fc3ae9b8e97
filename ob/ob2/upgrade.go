package ob2

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/dataurl"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// UpgradeOptions say how a badge is carried over.
type UpgradeOptions struct {
	// Issuer is who will sign. The zero value is the issuer of the badge, who then needs a
	// key under the id of its profile. Another issuer vouches for the badge in its own name;
	// the first one stands as the creator of the achievement.
	Issuer ob.Profile
	// ID is the id of the new credential, a new UUID URN by default.
	ID    vc.IRI
	Now   func() time.Time // time.Now by default; see [ob.Award]
	NewID func() vc.IRI    // [ob.NewID] by default
}

// typeAssertion is the type of the evidence that is the original badge (Open Badges 3.0
// Implementation Guide, Migrating).
const typeAssertion = "https://w3id.org/openbadges#Assertion"

// Upgrade makes of a badge of Open Badges 2 an unsigned credential of Open Badges 3.0, for
// package vc/issue, by the table of the Implementation Guide. The recipient stays hashed as
// it was. Each member that is left out, or stands there in another form, is named in the
// list, with a pointer into the assertion as if it held its badge class and that its issuer.
//
// It believes what it is given: give it the Badge of a [Verified]. A badge that is revoked,
// or that lacks its recipient, badge class or issuer, is an error.
func Upgrade(b Badge, o UpgradeOptions) (*ob.AchievementCredential, []*vc.Problem, error) {
	switch a := b.Assertion; {
	case a == nil || b.BadgeClass == nil || b.Issuer == nil || a.Recipient == nil:
		return nil, nil, errors.New("ob2: a badge without recipient, badge class or issuer cannot be carried over")
	case a.Revoked != nil && *a.Revoked:
		return nil, nil, problem(CodeRevoked, "/revoked", "", "")
	}
	u := &upgrade{}
	creator := u.profile(b.Issuer, "/badge/issuer")
	award := ob.Award{Issuer: o.Issuer, ID: o.ID, Now: o.Now, NewID: o.NewID}
	if award.Issuer.ID == "" {
		award.Issuer = creator
	}
	award.Achievement = u.achievement(b.BadgeClass)
	award.Achievement.Creator = &creator
	u.assertion(b.Assertion, &award)
	c := ob.NewAchievementCredential(award)
	return c, u.told, nil
}

// upgrade collects what does not carry over.
type upgrade struct{ told []*vc.Problem }

func (u *upgrade) lost(pointer string, there bool) {
	if there {
		u.told = append(u.told, problem(CodeNotCarried, pointer, "", ""))
	}
}

func (u *upgrade) changed(pointer string) {
	u.told = append(u.told, problem(CodeCarriedOtherwise, pointer, "", ""))
}

func (u *upgrade) extra(pointer string, e vc.Extra) {
	for _, name := range e.Names() {
		u.lost(pointer+"/"+jsonx.EscapePointer(name), true)
	}
}

// types tells of types besides those of the class, which carry over as what the object is.
func (u *upgrade) types(pointer string, types vc.OneOrMany[string], class Class) {
	u.lost(pointer+"/type", slices.ContainsFunc(types.Items, func(t string) bool { return classes[t] != class }))
}

func (u *upgrade) assertion(a *Assertion, award *ob.Award) {
	u.types("", a.Type, ClassAssertion)
	award.Recipient = u.recipient(a.Recipient)
	award.ValidFrom = u.date("/issuedOn", a.IssuedOn)
	award.AwardedDate = award.ValidFrom
	award.ValidUntil = u.date("/expires", a.Expires)
	award.Narrative = a.Narrative
	award.Image = u.image("/image", a.Image, true)
	for i, e := range a.Evidence.Items {
		u.evidence(pointerAt("/evidence", a.Evidence.Bare, i), e, award)
	}
	u.original(a, award)
	u.lost("/verification", a.Verification != nil) // a proof takes its place
	u.lost("/revoked", a.Revoked != nil)
	u.lost("/revocationReason", !a.RevocationReason.IsZero())
	u.lost("/@language", a.Language != "")
	u.lost("/version", a.Version != "")
	u.lost("/related", !a.Related.IsZero())
	u.lost("/endorsement", !a.Endorsement.IsZero())
	u.lost("/uid", a.UID != "")
	u.extra("", a.Extra)
}

// original links the badge that this was.
func (u *upgrade) original(a *Assertion, award *ob.Award) {
	if !a.ID.IsAbsolute() {
		u.lost("/id", a.ID != "")
		return
	}
	award.Evidence = append(award.Evidence, ob.Evidence{ID: a.ID, Type: vc.Many("Evidence", typeAssertion),
		Name: vc.Plain("The badge of Open Badges 2 that this credential was made of")})
}

func pointerAt(pointer string, bare bool, i int) string {
	if bare {
		return pointer
	}
	return pointer + "/" + strconv.Itoa(i)
}

// identifierTypes are the kinds of identifier by their names in Open Badges 2. Open Badges
// 3.0 has no kind for an address and a telephone number; extensions of an enumeration begin
// with ext: there.
var identifierTypes = map[string]ob.IdentifierType{
	"email": ob.IdentifierEmailAddress, "url": "ext:url", "telephone": "ext:telephone", "id": ob.IdentifierOther,
}

func (u *upgrade) recipient(r *IdentityObject) ob.Recipient {
	kind := ob.IdentifierOther
	i := slices.IndexFunc(r.Type.Items, func(t string) bool { return identifierTypes[t] != "" })
	if i >= 0 {
		kind = identifierTypes[r.Type.Items[i]]
	} else {
		u.changed("/recipient/type")
	}
	identity := ob.IdentityObject{Type: vc.One("IdentityObject"), Hashed: new(r.Hashed != nil && *r.Hashed), IdentityType: kind,
		IdentityHash: r.Identity, Salt: r.Salt}
	if name, _, hashed := strings.Cut(r.Identity, "$"); hashed && strings.ToLower(name) == "sha1" {
		u.changed("/recipient/identity") // an algorithm that Open Badges 3.0 does not have
	}
	if !*identity.Hashed && r.Salt != "" {
		identity.Salt = ""
		u.lost("/recipient/salt", true)
	}
	u.lost("/recipient/id", r.ID != "")
	u.extra("/recipient", r.Extra)
	return ob.Recipient{Identifiers: []ob.IdentityObject{identity}}
}

// date is an instant as Open Badges 3.0 writes it: what it had no word for is told of.
func (u *upgrade) date(pointer string, d vc.DateTime) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	t, _, ok := instant(d.String())
	if !ok {
		u.lost(pointer, true)
		return time.Time{}
	}
	if vc.NewDateTime(t) != d {
		u.changed(pointer)
	}
	return t
}

func (u *upgrade) image(pointer string, r vc.Ref[Image], linkOnly bool) *ob.Image {
	id := r.Identifier()
	switch {
	case r.IsZero():
		return nil
	case !id.IsAbsolute() || linkOnly && dataurl.Is(string(id)):
		u.lost(pointer, true)
		return nil
	}
	image := &ob.Image{ID: id, Type: vc.One("Image")}
	if o := r.Object; o != nil {
		image.Caption = o.Caption
		u.types(pointer, o.Type, ClassImage)
		u.lost(pointer+"/author", o.Author != "")
		u.extra(pointer, o.Extra)
	}
	return image
}

func (u *upgrade) evidence(pointer string, r vc.Ref[Evidence], award *ob.Award) {
	e := ob.Evidence{ID: r.Identifier(), Type: vc.Many("Evidence")}
	if o := r.Object; o != nil {
		e.Name, e.Description, e.Narrative, e.Genre, e.Audience = o.Name, o.Description, o.Narrative, o.Genre, o.Audience
		u.types(pointer, o.Type, ClassEvidence)
		u.extra(pointer, o.Extra)
	}
	if e.ID != "" && !e.ID.IsAbsolute() { // a blank node, which means nothing elsewhere
		u.lost(pointer+"/id", true)
		e.ID = ""
	}
	award.Evidence = append(award.Evidence, e)
}

func (u *upgrade) achievement(b *BadgeClass) ob.Achievement {
	const at = "/badge"
	u.types(at, b.Type, ClassBadgeClass)
	a := ob.Achievement{ID: b.ID, Type: vc.Many("Achievement"), Name: b.Name, Description: b.Description, InLanguage: b.Language,
		Version: b.Version, Tag: b.Tags}
	if a.Tag.Bare {
		a.Tag.Bare = false // Open Badges 3.0 has an array
	}
	if !a.ID.IsAbsolute() {
		u.lost(at+"/id", a.ID != "")
		a.ID = ""
	}
	if image := u.image(at+"/image", b.Image, false); image != nil {
		a.Image = vc.Embed(*image)
	}
	u.criteria(b.Criteria, &a)
	for i, t := range b.Alignment.Items {
		u.alignment(pointerAt(at+"/alignment", b.Alignment.Bare, i), t, &a)
	}
	if b.Alignment.Items != nil && len(b.Alignment.Items) == 0 {
		u.lost(at+"/alignment", true)
	}
	for i, r := range b.Related.Items {
		u.related(pointerAt(at+"/related", b.Related.Bare, i), r, &a)
	}
	if a.ID != "" {
		a.Related.Items = append(a.Related.Items, ob.Related{ID: a.ID, Type: vc.Many("Related", "https://w3id.org/openbadges#BadgeClass")})
	}
	u.lost(at+"/endorsement", !b.Endorsement.IsZero())
	u.extra(at, b.Extra)
	return a
}

func (u *upgrade) criteria(r vc.Ref[Criteria], a *ob.Achievement) {
	a.Criteria.ID = r.Identifier()
	if !a.Criteria.ID.IsAbsolute() {
		u.lost("/badge/criteria/id", a.Criteria.ID != "")
		a.Criteria.ID = ""
	}
	if c := r.Object; c != nil {
		a.Criteria.Narrative = c.Narrative
		u.lost("/badge/criteria/type", !c.Type.IsZero())
		u.extra("/badge/criteria", c.Extra)
	}
}

func (u *upgrade) alignment(pointer string, t AlignmentObject, a *ob.Achievement) {
	a.Alignment.Items = append(a.Alignment.Items, ob.Alignment{Type: vc.Many("Alignment"), TargetCode: t.TargetCode,
		TargetDescription: t.TargetDescription, TargetName: t.TargetName, TargetFramework: t.TargetFramework, TargetURL: t.TargetURL})
	u.types(pointer, t.Type, ClassAlignmentObject)
	u.lost(pointer+"/id", t.ID != "")
	u.extra(pointer, t.Extra)
}

func (u *upgrade) related(pointer string, r vc.Ref[Related], a *ob.Achievement) {
	related := ob.Related{ID: r.Identifier(), Type: vc.Many("Related")}
	if !related.ID.IsAbsolute() {
		u.lost(pointer, true)
		return
	}
	if o := r.Object; o != nil {
		related.InLanguage, related.Version = o.Language, o.Version
		u.lost(pointer+"/type", !o.Type.IsZero())
		u.extra(pointer, o.Extra)
	}
	a.Related.Items = append(a.Related.Items, related)
}

func (u *upgrade) profile(p *Profile, at string) ob.Profile {
	u.types(at, p.Type, ClassProfile)
	profile := ob.Profile{ID: p.ID, Type: vc.Many("Profile"), Name: p.Name, URL: p.URL, Email: p.Email, Phone: p.Telephone,
		Description: p.Description}
	if image := u.image(at+"/image", p.Image, false); image != nil {
		profile.Image = vc.Embed(*image)
	}
	u.lost(at+"/publicKey", !p.PublicKey.IsZero())
	u.lost(at+"/verification", p.Verification != nil)
	u.lost(at+"/revocationList", !p.RevocationList.IsZero())
	u.lost(at+"/@language", p.Language != "")
	u.lost(at+"/version", p.Version != "")
	u.lost(at+"/related", !p.Related.IsZero())
	u.lost(at+"/endorsement", !p.Endorsement.IsZero())
	u.extra(at, p.Extra)
	return profile
}
