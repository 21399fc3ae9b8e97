package rest

import (
	"strconv"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// The values of imsx_codeMajor and imsx_severity.
const (
	Success     = "success"
	Processing  = "processing"
	Failure     = "failure"
	Unsupported = "unsupported"

	SeverityStatus  = "status"
	SeverityWarning = "warning"
	SeverityError   = "error"
)

// Status is imsx_StatusInfo, with codes as texts.
type Status struct {
	CodeMajor, Severity, Description string
	CodeMinor                        []MinorField
}

// MinorField is one code minor and the system that reports it.
type MinorField struct{ Name, Value string }

// Append writes the status as JSON behind b. Empty members are left out.
func (s *Status) Append(b []byte) []byte {
	b = appendString(append(b, `{"imsx_codeMajor":`...), s.CodeMajor)
	b = appendString(append(b, `,"imsx_severity":`...), s.Severity)
	if s.Description != "" {
		b = appendString(append(b, `,"imsx_description":`...), s.Description)
	}
	if len(s.CodeMinor) > 0 {
		b = append(b, `,"imsx_codeMinor":{"imsx_codeMinorField":[`...)
		for i, f := range s.CodeMinor {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendString(append(b, `{"imsx_codeMinorFieldName":`...), f.Name)
			b = appendString(append(b, `,"imsx_codeMinorFieldValue":`...), f.Value)
			b = append(b, '}')
		}
		b = append(b, `]}`...)
	}
	return append(b, '}')
}

// ReadStatus reads a status tolerantly: the member that holds the minor codes may
// be spelt imsx_CodeMinor, as OneRoster does. ok is false where the value is no
// status at all. The texts refer to the document.
func ReadStatus(v jsonx.Value) (s Status, ok bool) {
	s.CodeMajor, s.Severity = v.Get("imsx_codeMajor").Text(), v.Get("imsx_severity").Text()
	s.Description = v.Get("imsx_description").Text()
	minor := v.Get("imsx_codeMinor")
	if !minor.Exists() {
		minor = v.Get("imsx_CodeMinor")
	}
	for _, f := range minor.Get("imsx_codeMinorField").Items() {
		if value := f.Get("imsx_codeMinorFieldValue").Text(); value != "" {
			s.CodeMinor = append(s.CodeMinor, MinorField{f.Get("imsx_codeMinorFieldName").Text(), value})
		}
	}
	return s, s.CodeMajor != "" || len(s.CodeMinor) > 0
}

// appendString writes a JSON string. Bytes that are no UTF-8 become U+FFFD.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < 0x20:
			b = append(b, `\u00`...)
			if r < 0x10 {
				b = append(b, '0')
			}
			b = strconv.AppendInt(b, int64(r), 16)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
