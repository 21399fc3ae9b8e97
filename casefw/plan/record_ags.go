package plan

import (
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// ParseAGSLineItem reads a line item of LTI Assignment and Grade Services 2.0. The
// options say by what agreement, if any, it names an item. The error is an [*Error].
func ParseAGSLineItem(text []byte, o RecordOptions) (LineItem, error) {
	r := &reader{}
	v := r.parsed(text, jsonx.Object)
	l := LineItem{ID: r.needed(v, "id"), Max: r.number(v.Get("scoreMaximum"))}
	tag, tagged := strings.CutPrefix(jsonx.Content(v.Get("tag")), "case:")
	if id, err := casefw.ParseGUID(tag); o.AlignByTag && tagged && err == nil {
		l.Items = append(l.Items, id)
	}
	if id, err := casefw.ParseGUID(jsonx.Content(v.Get("resourceId"))); o.AlignByResourceID && err == nil && !slices.Contains(l.Items, id) {
		l.Items = append(l.Items, id)
	}
	return l, r.err("line item")
}

// progress are the words of gradingProgress, of which the first alone is final.
var progress = []string{"FullyGraded", "Pending", "PendingManual", "Failed", "NotReady"}

// activity are the words of activityProgress, of which the first alone is complete.
var activity = []string{"Completed", "Initialized", "Started", "InProgress", "Submitted"}

// ParseAGSScore reads a Score of LTI AGS 2.0: its own scoreMaximum counts, and not that
// of the line item, to which a platform scales it. One without scoreGiven clears the
// score that was there. The error is an [*Error].
func ParseAGSScore(text []byte, l LineItem, o RecordOptions) (Record, error) {
	r := &recordReader{}
	v := r.parsed(text, jsonx.Object)
	rec := Record{Person: r.needed(v, "userId"), Raw: r.agsNumber(v.Get("scoreGiven"))}
	most := r.agsNumber(v.Get("scoreMaximum"))
	switch {
	case v.Get("scoreGiven").Exists() && !v.Get("scoreMaximum").Exists():
		r.missing(v, "scoreMaximum")
	case !most.IsZero() && NewNumber(0).AtLeast(most):
		r.note(CodeMemberMalformed, v.Get("scoreMaximum"), "a number above 0")
	}
	if rec.Raw.negative() {
		r.note(CodeMemberMalformed, v.Get("scoreGiven"), "a number from 0")
	}
	rec.Event = Event{Source: o.Source, LineItem: l.ID, Learner: firstOf(o.Learner, rec.Person), At: r.time(v.Get("timestamp"))}
	if !v.Get("timestamp").Exists() {
		r.missing(v, "timestamp")
	}
	rec.Result = l.ID + " " + rec.Person
	rec.ID = rec.Result + "@" + jsonx.Content(v.Get("timestamp"))
	rec.Final = r.among(v, "gradingProgress", progress) == progress[0]
	rec.Incomplete = r.among(v, "activityProgress", activity) != activity[0]
	rec.Percent, rec.OverMax = Percent(rec.Raw, Number{}, most), overMax(rec.Raw, most)
	rec.spread(Score{Raw: rec.Raw, Percent: rec.Percent}, l.Items)
	rec.Warnings = vc.Warnings(r.problems)
	return rec, r.err("AGS score")
}

// agsNumber is strict: AGS numbers are JSON numbers.
func (r *recordReader) agsNumber(v jsonx.Value) Number {
	if v.Exists() && v.Kind() != jsonx.Number {
		r.note(CodeMemberMalformed, v, "a number")
		return Number{}
	}
	return r.number(v)
}

func (r *recordReader) among(object jsonx.Value, name string, known []string) string {
	text := r.needed(object, name)
	if text != "" && !slices.Contains(known, text) {
		r.note(CodeMemberMalformed, object.Get(name), strings.Join(known, ", "))
	}
	return text
}

// ParseAGSResult reads a Result of LTI AGS 2.0, which has neither a date nor whether it is
// to stay: it counts from when it was first seen so, and is [Event.Current]. Its own
// resultMaximum counts, 1 by default. One without resultScore clears the score that was
// there. The error is an [*Error].
func ParseAGSResult(text []byte, l LineItem, seen time.Time, o RecordOptions) (Record, error) {
	r := &recordReader{}
	v := r.parsed(text, jsonx.Object)
	rec := Record{Person: r.needed(v, "userId"), Raw: r.agsNumber(v.Get("resultScore"))}
	most := r.agsNumber(v.Get("resultMaximum"))
	if most.IsZero() {
		most = NewNumber(1)
	}
	rec.Event = Event{Source: o.Source, LineItem: l.ID, Learner: firstOf(o.Learner, rec.Person), At: seen, Modified: seen,
		Current: !rec.Raw.IsZero()}
	rec.Result = l.ID + " " + rec.Person
	rec.ID = rec.Result + "@" + seen.UTC().Format(time.RFC3339Nano)
	rec.Percent, rec.OverMax = Percent(rec.Raw, Number{}, most), overMax(rec.Raw, most)
	rec.spread(Score{Raw: rec.Raw, Percent: rec.Percent}, l.Items)
	rec.Warnings = vc.Warnings(r.problems)
	return rec, r.err("AGS result")
}
