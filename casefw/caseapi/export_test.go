package caseapi

import (
	"context"
	"io"
)

// SampleFrameworks are those of TestStore.
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

// FailingPackage is a package that cannot be written.
func FailingPackage(err error) *Resource {
	return &Resource{serial: serials.Add(1), write: func(_ context.Context, w io.Writer, _ Version) error {
		_, _ = io.WriteString(w, "{")
		return err
	}}
}
