package ob

import (
	"slices"
	"time"

	"github.com/laurel-edu/laurel/vc"
)

// defaults fills in what a new credential leaves out: types, ids, times. It
// copies each list before it changes an element, because the caller keeps the
// values that it built the award from.
type defaults struct {
	now   func() time.Time
	newID func() vc.IRI
}

func newDefaults(now func() time.Time, newID func() vc.IRI) defaults {
	if now == nil {
		now = time.Now
	}
	if newID == nil {
		newID = NewID
	}
	return defaults{now, newID}
}

// from is the start of validity; whole seconds are enough for now.
func (d defaults) from(t time.Time) vc.DateTime {
	if t.IsZero() {
		t = d.now().Truncate(time.Second)
	}
	return vc.NewDateTime(t)
}

func (d defaults) id(id *vc.IRI) {
	if *id == "" {
		*id = d.newID()
	}
}

// class gives a node its type where the class takes several, single where the
// model has one.
func class(t *vc.OneOrMany[string], name string) {
	if t.IsZero() {
		*t = vc.Many(name)
	}
}

func single(t *vc.OneOrMany[string], name string) {
	if t.IsZero() {
		*t = vc.One(name)
	}
}

// each copies a list and fills each element in.
func each[T any](l *vc.OneOrMany[T], fill func(*T)) {
	l.Items = slices.Clone(l.Items)
	for i := range l.Items {
		fill(&l.Items[i])
	}
}

// envelope is what every new credential has around its claims. class is its type
// besides VerifiableCredential.
func (d defaults) envelope(class string, a Award) Envelope {
	e := Envelope{
		ID:               a.ID,
		Type:             vc.Many("VerifiableCredential", class),
		Name:             a.Name,
		Description:      a.Description,
		Issuer:           vc.Embed(a.Issuer),
		ValidFrom:        d.from(a.ValidFrom),
		ValidUntil:       vc.NewDateTime(a.ValidUntil),
		CredentialSchema: list(a.Schemas),
		CredentialStatus: optional(a.Status),
		RefreshService:   optional(a.Refresh),
	}
	e.Context = contexts(e)
	d.id(&e.ID)
	d.profile(e.Issuer.Object)
	return e
}

func list[T any](items []T) vc.OneOrMany[T] {
	if len(items) == 0 {
		return vc.OneOrMany[T]{} // an empty array must not be written
	}
	return vc.Many(items...)
}

func optional[T any](item *T) vc.OneOrMany[T] {
	if item == nil {
		return vc.OneOrMany[T]{}
	}
	return vc.One(*item)
}

func (d defaults) awarded(a *Awarded) {
	image(&a.Image)
	each(&a.Evidence, func(e *Evidence) { class(&e.Type, "Evidence") })
}

func (d defaults) subject(s *AchievementSubject) {
	class(&s.Type, "AchievementSubject")
	each(&s.Identifier, func(o *IdentityObject) { single(&o.Type, "IdentityObject") })
	image(&s.Image)
	s.Source = d.copied(s.Source)
	each(&s.Result, func(r *Result) {
		class(&r.Type, "Result")
		alignments(&r.Alignment)
	})
	d.achievement(&s.Achievement)
}

func (d defaults) achievement(a *Achievement) {
	d.id(&a.ID)
	class(&a.Type, "Achievement")
	image(&a.Image)
	alignments(&a.Alignment)
	a.Creator = d.copied(a.Creator)
	identifiers(&a.OtherIdentifier)
	each(&a.Related, func(r *Related) { class(&r.Type, "Related") })
	each(&a.ResultDescription, func(r *ResultDescription) {
		d.id(&r.ID)
		class(&r.Type, "ResultDescription")
		alignments(&r.Alignment)
		each(&r.RubricCriterionLevel, func(l *RubricCriterionLevel) {
			d.id(&l.ID)
			class(&l.Type, "RubricCriterionLevel")
			alignments(&l.Alignment)
		})
	})
}

// copied returns a filled copy of a profile that the caller owns.
func (d defaults) copied(p *Profile) *Profile {
	if p == nil {
		return nil
	}
	c := *p
	d.profile(&c)
	return &c
}

// profile needs no id of its own making: an issuer's id is who the issuer is.
func (d defaults) profile(p *Profile) {
	class(&p.Type, "Profile")
	image(&p.Image)
	identifiers(&p.OtherIdentifier)
	p.ParentOrg = d.copied(p.ParentOrg)
	if p.Address == nil {
		return
	}
	a := *p.Address
	class(&a.Type, "Address")
	if a.Geo != nil {
		g := *a.Geo
		single(&g.Type, "GeoCoordinates")
		a.Geo = &g
	}
	p.Address = &a
}

func image(r *vc.Ref[Image]) {
	switch {
	case r.Object != nil:
		i := *r.Object
		single(&i.Type, "Image")
		r.Object = &i
	case r.ID != "": // the model wants the object
		*r = vc.Embed(Image{ID: r.ID, Type: vc.One("Image")})
	}
}

func alignments(l *vc.OneOrMany[Alignment]) {
	each(l, func(a *Alignment) { class(&a.Type, "Alignment") })
}

func identifiers(l *vc.OneOrMany[IdentifierEntry]) {
	each(l, func(i *IdentifierEntry) { single(&i.Type, "IdentifierEntry") })
}
