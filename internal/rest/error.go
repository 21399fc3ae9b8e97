package rest

import (
	"net/http"
	"strconv"
)

// Code names what is wrong with a request.
type Code string

// The codes of an [Error].
const (
	CodeSyntax      Code = "syntax"                     // a filter that the grammar does not have
	CodeOperators   Code = "too-many-logical-operators" // more terms than the limit, or AND mixed with OR
	CodeParts       Code = "too-many-values"            // a ~ with more values than the limit
	CodeTooLong     Code = "too-long"                   // a filter that is longer than the limit
	CodeLongValue   Code = "value-too-long"             // another parameter that is
	CodeFilterField Code = "invalid-filter-field"       // a filter by a field that the record does not have
	CodeSelection   Code = "invalid-selection-field"    // an empty name in fields
	CodeOrder       Code = "invalid-order"              // orderBy is neither asc nor desc
	CodePage        Code = "invalid-page"               // limit or offset is no number in its range
	CodeRepeated    Code = "repeated-parameter"         // a parameter that may come once came twice
	CodeBadQuery    Code = "bad-query"                  // the query is not URL-encoded
	CodeLongQuery   Code = "query-too-long"             // the query as a whole is longer than the limit
)

// The codes of a next page that a client does not ask for.
const (
	CodePaginationLoop Code = "pagination-loop"   // the page leads to itself
	CodeCrossOrigin    Code = "cross-origin-link" // it is on another host
	CodeInsecureLink   Code = "insecure-link"     // it is plain http
	CodeOutsideBase    Code = "link-outside-base" // it is on the host, and not below the service's path
)

// Error is one fault of a request, with the words that tell the client about it.
type Error struct {
	Code   Code
	Offset int    // into the filter, for its codes
	Field  string // the field or parameter at fault, cut to length
	Detail string
}

// Error implements error.
func (e *Error) Error() string {
	s := e.Detail
	if e.Code == CodeSyntax || e.Code == CodeOperators || e.Code == CodeParts {
		s += " (at byte " + strconv.Itoa(e.Offset) + " of the filter)"
	}
	return s
}

// Minor is the code minor of the fault.
func (e *Error) Minor() Minor {
	switch e.Code {
	case CodeSyntax, CodeOperators, CodeParts, CodeTooLong, CodeFilterField:
		return InvalidFilterField
	case CodeSelection:
		return InvalidSelectionField
	case CodeOrder:
		return InvalidSortField
	}
	return InvalidQuery
}

// Status is the status of HTTP that the fault is answered with.
func (e *Error) Status() int {
	if e.Code == CodeLongQuery {
		return http.StatusRequestURITooLong
	}
	return http.StatusBadRequest
}
