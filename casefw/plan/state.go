package plan

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

const (
	// maxResults bounds the results of one learner: forty line items a term for forty
	// years are 3,200.
	maxResults = 20_000
	// maxHeld bounds what a learner holds from elsewhere, and the awards of a state.
	maxHeld = 10_000
	// maxState bounds a state as JSON: 20,000 results take 6 MiB.
	maxState = 64 << 20
)

// State is all that the engine knows of one learner: the newest version of each result,
// and the awards. It is a value: [Engine.Apply] returns another and leaves it as it was.
// The zero State is that of a learner of whom nothing is known. It has ids, numbers and
// dates, no names and no comments.
type State struct {
	learner string
	results []*Event // in the order of their Ref; immutable
	held    map[string]time.Time
	awards  map[string]*Award // by plan; immutable
}

// Award is where a learner stands with a plan of which something was decided.
type Award struct {
	Plan        string `json:"plan"`
	Version     int    `json:"version,omitempty"`
	Achievement string `json:"achievement"`
	Active      bool   `json:"active,omitempty"`
	// Revoked says that somebody took it back by hand: the engine awards it no more.
	Revoked bool `json:"revoked,omitempty"`
	// Generation counts how often it was awarded. It is part of the key.
	Generation int `json:"generation,omitempty"`
	// AchievedAt is the date of the last evidence that was needed, by all that is known
	// now. DecidedAt is what the decision said: late news may show an earlier date.
	AchievedAt time.Time `json:"achievedAt,omitzero"`
	DecidedAt  time.Time `json:"decidedAt,omitzero"`
	// Review is the reason for which somebody was asked to look, "" for none.
	Review   Reason   `json:"review,omitempty"`
	Results  []Ref    `json:"results,omitempty"`  // the evidence
	Requires []string `json:"requires,omitempty"` // the achievements that it rests on
}

// Learner returns whose state it is, "" for that of nobody yet.
func (s State) Learner() string { return s.learner }

// Award returns where the learner stands with a plan.
func (s State) Award(plan string) (Award, bool) {
	if a := s.awards[plan]; a != nil {
		return *a, true
	}
	return Award{}, false
}

// Awards returns all awards by the id of their plan, those that were revoked too.
func (s State) Awards() []Award {
	var all []Award
	for _, id := range slices.Sorted(maps.Keys(s.awards)) {
		all = append(all, *s.awards[id])
	}
	return all
}

// Holds reports since when the learner holds an achievement, by an award that stands or
// from elsewhere.
func (s *State) Holds(achievement string) (since time.Time, held bool) {
	since, held = s.held[achievement]
	for _, a := range s.awards {
		if a.Active && a.Achievement == achievement && (!held || a.AchievedAt.Before(since)) {
			since, held = a.AchievedAt, true
		}
	}
	return since, held
}

func (s State) clone() State {
	s.results, s.held, s.awards = slices.Clone(s.results), maps.Clone(s.held), maps.Clone(s.awards)
	if s.held == nil {
		s.held = map[string]time.Time{}
	}
	if s.awards == nil {
		s.awards = map[string]*Award{}
	}
	return s
}

func (s *State) find(r Ref) (int, bool) {
	return slices.BinarySearchFunc(s.results, r, func(e *Event, r Ref) int { return e.ref().compare(r) })
}

// put takes a version of a result. It returns the one before, and whether the new one
// holds.
func (s *State) put(e *Event) (before *Event, holds bool) {
	i, found := s.find(e.ref())
	if !found {
		s.results = slices.Insert(s.results, i, e)
		return nil, true
	}
	before = s.results[i]
	if e.newer(before) <= 0 {
		return before, false
	}
	s.results[i] = e
	return before, true
}

// form is the state as JSON.
type form struct {
	Learner string               `json:"learner"`
	Results []*Event             `json:"results,omitempty"`
	Held    map[string]time.Time `json:"held,omitempty"`
	Awards  []Award              `json:"awards,omitempty"`
}

// MarshalJSON implements json.Marshaler. Equal states have equal texts.
func (s State) MarshalJSON() ([]byte, error) {
	return json.Marshal(form{s.learner, s.results, s.held, s.Awards()})
}

// ParseState reads what [State] wrote. The error is an [*Error]. text must not be
// changed afterwards.
func ParseState(text []byte) (State, error) {
	r := &reader{}
	s := r.state(r.parsedWithin(text, jsonx.Object, maxState))
	if err := r.err("state"); err != nil {
		return State{}, err
	}
	return s, nil
}

func (r *reader) state(v jsonx.Value) State {
	s := State{learner: r.text(v.Get("learner"))}.clone()
	if v.Get("results").Len() > maxResults || v.Get("held").Len() > maxHeld || v.Get("awards").Len() > maxHeld {
		r.at(CodeLimit, v.Pointer(), "", fmt.Sprintf("at most %d results and %d awards", maxResults, maxHeld))
		return s
	}
	for one := range v.Get("results").All() {
		e := r.event(one)
		s.put(&e)
	}
	for m := v.Get("held").First(); m.Exists(); m = m.Next() {
		s.held[m.Name()] = r.time(m)
	}
	for one := range v.Get("awards").All() {
		a := r.award(one)
		s.awards[a.Plan] = &a
	}
	return s
}

func (r *reader) award(v jsonx.Value) Award {
	a := Award{Plan: r.needed(v, "plan"), Version: r.count(v.Get("version")), Achievement: r.text(v.Get("achievement")),
		Active: r.flag(v.Get("active")), Revoked: r.flag(v.Get("revoked")), Generation: r.count(v.Get("generation")),
		AchievedAt: r.time(v.Get("achievedAt")), DecidedAt: r.time(v.Get("decidedAt")), Review: Reason(r.text(v.Get("review")))}
	for one := range v.Get("results").All() {
		a.Results = append(a.Results, r.ref(one))
	}
	a.Requires = jsonx.Texts(v.Get("requires"))
	return a
}

func (r *reader) ref(v jsonx.Value) Ref {
	return Ref{r.text(v.Get("source")), r.text(v.Get("result")), r.text(v.Get("event"))}
}
