package status

import (
	"errors"
	"time"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// State is what a status list says. The zero State is StateUnknown, which never
// means "not revoked".
type State uint8

// The states of an [Entry].
const (
	StateUnknown   State = iota // not asked, not answered, or not to be relied on
	StateClear                  // the list was relied on and holds zero
	StateSet                    // the list was relied on and holds something else
	StateMalformed              // the entry says nothing that could be asked, which speaks against the credential
)

// String names the state for a report.
func (s State) String() string {
	switch s {
	case StateClear:
		return "clear"
	case StateSet:
		return "set"
	case StateMalformed:
		return "malformed"
	}
	return "unknown"
}

// The purposes that Bitstring Status List 1.0, 2.1 defines.
const (
	PurposeRevocation = "revocation" // withdrawn for good
	PurposeSuspension = "suspension" // withdrawn for now
	PurposeRefresh    = "refresh"    // a newer credential may be had
	PurposeMessage    = "message"    // a value with a message
)

// Entry is what was found for one credentialStatus entry, as an entry of one type:
// one that has several known types has an Entry for each, and the worst counts.
type Entry struct {
	Pointer string // of the entry, into the credential
	Type    string // the type it was read as, or its first type
	Purpose string // statusPurpose; revocation where the type has no other
	Index   string // base 10, of any size; "" where the type has none

	State State
	Value uint64 // what the list holds; 0 where State is Unknown or Malformed, but for a purpose that is not supported
	// Message is the issuer's text for Value, or its reason for a revocation. It is
	// outside text, meant for developers: escape it, and do not show it to end
	// users as yours.
	Message string

	List       string       // URL of the list
	ListIssuer string       // who signed the list; for an unsigned one, whom it names
	FetchedAt  time.Time    // when the list was had from its host; zero where nobody knows, as for a trust pack
	Source     fetch.Source // who answered; SourceCache also for Options.Cache

	// Problem is nil unless State is Unknown or Malformed, or Set for revocation or
	// suspension.
	Problem  *vc.Problem
	Warnings []*vc.Problem
}

// warn notes what is off without being wrong.
func (e *Entry) warn(all ...*vc.Problem) {
	for _, p := range all {
		e.Warnings = append(e.Warnings, p.WithSeverity(vc.SeverityWarning))
	}
}

// Temporary reports whether the state is Unknown for a cause that may pass, such
// as a broken connection, so that asking later is worth it.
func (e *Entry) Temporary() bool {
	var cause *fetch.Error
	return e.State == StateUnknown && e.Problem != nil && errors.As(e.Problem, &cause) && cause.Temporary()
}

// Result is what [Check] found: for each entry of the credential, in their order,
// one Entry or more.
type Result struct {
	Entries []Entry
}

// Err returns nil if no entry refuses the credential and none is Unknown or Malformed; that
// is also so for a credential without credentialStatus. Otherwise it joins the
// entries' problems: test it with errors.Is for [ErrRevoked] and [ErrSuspended],
// and take anything else as "not known".
func (r *Result) Err() error {
	var all []error
	for i := range r.Entries {
		if p := r.Entries[i].Problem; p != nil {
			all = append(all, p)
		}
	}
	return errors.Join(all...)
}

// refusal is the problem of a purpose that, once set, stands against the
// credential; nil for other purposes.
func refusal(purpose, pointer string) *vc.Problem {
	switch purpose {
	case PurposeRevocation:
		return problem(CodeRevoked, pointer, "", "")
	case PurposeSuspension:
		return problem(CodeSuspended, pointer, "", "")
	}
	return nil
}
