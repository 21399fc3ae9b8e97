package rules

import (
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// Class names a class of the specifications that an object can be judged as by
// itself. Only the constants of this package are classes; the zero Class is none,
// and checking by it panics.
type Class string

// The documents, and the parts of them that stand alone in an issuer's service.
const (
	VerifiableCredential            Class = "VerifiableCredential"
	VerifiablePresentation          Class = "VerifiablePresentation"
	EnvelopedVerifiableCredential   Class = "EnvelopedVerifiableCredential"
	EnvelopedVerifiablePresentation Class = "EnvelopedVerifiablePresentation"
	AchievementCredential           Class = "AchievementCredential" // OpenBadgeCredential too
	EndorsementCredential           Class = "EndorsementCredential"
	ClrCredential                   Class = "ClrCredential"

	Profile          Class = "Profile"
	Achievement      Class = "Achievement"
	CredentialStatus Class = "CredentialStatus" // an entry, of which vc/status asks more
)

// ClassOf returns the class that a document is judged by, going by its type.
func ClassOf(document *vc.Document) Class { return classOf(door.Root(document)) }

func classOf(v jsonx.Value) Class {
	t := v.Get("type")
	switch {
	case holds(t, "ClrCredential"):
		return ClrCredential
	case holds(t, "AchievementCredential"), holds(t, "OpenBadgeCredential"):
		return AchievementCredential
	case holds(t, "EndorsementCredential"):
		return EndorsementCredential
	case holds(t, "EnvelopedVerifiableCredential"):
		return EnvelopedVerifiableCredential
	case holds(t, "EnvelopedVerifiablePresentation"):
		return EnvelopedVerifiablePresentation
	case holds(t, "VerifiablePresentation"):
		return VerifiablePresentation
	}
	return VerifiableCredential
}

// Check judges a document as an object of the class, whatever it says it is. It
// returns all findings, in the order of the document, and none where all is well.
func (c Class) Check(doc *vc.Document, o Options) []*vc.Problem {
	r := report{model: modelBadges, doc: doc, disclosed: o.Disclosed}
	if c == ClrCredential {
		r.model = modelRecords
	}
	schema().Check(string(c), door.Root(doc), &r, shape.Options{SkipEmbedded: o.SkipEmbedded})
	return r.done()
}

// CheckDraft judges what a model wrote of itself, as in
// rules.Profile.CheckDraft(vc.Marshal(p)). A draft that could not be written, or
// cannot be read again, has that as its only finding: the problem in err, where it
// holds one.
func (c Class) CheckDraft(text []byte, err error) []*vc.Problem {
	if err == nil {
		var doc *vc.Document
		if doc, err = vc.Parse(text); err == nil {
			return c.Check(doc, Options{})
		}
	}
	if p := vc.ProblemOf(err); p != nil {
		return []*vc.Problem{p}
	}
	p := words.Problem(vc.CodeJSON, "", string(c))
	p.Err = err
	return []*vc.Problem{p}
}
