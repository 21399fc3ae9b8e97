package casefw

import (
	"time"

	"github.com/laurel-edu/laurel/internal/datetime"
)

// ParseDateTime reads a lastChangeDateTime. strict reports whether the text is
// an RFC 3339 date-time with offset, as the standard asks; without it the time
// is what a tolerant reader makes of the text: a missing offset is UTC, a space
// may stand for the T, seconds or the whole time may be absent, the offset may
// lack its colon. ok is false where no instant can be read at all.
func ParseDateTime(text string) (t time.Time, strict, ok bool) {
	c := clock{s: text}
	if !c.date() {
		return t, false, false
	}
	if c.i == len(text) {
		return c.time(), false, true
	}
	strict = true
	switch text[c.i] {
	case 'T', 't':
	case ' ':
		strict = false
	default:
		return t, false, false
	}
	c.i++
	hasSeconds, ok := c.timeOfDay()
	if !ok {
		return t, false, false
	}
	colon, ok := c.zone()
	if !ok || c.i != len(text) {
		return t, false, false
	}
	return c.time(), strict && hasSeconds && colon, true
}

// ParseDate reads a statusStartDate or statusEndDate. strict reports whether the
// text is a plain date; a date-time is read as the date that it shows.
func ParseDate(text string) (t time.Time, strict, ok bool) {
	c := clock{s: text}
	if !c.date() {
		return t, false, false
	}
	if c.i == len(text) {
		return c.time(), true, true
	}
	if _, _, ok = ParseDateTime(text); !ok {
		return t, false, false
	}
	return c.time(), false, true
}

// clock reads the parts of a date-time from s[i:].
type clock struct {
	s                    string
	i                    int
	year, month, day     int
	hour, minute, second int
	nano                 int
	offset               int // seconds east of UTC
}

func (c *clock) time() time.Time {
	t := time.Date(c.year, time.Month(c.month), c.day, c.hour, c.minute, c.second, c.nano, time.UTC)
	return t.Add(-time.Duration(c.offset) * time.Second)
}

// digits reads exactly n digits.
func (c *clock) digits(n int) (v int, ok bool) {
	if c.i+n > len(c.s) {
		return 0, false
	}
	for _, d := range []byte(c.s[c.i : c.i+n]) {
		if d < '0' || d > '9' {
			return 0, false
		}
		v = v*10 + int(d-'0')
	}
	c.i += n
	return v, true
}

func (c *clock) accept(b byte) bool {
	if c.i < len(c.s) && c.s[c.i] == b {
		c.i++
		return true
	}
	return false
}

func (c *clock) date() bool {
	var ok1, ok2, ok3 bool
	c.year, ok1 = c.digits(4)
	dash := c.accept('-')
	c.month, ok2 = c.digits(2)
	dash = c.accept('-') && dash
	c.day, ok3 = c.digits(2)
	return ok1 && ok2 && ok3 && dash && c.month >= 1 && c.month <= 12 && c.day >= 1 && c.day <= datetime.DaysIn(c.year, c.month)
}

func (c *clock) timeOfDay() (hasSeconds, ok bool) {
	var ok1, ok2 bool
	c.hour, ok1 = c.digits(2)
	colon := c.accept(':')
	c.minute, ok2 = c.digits(2)
	if !ok1 || !ok2 || !colon || c.hour > 23 || c.minute > 59 {
		return false, false
	}
	if !c.accept(':') {
		return false, true
	}
	// A leap second, 23:59:60 UTC, is read as the second after.
	if c.second, ok = c.digits(2); !ok || c.second > 60 {
		return false, false
	}
	return true, c.fraction()
}

func (c *clock) fraction() bool {
	if !c.accept('.') {
		return true
	}
	unit, start := 100_000_000, c.i
	for c.i < len(c.s) && c.s[c.i] >= '0' && c.s[c.i] <= '9' {
		c.nano += int(c.s[c.i]-'0') * unit
		unit /= 10
		c.i++
	}
	return c.i > start
}

// zone reads the offset; wellFormed is false where it is missing or has no colon.
func (c *clock) zone() (wellFormed, ok bool) {
	if c.i == len(c.s) {
		return false, true
	}
	if c.accept('Z') || c.accept('z') {
		return true, true
	}
	sign := 1
	if c.accept('-') {
		sign = -1
	} else if !c.accept('+') {
		return false, false
	}
	hours, ok1 := c.digits(2)
	wellFormed = c.accept(':')
	minutes, ok2 := c.digits(2)
	if !ok1 || !ok2 || hours > 23 || minutes > 59 {
		return false, false
	}
	c.offset = sign * (hours*3600 + minutes*60)
	return wellFormed, true
}
