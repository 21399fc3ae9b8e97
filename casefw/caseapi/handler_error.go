package caseapi

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/laurel-edu/laurel/internal/imsrest"
)

// badCodes are the code minors of faults of a request. The vocabulary has none for
// paging; a page is a selection too. "invalid_filter_field" is what the text of 1.1
// asks for, although its schema forgets it.
var badCodes = map[imsrest.Code]CodeMinor{
	imsrest.CodeSyntax: InvalidFilterField, imsrest.CodeOperators: InvalidFilterField, imsrest.CodeTooLong: InvalidFilterField,
	imsrest.CodeFilterField: InvalidFilterField, imsrest.CodeSelection: InvalidSelectionField, imsrest.CodeOrder: InvalidSortField,
	imsrest.CodePage: InvalidSelectionField, imsrest.CodeRepeated: InvalidSelectionField, imsrest.CodeBadQuery: InvalidSelectionField,
}

// refuse answers with what an error means to a client, and no more.
func (h *handler) refuse(r request, err error) {
	var bad *imsrest.Error
	var busy *BusyError
	switch {
	case errors.As(err, &bad):
		h.fail(r, http.StatusBadRequest, badCodes[bad.Code], bad.Error())
	case errors.Is(err, errInvalidUUID):
		h.fail(r, http.StatusNotFound, InvalidUUID, "the identifier is not a UUID")
	case errors.Is(err, ErrNotFound):
		h.fail(r, http.StatusNotFound, UnknownObject, "there is no such object")
	case errors.Is(err, ErrUnauthorised):
		r.w.Header().Set("WWW-Authenticate", `Bearer realm="case"`)
		h.fail(r, http.StatusUnauthorized, UnauthorisedRequest, "the request is not authorised")
	case errors.Is(err, ErrForbidden):
		h.fail(r, http.StatusForbidden, Forbidden, "reading this is not allowed")
	case errors.As(err, &busy):
		if busy.RetryAfter > 0 {
			r.w.Header().Set("Retry-After", strconv.FormatInt(seconds(busy.RetryAfter), 10))
		}
		h.fail(r, http.StatusTooManyRequests, ServerBusy, "the server is busy, or this client asked too often")
	default:
		if !errors.Is(err, context.Canceled) {
			h.Logger.LogAttrs(r.Context(), slog.LevelError, "case request failed", attrs(r, err)...)
		}
		h.fail(r, http.StatusInternalServerError, InternalServerError, "the server could not answer")
	}
}

func seconds(d time.Duration) int64 { return int64(math.Ceil(d.Seconds())) }

// fail answers with an error status.
func (h *handler) fail(r request, status int, code CodeMinor, description string) {
	h.status(r, status, StatusInfo{CodeMajor: Failure, Severity: SeverityError, Description: description,
		CodeMinor: []CodeMinorField{{Name: h.System, Value: code}}})
}

// status answers with status information in the spelling of the version.
func (h *handler) status(r request, status int, s StatusInfo) {
	body := s.Append(nil, r.v)
	head := r.w.Header()
	h.common(head)
	head.Set("Cache-Control", "no-store")
	head.Set("Content-Length", strconv.Itoa(len(body)))
	r.w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = r.w.Write(body) // nobody is left to tell
	}
}
