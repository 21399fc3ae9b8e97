package caseapi

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/internal/rest"
)

// refuse answers with what an error means to a client, and no more.
func (h *handler) refuse(r *request, err error) {
	var bad *rest.Error
	var busy *BusyError
	switch {
	case errors.As(err, &bad):
		h.fail(r, bad.Status(), bad.Minor(), bad.Error())
	case errors.Is(err, errInvalidUUID):
		h.fail(r, http.StatusNotFound, rest.InvalidUUID, "the identifier is not a UUID")
	case errors.Is(err, ErrNotFound):
		h.fail(r, http.StatusNotFound, rest.UnknownObject, "there is no such object")
	case errors.Is(err, ErrUnauthorised):
		r.w.Header().Set("WWW-Authenticate", `Bearer realm="case"`)
		h.fail(r, http.StatusUnauthorized, rest.Unauthorised, "the request is not authorised")
	case errors.Is(err, ErrForbidden):
		h.fail(r, http.StatusForbidden, rest.Forbidden, "reading this is not allowed")
	case errors.As(err, &busy):
		if busy.RetryAfter > 0 {
			r.w.Header().Set("Retry-After", strconv.FormatInt(seconds(busy.RetryAfter), 10))
		}
		h.fail(r, http.StatusTooManyRequests, rest.ServerBusy, "the server is busy, or this client asked too often")
	case errors.Is(err, rest.ErrNoRoom):
		r.w.Header().Set("Retry-After", strconv.FormatInt(seconds(noRoomFor), 10))
		h.fail(r, http.StatusServiceUnavailable, rest.ServerBusy, "the server sends as much as it can at the moment")
	default:
		h.report(r, err)
		h.fail(r, http.StatusInternalServerError, rest.InternalServerError, "the server could not answer")
	}
}

// noRoomFor is when to ask again where there was no room for an answer: others are read
// within seconds, or never.
const noRoomFor = 5 * time.Second

// report tells the operator what a client is not told: not that the client has gone.
func (h *handler) report(r *request, err error) {
	if errors.Is(err, context.Canceled) || r.w.Err != nil && errors.Is(err, r.w.Err) {
		return
	}
	if p, ok := errors.AsType[*guard.Panic](err); ok && p.Value == http.ErrAbortHandler {
		return
	}
	// A Logger that panics has nobody to tell.
	_, _ = guard.Call(context.Background(), func() (struct{}, error) {
		h.Logger.LogAttrs(r.Context(), slog.LevelError, "case request failed", attrs(r, err)...)
		return struct{}{}, nil
	})
}

func seconds(d time.Duration) int64 { return int64(math.Ceil(d.Seconds())) }

// fail answers with an error status.
func (h *handler) fail(r *request, status int, code rest.Minor, description string) {
	rest.SendStatus(r.w, r.Request, status, vocabulary(r.v).Failure(h.System, code, description))
}

// attrs are what the log says of a request: no query, for it may hold anything.
func attrs(r *request, err error) []slog.Attr {
	return []slog.Attr{slog.String("method", r.Method), slog.String("path", quote.Abridge(r.URL.Path, quote.Most)), slog.Any("error", err)}
}
