package ob

import "github.com/laurel-edu/laurel/internal/shape"

// The enumerations as the table uses them.
var (
	achievementTypes = vocabulary("AchievementType", IsExtension,
		AchievementTypeAchievement, AchievementTypeApprenticeshipCertificate, AchievementTypeAssessment, AchievementTypeAssignment,
		AchievementTypeAssociateDegree, AchievementTypeAward, AchievementTypeBadge, AchievementTypeBachelorDegree,
		AchievementTypeCertificate, AchievementTypeCertificateOfCompletion, AchievementTypeCertification,
		AchievementTypeCommunityService, AchievementTypeCompetency, AchievementTypeCourse, AchievementTypeCoCurricular,
		AchievementTypeDegree, AchievementTypeDiploma, AchievementTypeDoctoralDegree, AchievementTypeFieldwork,
		AchievementTypeGeneralEducationDevelopment, AchievementTypeJourneymanCertificate, AchievementTypeLearningProgram,
		AchievementTypeLicense, AchievementTypeMembership, AchievementTypeProfessionalDoctorate,
		AchievementTypeQualityAssuranceCredential, AchievementTypeMasterCertificate, AchievementTypeMasterDegree,
		AchievementTypeMicroCredential, AchievementTypeResearchDoctorate, AchievementTypeSecondarySchoolDiploma)
	targetTypes = vocabulary("AlignmentTargetType", IsExtension,
		TargetCompetency, TargetCredential, TargetCFItem, TargetCFRubric, TargetCFRubricCriterion, TargetCFRubricCriterionLevel, TargetCTDL)
	resultTypes = vocabulary("ResultType", IsExtension,
		ResultTypeGradePointAverage, ResultTypeLetterGrade, ResultTypePercent, ResultTypePerformanceLevel, ResultTypePredictedScore,
		ResultTypeRawScore, ResultTypeResult, ResultTypeRubricCriterion, ResultTypeRubricCriterionLevel, ResultTypeRubricScore,
		ResultTypeScaledScore, ResultTypeStatus)
	statusTypes = vocabulary("ResultStatusType", nil,
		StatusCompleted, StatusEnrolled, StatusFailed, StatusInProgress, StatusOnHold, StatusProvisional, StatusWithdrew)
	identifierTypes = vocabulary("IdentifierTypeEnum", IsExtension,
		IdentifierName, IdentifierSourcedID, IdentifierSystemID, IdentifierProductID, IdentifierUserName, IdentifierAccountID,
		IdentifierEmailAddress, IdentifierNationalIdentityNumber, IdentifierISBN, IdentifierISSN, IdentifierLISSourcedID,
		IdentifierOneRosterSourcedID, IdentifierSISSourcedID, IdentifierLTIContextID, IdentifierLTIDeploymentID, IdentifierLTIToolID,
		IdentifierLTIPlatformID, IdentifierLTIUserID, IdentifierOther)
)

func vocabulary[T ~string](name string, extension func(string) bool, terms ...T) *shape.Enum {
	e := &shape.Enum{Name: name, Extension: extension, Terms: make([]string, len(terms))}
	for i, t := range terms {
		e.Terms[i] = string(t)
	}
	return e
}
