package rules

import "github.com/laurel-edu/laurel/internal/shape"

// recordFacts is CLR 2.0, Data Model. The classes that it shares with Open Badges
// 3.0 are in that table.
func recordFacts() []shape.Class {
	return []shape.Class{
		{Name: "ClrCredential", Members: envelope20(record()...), Check: checkRecord20, Variant: byVersion("ClrCredentialv1p1")},
		{Name: "ClrCredentialv1p1", Members: envelope11(record()...), Check: checkRecord11},
		{Name: "ClrSubject", Type: "ClrSubject", Check: checkLearner, Members: []shape.Member{
			uri("id"), types(), many(object("identifier", "IdentityObject")), many(object("achievement", "Achievement")),
			req(many(object("verifiableCredential", nestedCredential))), many(object("association", "Association")),
		}},
		{Name: "Association", Type: "Association", Closed: true, Members: []shape.Member{
			oneType(), req(enum("associationType", associationTypes)), req(uri("sourceId")), req(uri("targetId")),
		}},
	}
}

// record are the members that a record has besides the envelope, or has in its
// own way.
func record() []shape.Member {
	return achievementCredential("ClrSubject", req(text("name")), boolean("partial"))
}
