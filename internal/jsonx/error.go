package jsonx

import "fmt"

// Code names why a text was refused.
type Code string

// The codes of [Error].
const (
	CodeTooLarge       Code = "json-too-large"         // longer than Limits.Bytes
	CodeTooDeep        Code = "json-too-deep"          // nested deeper than Limits.Depth
	CodeTooManyValues  Code = "json-too-many-values"   // denser than any document, and long
	CodeInvalidUTF8    Code = "json-invalid-utf8"      // not UTF-8 (RFC 8259, 8.1)
	CodeSyntax         Code = "json-syntax"            // not JSON
	CodeTrailingData   Code = "json-trailing-data"     // something follows the value
	CodeDuplicateName  Code = "json-duplicate-name"    // an object has a name twice (RFC 7493, 2.3)
	CodeLoneSurrogate  Code = "json-lone-surrogate"    // half of a surrogate pair (RFC 7493, 2.1)
	CodeNumberRange    Code = "json-number-range"      // a float64 cannot hold it
	CodeNumberTooLong  Code = "json-number-too-long"   // more characters than any number needs
	CodeByteOrderMark  Code = "json-byte-order-mark"   // the text begins with one, which must not be added (RFC 8259, 8.1)
	CodeTruncated      Code = "json-truncated"         // the text ends inside a value
	CodeControlInInput Code = "json-control-in-string" // a control character that is not escaped (RFC 8259, 7)
)

// Error says why and where a text was refused.
type Error struct {
	Code    Code
	Offset  int    // in bytes, from the start of the text
	Pointer string // JSON Pointer to the value or the container that holds the fault
	Detail  string // what was found, cut to length
}

// ProblemCode is the code, for vc.ProblemOf.
func (e *Error) ProblemCode() string { return string(e.Code) }

// Error implements error.
func (e *Error) Error() string {
	where := e.Pointer
	if where == "" {
		where = "the top level"
	}
	return fmt.Sprintf("%s at byte %d (%s): %s", e.Code, e.Offset, where, e.Detail)
}
