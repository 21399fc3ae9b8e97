package caseapi

import (
	"context"
	"io"
	"net/http"
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

// CacheUse returns how many bytes the cache of a handler counts, and of how many texts.
func CacheUse(h http.Handler) (used int64, known int) {
	c := h.(*handler).cache
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.used, len(c.known)
}

// FailingPackage is a package that cannot be written.
func FailingPackage(err error) *Resource {
	return &Resource{write: func(_ context.Context, w io.Writer, _ Version) error {
		_, _ = io.WriteString(w, "{")
		return err
	}}
}
