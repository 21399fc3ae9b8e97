package rules

import "github.com/laurel-edu/laurel/internal/shape"

// badgeFacts is Open Badges 3.0, Data Models, and for VCDM 1.1 the Verifiable
// Credentials Data Model 1.1 appendix.
func badgeFacts() []shape.Class {
	return []shape.Class{
		{Name: "AchievementCredential", Also: "OpenBadgeCredential",
			Members: envelope20(achievementCredential("AchievementSubject")...), Check: badgeKind.check20,
			Variant: byVersion("AchievementCredentialv1p1")},
		{Name: "AchievementCredentialv1p1", Members: envelope11(achievementCredential("AchievementSubject", req(text("name")))...),
			Check: badgeKind.check11},
		{Name: "EndorsementCredential", Embedded: true, Members: envelope20(endorsementCredential()...),
			Check: endorsementKind.check20, Variant: byVersion("EndorsementCredentialv1p1")},
		{Name: "EndorsementCredentialv1p1", Members: envelope11(endorsementCredential()...), Check: endorsementKind.check11},
		{Name: "AchievementSubject", Type: "AchievementSubject", Check: checkAchievementSubject, Members: []shape.Member{
			uri("id"), types(), form("activityEndDate", formatDateTime), form("activityStartDate", formatDateTime),
			float("creditsEarned"), req(object("achievement", "Achievement")), many(object("identifier", "IdentityObject")),
			picture("image"), str("licenseNumber"), text("narrative"), many(object("result", "Result")), text("role"),
			object("source", "Profile"), text("term"),
		}},
		{Name: "Achievement", Type: "Achievement", Check: checkAchievement, Members: []shape.Member{
			req(uri("id")), types(), many(object("alignment", "Alignment")), enum("achievementType", achievementTypes),
			object("creator", "Profile"), float("creditsAvailable"),
			absent(CodeCriteriaMissing, req(object("criteria", "Criteria"))), req(text("description")),
			many(object("endorsement", "EndorsementCredential")), many(form("endorsementJwt", formatJWS)), text("fieldOfStudy"),
			str("humanCode"), picture("image"), form("inLanguage", formatLanguage), req(text("name")),
			many(object("otherIdentifier", "IdentifierEntry")), many(object("related", "Related")),
			many(object("resultDescription", "ResultDescription")), text("specialization"), many(text("tag")), str("version"),
		}},
		{Name: "EndorsementSubject", Type: "EndorsementSubject", Members: []shape.Member{
			req(uri("id")), types(), text("endorsementComment"),
		}},
		{Name: "Profile", Type: "Profile", Check: checkProfile, Members: []shape.Member{
			context(), req(uri("id")), types(), text("name"), uri("url"), str("phone"), text("description"),
			many(object("endorsement", "EndorsementCredential")), many(form("endorsementJwt", formatJWS)), picture("image"),
			form("email", formatEmail), object("address", "Address"), many(object("otherIdentifier", "IdentifierEntry")),
			str("official"), object("parentOrg", "Profile"), str("familyName"), str("givenName"), str("additionalName"),
			str("patronymicName"), str("honorificPrefix"), str("honorificSuffix"), str("familyNamePrefix"),
			form("dateOfBirth", formatDate),
		}},
		{Name: "Address", Type: "Address", Members: []shape.Member{
			types(), str("addressCountry"), form("addressCountryCode", formatCountry), str("addressRegion"), str("addressLocality"),
			str("streetAddress"), str("postOfficeBoxNumber"), str("postalCode"), object("geo", "GeoCoordinates"),
		}},
		{Name: "GeoCoordinates", Type: "GeoCoordinates", Members: []shape.Member{
			oneType(), req(float("latitude")), req(float("longitude")),
		}},
		{Name: "Alignment", Type: "Alignment", Members: []shape.Member{
			types(), str("targetCode"), text("targetDescription"), req(text("targetName")), text("targetFramework"),
			enum("targetType", targetTypes), req(uri("targetUrl")),
		}},
		{Name: "Criteria", Check: checkCriteria, Members: []shape.Member{uri("id"), text("narrative")}},
		{Name: "Evidence", Type: "Evidence", Members: []shape.Member{
			uri("id"), types(), text("narrative"), text("name"), text("description"), text("genre"), text("audience"),
		}},
		{Name: "IdentifierEntry", Type: "IdentifierEntry", Closed: true, Members: []shape.Member{
			oneType(), req(str("identifier")), req(enum("identifierType", identifierTypes)),
		}},
		{Name: "IdentityObject", Type: "IdentityObject", Closed: true, Check: checkIdentityObject, Members: []shape.Member{
			oneType(), req(boolean("hashed")), req(str("identityHash")), req(enum("identityType", identifierTypes)), str("salt"),
		}},
		{Name: "Image", Type: "Image", Closed: true, Members: []shape.Member{
			req(form("id", formatImage)), oneType(), text("caption"),
		}},
		{Name: "Related", Type: "Related", Members: []shape.Member{
			req(uri("id")), types(), form("inLanguage", formatLanguage), str("version"),
		}},
		{Name: "Result", Type: "Result", Members: []shape.Member{
			types(), uri("achievedLevel"), many(object("alignment", "Alignment")), uri("resultDescription"),
			enum("status", statusTypes), str("value"),
		}},
		{Name: "ResultDescription", Type: "ResultDescription", Members: []shape.Member{
			req(uri("id")), types(), many(object("alignment", "Alignment")), many(str("allowedValue")), req(text("name")),
			uri("requiredLevel"), str("requiredValue"), req(enum("resultType", resultTypes)),
			many(object("rubricCriterionLevel", "RubricCriterionLevel")), str("valueMax"), str("valueMin"),
		}},
		{Name: "RubricCriterionLevel", Type: "RubricCriterionLevel", Members: []shape.Member{
			req(uri("id")), types(), many(object("alignment", "Alignment")), text("description"), str("level"), req(text("name")),
			str("points"),
		}},
	}
}

