package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/plan"
)

// scenario is plans, events in the order of their arrival, and what is to be decided.
type scenario struct {
	ID     string            `json:"id"`
	Plans  json.RawMessage   `json:"plans"`
	Events []json.RawMessage `json:"events"`
	Held   []string          `json:"held"`   // achievements that the learners of the events hold already
	Replay bool              `json:"replay"` // all events come a second time
	Expect []expected        `json:"expect"`
}

// expected is a decision. What it does not say is not looked at.
type expected struct {
	AfterEvent        string     `json:"afterEvent"`
	Decision          string     `json:"decision"`
	Plan              string     `json:"plan"`
	Learner           string     `json:"learner"`
	Evidence          []string   `json:"evidence"`
	AchievedAt        *time.Time `json:"achievedAt"`
	Unmet             []string   `json:"unmet"`
	UnmetAchievements []string   `json:"unmetAchievements"`
	Requires          []string   `json:"requires"`
	Waived            []string   `json:"waived"`
	Via               []string   `json:"via"`
	Progress          string     `json:"progress"`
	Reason            string     `json:"reason"`
	Version           int        `json:"version"`
}

// run applies the events, each to the state that the one before left as text, and holds what
// was decided against what is expected.
func (s *scenario) run(o options, c *casefw.Catalog) error {
	e, err := engine(o, s.Plans, c)
	if err != nil {
		return err
	}
	events, err := s.events(o)
	if err != nil {
		return err
	}
	states := map[string][]byte{}
	var decided []plan.Decision
	for _, event := range events {
		var state plan.State
		if text := states[event.Learner]; text != nil {
			if state, err = plan.ParseState(text); err != nil {
				return err
			}
		}
		next, decisions, err := e.Apply(state, event)
		if err != nil {
			return err
		}
		if states[event.Learner], err = json.Marshal(next); err != nil {
			return err
		}
		decided = append(decided, decisions...)
	}
	return s.hold(decided)
}

func (s *scenario) events(o options) (all []plan.Event, err error) {
	for _, text := range s.Events {
		event, err := plan.ParseEvent(text)
		if err != nil {
			return nil, err
		}
		all = append(all, event)
	}
	if s.Replay {
		all = append(all, all...)
	}
	var held []plan.Event
	for i, achievement := range s.Held {
		for _, learner := range learnersOf(all) {
			held = append(held, plan.Event{ID: fmt.Sprint("held-", i), Kind: plan.KindHeld, Learner: learner, Achievement: achievement,
				At: o.clock()})
		}
	}
	return append(held, all...), nil
}

func learnersOf(events []plan.Event) (all []string) {
	for _, e := range events {
		if !slices.Contains(all, e.Learner) {
			all = append(all, e.Learner)
		}
	}
	return all
}

// hold finds each expected decision, and that nothing else is to be done.
func (s *scenario) hold(decided []plan.Decision) error {
	for _, x := range s.Expect {
		i := slices.IndexFunc(decided, func(d plan.Decision) bool {
			return d.Plan == x.Plan && d.Trigger == x.AfterEvent && d.Learner == x.Learner && string(d.Verdict) == x.Decision
		})
		if i < 0 {
			return fmt.Errorf("no %s of %s for %s after %s", x.Decision, x.Plan, x.Learner, x.AfterEvent)
		}
		if err := x.hold(&decided[i]); err != nil {
			return fmt.Errorf("%s of %s after %s: %w", x.Decision, x.Plan, x.AfterEvent, err)
		}
		decided = slices.Delete(decided, i, i+1)
	}
	for _, d := range decided {
		if d.Verdict != plan.VerdictNone {
			return fmt.Errorf("%s of %s for %s after %s is not expected", d.Verdict, d.Plan, d.Learner, d.Trigger)
		}
	}
	return nil
}

func (x *expected) hold(d *plan.Decision) error {
	unmet := d.Explanation.Unmet()
	for _, c := range []struct {
		what     string
		asked    bool
		is       bool
		got, had any
	}{
		{"evidence", x.Decision == "award", same(x.Evidence, d.Events()), d.Events(), x.Evidence},
		{"achievedAt", x.AchievedAt != nil, x.AchievedAt != nil && x.AchievedAt.Equal(d.AchievedAt), d.AchievedAt, x.AchievedAt},
		{"reason", x.Reason != "", x.Reason == string(d.Reason), d.Reason, x.Reason},
		{"progress", x.Progress != "", x.Progress == fmt.Sprint(d.Explanation.Have, "/", d.Explanation.Need),
			fmt.Sprint(d.Explanation.Have, "/", d.Explanation.Need), x.Progress},
		{"unmet", x.Unmet != nil, same(x.Unmet, unmet), unmet, x.Unmet},
		{"unmet achievements", x.UnmetAchievements != nil, within(x.UnmetAchievements, unmet), unmet, x.UnmetAchievements},
		{"waived", x.Waived != nil, same(x.Waived, d.Explanation.WaivedSubjects()), d.Explanation.WaivedSubjects(), x.Waived},
		{"version", x.Version != 0, x.Version == d.Version, d.Version, x.Version},
		{"via", x.Via != nil, within(x.Via, vias(d)), vias(d), x.Via},
		{"requires", x.Requires != nil, endsOf(x.Requires, d.Requires), d.Requires, x.Requires},
	} {
		if c.asked && !c.is {
			return fmt.Errorf("%s is %v, expected %v", c.what, c.got, c.had)
		}
	}
	return nil
}

func same(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

func within(some, all []string) bool {
	return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(all, s) })
}

// endsOf reports whether each plan that is required is the end of an achievement's id.
func endsOf(plans, achievements []string) bool {
	return !slices.ContainsFunc(plans, func(p string) bool {
		return !slices.ContainsFunc(achievements, func(a string) bool { return a == p || strings.HasSuffix(a, "/"+p) })
	})
}

func vias(d *plan.Decision) (all []string) {
	for _, u := range d.Evidence {
		all = append(all, u.Via)
	}
	return all
}
