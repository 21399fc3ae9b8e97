package shape

import "github.com/laurel-edu/laurel/internal/jsonx"

// The codes of the faults that the walk itself finds. Formats and Checks report
// codes of their own.
const (
	CodeMissing         = "member-missing"           // a required member is absent
	CodeNull            = "member-null"              // null in place of a value
	CodeKind            = "member-wrong-kind"        // a string where a number belongs, and so on
	CodeRepeated        = "member-repeated"          // several values where there is one
	CodeLooseArray      = "member-is-array"          // an array of one, or of several where they are tolerated
	CodeNotArray        = "member-not-array"         // one value where an array belongs
	CodeEmptyArray      = "member-empty-array"       // an array of nothing
	CodeForbidden       = "member-forbidden"         // a member that a closed class lacks
	CodeClass           = "type-lacks-class"         // type does not hold the class
	CodeTerm            = "value-not-in-enumeration" // a term that the vocabulary lacks
	CodeLooseString     = "object-is-string"         // a string where an object belongs, tolerated
	CodeLanguage        = "language-value-malformed" // an object that is no language value
	CodeLanguageUnknown = "language-unknown"         // a language tag that is well formed and not registered
	CodeLanguageMap     = "string-is-language-value" // a language value where a string belongs, tolerated
	CodeBlank           = "text-blank"               // a text for people in which nothing is to be seen
	CodeKeyword         = "keyword-in-node"          // a JSON-LD keyword in a node
)

// Fault is one deviation from the table.
type Fault struct {
	Code   string
	At     jsonx.Value // the value, or the object that lacks Missing
	Absent string      // name of the absent member of At
	Class  *Class      // the class whose fact is broken
	Member *Member     // the member's fact, nil for a fault of the object itself
	// Found and Expected are words for the fault; the reporter has its own where
	// they are empty.
	Found, Expected string
}

// Reporter takes the faults, in the order of the document.
type Reporter interface{ Report(Fault) }
