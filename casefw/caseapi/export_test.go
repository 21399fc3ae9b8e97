package caseapi

import (
	"context"
	"io"

	"github.com/laurel-edu/laurel/casefw"
)

// FailingPackage is a package that cannot be written.
func FailingPackage(id casefw.GUID, err error) *Resource {
	write := func(_ context.Context, w io.Writer, _ Version) error {
		_, _ = io.WriteString(w, "{")
		return err
	}
	return &Resource{kind: KindPackage, ids: []casefw.GUID{id}, serial: serials.Add(1), write: write}
}
