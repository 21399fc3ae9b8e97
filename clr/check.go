package clr

import (
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// Check judges the record as it would be signed, by the rules of package
// vc/rules: the record, its associations, and each nested credential by its own
// kind. It returns all that is wrong, warnings too, and none where all is well.
func (c ClrCredential) Check() []*vc.Problem { return rules.ClrCredential.CheckDraft(c.JSON()) }
