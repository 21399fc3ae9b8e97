package vc

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/laurel-edu/laurel/internal/datetime"
)

// DateTime is an XML Schema dateTime that keeps its lexical form: what was
// signed is written again as it was, with its fraction, its offset, its year of
// five digits. It is immutable and comparable; the zero value is absence.
//
// Decoding takes any string, so that the rules can say what is wrong with a
// malformed one and where. [DateTime.Time] judges it.
type DateTime struct{ text string }

// ErrDateTime is what [DateTime.Time] wraps for a text that is no dateTime.
var ErrDateTime = errors.New("vc: not an XML Schema dateTime")

// NewDateTime returns the DateTime of an instant: UTC, and no more fraction than
// the instant has. The zero time gives the zero DateTime.
func NewDateTime(t time.Time) DateTime {
	if t.IsZero() {
		return DateTime{}
	}
	u := t.UTC()
	year := strconv.Itoa(u.Year())
	if y := u.Year(); y < 0 {
		year = fmt.Sprintf("-%04d", -y)
	} else if y < 1000 {
		year = fmt.Sprintf("%04d", y)
	}
	return DateTime{year + u.Format("-01-02T15:04:05.999999999Z")}
}

// ParseDateTime returns text as a DateTime, or an error that wraps
// [ErrDateTime] where it is none.
func ParseDateTime(text string) (DateTime, error) {
	d := DateTime{text}
	_, err := d.Time()
	return d, err
}

// String returns the text as written.
func (d DateTime) String() string { return d.text }

// IsZero reports absence.
func (d DateTime) IsZero() bool { return d.text == "" }

// MarshalText implements encoding.TextMarshaler: the text as written.
func (d DateTime) MarshalText() ([]byte, error) { return []byte(d.text), nil }

// UnmarshalText implements encoding.TextUnmarshaler. It accepts any text.
func (d *DateTime) UnmarshalText(text []byte) error {
	d.text = string(text)
	return nil
}

// Time returns the instant. A text without zone is read as UTC (VCDM 2.0, 4.9);
// digits beyond nanoseconds are cut. The error wraps [ErrDateTime] where the
// text is not a dateTime of XML Schema 1.1, 3.3.7.
func (d DateTime) Time() (time.Time, error) {
	t, err := datetime.Parse(d.text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%w: %s: %s", ErrDateTime, Quote(d.text), err)
	}
	return t, nil
}

// HasZone reports whether the text ends in Z or an offset, as a dateTimeStamp
// must. It is meaningful only for a well-formed text.
func (d DateTime) HasZone() bool {
	return datetime.HasZone(d.text)
}

// Check reports, without building an instant, whether the text is well formed
// and whether it has a zone.
func (d DateTime) Check() (valid, zone bool) {
	return datetime.Check(d.text)
}

// IsDate reports whether s is an XML Schema date without zone, the Date of Open
// Badges 3.0: YYYY-MM-DD, and a day that exists.
func IsDate(s string) bool {
	return datetime.IsDate(s)
}
