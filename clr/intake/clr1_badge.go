package intake

import (
	"strings"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// olderBadge writes an assertion of CLR 1.0 in the model of Open Badges 3.0, so that claims are
// read in one way. What stands in another form than the standard has is left out: files in
// circulation have nulls, numbers for texts and members of their own. The learner is whom it
// is about where it names no recipient.
func olderBadge(assertion, record older) *ob.AchievementCredential {
	achievement := assertion.of("achievement")
	issuer := achievement.of("issuer")
	if issuer.Kind() != jsonx.Object {
		issuer = record.of("publisher")
	}
	c := &ob.AchievementCredential{
		Envelope: ob.Envelope{
			Context: vc.Contexts{}, ID: assertion.iri("id"), Type: vc.Many("VerifiableCredential", "AchievementCredential"),
			Name: achievement.text("name"), Issuer: vc.Ref[ob.Profile]{Object: olderProfile(issuer)},
			ValidFrom: assertion.date("issuedOn"), ValidUntil: assertion.date("expires"),
		},
		CredentialSubject: ob.AchievementSubject{
			Type: vc.Many("AchievementSubject"), Achievement: olderAchievement(achievement),
			CreditsEarned:     assertion.number("creditsEarned"),
			ActivityStartDate: assertion.date("activityStartDate"), ActivityEndDate: assertion.date("activityEndDate"),
			LicenseNumber: assertion.content("licenseNumber"), Narrative: assertion.text("narrative"),
			Role: assertion.text("role"), Term: assertion.text("term"),
			Result: each(assertion, "results", olderResult),
		},
	}
	c.Evidence = each(assertion, "evidence", olderEvidence)
	if source := assertion.of("source"); source.Kind() == jsonx.Object {
		c.CredentialSubject.Source = olderProfile(source)
	}
	olderRecipient(&c.CredentialSubject, assertion.of("recipient"), record.of("learner"))
	return c
}

// olderEndorsement writes an endorsement of CLR 1.0 in the model of Open Badges 3.0.
func olderEndorsement(v older) *ob.EndorsementCredential {
	claim := v.of("claim")
	return &ob.EndorsementCredential{
		Envelope: ob.Envelope{Context: vc.Contexts{}, ID: v.iri("id"), Type: vc.Many("VerifiableCredential", "EndorsementCredential"),
			Issuer: vc.Ref[ob.Profile]{Object: olderProfile(v.of("issuer"))}, ValidFrom: v.date("issuedOn")},
		CredentialSubject: ob.EndorsementSubject{ID: claim.iri("id"), Type: vc.Many("EndorsementSubject"),
			EndorsementComment: claim.text("endorsementComment")},
	}
}

// olderRecipient says whom an assertion is about.
func olderRecipient(s *ob.AchievementSubject, r, learner older) {
	kind, identity := r.content("type"), r.content("identity")
	switch {
	case identity == "":
		s.ID = learner.iri("id")
	case kind == "id" && r.Get("hashed").Kind() != jsonx.True:
		s.ID = vc.IRI(identity)
	default:
		hashed := r.Get("hashed").Kind() == jsonx.True
		s.Identifier = vc.Many(ob.IdentityObject{Type: vc.One("IdentityObject"), Hashed: &hashed, IdentityHash: identity,
			IdentityType: identityTypes[kind], Salt: r.content("salt")})
	}
}

// identityTypes are the members of a profile that a recipient may be named by, as Open
// Badges 3.0 calls them.
var identityTypes = map[string]ob.IdentifierType{
	"email": ob.IdentifierEmailAddress, "sourcedId": ob.IdentifierSourcedID, "studentId": ob.IdentifierOther,
	"id": ob.IdentifierOther, "url": ob.IdentifierOther, "telephone": ob.IdentifierOther,
}

func olderProfile(v older) *ob.Profile {
	return &ob.Profile{ID: v.iri("id"), Type: vc.Many("Profile"), Name: v.text("name"), URL: v.iri("url"),
		Description: v.text("description"), Official: v.content("official")}
}

func olderAchievement(v older) ob.Achievement {
	a := ob.Achievement{ID: v.iri("id"), Type: vc.Many("Achievement"), Name: v.text("name"), Description: v.text("description"),
		AchievementType:  ob.AchievementType(v.content("achievementType")),
		Criteria:         ob.Criteria{ID: v.of("requirement").iri("id"), Narrative: v.of("requirement").text("narrative")},
		CreditsAvailable: v.number("creditsAvailable"), HumanCode: v.content("humanCode"),
		FieldOfStudy: v.text("fieldOfStudy"), Specialization: v.text("specialization"),
		Alignment:         each(v, "alignments", olderAlignment),
		ResultDescription: each(v, "resultDescriptions", olderDescription),
	}
	for _, tag := range jsonx.Texts(v.Get("tags")) {
		a.Tag.Add(vc.Plain(tag))
	}
	return a
}

func olderDescription(v older) ob.ResultDescription {
	d := ob.ResultDescription{ID: v.iri("id"), Type: vc.Many("ResultDescription"), Name: v.text("name"),
		ResultType:    ob.ResultType(v.content("resultType")),
		RequiredLevel: v.iri("requiredLevel"), RequiredValue: v.value("requiredValue"),
		ValueMin: v.value("valueMin"), ValueMax: v.value("valueMax"),
		Alignment: each(v, "alignments", olderAlignment), RubricCriterionLevel: each(v, "rubricCriterionLevels", olderLevel)}
	if allowed := jsonx.Texts(v.Get("allowedValues")); len(allowed) > 0 {
		d.AllowedValue = vc.Many(allowed...)
	}
	return d
}

func olderLevel(v older) ob.RubricCriterionLevel {
	return ob.RubricCriterionLevel{ID: v.iri("id"), Type: vc.Many("RubricCriterionLevel"), Name: v.text("name"),
		Description: v.text("description"), Level: v.value("level"), Points: v.value("points"),
		Alignment: each(v, "alignments", olderAlignment)}
}

func olderResult(v older) ob.Result {
	return ob.Result{Type: vc.Many("Result"), ResultDescription: v.iri("resultDescription"), AchievedLevel: v.iri("achievedLevel"),
		Status: ob.ResultStatusType(v.content("status")), Value: v.value("value"),
		Alignment: each(v, "alignments", olderAlignment)}
}

func olderAlignment(v older) ob.Alignment {
	return ob.Alignment{Type: vc.Many("Alignment"), TargetCode: v.content("targetCode"), TargetName: v.text("targetName"),
		TargetDescription: v.text("targetDescription"), TargetFramework: v.text("targetFramework"),
		TargetType: ob.AlignmentTargetType(v.content("targetType")), TargetURL: v.iri("targetUrl")}
}

func olderEvidence(v older) ob.Evidence {
	return ob.Evidence{ID: v.iri("id"), Type: vc.Many("Evidence"), Name: v.text("name"), Narrative: v.text("narrative"),
		Description: v.text("description"), Genre: v.text("genre"), Audience: v.text("audience")}
}

// olderAssociations are those of the achievements of a record, which CLR 2.0 has at the learner.
// The two kinds that 2.0 has no name for keep theirs.
func olderAssociations(record older) (all []clr.Association) {
	achievements := record.objects("achievements")
	for _, v := range record.objects("assertions") {
		achievements = append(achievements, v.of("achievement"))
	}
	for _, a := range achievements {
		for _, v := range a.objects("associations") {
			all = append(all, clr.Associate(a.iri("id"), clr.AssociationType(v.content("associationType")), v.iri("targetId")))
		}
	}
	return all
}

// older is a value of CLR 1.0, read as it may be: what is of another kind is not there.
type older struct{ jsonx.Value }

func (v older) of(name string) older { return older{v.Get(name)} }

func (v older) iri(name string) vc.IRI { return vc.IRI(strings.TrimSpace(v.content(name))) }

func (v older) content(name string) string { return jsonx.Content(v.Get(name)) }

func (v older) text(name string) (t vc.Text) {
	if s := v.content(name); s != "" {
		t = vc.Plain(s)
	}
	return t
}

// value reads a text, and a number in its place as its text.
func (v older) value(name string) string {
	if n := v.Get(name); n.Kind() == jsonx.Number {
		return string(n.Raw())
	}
	return v.content(name)
}

func (v older) number(name string) vc.Number {
	if n := v.Get(name); n.Kind() == jsonx.Number {
		return vc.Number(n.Raw())
	}
	return ""
}

// date reads an instant, which files in circulation write without a zone too.
func (v older) date(name string) (d vc.DateTime) {
	_ = d.UnmarshalText([]byte(v.content(name)))
	return d
}

func (v older) objects(name string) (all []older) {
	for item := v.Get(name).First(); item.Exists(); item = item.Next() {
		if item.Kind() == jsonx.Object {
			all = append(all, older{item})
		}
	}
	return all
}

// each reads the objects of an array.
func each[T any](v older, name string, read func(older) T) (all vc.OneOrMany[T]) {
	for _, item := range v.objects(name) {
		all.Items = append(all.Items, read(item))
	}
	return all
}
