package clr

import (
	"slices"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// Context is the CLR context to issue with. A record lists [vc.ContextV2], this
// one and [ob.Context], in this order.
const Context = rules.RecordContext

// Record describes a record to be issued, for [NewClrCredential].
type Record struct {
	Issuer      ob.Profile   // the publisher, at least an ID
	Learner     ob.Recipient // whose record it is
	Name        vc.Text      // such as "Transcript of Ada Lot"
	Credentials [][]byte     // JSON of the signed credentials, taken as they are

	ID           vc.IRI           // by default a new UUID URN
	Description  vc.Text          // optional
	Achievements []ob.Achievement // those that associations name and no credential asserts
	Associations []Association
	Partial      bool      // the publisher knows of more than this
	ValidFrom    time.Time // by default now
	ValidUntil   time.Time // by default without end

	Status  *vc.CredentialStatus
	Schemas []vc.CredentialSchema
	Refresh *vc.RefreshService

	Now   func() time.Time // time.Now by default
	NewID func() vc.IRI    // [ob.NewID] by default
}

// Associate returns the association that source is to target.
func Associate(source vc.IRI, is AssociationType, target vc.IRI) Association {
	return Association{Type: vc.One("Association"), AssociationType: is, SourceID: source, TargetID: target}
}

// NewClrCredential returns the record that r describes: VCDM 2.0, the contexts
// that its content needs, types and ids where they are missing. It takes what it
// is given; [ClrCredential.Check] says what is missing or wrong. A nested
// credential that is a compact JWS has no place in a record.
func NewClrCredential(r Record) *ClrCredential {
	badge := ob.NewAchievementCredential(ob.Award{
		Issuer: r.Issuer, ID: r.ID, Name: r.Name, Description: r.Description, ValidFrom: r.ValidFrom, ValidUntil: r.ValidUntil,
		Recipient: r.Learner, Status: r.Status, Schemas: r.Schemas, Refresh: r.Refresh, Now: r.Now, NewID: r.NewID,
	})
	c := &ClrCredential{
		Envelope: badge.Envelope,
		CredentialSubject: ClrSubject{
			ID:         badge.CredentialSubject.ID,
			Type:       vc.Many("ClrSubject"),
			Identifier: badge.CredentialSubject.Identifier,
		},
	}
	c.Context = vc.ContextURLs(vc.ContextV2, Context)
	c.Context.Add(badge.Context.Items[1:]...)
	c.Type = vc.Many("VerifiableCredential", "ClrCredential")
	if r.Partial {
		c.Partial = new(true)
	}
	c.CredentialSubject.fill(r)
	return c
}

func (s *ClrSubject) fill(r Record) {
	for _, text := range r.Credentials {
		s.VerifiableCredential.Add(jsontext.Value(text))
	}
	for _, a := range r.Achievements {
		s.Achievement.Add(ob.CompleteAchievement(a, r.NewID))
	}
	s.Association.Items = slices.Clone(r.Associations)
	for i := range s.Association.Items {
		if a := &s.Association.Items[i]; a.Type.IsZero() {
			a.Type = vc.One("Association")
		}
	}
}

// JSON returns the text of the record, which is what gets signed. The nested
// credentials stand in it as they were given, but for white space.
func (c ClrCredential) JSON() ([]byte, error) { return vc.Marshal(c) }
