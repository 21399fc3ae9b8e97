package obapi

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/internal/rest"
)

// What a caller of a [Client] tells apart. An [*Error] matches one of them under errors.Is,
// where one applies.
var (
	// ErrUnauthorised: the token is taken no more. Offer the person to connect anew.
	ErrUnauthorised = errors.New("the token is not taken")
	// ErrForbidden: the token does not permit this. Asking again does not help.
	ErrForbidden = errors.New("the token does not permit this")
	// ErrNotFound: there is no profile yet, or the host does not have the operation.
	ErrNotFound = errors.New("there is nothing of the kind")
	// ErrOlder: the host has a newer credential of that issuer and id.
	ErrOlder = errors.New("a newer one is there")
	// ErrChanged: the profile is not the one that was to be replaced.
	ErrChanged = errors.New("it was changed meanwhile")
	// ErrBusy: the host cannot answer now. Error.RetryAfter says when to ask again.
	ErrBusy = errors.New("the host is busy or down")
	// ErrNotService: the answer is not what the standard has there: a page for people, say.
	ErrNotService = errors.New("the answer is none of the service")
	// ErrTooLong: the answer is longer than ClientConfig.MaxAnswer, or the list than MaxPages.
	ErrTooLong = errors.New("the answer is too long")
	// ErrUnsafeLink: the next page of the list is elsewhere, or was there before. What came
	// until then is good.
	ErrUnsafeLink = errors.New("the link to the next page is not followed")
)

// Error is why a request did not go well. No token is in it.
type Error struct {
	Operation string // as the standard calls it: "getCredentials"
	URL       string // that was asked, without its query
	Status    int    // of the answer, 0 where there was none
	// Minor is the first code minor of the host, in the spelling of the standard, "" where
	// it sent none; Description is what it says, cut to length.
	Minor, Description string
	RetryAfter         time.Duration // when the host asks to come again, 0 where it does not say
	Detail             string        // one sentence for a person
	Err                error         // one of the errors of this package, or the cause
}

// Error implements error.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("obapi: " + e.Operation + " at " + e.URL)
	if e.Status != 0 {
		b.WriteString(" (HTTP " + strconv.Itoa(e.Status) + ")")
	}
	if e.Detail != "" {
		b.WriteString(": " + e.Detail)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	if e.Minor != "" || e.Description != "" {
		b.WriteString("; the host says " + quote.Text(strings.TrimSpace(e.Minor+" "+e.Description)))
	}
	if e.RetryAfter > 0 {
		b.WriteString("; it asks to come back in " + e.RetryAfter.String())
	}
	return b.String()
}

// Unwrap returns what it matches.
func (e *Error) Unwrap() error { return e.Err }

// meaning is what an answer with a status means.
func meaning(status int) error {
	switch {
	case status == http.StatusUnauthorized:
		return ErrUnauthorised
	case status == http.StatusForbidden:
		return ErrForbidden
	case status == http.StatusNotFound || status == http.StatusGone || status == http.StatusMethodNotAllowed:
		return ErrNotFound
	case status == http.StatusConflict:
		return ErrOlder
	case status == http.StatusPreconditionFailed:
		return ErrChanged
	case rest.Temporary(status):
		return ErrBusy
	case status/100 == 2 || status/100 == 3:
		return ErrNotService
	}
	return nil
}

// statusLimits bound what is read of an error's body: real ones stay below 2 KiB.
var statusLimits = jsonx.Limits{Bytes: 64 << 10, Depth: 16}

// tell reads the status information of a refusal, in whatever spelling.
func (e *Error) tell(body []byte) {
	doc, err := jsonx.Parse(trimmed(body), statusLimits, nil)
	if err != nil {
		return
	}
	s, ok := rest.ReadStatus(doc.Root())
	if !ok {
		return
	}
	if len(s.CodeMinor) > 0 {
		e.Minor = quote.Abridge(rest.Badges.Spell(rest.ParseMinor(s.CodeMinor[0].Value)), quote.Most)
	}
	e.Description = quote.Abridge(strings.Clone(s.Description), quote.Most)
}
