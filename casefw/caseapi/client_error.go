package caseapi

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// The codes of an [*Error] that are not code minors of the provider.
const (
	CodeNetwork          vc.Code = vc.Code(fetch.CodeNetwork) // no answer, or one that broke off
	CodeRefused          vc.Code = "refused"                  // the guard of the default Do, or of redirects
	CodeLogin            vc.Code = "login-page"               // a web page to sign in at came in place of CASE
	CodeNotJSON          vc.Code = casefw.CodeNotJSON         // an answer with status 200 that is not what was asked for
	CodeTooLarge         vc.Code = casefw.CodeTooLarge        // longer than MaxBody or MaxPackage, or of too many values
	CodeTooManyPages     vc.Code = "too-many-pages"           // more than MaxPages
	CodeTooManyDocuments vc.Code = "too-many-documents"       // more than MaxDocuments
	CodePaginationLoop   vc.Code = "pagination-loop"          // a page leads to one that was there
	CodeCrossOrigin      vc.Code = "cross-origin-link"        // the next page is on another host
	CodeInsecureLink     vc.Code = "insecure-link"            // the next page is plain http
	CodeOutsideBase      vc.Code = "link-outside-base"        // the next page is on the host and outside the service
	CodeNoService        vc.Code = "no-case-service"          // neither version answers at BaseURL
	CodeNotModified      vc.Code = "not-modified"             // what the caller has is still so
	CodeToken            vc.Code = "token-refused"            // the token endpoint gave none
	CodeBadRequest       vc.Code = "bad-request"              // wrong use: an empty identifier, a filter that cannot be written
	CodeUnsupported      vc.Code = "unsupported"              // the provider says that it does not have this
	CodeWrongPackage     vc.Code = "wrong-package"            // the package is that of another document
	CodeNameless         vc.Code = "document-nameless"        // a document without identifier, whose package nobody can ask for
)

// ErrNotModified is matched by the error of a request with a condition, where what
// the caller has is still so.
var ErrNotModified = errors.New("caseapi: not modified")

// Error is why a request gave nothing. It matches [ErrNotFound], [ErrUnauthorised],
// [ErrForbidden] and [ErrNotModified] under errors.Is, and [*BusyError] under
// errors.As where the provider asks to come back later.
type Error struct {
	// Code is the first code minor of the provider in the spelling of 1.1
	// ("unknownobject"), whatever the provider's; where it sent none it is taken
	// from the HTTP status ("http_503" where that has no code of its own), or one
	// of the codes above.
	Code vc.Code
	// URL is what was asked for.
	URL string
	// Status is the HTTP status, 0 where there was no answer.
	Status int
	// Info is the imsx_StatusInfo of the answer, nil where it had none.
	Info *StatusInfo
	// Body is the beginning of an answer that is no imsx_StatusInfo.
	Body string
	// RetryAfter is how long the provider asks to wait, 0 where it does not. It may be
	// longer than anybody waits: where the client did not, the error says so.
	RetryAfter time.Duration
	// Attempts is how often the request was sent.
	Attempts int
	// Warnings lists how the answer deviates from the binding.
	Warnings []*vc.Problem
	// Detail is one sentence for a person.
	Detail string
	// Err is the cause beneath, if any.
	Err error

	cut      bool   // the answer ended before its end
	unheeded string // why a wish to wait was not heeded
}

// failure is an error of the client, with what it is about.
func failure(code vc.Code, url, detail string, err error) *Error {
	return &Error{Code: code, URL: url, Detail: detail, Err: err}
}

// ProblemCode returns the code, for [vc.ProblemOf].
func (e *Error) ProblemCode() string { return string(e.Code) }

// ProblemDetails returns the words of the code, and where it comes from.
func (e *Error) ProblemDetails() (typeURL, pointer, message, fix string) {
	w, ok := words[e.Code]
	if !ok {
		w = vc.Problem{Type: ours, Message: "the provider refuses", Fix: "see what it says"}
	}
	if e.Detail != "" && (e.Err == nil || !strings.Contains(e.Err.Error(), e.Detail)) {
		w.Message += ": " + e.Detail
	}
	return w.Type, e.URL, w.Message, w.Fix
}

// Error implements error.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("caseapi: ")
	b.WriteString(string(e.Code))
	if e.Status != 0 && !strings.HasPrefix(string(e.Code), "http_") {
		b.WriteString(" (HTTP " + strconv.Itoa(e.Status) + ")")
	}
	if e.URL != "" {
		b.WriteString(" from " + e.URL)
	}
	if e.Detail != "" {
		b.WriteString(": " + e.Detail)
	}
	if e.Info != nil && e.Info.Description != "" {
		b.WriteString(": the provider says " + vc.Quote(e.Info.Description))
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	if e.RetryAfter > 0 {
		b.WriteString("; it asks to come back in " + e.RetryAfter.String())
	}
	if e.unheeded != "" {
		b.WriteString(", " + e.unheeded)
	}
	if e.Attempts > 1 {
		fmt.Fprintf(&b, " (after %d attempts)", e.Attempts)
	}
	return b.String()
}

// Unwrap returns the cause beneath.
func (e *Error) Unwrap() error { return e.Err }

// Is matches the sentinels of the package, and errors of the same code.
func (e *Error) Is(target error) bool {
	switch target {
	case ErrNotFound:
		return e.Code == vc.Code(UnknownObject) || e.Code == vc.Code(InvalidUUID) || e.Status == http.StatusNotFound
	case ErrUnauthorised:
		return e.Code == vc.Code(UnauthorisedRequest)
	case ErrForbidden:
		return e.Code == vc.Code(Forbidden)
	case ErrNotModified:
		return e.Code == CodeNotModified
	}
	other, ok := target.(*Error)
	return ok && other.Code == e.Code
}

// As gives a [*BusyError] where the provider is busy.
func (e *Error) As(target any) bool {
	busy, ok := target.(**BusyError)
	if !ok || e.Code != vc.Code(ServerBusy) && e.Status != http.StatusServiceUnavailable {
		return false
	}
	*busy = &BusyError{RetryAfter: e.RetryAfter}
	return true
}

// Temporary reports whether the same request may do better later: network errors,
// answers that were cut off, and the answers 408, 429, 500, 502, 503 and 504.
func (e *Error) Temporary() bool {
	if rest.Temporary(e.Status) {
		return true
	}
	return e.Code == CodeNetwork || e.cut
}

// codeOfStatus is the code of an answer that names none itself.
func codeOfStatus(status int) vc.Code {
	switch status {
	case http.StatusUnauthorized:
		return vc.Code(UnauthorisedRequest)
	case http.StatusForbidden:
		return vc.Code(Forbidden)
	case http.StatusNotFound, http.StatusGone:
		return vc.Code(UnknownObject)
	case http.StatusTooManyRequests:
		return vc.Code(ServerBusy)
	case http.StatusInternalServerError:
		return vc.Code(InternalServerError)
	case http.StatusNotModified:
		return CodeNotModified
	}
	return vc.Code("http_" + strconv.Itoa(status))
}

// codeOfInfo is the code that a status information gives, "" where it has none.
func codeOfInfo(info *StatusInfo) vc.Code {
	if code := info.Code(); code != "" {
		return vc.Code(code)
	}
	if info.CodeMajor == Unsupported {
		return CodeUnsupported
	}
	return ""
}
