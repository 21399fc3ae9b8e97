package caseapi

import (
	"errors"
	"regexp"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/rest"
)

// Filter selects documents. [Where] begins one:
//
//	caseapi.Where("lastChangeDateTime").GreaterOrEqual(caseapi.DateTime(t)).
//		And(caseapi.Where("title").Contains("Bob's"))
//
// Values are quoted and escaped here. The standard says nothing about quotes in
// values; they are doubled, as providers that know any rule read them. The zero
// Filter selects everything. A Filter is immutable.
type Filter struct {
	f   rest.Filter
	err error
}

// Where begins a comparison with a member of CFDocument, or of an object in it:
// "title", "licenseURI.title".
func Where(field string) Comparison { return Comparison{field} }

// Comparison is a field that waits for its value.
type Comparison struct{ field string }

var (
	fieldName   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*$`)
	errField    = errors.New("caseapi: the field of a filter is a name, or names joined by dots")
	errMixed    = errors.New("caseapi: a filter joins its comparisons by AND or by OR, not by both")
	errAnyThing = errors.New("caseapi: a filter cannot be joined with one that selects everything")
)

func (c Comparison) with(op rest.Op, value string) Filter {
	if !fieldName.MatchString(c.field) {
		return Filter{err: errField}
	}
	return Filter{f: rest.Filter{Terms: []rest.Term{{Field: c.field, Op: op, Value: value}}}}
}

// Equal selects documents whose member is the value, without regard to case. A list
// must be the value as a whole, with commas.
func (c Comparison) Equal(value string) Filter { return c.with(rest.Equal, value) }

// NotEqual selects documents whose member is another.
func (c Comparison) NotEqual(value string) Filter { return c.with(rest.NotEqual, value) }

// Greater selects documents whose member comes behind the value.
func (c Comparison) Greater(value string) Filter { return c.with(rest.Greater, value) }

// GreaterOrEqual selects documents whose member is the value or comes behind it.
func (c Comparison) GreaterOrEqual(value string) Filter { return c.with(rest.GreaterOrEqual, value) }

// Less selects documents whose member comes before the value.
func (c Comparison) Less(value string) Filter { return c.with(rest.Less, value) }

// LessOrEqual selects documents whose member is the value or comes before it.
func (c Comparison) LessOrEqual(value string) Filter { return c.with(rest.LessOrEqual, value) }

// Contains selects documents whose member has the value in it; of a list, one of
// whose values has.
func (c Comparison) Contains(value string) Filter { return c.with(rest.Contains, value) }

// DateTime writes an instant as a value, for lastChangeDateTime.
func DateTime(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// Date writes a day as a value, for statusStartDate and statusEndDate.
func Date(t time.Time) string { return t.Format(time.DateOnly) }

// And selects what both filters select. The standard promises one operator; more
// of the same are written, and warned about.
func (f Filter) And(g Filter) Filter { return f.join(g, false) }

// Or selects what either filter selects; see [Filter.And].
func (f Filter) Or(g Filter) Filter { return f.join(g, true) }

func (f Filter) join(g Filter, or bool) Filter {
	if err := errors.Join(f.err, g.err); err != nil {
		return Filter{err: err}
	}
	if len(f.f.Terms) == 0 || len(g.f.Terms) == 0 {
		return Filter{err: errAnyThing}
	}
	for _, part := range []Filter{f, g} {
		if len(part.f.Terms) > 1 && part.f.Or != or {
			return Filter{err: errMixed}
		}
	}
	terms := append(append([]rest.Term(nil), f.f.Terms...), g.f.Terms...)
	return Filter{f: rest.Filter{Terms: terms, Or: or}}
}

// IsZero reports whether the filter selects everything.
func (f Filter) IsZero() bool { return len(f.f.Terms) == 0 && f.err == nil }

// Err returns why the filter cannot be written, nil where it can.
func (f Filter) Err() error { return f.err }

// String writes the filter in the grammar of the binding, not URL-encoded; "" where
// it selects everything or cannot be written.
func (f Filter) String() string {
	if f.err != nil {
		return ""
	}
	return f.f.String()
}

// names reports whether a list of fields can be written.
func names(fields []string) bool {
	for _, name := range fields {
		if !fieldName.MatchString(name) || strings.Contains(name, ".") {
			return false
		}
	}
	return true
}
