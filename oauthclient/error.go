package oauthclient

import (
	"errors"
	"fmt"
	"time"

	"github.com/laurel-edu/laurel/vc"
)

// What an application tells apart. An [*Error] matches one of them under errors.Is, where
// one applies.
var (
	// ErrNoService: there is no service of the standard at that address.
	ErrNoService = errors.New("there is no service of the standard")
	// ErrHost: the host describes itself, or answers, in a way that cannot be used.
	ErrHost = errors.New("the host cannot be used")
	// ErrState: the answer is to no question of this person, or to one that is over.
	ErrState = errors.New("the answer belongs to no request")
	// ErrDenied: the person, or the host, did not allow it.
	ErrDenied = errors.New("it was not allowed")
	// ErrNotConnected: the person has no connection to the host.
	ErrNotConnected = errors.New("there is no connection")
	// ErrReconnect: the connection is broken. Tell the person, and offer to Begin again.
	ErrReconnect = errors.New("the connection is broken")
	// ErrUnavailable: the host cannot be reached, or is overloaded. Try again later.
	ErrUnavailable = errors.New("the host is not available")
	// ErrElsewhere: a request does not lead to the service of the connection.
	ErrElsewhere = errors.New("the address is not that of the service")
	// ErrNoRevocation: the host offers no way to revoke a token. Its own page of connected
	// applications does.
	ErrNoRevocation = errors.New("the host offers no revocation")
)

// Error is why something could not be done. No secret is in it.
type Error struct {
	Op     string // "discovery", "registration", "authorization", "token", "refresh", "revocation", "call"
	URL    string // that was asked
	Status int    // of the answer, 0 where there was none
	Code   string // the error of the protocol, such as "invalid_grant", cut to length
	Detail string // one sentence for a person
	// RetryAfter is when to try again, of an ErrUnavailable: what the host asks for, or
	// half an hour.
	RetryAfter time.Duration
	Err        error // one of the errors of this package, with the cause beneath
}

// Error implements error.
func (e *Error) Error() string {
	text := "oauthclient: " + e.Op
	if e.URL != "" {
		text += " at " + e.URL
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	if e.Code != "" {
		text += ": " + e.Code
	}
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

// Unwrap returns what it matches.
func (e *Error) Unwrap() error { return e.Err }

// because is kind with a cause beneath.
func because(kind, cause error) error {
	if cause == nil {
		return kind
	}
	return fmt.Errorf("%w: %w", kind, cause)
}

// said is a code of the protocol as it is shown.
func said(code string) string {
	if code == "" {
		return ""
	}
	return vc.Quote(code)
}