// achievementCredential are the members that a badge has besides the envelope, and
// so has a credential of another class of subject.
func achievementCredential(subject string, more ...shape.Member) []shape.Member {
	return append([]shape.Member{
		absent(CodeCredentialIDMissing, req(uri("id"))), absent(CodeSubjectMissing, req(object("credentialSubject", subject))),
		picture("image"), form("awardedDate", formatDateTimeZ),
		many(object("endorsement", "EndorsementCredential")), many(form("endorsementJwt", formatJWS)),
		many(object("evidence", "Evidence")),
	}, more...)
}

// endorsementCredential are the members that an endorsement has besides the
// envelope.
func endorsementCredential() []shape.Member {
	return []shape.Member{
		absent(CodeCredentialIDMissing, req(uri("id"))), req(text("name")),
		absent(CodeSubjectMissing, req(object("credentialSubject", "EndorsementSubject"))), form("awardedDate", formatDateTimeZ),
	}
}

func envelope20(own ...shape.Member) []shape.Member {
	return merge(own, []shape.Member{
		context(), uri("id"), types(), text("name"), text("description"), absent(CodeIssuerMissing, req(ref("issuer", "Profile"))),
		absent(CodeValidFromMissing, req(form("validFrom", formatDateTimeZ))), form("validUntil", formatDateTimeZ),
		compact(object("proof", "Proof")), compact(object("credentialSchema", "CredentialSchema")),
		several(object("credentialStatus", "CredentialStatus")), several(object("refreshService", "RefreshService")),
		compact(object("termsOfUse", "TermsOfUse")), compact(object("relatedResource", "RelatedResource")),
	})
}

func envelope11(own ...shape.Member) []shape.Member {
	return merge(own, []shape.Member{
		context(), uri("id"), types(), text("name"), text("description"),
		absent(CodeIssuerMissing, req(orIRI(object("issuer", "Profile")))),
		absent(CodeValidFromMissing, req(form("issuanceDate", formatDateTimeZ))), form("expirationDate", formatDateTimeZ),
		compact(object("proof", "Proof")), compact(object("credentialSchema", "CredentialSchema")),
		several(object("credentialStatus", "CredentialStatusv1p1")), several(object("refreshService", "RefreshService")),
		compact(object("termsOfUse", "TermsOfUse")),
	})
}

// merge adds the facts that the first list does not have its own form of.
func merge(own, common []shape.Member) []shape.Member {
	taken := make(map[string]bool, len(own))
	for _, m := range own {
		taken[m.Name] = true
	}
	for _, m := range common {
		if !taken[m.Name] {
			own = append(own, m)
		}
	}
	return own
}
