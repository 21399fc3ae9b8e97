package rest

import (
	"bytes"
	"slices"
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
	terms   []term
	columns []column
	or      bool
}

// column is what terms look at of a record.
type column struct {
	name  string
	field Field
	path  []string
}

type term struct {
	op       Op
	column   int
	folded   []byte
	parts    [][]byte // the elements of the value, for arrays
	sorted   [][]byte // the same in order
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
		folded := appendFold(nil, t.Value)
		c := term{op: t.Op, column: m.column(column{t.Field, field, names[1:]}), folded: folded, parts: elements(folded)}
		c.sorted = inOrder(slices.Clone(c.parts))
		if field.Time != nil && len(names) == 1 {
			c.instant, c.isMoment = field.Time(t.Value)
		}
		m.terms = append(m.terms, c)
	}
	return m, nil
}

// column returns the place of a column, the same for all terms that look at it.
func (m *Matcher) column(c column) int {
	if i := slices.IndexFunc(m.columns, func(known column) bool { return known.name == c.name }); i >= 0 {
		return i
	}
	m.columns = append(m.columns, c)
	return len(m.columns) - 1
}

// sight is a record as the terms of a filter see it: each column is read, and each text
// folded, once, however many terms and values ask for it. Its memory is used again from
// record to record.
type sight struct {
	o     Object
	views []view
	folds int // texts that were folded
}

// view is what a record has in one column.
type view struct {
	texts  []string
	list   bool
	read   bool
	bytes  []byte   // of the folded texts
	folded [][]byte // those that were folded, which are the first ones
}

func (m *Matcher) newSight() *sight { return &sight{views: make([]view, len(m.columns))} }

// look turns to another record.
func (s *sight) look(o Object) {
	s.o = o
	for i := range s.views {
		s.views[i].read = false
	}
}

// view reads a column.
func (s *sight) view(m *Matcher, column int) *view {
	v := &s.views[column]
	if !v.read {
		c := &m.columns[column]
		v.texts, v.list = s.o.AppendTexts(v.texts[:0], c.field.Index, c.path)
		v.read, v.bytes, v.folded = true, v.bytes[:0], v.folded[:0]
	}
	return v
}

// text returns a text of a view, folded.
func (s *sight) text(v *view, i int) []byte {
	for len(v.folded) <= i {
		start := len(v.bytes)
		v.bytes = appendFold(v.bytes, v.texts[len(v.folded)])
		v.folded = append(v.folded, v.bytes[start:len(v.bytes):len(v.bytes)])
		s.folds++
	}
	return v.folded[i]
}

// Match reports whether a record passes the filter. For many records Select is faster.
func (m *Matcher) Match(o Object) bool { return m.match(o, m.newSight()) }

// Select returns the places of the n records that pass, in order. A nil Matcher
// lets all pass.
func (m *Matcher) Select(n int, at func(int) Object) []int32 {
	passed := make([]int32, 0, n)
	var s *sight
	if m != nil {
		s = m.newSight()
	}
	for i := range n {
		if m == nil || m.match(at(i), s) {
			passed = append(passed, int32(i))
		}
	}
	return passed
}

func (m *Matcher) match(o Object, s *sight) bool {
	s.look(o)
	for i := range m.terms {
		if m.terms[i].match(m, s) == m.or {
			return m.or
		}
	}
	return !m.or
}

func (t *term) match(m *Matcher, s *sight) bool {
	v := s.view(m, t.column)
	read := m.columns[t.column].field.Time
	switch {
	case len(v.texts) == 0:
		return t.op == NotEqual
	case v.list:
		return t.matchList(v, s, read)
	case t.op == Contains:
		return bytes.Contains(s.text(v, 0), t.folded)
	}
	return t.holds(t.compare(v, 0, s, read))
}

// compare says how a text stands to the value: below 0 for before it. Folded texts in
// UTF-8 have the order of their code points.
func (t *term) compare(v *view, i int, s *sight, read func(string) (time.Time, bool)) int {
	if t.isMoment {
		if at, ok := read(v.texts[i]); ok {
			return at.Compare(t.instant)
		}
	}
	return bytes.Compare(s.text(v, i), t.folded)
}

// holds reports whether what compare said is what the predicate asks for.
func (t *term) holds(c int) bool {
	switch t.op {
	case Equal:
		return c == 0
	case NotEqual:
		return c != 0
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
func (t *term) matchList(v *view, s *sight, read func(string) (time.Time, bool)) bool {
	switch t.op {
	case Equal, NotEqual:
		return slices.EqualFunc(s.elements(v), t.sorted, bytes.Equal) == (t.op == Equal)
	}
	for i := range v.texts {
		if t.op == Contains && t.anyIn(s.text(v, i)) || t.op != Contains && t.holds(t.compare(v, i, s, read)) {
			return true
		}
	}
	return false
}

func (t *term) anyIn(text []byte) bool {
	return slices.ContainsFunc(t.parts, func(part []byte) bool { return bytes.Contains(text, part) })
}

// elements is by what lists are compared. Elements that hold commas themselves are split
// as the filter's value is.
func (s *sight) elements(v *view) [][]byte {
	var all [][]byte
	for i := range v.texts {
		all = append(all, elements(s.text(v, i))...)
	}
	return inOrder(all)
}

func inOrder(all [][]byte) [][]byte {
	slices.SortFunc(all, bytes.Compare)
	return all
}
