package rest

import (
	"slices"
	"strings"
)

// Minor says what went wrong with a request, whatever the service: one of the
// constants, which are spelt as in CASE 1.1, or as in Open Badges 3.0 where that has
// none. A service's [Vocabulary] spells it; what other providers invent is kept as it
// is.
type Minor string

// What a code minor can say.
const (
	FullSuccess           Minor = "fullsuccess"
	InvalidSortField      Minor = "invalid_sort_field"
	InvalidSelectionField Minor = "invalid_selection_field"
	InvalidFilterField    Minor = "invalid_filter_field"
	InvalidQuery          Minor = "invalid_query_parameter" // any other fault of a query
	InvalidUUID           Minor = "invalid_uuid"
	InvalidData           Minor = "invalid_data" // of a body
	Unauthorised          Minor = "unauthorised_request"
	Forbidden             Minor = "forbidden"
	UnknownObject         Minor = "unknownobject"
	NotAllowed            Minor = "not_allowed" // the method
	NotAcceptable         Minor = "not_acceptable"
	NotModified           Minor = "not_modified"
	Misdirected           Minor = "misdirected_request"
	ServerBusy            Minor = "server_busy"
	InternalServerError   Minor = "internal_server_error"
)

// Vocabulary is how a service spells code minors: those that it spells otherwise than
// the constants, or for which the nearest that it has stands.
type Vocabulary map[Minor]string

// The vocabularies of the services. InvalidFilterField stands in the text of CASE 1.1
// (3.3 and Appendix B) but neither in the enumeration of its schema nor in 1.0. CASE
// has no code for paging, and a page is a selection too. Badges are those of Open
// Badges 3.0 and CLR 2.0 (imsx_CodeMinorField).
var (
	CASE1p0 = Vocabulary{
		Unauthorised: "unauthorisedrequest", InvalidUUID: "invaliduuid", InvalidFilterField: "invalid_selection_field",
		InvalidQuery: "invalid_selection_field",
	}
	CASE1p1 = Vocabulary{InvalidQuery: "invalid_selection_field"}
	Badges  = Vocabulary{
		Unauthorised: "unauthorizedrequest", UnknownObject: "not_found", InvalidUUID: "not_found",
		InvalidFilterField: "invalid_query_parameter", InvalidSelectionField: "invalid_query_parameter",
		InvalidSortField: "invalid_query_parameter",
	}
)

// Spell returns the code as the service writes it.
func (v Vocabulary) Spell(m Minor) string {
	if text, ok := v[m]; ok {
		return text
	}
	return string(m)
}

// Failure is the status of a request that failed for one reason, reported by system.
func (v Vocabulary) Failure(system string, m Minor, description string) Status {
	return Status{CodeMajor: Failure, Severity: SeverityError, Description: description, CodeMinor: []MinorField{{system, v.Spell(m)}}}
}

// spellings are those that providers use, besides the constants, in lower case.
var spellings = map[string]Minor{
	"unauthorisedrequest": Unauthorised, "unauthorizedrequest": Unauthorised, "unauthorized_request": Unauthorised,
	"invaliduuid": InvalidUUID, "not_found": UnknownObject, "invaliddata": InvalidData,
}

var minors = []Minor{FullSuccess, InvalidSortField, InvalidSelectionField, InvalidFilterField, InvalidQuery, InvalidUUID, InvalidData,
	Unauthorised, Forbidden, UnknownObject, NotAllowed, NotAcceptable, NotModified, Misdirected, ServerBusy, InternalServerError}

// ParseMinor reads a code in any service's spelling and in either case. A text that
// none has is returned as it stands.
func ParseMinor(text string) Minor {
	folded := strings.ToLower(text)
	if m, ok := spellings[folded]; ok {
		return m
	}
	if slices.Contains(minors, Minor(folded)) {
		return Minor(folded)
	}
	return Minor(text)
}
