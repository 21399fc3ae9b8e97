package rules

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/shape"
)

// The enumerations of the table. Packages ob and clr have a constant for each term.
var (
	achievementTypes = vocabulary("AchievementType", IsExtension,
		"Achievement", "ApprenticeshipCertificate", "Assessment", "Assignment", "AssociateDegree", "Award", "Badge", "BachelorDegree",
		"Certificate", "CertificateOfCompletion", "Certification", "CommunityService", "Competency", "Course", "CoCurricular", "Degree",
		"Diploma", "DoctoralDegree", "Fieldwork", "GeneralEducationDevelopment", "JourneymanCertificate", "LearningProgram", "License",
		"Membership", "ProfessionalDoctorate", "QualityAssuranceCredential", "MasterCertificate", "MasterDegree", "MicroCredential",
		"ResearchDoctorate", "SecondarySchoolDiploma")
	targetTypes = vocabulary("AlignmentTargetType", IsExtension,
		"ceasn:Competency", "ceterms:Credential", "CFItem", "CFRubric", "CFRubricCriterion", "CFRubricCriterionLevel", "CTDL")
	resultTypes = vocabulary("ResultType", IsExtension,
		"GradePointAverage", "LetterGrade", "Percent", "PerformanceLevel", "PredictedScore", "RawScore", "Result", "RubricCriterion",
		"RubricCriterionLevel", "RubricScore", "ScaledScore", "Status")
	statusTypes = vocabulary("ResultStatusType", nil,
		"Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew")
	identifierTypes = vocabulary("IdentifierTypeEnum", IsExtension,
		"name", "sourcedId", "systemId", "productId", "userName", "accountId", "emailAddress", "nationalIdentityNumber", "isbn", "issn",
		"lisSourcedId", "oneRosterSourcedId", "sisSourcedId", "ltiContextId", "ltiDeploymentId", "ltiToolId", "ltiPlatformId", "ltiUserId",
		"identifier")
	associationTypes = vocabulary("AssociationType", nil,
		"exactMatchOf", "isChildOf", "isParentOf", "isPartOf", "isPeerOf", "isRelatedTo", "precedes", "replacedBy")
)

func vocabulary(name string, extension func(string) bool, terms ...string) *shape.Enum {
	return &shape.Enum{Name: name, Extension: extension, Terms: terms}
}

// IsExtension reports whether a term extends an enumeration: "ext:" and then
// letters, digits, points, hyphens, underscores or bars. The published schemas'
// pattern is not anchored, so that they let "xext:a" pass; a term that only
// holds "ext:" somewhere is none.
func IsExtension(term string) bool {
	rest, ok := strings.CutPrefix(term, "ext:")
	if !ok || rest == "" {
		return false
	}
	for i := 0; i < len(rest); i++ {
		c := rest[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.', c == '-', c == '_', c == '|':
		default:
			return false
		}
	}
	return true
}
