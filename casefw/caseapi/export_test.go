package caseapi

import (
	"context"
	"io"
)

// FailingPackage is a package that cannot be written.
func FailingPackage(err error) *Resource {
	return &Resource{serial: serials.Add(1), write: func(_ context.Context, w io.Writer, _ Version) error {
		_, _ = io.WriteString(w, "{")
		return err
	}}
}
