package plan

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/vc"
)

// Verdict is what was decided.
type Verdict string

// The values of [Verdict].
const (
	VerdictNone   Verdict = "none"   // nothing is to be done
	VerdictAward  Verdict = "award"  // issue it
	VerdictReview Verdict = "review" // somebody has to look
	VerdictRevoke Verdict = "revoke" // the award of this Key is no more
)

// Decision is what came of a plan, and why. [ParseDecision] reads what encoding/json writes
// of it.
type Decision struct {
	Verdict     Verdict `json:"decision"`
	Plan        string  `json:"plan"`
	Version     int     `json:"version"`
	Learner     string  `json:"learner"`
	Achievement string  `json:"achievement"`
	// Key names the award, whatever evidence it rests on: who issues for each key once
	// issues once. Generation counts what was awarded anew after a revocation.
	Key        string    `json:"key,omitempty"`
	Generation int       `json:"generation,omitempty"`
	Reason     Reason    `json:"reason,omitempty"`
	AchievedAt time.Time `json:"achievedAt,omitzero"`
	// Evidence is what the award rests on, the earliest first, one entry for each result
	// and what it was taken for; Requires are the achievements that it rests on.
	Evidence []Used   `json:"evidence,omitempty"`
	Requires []string `json:"requires,omitempty"`
	// Explanation is the whole condition.
	Explanation *Node     `json:"explanation,omitempty"`
	Framework   Framework `json:"framework"`
	// Trigger is the event after which it was decided, "" for [Engine.Recompute].
	Trigger string `json:"trigger,omitempty"`
}

// Events returns the ids of the events of the evidence, each once.
func (d *Decision) Events() (all []string) {
	for i := range d.Evidence {
		if !slices.Contains(all, d.Evidence[i].Told) {
			all = append(all, d.Evidence[i].Told)
		}
	}
	return all
}

// Apply takes an event, and returns the learner's state with it and what is decided of
// each plan that it may change, in the order in which it is to be done: prerequisites
// come before what requires them. The state that is given stays as it was. An event that
// came before, or that is older than what is known of its result, changes nothing and
// decides nothing.
//
// The error is an [*Error], for an event of another learner, one without ID, date or
// learner, and one that would be more than a state holds.
func (e *Engine) Apply(s State, event Event) (State, []Decision, error) {
	if err := s.fits(&event); err != nil {
		return s, nil, err
	}
	t := &turn{engine: e, now: e.config.now(), state: s.clone(), trigger: event.ID, due: map[int]bool{}}
	t.state.learner = event.Learner
	if !t.take(&event) {
		return s, nil, nil
	}
	return t.state, t.decide(), nil
}

// Recompute judges all plans by what is known of a learner: after plans were changed, or
// when a version comes into force. Since it changes nothing but what it returns, it also
// tells who would get what by plans that are only drafted.
func (e *Engine) Recompute(s State) (State, []Decision) {
	t := &turn{engine: e, now: e.config.now(), state: s.clone(), due: map[int]bool{}}
	for _, g := range e.groups {
		t.due[g.rank] = true
	}
	return t.state, t.decide()
}

// fits says why a state cannot take an event.
func (s *State) fits(event *Event) error {
	r := &reader{}
	if event.ID == "" {
		r.at(CodeMemberMissing, "/id", "", "")
	}
	if event.Learner == "" {
		r.at(CodeMemberMissing, "/learner", "", "")
	}
	if event.At.Year() < 1 || event.At.IsZero() || event.At.Year() > 9999 || event.Modified.Year() > 9999 {
		r.at(CodeMemberMalformed, "/at", "", "an instant of the years 1 to 9999")
	}
	if s.learner != "" && s.learner != event.Learner {
		r.at(CodeMemberMalformed, "/learner", vc.Quote(event.Learner), "the learner of the state")
	}
	for name := range event.names {
		if len(name) > maxName || !utf8.ValidString(name) {
			r.at(CodeLimit, "", vc.Quote(name), fmt.Sprintf("at most %d bytes of UTF-8", maxName))
		}
	}
	if len(event.Scores) > maxScores {
		r.at(CodeLimit, "/scores", "", fmt.Sprintf("at most %d scores in a result", maxScores))
	}
	if _, known := s.find(event.ref()); !known && len(s.results) >= maxResults || len(s.held) >= maxHeld {
		r.at(CodeLimit, "", "", fmt.Sprintf("at most %d results and %d achievements of one learner", maxResults, maxHeld))
	}
	return r.err("event")
}

