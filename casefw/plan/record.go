package plan

import (
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/datetime"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// LineItem is what the results of an activity are read by.
type LineItem struct {
	ID       string        // sourcedId, or the URL of LTI
	Items    []casefw.GUID // the CFItems that it assesses
	Min, Max Number        // of its scores; AGS says the greatest with each score
	Scale    *Scale        // of texts, nil for none
}

// Scale orders the texts of a score scale and says which raw scores they stand for.
type Scale struct{ values []scaleValue }

type scaleValue struct {
	text      string
	low, high Number
}

// Lookup returns the raw scores that a text stands for, and its rank from the worst, 0,
// on; ok is false for a text that the scale does not have.
func (s *Scale) Lookup(text string) (low, high Number, rank int, ok bool) {
	if s == nil {
		return Number{}, Number{}, 0, false
	}
	i := slices.IndexFunc(s.values, func(v scaleValue) bool { return v.text == text })
	if i < 0 {
		return Number{}, Number{}, 0, false
	}
	for _, other := range s.values {
		if s.values[i].low.AtLeast(other.low) && !other.low.AtLeast(s.values[i].low) {
			rank++
		}
	}
	return s.values[i].low, s.values[i].high, rank, true
}

// RecordOptions are what a gradebook does not say of its records.
type RecordOptions struct {
	Source  string // put into the events
	Learner string // the learner's id for the person that the record names; see Person
	// Zone is that in which a date without time ends; UTC by default.
	Zone *time.Location
	// AlignByTag and AlignByResourceID take the CFItem of an LTI line item from a tag
	// such as case:1550c13e-… and from a resourceId that is a UUID. LTI has no member for
	// it, so both are a matter of agreement.
	AlignByTag, AlignByResourceID bool
}

// Record is a record of a gradebook as it was read.
type Record struct {
	Event
	// Person is whom the gradebook names, an id of its own. It is put in Learner where
	// the options have none.
	Person string
	// Percent and Raw are those of the whole line item; OverMax that there is more than
	// the greatest.
	Percent, Raw Number
	OverMax      bool
	// Incomplete says that the activity is not complete, although it may be graded.
	Incomplete bool
	Warnings   []*vc.Problem
}

// ParseOneRosterLineItem reads a lineItem of OneRoster 1.2, or an assessmentLineItem.
// Only learning objectives of the source case are items: the identifiers of others may
// look alike. The error is an [*Error].
func ParseOneRosterLineItem(text []byte, scale *Scale) (LineItem, error) {
	r := &reader{}
	v := r.parsed(text, jsonx.Object)
	l := LineItem{ID: r.text(v.Get("sourcedId")), Scale: scale}
	l.Min, l.Max = r.number(v.Get("resultValueMin")), r.number(v.Get("resultValueMax"))
	for id := range objectives(v, "learningObjectiveIds") {
		if guid := r.guid(id); !guid.IsZero() {
			l.Items = append(l.Items, guid)
		}
	}
	return l, r.err("line item")
}

// objectives walks those of the source case.
func objectives(v jsonx.Value, list string) func(yield func(jsonx.Value) bool) {
	return func(yield func(jsonx.Value) bool) {
		for set := range v.Get("learningObjectiveSet").All() {
			if jsonx.Content(set.Get("source")) != "case" {
				continue
			}
			for one := range set.Get(list).All() {
				if !yield(one) {
					return
				}
			}
		}
	}
}

// ParseOneRosterScale reads a scoreScale of OneRoster 1.2. The right side of a value is a
// number, or two with a dash between, both included.
func ParseOneRosterScale(text []byte) (*Scale, error) {
	r, s := &reader{}, &Scale{}
	for one := range r.parsed(text, jsonx.Object).Get("scoreScaleValue").All() {
		v := scaleValue{text: r.text(one.Get("itemValueLHS"))}
		v.low, v.high = parseRange(jsonx.Content(one.Get("itemValueRHS")))
		if v.low.IsZero() {
			r.note(CodeMemberMalformed, one.Get("itemValueRHS"), "a number, or two with a dash between")
		}
		s.values = append(s.values, v)
	}
	return s, r.err("score scale")
}

func parseRange(text string) (low, high Number) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, " ", ""), "–", "-")
	if n, ok := ParseNumber(text); ok {
		return n, n
	}
	dash := strings.Index(strings.TrimPrefix(text, "-"), "-") + len(text) - len(strings.TrimPrefix(text, "-"))
	if dash <= 0 || dash >= len(text) {
		return Number{}, Number{}
	}
	low, isLow := ParseNumber(text[:dash])
	high, isHigh := ParseNumber(text[dash+1:])
	if !isLow || !isHigh {
		return Number{}, Number{}
	}
	return low, high
}

