package hub

import (
	"fmt"
	"time"
)

// Position orders the entries of an owner and a kind by when they were first stored. The
// first is 1; 0 is before all of them.
type Position int64

// The bounds of a page.
const (
	DefaultLimit    = 100
	MaxLimit        = 1000
	DefaultMaxBytes = 32 << 20
)

// SinceBy is what [Query.Since] is compared with.
type SinceBy uint8

// What since means: the standard says when a credential was issued; whoever synchronises
// wants those that came or changed, since a diploma of 2015 may be stored today.
const (
	SinceIssued  SinceBy = iota // the validFrom
	SinceChanged                // when it was stored or last replaced
	SinceEither                 // the later of the two
)

// Query asks for a page of the credentials of an owner and a kind, in the order of their
// positions. The zero Query has no kind, which is an error.
type Query struct {
	Kind Kind
	// Limit is how many to return at most, DefaultLimit where it is 0. More than MaxLimit
	// is MaxLimit.
	Limit int
	// Offset is how many to pass over.
	Offset int
	// After is a position: the page has what stands behind it, and Offset counts from
	// there. It costs the same wherever in the list it is, and entries that were added or
	// deleted meanwhile make it neither repeat nor omit one.
	After Position
	// Since leaves out what is not strictly later. The zero time leaves out nothing.
	Since time.Time
	By    SinceBy
	// MaxBytes ends the page early, behind the first entry at least, where the texts have
	// more bytes together: DefaultMaxBytes where it is 0.
	MaxBytes int
}

// Normal returns the query with its defaults and bounds filled in, and Since in whole
// microseconds and UTC, rounded down. The error wraps [ErrInvalid].
func (q Query) Normal() (Query, error) {
	switch {
	case q.Kind != KindBadge && q.Kind != KindRecord:
		return q, fmt.Errorf("%w: a query without a kind", ErrInvalid)
	case q.Limit < 0 || q.Offset < 0 || q.After < 0 || q.MaxBytes < 0:
		return q, fmt.Errorf("%w: a query with a number below 0", ErrInvalid)
	case q.By > SinceEither:
		return q, fmt.Errorf("%w: a query with a since by %d", ErrInvalid, q.By)
	}
	if q.Limit == 0 {
		q.Limit = DefaultLimit
	}
	if q.MaxBytes == 0 {
		q.MaxBytes = DefaultMaxBytes
	}
	q.Limit = min(q.Limit, MaxLimit)
	if !q.Since.IsZero() {
		q.Since = Instant(q.Since)
		if q.Since.Before(earliest) {
			q.Since = earliest
		}
		if q.Since.After(latest) {
			q.Since = latest
		}
	}
	return q, nil
}

// Admits reports whether an entry is later than Since.
func (q Query) Admits(validFrom, changed time.Time) bool {
	switch {
	case q.Since.IsZero():
		return true
	case q.By == SinceIssued:
		return validFrom.After(q.Since)
	case q.By == SinceChanged:
		return changed.After(q.Since)
	}
	return validFrom.After(q.Since) || changed.After(q.Since)
}

// Instant is a time as stores keep it: in UTC and whole microseconds, rounded down.
func Instant(t time.Time) time.Time { return time.UnixMicro(t.UnixMicro()).UTC() }

// Page is the answer to a [Query].
type Page struct {
	Entries []Stored
	// Total counts the entries of the owner and the kind that are later than Since,
	// wherever they stand.
	Total int
	// Next is the After of the next page, 0 where nothing follows.
	Next Position
}
