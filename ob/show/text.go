package show

import (
	"time"

	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// Text is a plain text in the reader's language, with what HTML says as lang and dir
// where the credential says it.
type Text struct{ Value, Lang, Dir string }

// String returns the text.
func (t Text) String() string { return t.Value }

func (m maker) text(t vc.Text) Text {
	v := t.ValueIn(m.Languages...)
	return Text{Value: v.Value, Lang: v.Language, Dir: v.Direction}
}

// Dates are the instants of a credential, each zero where it says nothing of it.
type Dates struct {
	Awarded       time.Time
	From, Until   time.Time // when it is valid
	ActivityStart time.Time
	ActivityEnd   time.Time
}

func datesOf(e *ob.Envelope, awarded vc.DateTime) Dates {
	return Dates{Awarded: date(awarded), From: either(e.ValidFrom, e.IssuanceDate), Until: either(e.ValidUntil, e.ExpirationDate)}
}

func either(a, b vc.DateTime) time.Time {
	if !a.IsZero() {
		return date(a)
	}
	return date(b)
}

// date is the instant, in the zone that the credential gives it in. A credential that
// conforms has no malformed one.
func date(d vc.DateTime) time.Time {
	t, err := d.Time()
	if err != nil {
		return time.Time{}
	}
	return t
}
