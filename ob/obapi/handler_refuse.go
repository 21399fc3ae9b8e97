package obapi

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
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// refusal is what a client is told of a request that is not answered. Everything else that
// goes wrong is a fault of the server, of which it is told nothing.
type refusal struct {
	status int
	minor  rest.Minor
	text   string
	after  time.Duration // when to ask again, 0 where that does not help
}

// Error implements error.
func (e *refusal) Error() string { return e.text }

func newRefusal(status int, m rest.Minor, text string) *refusal {
	return &refusal{status: status, minor: m, text: text}
}

func invalid(text string) *refusal { return newRefusal(http.StatusBadRequest, rest.InvalidData, text) }

// busy is the refusal of what may go well later.
func busy(text string, after time.Duration) *refusal {
	return &refusal{status: http.StatusServiceUnavailable, minor: rest.ServerBusy, text: text, after: after}
}

var (
	errForeignHost  = newRefusal(http.StatusMisdirectedRequest, rest.Misdirected, "this host is not served here")
	errNoSuchPath   = newRefusal(http.StatusNotFound, rest.UnknownObject, "nothing stands at this path")
	errNoSuchMethod = newRefusal(http.StatusMethodNotAllowed, rest.NotAllowed, "this path does not have the method")
)

// When to ask again: others are read within seconds, or never; a host that cannot be
// reached may be back in a minute.
const (
	noRoomFor    = 5 * time.Second
	nobodyAtHome = time.Minute
)

// refuse answers with what an error means to a client, and no more.
func (h *handler) refuse(r *request, err error) {
	told := refusalOf(err)
	if told == nil {
		h.report(r, err)
		told = newRefusal(http.StatusInternalServerError, rest.InternalServerError, "the server could not answer")
	}
	sendRefusal(r.w, r.Request, told)
}

// refusalOf is what an error means to a client, nil for a fault of the server.
func refusalOf(err error) *refusal {
	if told, ok := errors.AsType[*refusal](err); ok {
		return told
	}
	if query, ok := errors.AsType[*rest.Error](err); ok {
		return newRefusal(query.Status(), query.Minor(), query.Error())
	}
	if errors.Is(err, rest.ErrNoRoom) {
		return busy("the server handles as much as it can at the moment", noRoomFor)
	}
	p, ok := errors.AsType[*vc.Problem](err)
	if !ok {
		return nil
	}
	if lookup, ok := errors.AsType[*fetch.Error](err); ok && lookup.Temporary() {
		return busy("what the credential is verified by cannot be had at the moment", nobodyAtHome)
	}
	return invalid(said(p))
}

// said is a problem for a client: what is wrong, where, and what to do.
func said(p *vc.Problem) string {
	text := string(p.Code) + ": " + p.Error()
	if p.Fix != "" {
		text += "; " + p.Fix
	}
	return text
}

// system names what reports a code minor.
const system = "TargetEndSystem"

// sendRefusal answers with a refusal as imsx_StatusInfo.
func sendRefusal(w http.ResponseWriter, r *http.Request, told *refusal) {
	if told.after > 0 {
		w.Header().Set("Retry-After", strconv.FormatInt(int64((told.after+time.Second-1)/time.Second), 10))
	}
	rest.SendStatus(w, r, told.status, rest.Badges.Failure(system, told.minor, quote.Abridge(told.text, longestDescription)))
}

// longestDescription bounds what a client is told, which may quote what it sent.
const longestDescription = 1000

// report tells the operator what a client is not told: not that the client has gone. Of
// the request it says neither the query nor whose it is.
func (h *handler) report(r *request, err error) {
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
