package casefw

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// A record in normal form is by what records are compared: what says the same is the
// same bytes. An instant is one in whatever zone it is written, a date a day, a number
// its value to the last digit, and the members of an extension have no order.

// appendNormal writes a record in normal form.
func appendNormal(b []byte, c *class, rec any) []byte {
	start := len(b) + 1
	b = append(b, '{')
	for i := range c.members {
		if m := &c.members[i]; (encoder{}).present(m, rec) {
			b = m.appendNormal(appendName(b, start, m.name), rec)
		}
	}
	extra := c.base(rec).Extra
	for _, name := range extra.Names() {
		b = appendNormalJSON(appendName(b, start, name), extra[name])
	}
	return append(b, '}')
}

// appendNormal writes the value of a member that is there.
func (m *member) appendNormal(b []byte, rec any) []byte {
	switch m.kind {
	case kObject:
		b = append(b, '[')
		for i := range m.len(rec) {
			b = append(appendNormal(b, m.of, m.at(rec, i)), ',')
		}
		return append(b, ']')
	case kRaw:
		return appendNormalJSON(b, encoder{}.value(nil, m, rec))
	case kFloat:
		if number, ok := m.field(rec).(*vc.Number); ok {
			return append(b, normalNumber(string(*number))...)
		}
	case kDateTime, kDate:
		if !m.many {
			return appendString(b, normalTime(m.kind, textOf(m.field(rec))))
		}
	}
	return encoder{}.value(b, m, rec)
}

// normalTime writes an instant or a date in one way, a text that is none as it is.
func normalTime(k kind, text string) string {
	parse, layout := ParseDateTime, time.RFC3339Nano
	if k == kDate {
		parse, layout = ParseDate, time.DateOnly
	}
	if at, _, ok := parse(text); ok {
		return at.Format(layout)
	}
	return text
}

// appendNormalJSON writes JSON of any shape, as it stands where it cannot be read.
func appendNormalJSON(b []byte, raw jsontext.Value) []byte {
	v := parseStored(raw)
	if !v.Exists() {
		return append(b, raw...)
	}
	return appendNormalValue(b, v)
}

func appendNormalValue(b []byte, v jsonx.Value) []byte {
	switch v.Kind() {
	case jsonx.Object:
		children := make([]jsonx.Value, 0, v.Len())
		for child := v.First(); child.Exists(); child = child.Next() {
			children = append(children, child)
		}
		slices.SortFunc(children, func(x, y jsonx.Value) int { return cmp.Compare(x.Name(), y.Name()) })
		start := len(b) + 1
		b = append(b, '{')
		for _, child := range children {
			b = appendNormalValue(appendName(b, start, child.Name()), child)
		}
		return append(b, '}')
	case jsonx.Array:
		b = append(b, '[')
		for e := v.First(); e.Exists(); e = e.Next() {
			b = append(appendNormalValue(b, e), ',')
		}
		return append(b, ']')
	case jsonx.String:
		return appendString(b, v.Text())
	case jsonx.Number:
		return append(b, normalNumber(v.Text())...)
	}
	return append(b, v.Raw()...)
}

// normalNumber writes a number as its digits and a power of ten: no float, which would
// take long identifiers for one another. A text that is no number stays.
func normalNumber(text string) string {
	rest, minus := strings.CutPrefix(text, "-")
	mantissa, power, exponent := rest, "0", strings.IndexAny(rest, "eE")
	if exponent >= 0 {
		mantissa, power = rest[:exponent], rest[exponent+1:]
	}
	n, err := strconv.Atoi(power)
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := whole + fraction
	if err != nil || n > math.MaxInt32 || n < math.MinInt32 || digits == "" || strings.Trim(digits, "0123456789") != "" {
		return text
	}
	short := strings.TrimRight(digits, "0")
	n += len(digits) - len(short) - len(fraction)
	if short = strings.TrimLeft(short, "0"); short == "" {
		return "0"
	}
	if minus {
		short = "-" + short
	}
	return short + "e" + strconv.Itoa(n)
}
