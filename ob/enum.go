package ob

// The enumerations of Open Badges 3.0. All but [ResultStatusType] may be
// extended by a term that begins with "ext:" (Open Badges 3.0, Extending;
// [rules.IsExtension]).

// AchievementType says what kind of thing an achievement is (Open Badges 3.0,
// AchievementType).
type AchievementType string

// The values of [AchievementType].
const (
	AchievementTypeAchievement                 AchievementType = "Achievement"
	AchievementTypeApprenticeshipCertificate   AchievementType = "ApprenticeshipCertificate"
	AchievementTypeAssessment                  AchievementType = "Assessment"
	AchievementTypeAssignment                  AchievementType = "Assignment"
	AchievementTypeAssociateDegree             AchievementType = "AssociateDegree"
	AchievementTypeAward                       AchievementType = "Award"
	AchievementTypeBadge                       AchievementType = "Badge"
	AchievementTypeBachelorDegree              AchievementType = "BachelorDegree"
	AchievementTypeCertificate                 AchievementType = "Certificate"
	AchievementTypeCertificateOfCompletion     AchievementType = "CertificateOfCompletion"
	AchievementTypeCertification               AchievementType = "Certification"
	AchievementTypeCommunityService            AchievementType = "CommunityService"
	AchievementTypeCompetency                  AchievementType = "Competency"
	AchievementTypeCourse                      AchievementType = "Course"
	AchievementTypeCoCurricular                AchievementType = "CoCurricular"
	AchievementTypeDegree                      AchievementType = "Degree"
	AchievementTypeDiploma                     AchievementType = "Diploma"
	AchievementTypeDoctoralDegree              AchievementType = "DoctoralDegree"
	AchievementTypeFieldwork                   AchievementType = "Fieldwork"
	AchievementTypeGeneralEducationDevelopment AchievementType = "GeneralEducationDevelopment"
	AchievementTypeJourneymanCertificate       AchievementType = "JourneymanCertificate"
	AchievementTypeLearningProgram             AchievementType = "LearningProgram"
	AchievementTypeLicense                     AchievementType = "License"
	AchievementTypeMembership                  AchievementType = "Membership"
	AchievementTypeProfessionalDoctorate       AchievementType = "ProfessionalDoctorate"
	AchievementTypeQualityAssuranceCredential  AchievementType = "QualityAssuranceCredential"
	AchievementTypeMasterCertificate           AchievementType = "MasterCertificate"
	AchievementTypeMasterDegree                AchievementType = "MasterDegree"
	AchievementTypeMicroCredential             AchievementType = "MicroCredential"
	AchievementTypeResearchDoctorate           AchievementType = "ResearchDoctorate"
	AchievementTypeSecondarySchoolDiploma      AchievementType = "SecondarySchoolDiploma"
)

// AlignmentTargetType says what an alignment points to (Open Badges 3.0,
// AlignmentTargetType).
type AlignmentTargetType string

// The values of [AlignmentTargetType].
const (
	TargetCompetency             AlignmentTargetType = "ceasn:Competency"
	TargetCredential             AlignmentTargetType = "ceterms:Credential"
	TargetCFItem                 AlignmentTargetType = "CFItem"
	TargetCFRubric               AlignmentTargetType = "CFRubric"
	TargetCFRubricCriterion      AlignmentTargetType = "CFRubricCriterion"
	TargetCFRubricCriterionLevel AlignmentTargetType = "CFRubricCriterionLevel"
	TargetCTDL                   AlignmentTargetType = "CTDL"
)

// ResultType says how a result is to be read (Open Badges 3.0, ResultType).
type ResultType string

// The values of [ResultType].
const (
	ResultTypeGradePointAverage    ResultType = "GradePointAverage"
	ResultTypeLetterGrade          ResultType = "LetterGrade"
	ResultTypePercent              ResultType = "Percent"
	ResultTypePerformanceLevel     ResultType = "PerformanceLevel"
	ResultTypePredictedScore       ResultType = "PredictedScore"
	ResultTypeRawScore             ResultType = "RawScore"
	ResultTypeResult               ResultType = "Result"
	ResultTypeRubricCriterion      ResultType = "RubricCriterion"
	ResultTypeRubricCriterionLevel ResultType = "RubricCriterionLevel"
	ResultTypeRubricScore          ResultType = "RubricScore"
	ResultTypeScaledScore          ResultType = "ScaledScore"
	ResultTypeStatus               ResultType = "Status"
)

// ResultStatusType is a result that is a status (Open Badges 3.0, ResultStatusType).
// It cannot be extended.
type ResultStatusType string

// The values of [ResultStatusType].
const (
	StatusCompleted   ResultStatusType = "Completed"
	StatusEnrolled    ResultStatusType = "Enrolled"
	StatusFailed      ResultStatusType = "Failed"
	StatusInProgress  ResultStatusType = "InProgress"
	StatusOnHold      ResultStatusType = "OnHold"
	StatusProvisional ResultStatusType = "Provisional"
	StatusWithdrew    ResultStatusType = "Withdrew"
)

// IdentifierType says what kind of identifier it is (Open Badges 3.0,
// IdentifierTypeEnum).
type IdentifierType string

// The values of [IdentifierType].
const (
	IdentifierName                   IdentifierType = "name"
	IdentifierSourcedID              IdentifierType = "sourcedId"
	IdentifierSystemID               IdentifierType = "systemId"
	IdentifierProductID              IdentifierType = "productId"
	IdentifierUserName               IdentifierType = "userName"
	IdentifierAccountID              IdentifierType = "accountId"
	IdentifierEmailAddress           IdentifierType = "emailAddress"
	IdentifierNationalIdentityNumber IdentifierType = "nationalIdentityNumber"
	IdentifierISBN                   IdentifierType = "isbn"
	IdentifierISSN                   IdentifierType = "issn"
	IdentifierLISSourcedID           IdentifierType = "lisSourcedId"
	IdentifierOneRosterSourcedID     IdentifierType = "oneRosterSourcedId"
	IdentifierSISSourcedID           IdentifierType = "sisSourcedId"
	IdentifierLTIContextID           IdentifierType = "ltiContextId"
	IdentifierLTIDeploymentID        IdentifierType = "ltiDeploymentId"
	IdentifierLTIToolID              IdentifierType = "ltiToolId"
	IdentifierLTIPlatformID          IdentifierType = "ltiPlatformId"
	IdentifierLTIUserID              IdentifierType = "ltiUserId"
	IdentifierOther                  IdentifierType = "identifier"
)
