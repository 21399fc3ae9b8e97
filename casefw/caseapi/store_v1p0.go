package caseapi

import (
	"slices"

	"github.com/laurel-edu/laurel/casefw"
)

// What 1.0 makes of a record is [casefw.Downgrade]. One thing it cannot decide: an
// association with what is not of CASE has no meaning in 1.0, where every node is
// of CASE, so an answer of 1.0 leaves it out.

// to1p0 returns a record as 1.0 has it, or ErrNotFound where it has none. The
// original is not touched: it may be shared.
func to1p0[R casefw.Resource](rec *R) (*R, error) {
	old, _, err := casefw.Parse[R](casefw.Append(nil, rec, casefw.AsSent), casefw.Options{MaxBytes: 1<<31 - 1, MaxDepth: 10_000})
	if err != nil {
		return nil, err
	}
	switch old := any(old).(type) {
	case *casefw.CFAssociation:
		if old.BeyondCASE() {
			return nil, ErrNotFound
		}
	case *casefw.CFAssociationSet:
		old.CFAssociations = slices.DeleteFunc(old.CFAssociations, beyondCASE)
	case *casefw.CFPackage:
		old.CFAssociations = slices.DeleteFunc(old.CFAssociations, beyondCASE)
	}
	casefw.Downgrade(old)
	return old, nil
}

func beyondCASE(a casefw.CFAssociation) bool { return a.BeyondCASE() }
