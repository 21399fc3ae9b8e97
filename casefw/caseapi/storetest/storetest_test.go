package storetest_test

import (
	"context"
	"errors"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/caseapi/storetest"
	"github.com/stretchr/testify/require"
)

func TestMemoryKeepsThePromisesOfAStore(t *testing.T) {
	store := func(f ...*casefw.Framework) (caseapi.Store, error) { return caseapi.NewMemory(f...) }
	require.NoError(t, storetest.Test(t.Context(), store))
}

// forgetful is a store with faults that the suite must find.
type forgetful struct{ *caseapi.Memory }

func (f forgetful) Find(ctx context.Context, kind caseapi.Kind, id casefw.GUID) (*caseapi.Resource, error) {
	if kind == caseapi.KindLicense {
		return nil, errors.New("gone")
	}
	return f.Memory.Find(ctx, kind, id)
}

func (f forgetful) Documents(ctx context.Context, q *caseapi.Query) (*caseapi.Page, error) {
	page, err := f.Memory.Documents(ctx, q)
	page.Total = len(page.Documents)
	return page, err
}

func TestSuiteFindsFaults(t *testing.T) {
	err := storetest.Test(t.Context(), func(f ...*casefw.Framework) (caseapi.Store, error) {
		m, err := caseapi.NewMemory(f...)
		return forgetful{m}, err
	})
	require.ErrorContains(t, err, "CFLicenses")
	require.ErrorContains(t, err, "gone")
	require.ErrorContains(t, err, "the total at offset 0 is 1, not 3")
}
