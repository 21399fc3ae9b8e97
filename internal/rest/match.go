package rest

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/quote"
)

// Field is what a filter or an order must know of a member.
type Field struct {
	// Index is how the Object knows the member.
	Index int
	// Time reads instants, for members that hold them; they are compared as such.
	// It is nil for all others. Values that it cannot read are compared as texts.
	Time func(string) (time.Time, bool)
}

// Fields are the members of a record by name, at the top level. Names of members
// of members are not checked: one that does not exist is absent in every record.
type Fields map[string]Field

// Object is a record that is filtered or sorted.
type Object interface {
	// AppendTexts writes the values of a member behind dst: none where it is
	// absent. path leads on from the member of that index, for members of
	// members. list says that the value is an array, or lies in one.
	AppendTexts(dst []string, index int, path []string) (texts []string, list bool)
}

// Matcher is a filter that knows its fields: compiled once, used for every record.
type Matcher struct {
	terms []term
	or    bool
}

type term struct {
	op       Op
	field    Field
	path     []string
	value    string
	folded   []byte
	parts    [][]byte // the folded elements of the value, for arrays
	sorted   []string // the same in order
	instant  time.Time
	isMoment bool
}

// Compile binds the filter to the fields. The error is an [*Error] of the code
// invalid-filter-field.
func (f *Filter) Compile(fields Fields) (*Matcher, error) {
	m := &Matcher{or: f.Or}
	for _, t := range f.Terms {
		names := strings.Split(t.Field, ".")
		field, ok := fields[names[0]]
		if !ok {
			return nil, &Error{Code: CodeFilterField, Field: t.Field, Detail: "there is no field " + quote.Text(t.Field) + " to filter by"}
		}
		c := term{op: t.Op, field: field, path: names[1:], value: t.Value, folded: appendFold(nil, t.Value)}
		if c.parts = foldedElements(t.Value); len(c.parts) > mostParts && t.Op == Contains {
			return nil, &Error{Code: CodeTooLong, Field: t.Field, Detail: "the filter looks for more than " +
				strconv.Itoa(mostParts) + " values at once"}
		}
		c.sorted = sortedFolds([]string{t.Value})
		if field.Time != nil && len(c.path) == 0 {
			c.instant, c.isMoment = field.Time(t.Value)
		}
		m.terms = append(m.terms, c)
	}
	return m, nil
}

// mostParts is how many values a filter may look for in an array: each costs a look at
// every text.
const mostParts = 32

// foldedElements folds the elements of a list as it stands in a filter, each once.
func foldedElements(value string) (parts [][]byte) {
	for _, part := range elements(value) {
		folded := appendFold(nil, part)
		if !slices.ContainsFunc(parts, func(p []byte) bool { return string(p) == string(folded) }) {
			if parts = append(parts, folded); len(parts) > mostParts {
				return parts
			}
		}
	}
	return parts
}

// scratch is memory that is used again from record to record.
type scratch struct {
	texts []string
	bytes []byte
}

// Match reports whether a record passes the filter. For many records Select is faster.
func (m *Matcher) Match(o Object) bool { return m.match(o, &scratch{}) }

// Select returns the places of the n records that pass, in order. A nil Matcher
// lets all pass.
func (m *Matcher) Select(n int, at func(int) Object) []int32 {
	passed := make([]int32, 0, n)
	var s scratch
	for i := range n {
		if m == nil || m.match(at(i), &s) {
			passed = append(passed, int32(i))
		}
	}
	return passed
}

func (m *Matcher) match(o Object, s *scratch) bool {
	for i := range m.terms {
		if m.terms[i].match(o, s) == m.or {
			return m.or
		}
	}
	return !m.or
}

func (t *term) match(o Object, s *scratch) bool {
	texts, list := o.AppendTexts(s.texts[:0], t.field.Index, t.path)
	s.texts = texts
	switch {
	case len(texts) == 0:
		return t.op == NotEqual
	case list:
		return t.matchList(texts, s)
	}
	return t.matchText(texts[0], s)
}

// matchText compares one value.
func (t *term) matchText(text string, s *scratch) (ok bool) {
	switch t.op {
	case Contains:
		ok, s.bytes = containsFold(text, t.folded, s.bytes)
		return ok
	case Equal:
		return t.equal(text)
	case NotEqual:
		return !t.equal(text)
	}
	return t.ordered(t.compare(text))
}

func (t *term) equal(text string) bool {
	if t.isMoment {
		if at, ok := t.field.Time(text); ok {
			return at.Equal(t.instant)
		}
	}
	return strings.EqualFold(text, t.value)
}

// compare says how a text stands to the value: below 0 for before it.
func (t *term) compare(text string) int {
	if t.isMoment {
		if at, ok := t.field.Time(text); ok {
			return at.Compare(t.instant)
		}
	}
	return compareFold(text, t.value)
}

func (t *term) ordered(c int) bool {
	switch t.op {
	case Greater:
		return c > 0
	case GreaterOrEqual:
		return c >= 0
	case Less:
		return c < 0
	case LessOrEqual:
		return c <= 0
	}
	return false
}

// matchList compares an array: = with the whole list, in any order; ~ passes where
// any element contains any of the values; an order where any element is so.
func (t *term) matchList(texts []string, s *scratch) bool {
	switch t.op {
	case Equal:
		return slices.Equal(sortedFolds(texts), t.sorted)
	case NotEqual:
		return !slices.Equal(sortedFolds(texts), t.sorted)
	case Contains:
		return t.anyContains(texts, s)
	}
	return slices.ContainsFunc(texts, func(text string) bool { return t.ordered(t.compare(text)) })
}

func (t *term) anyContains(texts []string, s *scratch) bool {
	for _, text := range texts {
		s.bytes = appendFold(s.bytes[:0], text)
		if slices.ContainsFunc(t.parts, func(part []byte) bool { return bytes.Contains(s.bytes, part) }) {
			return true
		}
	}
	return false
}

// sortedFolds is by what lists are compared. Elements that hold commas themselves
// are split as the filter's value is.
func sortedFolds(texts []string) []string {
	all := make([]string, 0, len(texts))
	for _, text := range texts {
		for _, part := range elements(text) {
			all = append(all, Fold(part))
		}
	}
	slices.Sort(all)
	return all
}
