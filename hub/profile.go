package hub

import (
	"errors"
	"fmt"
	"time"
	"unicode/utf8"
)

var (
	// ErrNotFound is the error where an owner has no such credential, or no profile.
	ErrNotFound = errors.New("hub: not found")
	// ErrChanged is the error where a profile is not the one that was to be replaced:
	// somebody was faster. Read it again.
	ErrChanged = errors.New("hub: it was changed meanwhile")
)

// MaxProfile is how long a profile may be, in bytes: an address, a photograph as a data
// URL, and much besides.
const MaxProfile = 4 << 20

// Profile is what an owner says of themselves: one text, for badges and records alike.
type Profile struct {
	Raw []byte // the bytes as they came
	// Tag is of version 1 for the first text and counts on from there.
	Tag     Tag
	Changed time.Time // when it was last changed, in whole microseconds and UTC
}

// CheckProfile reports whether a store can keep a text as a profile. The error wraps
// [ErrInvalid].
func CheckProfile(raw []byte) error {
	if len(raw) == 0 || len(raw) > MaxProfile || !utf8.Valid(raw) {
		return fmt.Errorf("%w: a profile of %d bytes that are no text or too many", ErrInvalid, len(raw))
	}
	return nil
}
