package credrest

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/internal/rest"
)

// Refusal is what a client is told of a request that is not answered. Everything else that
// goes wrong is a fault of the server, of which it is told nothing.
type Refusal struct {
	Status int
	Minor  rest.Minor
	Text   string
	After  time.Duration // when to ask again, 0 where that does not help
	Err    error         // the cause beneath, if any
}

// Error implements error.
func (e *Refusal) Error() string { return e.Text }

// Unwrap returns the cause beneath.
func (e *Refusal) Unwrap() error { return e.Err }

func refusal(status int, m rest.Minor, text string) *Refusal {
	return &Refusal{Status: status, Minor: m, Text: text}
}

// busy is the refusal of what may go well later.
func busy(text string, after time.Duration, err error) *Refusal {
	return &Refusal{Status: http.StatusServiceUnavailable, Minor: rest.ServerBusy, Text: text, After: after, Err: err}
}

// noRoomFor is when to ask again where there was no room for an answer: others are read
// within seconds, or never.
const noRoomFor = 5 * time.Second

// refuse answers with what an error means to a client, and no more.
func (h *Server) refuse(r *request, err error) {
	var told *Refusal
	var query *rest.Error
	switch {
	case errors.As(err, &told):
	case errors.As(err, &query):
		told = refusal(query.Status(), query.Minor(), query.Error())
	case errors.Is(err, rest.ErrNoRoom):
		told = busy("the server handles as much as it can at the moment", noRoomFor, nil)
	default:
		h.report(r, err)
		told = refusal(http.StatusInternalServerError, rest.InternalServerError, "the server could not answer")
	}
	SendRefusal(r.w, r.Request, told)
}

// system names what reports a code minor.
const system = "TargetEndSystem"

// SendRefusal answers with a refusal as imsx_StatusInfo.
func SendRefusal(w http.ResponseWriter, r *http.Request, told *Refusal) {
	if told.After > 0 {
		w.Header().Set("Retry-After", strconv.FormatInt(int64((told.After+time.Second-1)/time.Second), 10))
	}
	rest.SendStatus(w, r, told.Status, rest.Badges.Failure(system, told.Minor, quote.Abridge(told.Text, longestDescription)))
}

// longestDescription bounds what a client is told, which may quote what it sent.
const longestDescription = 1000

// report tells the operator what a client is not told: not that the client has gone. Of
// the request it says neither the query nor whose it is.
func (h *Server) report(r *request, err error) {
	if errors.Is(err, context.Canceled) || r.w.Err != nil && errors.Is(err, r.w.Err) {
		return
	}
	name := "none"
	if r.op != nil {
		name = r.op.ID
	}
	_, _ = guard.Call(context.Background(), func() (struct{}, error) {
		h.Logger.LogAttrs(context.WithoutCancel(r.Context()), slog.LevelError, "request failed", slog.String("service", h.service.Name),
			slog.String("operation", name), slog.Any("error", err))
		return struct{}{}, nil
	})
}
