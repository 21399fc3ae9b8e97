package caseapi

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rest"
)

// CodeMajor says how a request went as a whole.
type CodeMajor string

// The values of imsx_codeMajor.
const (
	Success     CodeMajor = "success"
	Processing  CodeMajor = "processing"
	Failure     CodeMajor = "failure"
	Unsupported CodeMajor = "unsupported"
)

// Severity says how grave a status is.
type Severity string

// The values of imsx_severity.
const (
	SeverityStatus  Severity = "status"
	SeverityWarning Severity = "warning"
	SeverityError   Severity = "error"
)

// CodeMinor says what went wrong, in the spelling of 1.1. Unknown values of other
// providers are kept as text.
type CodeMinor string

// The values of imsx_codeMinorFieldValue. InvalidFilterField stands in the text of
// CASE 1.1 (section 3.3 and Appendix B) but neither in the enumeration of its
// schema nor in 1.0.
const (
	FullSuccess           CodeMinor = "fullsuccess"
	InvalidSortField      CodeMinor = "invalid_sort_field"
	InvalidSelectionField CodeMinor = "invalid_selection_field"
	InvalidFilterField    CodeMinor = "invalid_filter_field"
	UnauthorisedRequest   CodeMinor = "unauthorised_request"
	Forbidden             CodeMinor = "forbidden"
	UnknownObject         CodeMinor = "unknownobject"
	InvalidUUID           CodeMinor = "invalid_uuid"
	ServerBusy            CodeMinor = "server_busy"
	InternalServerError   CodeMinor = "internal_server_error"
)

// vocabulary is how a version spells code minors.
func vocabulary(v Version) rest.Vocabulary {
	if v == V1p0 {
		return rest.CASE1p0
	}
	return rest.CASE1p1
}

// In returns the code as a version spells it.
func (c CodeMinor) In(v Version) string { return vocabulary(v).Spell(rest.Minor(c)) }

// ParseCodeMinor reads a code in either version's spelling and in either case. A
// text that no version has is returned as it stands.
func ParseCodeMinor(text string) CodeMinor { return CodeMinor(rest.ParseMinor(text)) }

// CodeMinorField is one code minor and the system that reports it.
type CodeMinorField struct {
	Name  string // "TargetEndSystem" as a rule
	Value CodeMinor
}

// StatusInfo is imsx_StatusInfo, the body of every answer that is not a success
// (CASE 1.1 information model, imsx_StatusInfo).
type StatusInfo struct {
	CodeMajor   CodeMajor
	Severity    Severity
	Description string
	CodeMinor   []CodeMinorField
}

// Code returns the first code minor, which decides, or "" where there is none.
func (s *StatusInfo) Code() CodeMinor {
	if len(s.CodeMinor) == 0 {
		return ""
	}
	return s.CodeMinor[0].Value
}

// Append writes the status behind b, with the codes spelt as in a version.
func (s *StatusInfo) Append(b []byte, v Version) []byte {
	status := rest.Status{CodeMajor: string(s.CodeMajor), Severity: string(s.Severity), Description: s.Description}
	for _, f := range s.CodeMinor {
		status.CodeMinor = append(status.CodeMinor, rest.MinorField{Name: f.Name, Value: f.Value.In(v)})
	}
	return status.Append(b)
}

// statusLimits bound what is read of an error's body: real ones stay below 2 KiB.
var statusLimits = jsonx.Limits{Bytes: 64 << 10, Depth: 16}

// ParseStatusInfo reads a status in any version's spelling, with imsx_codeMinor
// written as in OneRoster too. ok is false where the body is none: a page of HTML,
// a resource, a message of a gateway.
func ParseStatusInfo(body []byte) (s *StatusInfo, ok bool) {
	doc, err := jsonx.Parse(body, statusLimits, nil)
	if err != nil {
		return nil, false
	}
	read, ok := rest.ReadStatus(doc.Root())
	if !ok {
		return nil, false
	}
	s = &StatusInfo{CodeMajor: CodeMajor(strings.Clone(read.CodeMajor)), Severity: Severity(strings.Clone(read.Severity)),
		Description: strings.Clone(read.Description)}
	for _, f := range read.CodeMinor {
		s.CodeMinor = append(s.CodeMinor, CodeMinorField{Name: strings.Clone(f.Name), Value: ParseCodeMinor(strings.Clone(f.Value))})
	}
	return s, true
}