// names walks the texts of an event.
func (e *Event) names(yield func(string) bool) {
	for _, name := range []string{e.ID, e.Learner, e.Source, e.Result, e.LineItem, e.Plan, e.Achievement} {
		if !yield(name) {
			return
		}
	}
	for i := range e.Scores {
		if !yield(e.Scores[i].Text) {
			return
		}
	}
}

// turn is what one event causes.
type turn struct {
	engine  *Engine
	now     time.Time
	state   State
	trigger string
	due     map[int]bool // the ranks of the plans to be judged
}

// take puts an event into the state and notes the plans that it may change. It is false
// where the event says nothing new.
func (t *turn) take(event *Event) bool {
	switch event.Kind {
	case KindManualRevocation:
		return t.revoke(event)
	case KindHeld:
		since, held := t.state.held[event.Achievement]
		if held && !event.At.Before(since) {
			return false
		}
		t.state.held[event.Achievement] = event.At
		t.wake(event.Achievement)
		return true
	}
	event.Scores = slices.Clone(event.Scores)
	event.At, event.Modified = event.At.UTC().Round(0), event.Modified.UTC().Round(0)
	before, holds := t.state.put(event)
	if !holds {
		return false
	}
	for _, version := range []*Event{before, event} {
		if version == nil {
			continue
		}
		for id := range version.subjects {
			for _, g := range t.engine.bySubj[id] {
				t.due[g.rank] = true
			}
		}
	}
	return true
}

func (t *turn) revoke(event *Event) bool {
	a, _ := t.state.Award(event.Plan)
	if a.Revoked {
		return false
	}
	a.Plan, a.Active, a.Revoked, a.Review = event.Plan, false, true, ""
	if g := t.engine.byID[event.Plan]; g != nil && a.Achievement == "" {
		a.Achievement = g.versions[len(g.versions)-1].Achievement
	}
	t.state.awards[a.Plan] = &a
	t.wake(a.Achievement)
	return true
}

// wake has the plans judged that require an achievement.
func (t *turn) wake(achievement string) {
	for _, g := range t.engine.byNeed[achievement] {
		t.due[g.rank] = true
	}
}

// decide judges the plans that are due, what is required first. What it finds wakes only
// plans behind it, so one pass comes to an end.
func (t *turn) decide() (all []Decision) {
	for len(t.due) > 0 {
		next := -1
		for rank := range t.due {
			if next < 0 || rank < next {
				next = rank
			}
		}
		delete(t.due, next)
		if d, any := t.judge(t.engine.groups[next]); any {
			all = append(all, d)
		}
	}
	return all
}

// judge decides about one plan. It is false where no version of it is in force.
func (t *turn) judge(g *group) (d Decision, any bool) {
	var v *version
	var n *Node
	for one, until := range g.inForce(t.now) {
		v, n = one, one.judged(&t.state, until, false)
		if n.carries() {
			break
		}
	}
	if v == nil {
		return d, false
	}
	before, _ := t.state.Award(g.id)
	after := before
	switch {
	case before.Revoked:
		d = t.decision(VerdictNone, v, n, ReasonManuallyRevoked)
	case n.carries():
		d = t.award(v, n, &after)
	case before.Active:
		d = t.lost(g, v, n, &after)
	default:
		d = t.doubted(g, v, n, &after)
	}
	d.Generation = after.Generation
	if d.Generation > 0 {
		d.Key = keyOf(g.id, d.Learner, after.Achievement, d.Generation)
	}
	if known := t.state.awards[g.id]; known != nil || after.Plan != "" {
		t.state.awards[g.id] = &after
	}
	if before.Active != after.Active || !before.AchievedAt.Equal(after.AchievedAt) {
		t.wake(after.Achievement)
	}
	return d, true
}

// carries reports whether a condition is met by at least one result or achievement: who
// was excused from everything has shown nothing.
func (n *Node) carries() bool {
	if !n.met() {
		return false
	}
	for l := range n.carrying {
		if l.met() && !l.Waived && l.Kind != opNot {
			return true
		}
	}
	return false
}

func (t *turn) decision(verdict Verdict, v *version, n *Node, reason Reason) Decision {
	if reason == "" && verdict == VerdictNone && n.met() {
		reason = ReasonNoEvidence
	}
	return Decision{Verdict: verdict, Plan: v.ID, Version: v.Version, Learner: t.state.learner, Achievement: v.Achievement,
		Reason: reason, AchievedAt: n.At, Evidence: n.evidence(), Requires: n.requires(), Explanation: n,
		Framework: v.framework, Trigger: t.trigger}
}

