// Package datetime reads the two ways in which the specifications write an
// instant: the dateTime of XML Schema and the NumericDate of JWT. Credentials,
// tokens, proofs and keys all have their dates read here, so that no two of them
// judge one text differently.
package datetime

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// Parse reads a dateTime of XML Schema 1.1, 3.3.7. A text without zone is read
// as UTC (VCDM 2.0, 4.9; Controlled Identifiers 1.0, 2.2); digits beyond
// nanoseconds are cut.
func Parse(text string) (time.Time, error) {
	c, err := parseDateTime(text)
	if err != nil {
		return time.Time{}, err
	}
	return c.instant(), nil
}

// Check reports, without building an instant, whether the text is a dateTime and
// whether it has a zone.
func Check(text string) (valid, zone bool) {
	c, err := parseDateTime(text)
	return err == nil, c.zoned
}

// HasZone reports whether the text ends in Z or an offset. It is meaningful only
// for a dateTime.
func HasZone(text string) bool {
	_, zone := cutZone(text)
	return zone != ""
}

// IsDate reports whether s is an XML Schema date without zone: YYYY-MM-DD, and a
// day that exists.
func IsDate(s string) bool {
	var c clock
	return c.date(s) == nil
}

var errNumeric = errors.New("no number of seconds within the years 0 to 9999")

// Numeric reads a NumericDate (RFC 7519, 2): seconds since 1970-01-01T00:00:00Z,
// which may have a fraction, as JSON writes a number. Values outside the years 0
// to 9999 are refused, since no dateTime of four digits can say them.
func Numeric(text string) (time.Time, error) {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) || f < -62167219200 || f >= 253402300800 {
		return time.Time{}, errNumeric
	}
	whole, fraction := math.Modf(f)
	return time.Unix(int64(whole), int64(math.Round(fraction*1e6))*1000).UTC(), nil
}

// clock is a dateTime taken apart.
type clock struct {
	year, month, day     int
	hour, minute, second int
	nano                 int
	offset               int // minutes east of UTC
	zoned                bool
}

func (c *clock) instant() time.Time {
	t := time.Date(c.year, time.Month(c.month), c.day, c.hour, c.minute, c.second, c.nano, time.UTC)
	return t.Add(-time.Duration(c.offset) * time.Minute)
}

var (
	errForm   = errors.New("not of the form YYYY-MM-DDThh:mm:ssZ")
	errYear   = errors.New("the year is not four digits, or more without a leading zero")
	errHuge   = errors.New("the year is beyond nine digits")
	errDay    = errors.New("no such month or day")
	errHour   = errors.New("no such time of day")
	errSecond = errors.New("a fraction needs a point and digits")
	errOffset = errors.New("the offset is not Z or ±hh:mm up to 14:00")
)

// parseDateTime reads the grammar of XML Schema 1.1, 3.3.7.2. time.Parse will
// not do: it takes a comma, "0:" for an hour and offsets beyond 14:00, and
// refuses 24:00:00 and years outside 0000 to 9999.
func parseDateTime(s string) (c clock, err error) {
	date, clockText, ok := strings.Cut(s, "T")
	if !ok {
		return c, errForm
	}
	if err := c.date(date); err != nil {
		return c, err
	}
	clockText, zone := cutZone(clockText)
	if err := c.timeOfDay(clockText); err != nil {
		return c, err
	}
	return c, c.zone(zone)
}

// cutZone splits a trailing Z or offset off.
func cutZone(s string) (rest, zone string) {
	if strings.HasSuffix(s, "Z") {
		return s[:len(s)-1], "Z"
	}
	t := strings.IndexByte(s, 'T') // a date has hyphens too
	if i := strings.LastIndexAny(s, "+-"); i > t {
		return s[:i], s[i:]
	}
	return s, ""
}

func (c *clock) date(s string) error {
	digits := strings.TrimPrefix(s, "-")
	n := strings.IndexByte(digits, '-')
	if n < 4 || n > 4 && digits[0] == '0' {
		return errYear
	}
	if n > 9 {
		return errHuge
	}
	rest := digits[n:]
	if len(rest) != 6 || rest[3] != '-' {
		return errForm
	}
	var ok [3]bool
	c.year, ok[0] = number(digits[:n])
	c.month, ok[1] = number(rest[1:3])
	c.day, ok[2] = number(rest[4:6])
	if !ok[0] || !ok[1] || !ok[2] {
		return errForm
	}
	if digits != s {
		c.year = -c.year
	}
	if c.month < 1 || c.month > 12 || c.day < 1 || c.day > DaysIn(c.year, c.month) {
		return errDay
	}
	return nil
}

// DaysIn is the number of days of a month, 1 to 12, in the Gregorian calendar.
func DaysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

func (c *clock) timeOfDay(s string) error {
	if len(s) < 8 || s[2] != ':' || s[5] != ':' {
		return errForm
	}
	var ok [3]bool
	c.hour, ok[0] = number(s[:2])
	c.minute, ok[1] = number(s[3:5])
	c.second, ok[2] = number(s[6:8])
	if !ok[0] || !ok[1] || !ok[2] {
		return errForm
	}
	if c.hour > 24 || c.minute > 59 || c.second > 59 {
		return errHour
	}
	if err := c.fraction(s[8:]); err != nil {
		return err
	}
	if c.hour == 24 && (c.minute != 0 || c.second != 0 || strings.Trim(s[8:], ".0") != "") {
		return errHour
	}
	return nil
}

func (c *clock) fraction(s string) error {
	if s == "" {
		return nil
	}
	if s[0] != '.' || len(s) == 1 {
		return errSecond
	}
	scale := 100_000_000
	for i := 1; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return errSecond
		}
		c.nano += int(s[i]-'0') * scale
		scale /= 10
	}
	return nil
}

func (c *clock) zone(s string) error {
	if s == "" {
		return nil
	}
	c.zoned = true
	if s == "Z" {
		return nil
	}
	if len(s) != 6 || s[3] != ':' {
		return errOffset
	}
	hours, ok := number(s[1:3])
	minutes, also := number(s[4:6])
	if !ok || !also || minutes > 59 || hours*60+minutes > 14*60 {
		return errOffset
	}
	c.offset = hours*60 + minutes
	if s[0] == '-' {
		c.offset = -c.offset
	}
	return nil
}

// number reads decimal digits and nothing else.
func number(s string) (n int, ok bool) {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != ""
}
