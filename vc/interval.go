package vc

import "time"

// Interval is the span of time in which something may be relied on: a credential
// by its dates, a token by nbf and exp, a key by its end. A zero end is open, so
// the zero Interval is all of time. From is the first instant that belongs to it,
// Until the first that no longer does.
type Interval struct{ From, Until time.Time }

// Until returns the Interval that ends at an instant, whichever that is: the zero
// time is the first instant of the year 1, not an end that is open.
func Until(t time.Time) Interval {
	if t.IsZero() {
		t = t.Add(1)
	}
	return Interval{Until: t}
}

// And returns the instants that belong to both: what depends on two things holds
// only while both do.
func (i Interval) And(other Interval) Interval {
	if other.From.After(i.From) {
		i.From = other.From
	}
	if i.Until.IsZero() || !other.Until.IsZero() && other.Until.Before(i.Until) {
		i.Until = other.Until
	}
	return i
}

// Begun reports whether the interval has begun at an instant, on a clock that may
// be slow by skew.
func (i Interval) Begun(at time.Time, skew time.Duration) bool { return !i.From.After(at.Add(skew)) }

// Ended reports whether the interval is over at an instant, on a clock that may be
// fast by skew.
func (i Interval) Ended(at time.Time, skew time.Duration) bool {
	return !i.Until.IsZero() && !at.Before(i.Until.Add(skew))
}
