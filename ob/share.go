package ob

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// What follows is for the packages of this module that add kinds of credential
// to the rules. The types are internal, so that nobody else can use it.

// CheckClass judges a value as an object of a class of schema. model names the
// specification of the classes; sayings are words for codes that this package
// does not have.
func CheckClass(schema *shape.Schema, class string, v jsonx.Value, model string, sayings map[vc.Code]Saying, o Options) []Finding {
	r := report{model: model, sayings: sayings}
	schema.Check(class, v, &r, shape.Options{SkipEmbedded: o.SkipEmbedded})
	return r.done()
}

// CheckEnvelope is the Check of a class of credential beyond those of this
// package: its type, its contexts behind the base context, its dates.
func CheckEnvelope(w *shape.Walk, v jsonx.Value, kind string, base string, old bool, required ...RequiredContext) {
	checkKind(w, v, kind, "")
	checkContexts(w, v, base, required...)
	if old {
		checkDates11(w, v)
	} else {
		checkDates20(w, v)
	}
	checkExtensionContext(w, v)
}

// OpenBadgeContext is the place of the Open Badges context in such a list.
func OpenBadgeContext() RequiredContext { return openBadgeContext }

// ByVersion chooses the class of VCDM 1.1 for a credential of that version.
func ByVersion(old string) func(jsonx.Value) string { return byVersion(old) }

// Facts returns the classes of Open Badges 3.0 and of the Verifiable Credentials
// Data Model beneath it, as the packages of this module share them: the rules
// are driven by them, CLR 2.0 adds its own, and JSON Schemas are generated from
// them. kind returns the class of a credential within a presentation or a record,
// never of the envelope itself. The types are internal.
func Facts(kind func(jsonx.Value) string) []shape.Class {
	return append(append(credentialFacts(), openBadgeFacts()...), shape.Class{Name: "NestedCredential", Embedded: true, Variant: kind})
}

// EnvelopeFacts returns the members of a credential of the 1EdTech models, with
// those that a kind adds or says in its own way; for VCDM 1.1 where old is set.
func EnvelopeFacts(old bool, own ...shape.Member) []shape.Member {
	if old {
		return envelope11(own...)
	}
	return envelope20(own...)
}

// BadgeFacts returns the members that a badge has besides the envelope, for a
// credential of another class of subject.
func BadgeFacts(subject string) []shape.Member {
	members := achievementCredential()
	for i := range members {
		if members[i].Name == "credentialSubject" {
			members[i].Class = subject
		}
	}
	return members
}

// FactURI is a member that is a URI.
func FactURI(name string) shape.Member { return uri(name) }

// FactTypes is the type member of cardinality 1..*.
func FactTypes() shape.Member { return types() }
