package plan

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/datetime"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

const (
	// maxDepth bounds conditions in conditions: plans in use have four, and who is asked
	// to explain one that is deeper cannot.
	maxDepth = 32
	// jsonDepth lets a condition that is too deep be told of as such: each is an object
	// in an array. It is far from what recursion costs.
	jsonDepth = 512
	// maxName bounds identifiers of plans, events, results and learners, which stand in
	// every decision.
	maxName = 512
)

// reader reads members of JSON objects, and notes what is wrong with them.
type reader struct{ problems []*vc.Problem }

func (r *reader) note(code vc.Code, v jsonx.Value, expected string) {
	r.at(code, v.Pointer(), v.Shown(), expected)
}

// maxFindings bounds what is told of one text: more is the same fault over and over.
const maxFindings = 1000

func (r *reader) at(code vc.Code, pointer, found, expected string) {
	if len(r.problems) > maxFindings {
		return
	}
	if len(r.problems) == maxFindings {
		code, pointer, found, expected = CodeLimit, "", "", fmt.Sprintf("at most %d findings; the rest is not told", maxFindings)
	}
	p := words.Problem(code, pointer, found)
	if expected != "" {
		p.Expected = expected
	}
	r.problems = append(r.problems, p)
}

// missing notes that an object lacks a member.
func (r *reader) missing(v jsonx.Value, name string) {
	r.at(CodeMemberMissing, v.Pointer()+"/"+name, "", "")
}

// parsed returns the root of a text, missing where it cannot be read.
func (r *reader) parsed(text []byte, kind jsonx.Kind) jsonx.Value {
	return r.parsedWithin(text, kind, 0)
}

func (r *reader) parsedWithin(text []byte, kind jsonx.Kind, most int) jsonx.Value {
	doc, err := jsonx.Parse(text, jsonx.Limits{Bytes: most, Depth: jsonDepth}, nil)
	if err != nil {
		r.problems = append(r.problems, vc.ProblemOf(err))
		return jsonx.Value{}
	}
	root := doc.Root()
	if root.Kind() != kind {
		r.note(CodeMemberMalformed, root, kind.String())
		return jsonx.Value{}
	}
	return root
}

// err joins what is wrong, warnings apart.
func (r *reader) err(what string) error {
	found := vc.Errors(r.problems)
	if len(found) == 0 {
		return nil
	}
	return joined(what, found)
}

func joined(what string, found []*vc.Problem) error {
	all := make([]error, len(found))
	for i, p := range found {
		all[i] = p
	}
	return &Error{what, errors.Join(all...)}
}

// Error is what is wrong with a plan, an event, a record or a state, as the errors that
// it unwraps to, each a [vc.Problem].
type Error struct {
	what string
	err  error
}

// Error implements error.
func (e *Error) Error() string { return "plan: " + e.what + ": " + e.err.Error() }

// Unwrap returns the problems.
func (e *Error) Unwrap() []error { return e.err.(interface{ Unwrap() []error }).Unwrap() }

func (r *reader) text(v jsonx.Value) string {
	switch {
	case !v.Exists():
	case v.Kind() != jsonx.String:
		r.note(CodeMemberMalformed, v, "a text")
	case len(v.Text()) > maxName:
		r.note(CodeLimit, v, fmt.Sprintf("at most %d bytes", maxName))
	default:
		return v.Text()
	}
	return ""
}

func (r *reader) needed(object jsonx.Value, name string) string {
	v := object.Get(name)
	if !v.Exists() || v.Kind() == jsonx.String && v.Text() == "" {
		r.missing(object, name)
		return ""
	}
	return r.text(v)
}

func (r *reader) flag(v jsonx.Value) bool {
	if v.Exists() && v.Kind() != jsonx.True && v.Kind() != jsonx.False {
		r.note(CodeMemberMalformed, v, "true or false")
	}
	return v.Kind() == jsonx.True
}

// number reads a number, or a text of one, which keeps writers from rounding it.
func (r *reader) number(v jsonx.Value) Number {
	if !v.Exists() {
		return Number{}
	}
	n, ok := Number{}, false
	if v.Kind() == jsonx.Number || v.Kind() == jsonx.String {
		n, ok = ParseNumber(v.Text())
	}
	if !ok {
		r.note(CodeMemberMalformed, v, "a decimal such as 8.7")
	}
	return n
}

func (r *reader) count(v jsonx.Value) int {
	if !v.Exists() {
		return 0
	}
	n, err := strconv.ParseInt(v.Text(), 10, 32)
	if v.Kind() != jsonx.Number || err != nil || n < 0 {
		r.note(CodeMemberMalformed, v, "a whole number")
		return 0
	}
	return int(n)
}

func (r *reader) time(v jsonx.Value) time.Time {
	if !v.Exists() {
		return time.Time{}
	}
	t, err := datetime.Parse(jsonx.Content(v))
	if err != nil || !datetime.HasZone(jsonx.Content(v)) || t.Year() < 1 || t.Year() > 9999 {
		r.note(CodeMemberMalformed, v, "an instant such as 2026-01-01T00:00:00Z")
		return time.Time{}
	}
	return t.UTC()
}

func (r *reader) guid(v jsonx.Value) casefw.GUID {
	if !v.Exists() {
		return casefw.GUID{}
	}
	id, err := casefw.ParseGUID(jsonx.Content(v))
	if err != nil {
		r.note(CodeMemberMalformed, v, "a UUID")
	}
	return id
}

// word reads one of the words of an enumeration, of which the first is the default and
// is read as the zero value.
func word[E ~string](r *reader, v jsonx.Value, all ...E) E {
	if !v.Exists() {
		return ""
	}
	for _, known := range all {
		if v.Kind() == jsonx.String && v.Text() == string(known) {
			return known
		}
	}
	expected := ""
	for i, known := range all {
		if i > 0 {
			expected += ", "
		}
		expected += string(known)
	}
	r.note(CodeMemberMalformed, v, expected)
	return ""
}
