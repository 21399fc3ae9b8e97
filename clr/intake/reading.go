package intake

import (
	"iter"
	"slices"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Reading is what one upload was found to be. It is immutable and safe for concurrent use.
type Reading struct {
	Kind     Kind
	Envelope Envelope
	// Unread are the files of an archive that no entry came of.
	Unread  []Unread
	entries []*Entry
	records []record // the envelope among them, where it is one
}

// Envelope is what is around the entries: the record or the presentation, or the badge
// itself, which is an entry as well.
type Envelope struct {
	State EnvelopeState
	// ID, Issuer and Holder are what it says of itself.
	ID, Issuer, Holder string
	// Codes name what is wrong with it, then what is off.
	Codes []vc.Code
	// Report is how it was verified. For an archive, and for what cannot be read, it says no
	// more than that.
	Report *verify.Report
}

// EnvelopeState is what became of the envelope. The zero value is EnvelopeUnreadable.
type EnvelopeState uint8

// The states of an envelope.
const (
	EnvelopeUnreadable   EnvelopeState = iota // nothing that is read here
	EnvelopeVerified                          // authentic, conforming, current
	EnvelopeNotVerified                       // it is signed, and does not verify
	EnvelopeUndetermined                      // it could not be decided
	EnvelopeUnsigned                          // nobody signed it
)

var envelopes = [...]string{"unreadable", "verified", "not-verified", "undetermined", "unsigned"}

// String returns the stable name of the state.
func (s EnvelopeState) String() string {
	if int(s) < len(envelopes) {
		return envelopes[s]
	}
	return envelopes[EnvelopeUnreadable]
}

// MarshalText writes the stable name.
func (s EnvelopeState) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Entries yields the entries in the order of the document, depth first.
func (r *Reading) Entries() iter.Seq[*Entry] { return slices.Values(r.entries) }

// Len returns how many entries there are.
func (r *Reading) Len() int { return len(r.entries) }