// evidence is what a condition that is met rests on.
func (n *Node) evidence() (all []Used) {
	if !n.met() {
		return nil
	}
	for l := range n.carrying {
		for _, u := range l.Used {
			if u.Counted {
				all = append(all, u)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Used) int { return a.event.newer(b.event) })
	return all
}

func (n *Node) requires() (all []string) {
	if !n.met() {
		return nil
	}
	for l := range n.carrying {
		if l.Kind == "achievement" {
			all = append(all, l.Subject)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// award notes that a plan is met, which is news only where it was not.
func (t *turn) award(v *version, n *Node, a *Award) Decision {
	verdict, reason := VerdictNone, ReasonHeldAlready
	if !a.Active {
		verdict, reason = VerdictAward, ""
		a.Generation++
		a.DecidedAt = n.At
	}
	d := t.decision(verdict, v, n, reason)
	a.Plan, a.Version, a.Achievement, a.Active, a.Review = v.ID, v.Version, v.Achievement, true, ""
	a.AchievedAt, a.Requires, a.Results = n.At, d.Requires, nil
	for _, u := range d.Evidence {
		if u.Via != viaAchievement && !slices.Contains(a.Results, u.Ref) {
			a.Results = append(a.Results, u.Ref)
		}
	}
	return d
}

// lost decides about an award that the versions in force do not give: it stands where
// its own version still does, or is not at hand.
func (t *turn) lost(g *group, v *version, n *Node, a *Award) Decision {
	own := g.find(a.Version)
	if own == nil {
		return t.decision(VerdictNone, v, n, ReasonHeldAlready)
	}
	if own != v {
		v, n = own, own.judged(&t.state, time.Time{}, false)
		if n.carries() {
			a.Review = ""
			return t.decision(VerdictNone, v, n, ReasonHeldAlready)
		}
	}
	reason, reaction := t.cause(v, a)
	switch {
	case reaction == ReactionRevoke:
		a.Active, a.Review, a.AchievedAt = false, "", time.Time{}
		return t.decision(VerdictRevoke, v, n, reason)
	case reaction == ReactionReview && a.Review != reason:
		a.Review = reason
		return t.decision(VerdictReview, v, n, reason)
	}
	return t.decision(VerdictNone, v, n, reason)
}

// cause says why an award is no longer carried. Where there are several causes, that of
// the strongest reaction decides.
func (t *turn) cause(v *version, a *Award) (Reason, Reaction) {
	type cause struct {
		reason   Reason
		reaction Reaction
	}
	var all []cause
	for _, r := range a.Results {
		if i, known := t.state.find(r); known && t.state.results[i].Deleted {
			all = append(all, cause{ReasonDeleted, v.OnEvidenceDeleted})
			break
		}
	}
	for _, achievement := range a.Requires {
		if _, held := t.state.Holds(achievement); !held {
			all = append(all, cause{ReasonPrerequisiteRevoked, v.OnPrerequisiteRevoked})
			break
		}
	}
	if len(all) == 0 {
		all = append(all, cause{ReasonNoLongerSufficient, v.OnRegradeDown})
	}
	strongest := slices.MaxFunc(all, func(a, b cause) int { return cmp.Compare(a.reaction.weight(), b.reaction.weight()) })
	if strongest.reaction == "" {
		strongest.reaction = ReactionReview
	}
	return strongest.reason, strongest.reaction
}

// weight orders reactions; "" is a review.
func (r Reaction) weight() int {
	switch r {
	case ReactionKeep:
		return 0
	case ReactionRevoke:
		return 2
	}
	return 1
}

// doubted asks somebody to look where the plan would be met by results that are in doubt.
func (t *turn) doubted(g *group, v *version, n *Node, a *Award) Decision {
	for one, until := range g.inForce(t.now) {
		if one == v && !n.soft {
			continue // as it was judged already
		}
		found := one.judged(&t.state, until, true)
		if !found.carries() || found.Doubt == "" {
			continue
		}
		known := a.Review == found.Doubt
		a.Plan, a.Achievement, a.Review = g.id, one.Achievement, found.Doubt
		if known {
			return t.decision(VerdictNone, one, found, found.Doubt)
		}
		return t.decision(VerdictReview, one, found, found.Doubt)
	}
	a.Review = ""
	return t.decision(VerdictNone, v, n, n.Reason)
}

// keyOf is the key of an award. The evidence is no part of it, so that a second good
// result makes no second award.
func keyOf(plan, learner, achievement string, generation int) string {
	h := sha256.New()
	for _, part := range []string{plan, learner, achievement} {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	fmt.Fprintf(h, "%d", generation)
	return hex.EncodeToString(h.Sum(nil))
}
