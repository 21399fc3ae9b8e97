package caseapi

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/imsrest"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// CodeMajor says how a request went as a whole.
type CodeMajor string

// The values of imsx_codeMajor.
const (
	Success     CodeMajor = imsrest.Success
	Processing  CodeMajor = imsrest.Processing
	Failure     CodeMajor = imsrest.Failure
	Unsupported CodeMajor = imsrest.Unsupported
)

// Severity says how grave a status is.
type Severity string

// The values of imsx_severity.
const (
	SeverityStatus  Severity = imsrest.SeverityStatus
	SeverityWarning Severity = imsrest.SeverityWarning
	SeverityError   Severity = imsrest.SeverityError
)

// CodeMinor says what went wrong, in the spelling of 1.1. Unknown values of other
// providers are kept as text.
type CodeMinor string

// The values of imsx_codeMinorFieldValue. InvalidFilterField stands in the text of
// CASE 1.1 (section 3.3 and Appendix B) but neither in the enumeration of its
// schema nor in 1.0.
const (
	FullSuccess           CodeMinor = imsrest.FullSuccess
	InvalidSortField      CodeMinor = imsrest.InvalidSortField
	InvalidSelectionField CodeMinor = imsrest.InvalidSelectionField
	InvalidFilterField    CodeMinor = imsrest.InvalidFilterField
	UnauthorisedRequest   CodeMinor = imsrest.UnauthorisedRequest
	Forbidden             CodeMinor = imsrest.Forbidden
	UnknownObject         CodeMinor = imsrest.UnknownObject
	InvalidUUID           CodeMinor = imsrest.InvalidUUID
	ServerBusy            CodeMinor = imsrest.ServerBusy
	InternalServerError   CodeMinor = imsrest.InternalServerError
)

// spelt1p0 are the codes that 1.0 spells otherwise or does not have. A filter is a
// selection of records, so that is the nearest that 1.0 has for it.
var spelt1p0 = map[CodeMinor]string{
	UnauthorisedRequest: "unauthorisedrequest", InvalidUUID: "invaliduuid", InvalidFilterField: string(InvalidSelectionField),
}

// In returns the code as a version spells it.
func (c CodeMinor) In(v Version) string {
	if old, ok := spelt1p0[c]; ok && v == V1p0 {
		return old
	}
	return string(c)
}

// ParseCodeMinor reads a code in either version's spelling and in either case. A
// text that no version has is returned as it stands.
func ParseCodeMinor(text string) CodeMinor {
	switch folded := CodeMinor(strings.ToLower(text)); folded {
	case "unauthorisedrequest", "unauthorizedrequest", "unauthorized_request":
		return UnauthorisedRequest
	case "invaliduuid":
		return InvalidUUID
	case FullSuccess, InvalidSortField, InvalidSelectionField, InvalidFilterField, UnauthorisedRequest, Forbidden,
		UnknownObject, InvalidUUID, ServerBusy, InternalServerError:
		return folded
	}
	return CodeMinor(text)
}

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
	status := imsrest.Status{CodeMajor: string(s.CodeMajor), Severity: string(s.Severity), Description: s.Description}
	for _, f := range s.CodeMinor {
		status.CodeMinor = append(status.CodeMinor, imsrest.MinorField{Name: f.Name, Value: f.Value.In(v)})
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
	read, ok := imsrest.ReadStatus(doc.Root())
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
