package plan

import (
	"cmp"
	"slices"
	"time"
)

// judge is one look at the evidence of a learner by one version of a plan.
type judge struct {
	*version
	state *State
	// before is when the next version took over, zero for never; asOf the day to which
	// the age of evidence counts, zero where it does not matter.
	before, asOf time.Time
	// doubtful takes what somebody has to look at.
	doubtful bool
}

// judged is how a version finds the evidence. Where its age matters, that day counts on
// which the condition was met for the first time, so that no order of arrival and no
// clock changes it.
func (v *version) judged(s *State, before time.Time, doubtful bool) *Node {
	j := judge{version: v, state: s, before: before, doubtful: doubtful}
	if v.EvidenceMaxAgeDays == 0 {
		return j.node(v.root)
	}
	var found *Node
	for _, day := range j.days() {
		j.asOf = day
		if found = j.node(v.root); found.met() {
			return found
		}
	}
	if found == nil {
		found = j.node(v.root)
	}
	return found
}

// days are the dates of the results that the plan may count.
func (j *judge) days() (all []time.Time) {
	for _, e := range j.state.results {
		for id := range e.subjects {
			if j.subjects[id] {
				all = append(all, e.At)
				break
			}
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	return slices.CompactFunc(all, time.Time.Equal)
}

func (j *judge) node(c *cond) *Node {
	if c.leaf != nil {
		return j.leaf(c.leaf)
	}
	n := &Node{Kind: c.op, Subject: c.subject, Of: make([]*Node, len(c.of))}
	for i, one := range c.of {
		n.Of[i] = j.node(one)
		n.soft = n.soft || n.Of[i].soft
	}
	switch c.op {
	case opNot:
		n.negate()
	case opDescendants:
		n.rollUp()
	default:
		n.choose(c.n)
	}
	return n
}

// negate is met where what is below is not.
func (n *Node) negate() {
	n.Outcome, n.Need = OutcomeUnsatisfied, 1
	if !n.Of[0].met() {
		n.Outcome, n.Have, n.Need = OutcomeSatisfied, 0, 0
	}
}

// rollUp takes the item itself, which stands first, or else all of the leaves below it.
func (n *Node) rollUp() {
	if n.Of[0].met() || len(n.Of) == 1 {
		n.Of = n.Of[:1]
	} else {
		n.Of = n.Of[1:]
	}
	n.choose(len(n.Of))
}

// choose is met where as many as are needed below are, and rests on those that were met
// first. Where too few are, it counts those that are nearest.
func (n *Node) choose(need int) {
	order := slices.Clone(n.Of)
	slices.SortStableFunc(order, func(a, b *Node) int {
		if a.met() != b.met() {
			return cmp.Compare(b.rank(), a.rank())
		}
		if a.met() {
			return cmp.Or(cmp.Compare(a.Doubt, b.Doubt), a.At.Compare(b.At))
		}
		return cmp.Or(cmp.Compare(a.Need-a.Have, b.Need-b.Have), cmp.Compare(b.Have, a.Have))
	})
	n.Outcome = OutcomeSatisfied
	for _, one := range order[:need] {
		n.Have, n.Need = n.Have+one.Have, n.Need+one.Need
		switch {
		case one.met():
			one.Counted = true
			n.Doubt = cmp.Or(n.Doubt, one.Doubt)
			if one.At.After(n.At) {
				n.At = one.At
			}
		case one.Outcome == OutcomeUnsatisfied || n.Outcome == OutcomeUnsatisfied:
			n.Outcome = OutcomeUnsatisfied
		default:
			n.Outcome = OutcomeUnknown
		}
		if n.Reason == "" && !one.met() {
			n.Reason = one.Reason
		}
	}
	if !n.met() {
		n.At, n.Doubt = time.Time{}, ""
	}
}

func (n *Node) rank() int {
	if n.met() {
		return 1
	}
	return 0
}

func (j *judge) leaf(l *leaf) *Node {
	n := &Node{Kind: l.kind.name, Need: 1}
	if l.achievement != "" {
		j.held(l, n)
		return n
	}
	n.Subject, n.Wanted = l.subject, l.threshold
	excused := j.look(l, n)
	j.attempts(l, n)
	if !n.met() && excused && j.OnExcused == OnExcusedWaive {
		n.Outcome, n.Have, n.Waived, n.Reason = OutcomeSatisfied, 1, true, ""
	}
	return n
}

// viaAchievement marks what an award rests on by way of another.
const viaAchievement = "achievement"

// held judges a prerequisite, whose evidence carries what requires it, too.
func (j *judge) held(l *leaf, n *Node) {
	n.Subject, n.Outcome = l.achievement, OutcomeUnsatisfied
	since, held := j.state.Holds(l.achievement)
	if !held {
		return
	}
	n.Outcome, n.Have, n.At = OutcomeSatisfied, 1, since
	for queue, seen := []string{l.achievement}, map[string]bool{}; len(queue) > 0; queue = queue[1:] {
		for _, a := range j.state.awards {
			if !a.Active || a.Achievement != queue[0] || seen[a.Plan] {
				continue
			}
			seen[a.Plan] = true
			queue = append(queue, a.Requires...)
			for _, r := range a.Results {
				if i, known := j.state.find(r); known && !j.state.results[i].Deleted {
					e := j.state.results[i]
					n.Used = append(n.Used, Used{Ref: r, Told: e.ID, LineItem: e.LineItem, At: e.At, Item: a.Achievement,
						Via: viaAchievement, Met: true, Counted: true, event: e})
				}
			}
		}
	}
	slices.SortFunc(n.Used, func(a, b Used) int { return cmp.Or(a.event.newer(b.event), cmp.Compare(a.Item, b.Item)) })
}

// look notes every result for a leaf, and whether the learner was excused.
func (j *judge) look(l *leaf, n *Node) (excused bool) {
	for _, e := range j.state.results {
		for i := range e.Scores {
			s := &e.Scores[i]
			for a := range l.accepts {
				if s.subject() != l.accepts[a].id {
					continue
				}
				u := Used{Ref: e.ref(), Told: e.ID, LineItem: e.LineItem, At: e.At, Item: l.accepts[a].id.String(),
					Via: l.accepts[a].via, event: e}
				u.Met, u.Value, u.Reason = l.kind.meets(l, s)
				if barred := j.barred(e, &l.accepts[a]); barred != "" {
					u.Met, u.Reason = u.Met && soft(barred), barred
					n.soft = n.soft || soft(barred)
				} else if !u.Met && u.Reason == "" {
					u.Reason = ReasonBelow
				}
				excused = excused || u.Reason == ReasonExcused
				n.Used = append(n.Used, u)
			}
		}
	}
	slices.SortFunc(n.Used, func(a, b Used) int { return a.event.newer(b.event) })
	return excused
}

// soft reports whether somebody may decide that a result counts after all.
func soft(r Reason) bool { return r == ReasonRetired || r == ReasonProvisional }

// barred says why a result does not count whatever its score.
func (j *judge) barred(e *Event, a *accepted) Reason {
	switch {
	case e.Deleted:
		return ReasonDeleted
	case !j.before.IsZero() && !e.At.Before(j.before):
		return ReasonOutsideWindow
	case !j.ValidFrom.IsZero() && e.At.Before(j.ValidFrom), !j.ValidUntil.IsZero() && e.At.After(j.ValidUntil):
		return ReasonOutsideWindow
	case !j.asOf.IsZero() && e.At.After(j.asOf):
		return ReasonOutsideWindow
	case !j.asOf.IsZero() && e.At.Before(j.asOf.AddDate(0, 0, -j.EvidenceMaxAgeDays)):
		return ReasonTooOld
	case e.Excused:
		return ReasonExcused
	case e.Late && j.RefuseLate:
		return ReasonLate
	case !e.Final && !e.Current:
		return ReasonNotFinal
	case !e.Final:
		return ReasonProvisional
	case !a.until.IsZero() && !e.At.Before(a.until):
		return ReasonRetired
	}
	return ""
}

// attempts takes the results that the policy takes, and judges the leaf by them.
func (j *judge) attempts(l *leaf, n *Node) {
	var open []*Used // what may count, the earliest first
	for i := range n.Used {
		u := &n.Used[i]
		switch {
		case u.Reason == "" || u.Reason == ReasonBelow || j.doubtful && soft(u.Reason), unread(u.Reason):
			if len(open) == 0 || open[len(open)-1].Ref != u.Ref {
				open = append(open, u)
			} else if last := open[len(open)-1]; u.Met && !last.Met {
				open[len(open)-1] = u
			}
		case n.Reason == "":
			n.Reason = u.Reason
		}
	}
	switch {
	case len(open) == 0:
		return
	case j.Attempts == AttemptsLatest:
		open = others(open, max(len(open)-l.times, 0), len(open))
	case j.Attempts == AttemptsFirst:
		open = others(open, 0, min(l.times, len(open)))
	}
	n.judge(open, l.times)
}

// unread reports whether the number of a result is not known, which meets nothing.
func unread(r Reason) bool {
	return r == ReasonPercentUnknown || r == ReasonScoreUnknown || r == ReasonLevelUnknown
}

// others takes some attempts, and notes of the rest that they were passed over.
func others(open []*Used, from, to int) []*Used {
	for i, u := range open {
		if (i < from || i >= to) && u.Reason == "" {
			u.Reason = ReasonOtherAttempt
		}
	}
	return open[from:to]
}

// judge is met by the earliest results that meet it, as many as are needed.
func (n *Node) judge(open []*Used, times int) {
	var met []*Used
	n.Outcome, n.Reason = OutcomeUnknown, open[len(open)-1].Reason
	for _, u := range open {
		if u.Met && len(met) < times {
			met = append(met, u)
		}
		if !unread(u.Reason) {
			n.Outcome = OutcomeUnsatisfied
		}
	}
	if len(met) < times {
		if n.Reason == "" {
			n.Reason = ReasonBelow
		}
		return
	}
	n.Outcome, n.Have, n.Reason = OutcomeSatisfied, 1, ""
	for _, u := range met {
		u.Counted, n.At = true, u.At
		if soft(u.Reason) {
			n.Doubt = u.Reason
		}
	}
}
