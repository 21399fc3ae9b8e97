package oneroster

import "github.com/laurel-edu/laurel/vc"

// The codes of what a gradebook does otherwise than it should. All are warnings.
const (
	CodeIgnores    vc.Code = "oneroster-ignores"    // a filter or an order, so that the whole list was read
	CodeIncomplete vc.Code = "oneroster-incomplete" // a list that changed as often as it was read
	CodeLacks      vc.Code = "oneroster-lacks"      // a collection that the gradebook does not have
)

const spec = "OneRoster 1.2, REST binding"

var words = vc.Words{
	CodeIgnores: {Type: vc.TypeLaurel, Severity: vc.SeverityWarning,
		Message: "the gradebook does not filter or sort by dateLastModified",
		Fix:     "nothing is lost, each pull reads the whole list; ask its vendor to mend it", Spec: spec},
	CodeIncomplete: {Type: vc.TypeLaurel, Severity: vc.SeverityWarning,
		Message: "the list changed as often as it was read, so some of it may be missing",
		Fix:     "pull again when less is written", Spec: spec},
	CodeLacks: {Type: vc.TypeLaurel, Severity: vc.SeverityWarning,
		Message: "the gradebook does not have this, or does not let it be read",
		Fix:     "texts of scales are not understood without; ask for the scope, or go without", Spec: spec},
}
