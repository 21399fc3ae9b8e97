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
)

// errDataset is the error of a program that makes statements about blank nodes which
// its dataset did not make.
var errDataset = errors.New("rdf: a statement names a blank node that the dataset did not make")

// Error is every error about a document.
type Error struct {
	Code   string // one of the Code constants
	Detail string // what was found, for people
	Err    error  // the cause, for CodeCancelled
}

// ProblemCode is the code, for vc.ProblemOf.
func (e *Error) ProblemCode() string { return e.Code }

// Error gives the code and the detail.
func (e *Error) Error() string {
	text := "rdf: " + e.Code
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
