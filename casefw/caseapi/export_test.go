package caseapi

// For tests: the frameworks of TestStore, and how often texts are written.
var SampleFrameworks = sampleFrameworks

// Identifiers of the sample.
const (
	IDMain, IDUser, IDCrosswalk    = idMain, idUser, idCrosswalk
	IDRoot, IDLeaf, IDOther        = idRoot, idLeaf, idOther
	IDBelow, IDResource, IDMatch   = idBelow, idResource, idMatch
	IDConcept, IDSubject, IDType   = idConcept, idSubject, idType
	IDLicense, IDGrouping, IDAlone = idLicense, idGrouping, idAlone
	IDRubric                       = idRubric
)
