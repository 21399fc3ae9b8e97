package schema

import (
	"errors"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// State is what a schema says of a credential. The zero State is StateUnknown, which
// never means "it fits".
type State uint8

// The states of an [Entry].
const (
	StateUnknown   State = iota // the schema could not be had, or not be judged by
	StateFits                   // the credential is valid by the schema
	StateRules                  // a published schema of this kind of credential: what vc/rules say holds
	StateMisfits                // the credential is not valid by the schema, or the schema is not the one that was meant
	StateMalformed              // the entry names no schema, which speaks against the credential
)

// String names the state for a report.
func (s State) String() string {
	switch s {
	case StateFits:
		return "fits"
	case StateRules:
		return "answered by the rules"
	case StateMisfits:
		return "misfits"
	case StateMalformed:
		return "malformed"
	}
	return "unknown"
}

// Entry is what was found for one entry of credentialSchema.
type Entry struct {
	Pointer string // of the entry, into the credential
	ID      string // the URL of the schema
	Type    string // the type that it was read as, or its first type

	State  State
	Source fetch.Source // who gave the schema; zero where none was asked for

	// Problems is empty where State is Fits or Rules. Where it is Misfits they point to
	// the values that do not fit, a hundred at most.
	Problems []*vc.Problem
}

// end ends an entry with a problem of its own.
func (e *Entry) end(state State, p *vc.Problem) {
	e.State, e.Problems = state, []*vc.Problem{p}
}

// Temporary reports whether the state is Unknown for a cause that may pass, such as a
// broken connection, so that asking later is worth it.
func (e *Entry) Temporary() bool {
	if e.State != StateUnknown {
		return false
	}
	for _, p := range e.Problems {
		if cause, ok := errors.AsType[*fetch.Error](p); ok && cause.Temporary() {
			return true
		}
	}
	return false
}

// Result is what [Check] found, one Entry for each entry of the credential, in their
// order.
type Result struct {
	Entries []Entry
}

// Err returns nil where every entry is Fits or Rules; that is also so for a credential
// without credentialSchema. Otherwise it joins the entries' problems.
func (r *Result) Err() error {
	var all []error
	for i := range r.Entries {
		for _, p := range r.Entries[i].Problems {
			all = append(all, p)
		}
	}
	return errors.Join(all...)
}
