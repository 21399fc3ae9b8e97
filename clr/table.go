package clr

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/ob"
)

var associationTypes = &shape.Enum{Name: "AssociationType", Terms: []string{
	string(ExactMatchOf), string(IsChildOf), string(IsParentOf), string(IsPartOf), string(IsPeerOf), string(IsRelatedTo),
	string(Precedes), string(ReplacedBy),
}}

// facts is CLR 2.0, Data Model. The classes that it shares with Open Badges 3.0
// are in that table.
func facts() []shape.Class {
	return []shape.Class{
		{Name: "ClrCredential", Members: ob.EnvelopeFacts(false, record()...), Check: checkRecord20, Variant: ob.ByVersion("ClrCredentialv1p1")},
		{Name: "ClrCredentialv1p1", Members: ob.EnvelopeFacts(true, record()...), Check: checkRecord11},
		{Name: "ClrSubject", Type: "ClrSubject", Check: checkSubject, Members: []shape.Member{
			ob.FactURI("id"), ob.FactTypes(),
			{Name: "identifier", Kind: shape.Object, Class: "IdentityObject", Many: true},
			{Name: "achievement", Kind: shape.Object, Class: "Achievement", Many: true},
			{Name: "verifiableCredential", Kind: shape.Object, Class: "NestedCredential", Many: true, Required: true},
			{Name: "association", Kind: shape.Object, Class: "Association", Many: true},
		}},
		{Name: "Association", Type: "Association", Closed: true, Members: []shape.Member{
			{Name: "type", Kind: shape.Types, Required: true},
			{Name: "associationType", Kind: shape.String, Enum: associationTypes, Required: true},
			required(ob.FactURI("sourceId")), required(ob.FactURI("targetId")),
		}},
	}
}

// record are the members that a record has besides the envelope, or has in its
// own way.
func record() []shape.Member {
	members := ob.BadgeFacts("ClrSubject")
	return append(members,
		shape.Member{Name: "name", Kind: shape.String, Language: true, Required: true},
		shape.Member{Name: "partial", Kind: shape.Boolean},
	)
}

func required(m shape.Member) shape.Member {
	m.Required = true
	return m
}

// nestedKind judges a nested credential by what it says it is.
func nestedKind(v jsonx.Value) string {
	t := v.Get("type")
	kind := "VerifiableCredential"
	for _, name := range t.Items() {
		switch name.Text() {
		case "AchievementCredential", "OpenBadgeCredential":
			return "AchievementCredential"
		case "EndorsementCredential", "ClrCredential":
			kind = name.Text()
		}
	}
	return kind
}
