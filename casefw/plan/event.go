package plan

import (
	"cmp"
	"slices"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Kind says what an [Event] tells.
type Kind string

// The values of [Kind].
const (
	KindResult           Kind = ""                  // a result of a gradebook, or its deletion
	KindManualRevocation Kind = "manual-revocation" // somebody took an award back, which the engine never undoes
	KindHeld             Kind = "held"              // the learner holds an achievement that no plan here awards
)

// Event is what is told of one learner. It names no person but by the learner's id, and
// carries no comment.
//
// A result is known by Source and Result, or where Result is empty by its event's ID. Of
// two events about one result the later holds, by At, then by Modified.
type Event struct {
	ID      string `json:"id"`
	Kind    Kind   `json:"kind,omitempty"`
	Learner string `json:"learner"`

	Source   string    `json:"source,omitempty"` // which gradebook
	Result   string    `json:"result,omitempty"` // the result's id there
	LineItem string    `json:"lineItem,omitempty"`
	At       time.Time `json:"at"`                // the date of the score; of a deletion when it was
	Modified time.Time `json:"modified,omitzero"` // when the record was last changed
	Deleted  bool      `json:"deleted,omitempty"` // the result is no more
	Final    bool      `json:"final,omitempty"`   // graded, and to stay so
	Current  bool      `json:"current,omitempty"` // graded, and it is not known whether to stay so: it leads to a review at most
	Excused  bool      `json:"excused,omitempty"` // the learner need not do this
	Late     bool      `json:"late,omitempty"`    // handed in too late
	Scores   []Score   `json:"scores,omitempty"`  // one for each item or criterion

	Plan        string `json:"plan,omitempty"`        // of a manual revocation
	Achievement string `json:"achievement,omitempty"` // of what is held
}

// Score is what a result says of one item, or of one criterion of a rubric.
type Score struct {
	Item      casefw.GUID `json:"-"`
	Criterion casefw.GUID `json:"-"`
	Level     casefw.GUID `json:"-"` // of the criterion, where the gradebook knows it

	Percent Number `json:"percent,omitzero"` // from 0 to 100, and beyond; see [Percent]
	Raw     Number `json:"raw,omitzero"`
	// Low is the least raw score that Text stands for in the scale of the line item. It
	// counts where Raw is not known.
	Low  Number `json:"low,omitzero"`
	Text string `json:"text,omitempty"`
}

// Ref names a result: by its source and its id there, or by the event that told of it
// where it has none.
type Ref struct {
	Source string `json:"source,omitempty"`
	Result string `json:"result,omitempty"`
	Event  string `json:"event,omitempty"`
}

func (e *Event) ref() Ref {
	if e.Result == "" {
		return Ref{e.Source, "", e.ID}
	}
	return Ref{e.Source, e.Result, ""}
}

func (a Ref) compare(b Ref) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Result, b.Result), cmp.Compare(a.Event, b.Event))
}

// newer orders the versions of a result, so that any order of arrival ends with the same
// one: a deletion and a grade that is final hold over what is told of the same instant.
func (e *Event) newer(other *Event) int {
	return cmp.Or(e.At.Compare(other.At), e.Modified.Compare(other.Modified), cmp.Compare(e.weight(), other.weight()),
		cmp.Compare(len(e.ID), len(other.ID)), cmp.Compare(e.ID, other.ID))
}

func (e *Event) weight() int {
	switch {
	case e.Deleted:
		return 2
	case e.Final:
		return 1
	}
	return 0
}

// subjects are the items and criteria that an event says something of.
func (e *Event) subjects(yield func(casefw.GUID) bool) {
	for i := range e.Scores {
		if !yield(e.Scores[i].subject()) {
			return
		}
	}
}

func (s *Score) subject() casefw.GUID {
	if s.Item.IsZero() {
		return s.Criterion
	}
	return s.Item
}

// maxScores bounds the items of one result: an examination of a year has some hundred.
const maxScores = 1000

// ParseEvent reads an event from JSON, with the members that the fields of [Event] name.
// In place of scores it may have items or rubricCriterion beside one percent, or raw with
// min and max, and objectives for the items that have a score of their own, which is
// how gradebooks put it. The error is an [*Error]. text must not be changed afterwards.
func ParseEvent(text []byte) (Event, error) {
	r := &reader{}
	e := r.event(r.parsed(text, jsonx.Object))
	return e, r.err("event")
}

func (r *reader) event(v jsonx.Value) (e Event) {
	if !v.Exists() {
		return e
	}
	if v.Kind() != jsonx.Object {
		r.note(CodeMemberMalformed, v, "an object")
		return e
	}
	e.ID, e.Learner = r.needed(v, "id"), r.needed(v, "learner")
	e.Kind = word(r, v.Get("kind"), KindManualRevocation, KindHeld)
	e.Source, e.Result, e.LineItem = r.text(v.Get("source")), r.text(v.Get("result")), r.text(v.Get("lineItem"))
	if !v.Get("at").Exists() {
		r.missing(v, "at")
	}
	e.At, e.Modified = r.time(v.Get("at")), r.time(v.Get("modified"))
	e.Deleted, e.Final, e.Current = r.flag(v.Get("deleted")), r.flag(v.Get("final")), r.flag(v.Get("current"))
	e.Excused, e.Late = r.flag(v.Get("excused")), r.flag(v.Get("late"))
	switch e.Kind {
	case KindManualRevocation:
		e.Plan = r.needed(v, "plan")
	case KindHeld:
		e.Achievement = r.needed(v, "achievement")
	default:
		e.Scores = r.scores(v)
	}
	return e
}

// scores reads both forms.
func (r *reader) scores(v jsonx.Value) (all []Score) {
	for _, list := range []jsonx.Value{v.Get("scores"), v.Get("objectives")} {
		for one := range list.All() {
			all = append(all, r.score(one))
		}
	}
	whole := r.score(v)
	if !whole.subject().IsZero() {
		all = append(all, whole)
	}
	for one := range v.Get("items").All() {
		whole.Item, whole.Criterion = r.guid(one), casefw.GUID{}
		if !slices.ContainsFunc(all, func(own Score) bool { return own.Item == whole.Item }) {
			all = append(all, whole)
		}
	}
	if len(all) > maxScores {
		r.at(CodeLimit, v.Pointer(), "", "at most 1000 scores in a result")
	}
	return all
}

func (r *reader) score(v jsonx.Value) (s Score) {
	s.Item, s.Criterion, s.Level = r.guid(v.Get("item")), r.guid(v.Get("rubricCriterion")), r.guid(v.Get("level"))
	s.Percent, s.Raw, s.Low = r.number(v.Get("percent")), r.number(v.Get("raw")), r.number(v.Get("low"))
	if score := v.Get("score"); score.Exists() {
		s.Raw = r.number(score)
	}
	if s.Percent.IsZero() {
		s.Percent = Percent(s.Raw, r.number(v.Get("min")), r.number(v.Get("max")))
	}
	s.Text = r.text(v.Get("text"))
	if text := v.Get("textScore"); text.Exists() {
		s.Text = r.text(text)
	}
	return s
}
