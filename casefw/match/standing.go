package match

import (
	"fmt"
	"slices"
)

// Standing says who can be held to a credential. The zero value is StandingNotChecked.
type Standing uint8

// The standings.
const (
	StandingNotChecked        Standing = iota // not decided: a key, a suite or a form was not to be had
	StandingOwnProof                          // its issuer, by its own proof
	StandingRecordSameIssuer                  // its issuer, who signed what it stands in
	StandingRecordOtherIssuer                 // nobody but who signed what it stands in, which is not its issuer
	StandingNobody                            // it is unsigned, and so is everything around it
	StandingForged                            // it has a proof, and that or its key is wrong
)

var standings = [...]string{"not-checked", "own-proof", "record-same-issuer", "record-other-issuer", "nobody", "forged"}

// String returns the stable name of the standing.
func (s Standing) String() string { return name(standings[:], "standing", uint8(s)) }

// MarshalText writes the stable name.
func (s Standing) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the stable name.
func (s *Standing) UnmarshalText(text []byte) error {
	return (*number)(s).read(standings[:], "standing", text)
}

// Vouched reports whether the issuer that a credential names can be held to it.
func (s Standing) Vouched() bool { return s == StandingOwnProof || s == StandingRecordSameIssuer }

// Validity says whether a credential holds at the instant of the reading, by its dates and
// its status. The zero value is ValidityUnknown.
type Validity uint8

// The validities. Where several apply the first of Revoked, Suspended, Expired and
// NotYetValid is told.
const (
	ValidityUnknown     Validity = iota // its status was not to be had, or nobody can be held to it
	ValidityCurrent                     // it holds
	ValidityExpired                     // it held until its end
	ValidityNotYetValid                 // it will hold
	ValidityRevoked                     // withdrawn for good
	ValiditySuspended                   // withdrawn for now
)

var validities = [...]string{"unknown", "current", "expired", "not-yet-valid", "revoked", "suspended"}

// String returns the stable name of the validity.
func (v Validity) String() string { return name(validities[:], "validity", uint8(v)) }

// MarshalText writes the stable name.
func (v Validity) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads the stable name.
func (v *Validity) UnmarshalText(text []byte) error {
	return (*number)(v).read(validities[:], "validity", text)
}

// Subject says whether a credential is about the learner of the record that it stands in.
// The zero value is SubjectNotComparable.
type Subject uint8

// The outcomes of comparing subjects.
const (
	SubjectNotComparable Subject = iota // they have no kind of identifier in common that can be compared
	SubjectSame                         // an id or an identifier agrees
	SubjectDifferent                    // of those that can be compared none agrees
)

var subjects = [...]string{"not-comparable", "same", "different"}

// String returns the stable name of the outcome.
func (s Subject) String() string { return name(subjects[:], "subject", uint8(s)) }

// MarshalText writes the stable name.
func (s Subject) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the stable name.
func (s *Subject) UnmarshalText(text []byte) error {
	return (*number)(s).read(subjects[:], "subject", text)
}

// number is any of the values above, to be read.
type number uint8

func (n *number) read(names []string, what string, text []byte) error {
	i := slices.Index(names, string(text))
	if i < 0 {
		return fmt.Errorf("match: no %s is called %.40q", what, text)
	}
	*n = number(i) //nolint:gosec // of a short list
	return nil
}

func name(names []string, what string, n uint8) string {
	if int(n) < len(names) {
		return names[n]
	}
	return fmt.Sprintf("%s(%d)", what, n)
}
