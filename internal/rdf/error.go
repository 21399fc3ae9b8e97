package rdf

import (
	"errors"
	"strconv"
)

// Codes of an [Error].
const (
	CodeWorkLimit    = "rdf-work-limit"     // the blank nodes are too alike to be told apart in Options.MaxWork units
	CodeTooManyNodes = "rdf-too-many-nodes" // more blank nodes than allowed
	CodeTooManyQuads = "rdf-too-many-quads" // more statements than allowed
	CodeTooLarge     = "rdf-too-large"      // more text than allowed
	CodeCancelled    = "cancelled"          // the context ended; Unwrap gives its error

	CodeSyntax     = "nquads-syntax"      // not the N-Quads grammar
	CodeBadUTF8    = "nquads-bad-utf8"    // the text is not UTF-8
	CodeBadIRI     = "nquads-bad-iri"     // a relative IRI or one with a forbidden character
	CodeBadEscape  = "nquads-bad-escape"  // an unknown escape, or one for no Unicode character
	CodeBadLabel   = "nquads-bad-label"   // a malformed blank node label
	CodeBadTag     = "nquads-bad-tag"     // a malformed language tag
	CodeUnfinished = "nquads-unfinished"  // an IRI or a string that does not end on its line
	CodeNoLineEnd  = "nquads-no-line-end" // something other than a comment after the final dot
)

// errDataset is the error of a program that makes statements about blank nodes which
// its dataset did not make.
var errDataset = errors.New("rdf: a statement names a blank node that the dataset did not make")

// Error is every error about a document.
type Error struct {
	Code   string // one of the Code constants
	Detail string // what was found, for people
	Line   int    // of N-Quads text, from 1; 0 where the input was no text
	Err    error  // the cause, for CodeCancelled
}

// ProblemCode is the code, for vc.ProblemOf.
func (e *Error) ProblemCode() string { return e.Code }

// Error gives the code, the line and the detail.
func (e *Error) Error() string {
	text := "rdf: " + e.Code
	if e.Line > 0 {
		text += " (line " + strconv.Itoa(e.Line) + ")"
	}
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

// Unwrap gives the context's error for CodeCancelled, so that errors.Is finds
// context.Canceled or context.DeadlineExceeded.
func (e *Error) Unwrap() error { return e.Err }

// tooMany says what was counted. Details never quote the document, which may hold
// personal data.
func tooMany(code, what string, count, limit int) *Error {
	return &Error{Code: code, Detail: strconv.Itoa(count) + " " + what + ", " + strconv.Itoa(limit) + " allowed"}
}