// ParseOneRosterResult reads a result of OneRoster 1.2, or an assessmentResult: a result
// is final where it is fully graded, active, and neither incomplete nor in progress. What
// is not written as the standard has it, and whose meaning is plain, is read with a
// warning. The error is an [*Error].
func ParseOneRosterResult(text []byte, l LineItem, o RecordOptions) (Record, error) {
	r := &recordReader{}
	v := r.parsed(text, jsonx.Object)
	rec := Record{Person: r.text(v.Get("student").Get("sourcedId")), Raw: r.given(v.Get("score"))}
	rec.Event = Event{ID: r.needed(v, "sourcedId"), Source: o.Source, LineItem: l.ID}
	rec.Result, rec.Learner = rec.ID, firstOf(o.Learner, rec.Person)
	rec.At, rec.Modified = r.date(v.Get("scoreDate"), o.Zone), r.time(v.Get("dateLastModified"))
	rec.ID += "@" + firstOf(jsonx.Content(v.Get("dateLastModified")), jsonx.Content(v.Get("scoreDate")))
	status := r.text(v.Get("scoreStatus"))
	rec.Deleted = jsonx.Content(v.Get("status")) == "tobedeleted"
	unfinished := r.said(v.Get("inProgress"))
	rec.Incomplete = r.said(v.Get("incomplete")) || unfinished
	rec.Late, rec.Excused = r.said(v.Get("late")), status == "exempt"
	rec.Final = status == "fully graded" && !rec.Deleted && !rec.Incomplete && !r.said(v.Get("missing"))
	whole := scoreBy(l, rec.Raw, r.text(v.Get("textScore")))
	rec.Percent, rec.OverMax = whole.Percent, overMax(rec.Raw, l.Max)
	rec.Scores = r.own(v)
	rec.spread(whole, l.Items)
	rec.Warnings = vc.Warnings(r.problems)
	return rec, r.err("OneRoster result")
}

func scoreBy(l LineItem, raw Number, text string) Score {
	s := Score{Raw: raw, Percent: Percent(raw, l.Min, l.Max), Text: text}
	s.Low, _, _, _ = l.Scale.Lookup(text)
	return s
}

func overMax(raw, most Number) bool { return raw.AtLeast(most) && !most.AtLeast(raw) }

// spread gives the score of the whole to the items that have none of their own.
func (rec *Record) spread(whole Score, items []casefw.GUID) {
	for _, id := range items {
		if !slices.ContainsFunc(rec.Scores, func(own Score) bool { return own.Item == id }) {
			whole.Item = id
			rec.Scores = append(rec.Scores, whole)
		}
	}
}

type recordReader struct{ reader }

// own are the scores of single objectives. The model has no greatest for them, so that
// they have no percentage.
func (r *recordReader) own(v jsonx.Value) (all []Score) {
	for one := range objectives(v, "learningObjectiveResults") {
		all = append(all, r.objective(one))
	}
	for one := range objectives(v, "learningObjectiveIds") {
		r.note(CodeMemberRepaired, one, "learningObjectiveResults")
		all = append(all, r.objective(one))
	}
	return all
}

func (r *recordReader) objective(v jsonx.Value) Score {
	return Score{Item: r.guid(v.Get("learningObjectiveId")), Raw: r.given(v.Get("score")), Text: r.text(v.Get("textScore"))}
}

// given reads a number that some write as a text.
func (r *recordReader) given(v jsonx.Value) Number {
	n := r.number(v)
	if v.Kind() == jsonx.String && !n.IsZero() {
		r.note(CodeMemberRepaired, v, "a number")
	}
	return n
}

// said reads a flag, which OneRoster writes as a text.
func (r *recordReader) said(v jsonx.Value) bool {
	switch v.Kind() {
	case jsonx.True, jsonx.False:
		r.note(CodeMemberRepaired, v, `"true" or "false"`)
		return v.Kind() == jsonx.True
	case jsonx.Missing:
		return false
	}
	if text := jsonx.Content(v); text != "true" && text != "false" {
		r.note(CodeMemberMalformed, v, `"true" or "false"`)
	}
	return jsonx.Content(v) == "true"
}

// date reads the day of a score, which counts until its end.
func (r *recordReader) date(v jsonx.Value, zone *time.Location) time.Time {
	text := jsonx.Content(v)
	if datetime.IsDate(text) {
		if zone == nil {
			zone = time.UTC
		}
		day, err := time.ParseInLocation(time.DateOnly, text, zone)
		if err == nil {
			return day.AddDate(0, 0, 1).Add(-time.Nanosecond).UTC()
		}
	}
	if at, err := datetime.Parse(text); err == nil {
		r.note(CodeMemberRepaired, v, "a date such as 2026-01-01")
		return at.UTC()
	}
	if v.Exists() {
		r.note(CodeMemberMalformed, v, "a date such as 2026-01-01")
	} else {
		r.at(CodeMemberMissing, "/scoreDate", "", "")
	}
	return time.Time{}
}
