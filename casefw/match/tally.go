package match

import (
	"cmp"
	"slices"
)

// tally is what one applicant holds near the requirements of a job.
type tally struct {
	m     *Matcher
	held  []Held
	hits  [][]used // by requirement
	used  []bool   // by what is held
	flags []Flag
}

// used is a hit with what is held, and what it is worth with its level.
type used struct {
	hit
	held  int
	worth float64
	flag  Flag // of its level
}

func (m *Matcher) tally(held []Held) *tally {
	t := &tally{m: m, held: held, hits: make([][]used, len(m.asked)), used: make([]bool, len(held)), flags: []Flag{}}
	for k := range held {
		if held[k].Target == (Target{}) {
			continue
		}
		for _, h := range m.near[held[k].Target.node()] {
			u := used{hit: h, held: k}
			u.worth, u.flag = m.level(&m.job.Requirements[h.asked], &held[k], h.entry)
			u.worth *= h.entry.worth
			t.hits[h.asked] = append(t.hits[h.asked], u)
		}
	}
	return t
}

// level is what the level of what is held makes of it.
func (m *Matcher) level(r *Requirement, h *Held, e *entry) (float64, Flag) {
	level, least := h.Level, r.MinLevel
	switch {
	case least == 0:
		return 1, ""
	case level == 0:
		return m.policy.LevelUnknown, FlagLevelUnknown
	case e.path != nil && h.LevelOf != r.LevelOf:
		// Over a link the scale is another one: shares can be compared, numbers cannot.
		if h.LevelOf == 0 || r.LevelOf == 0 {
			return m.policy.LevelUnknown, FlagLevelUnknown
		}
		level, least = level/h.LevelOf, least/r.LevelOf
	}
	if level >= least {
		return 1, ""
	}
	return level / least, FlagLevelShort
}

// score is how far a requirement is met.
func (t *tally) score(i int) Score {
	a, r := &t.m.asked[i], &t.m.job.Requirements[i]
	s := Score{ID: r.id(i), Flags: slices.Clone(a.flags), Used: []Evidence{}, Suggestions: []string{}, Current: a.current}
	if len(a.targets) == 0 {
		s.Item = cmp.Or(r.Target.TargetCode, r.Target.TargetURL, r.Target.TargetName)
		return s
	}
	s.Item = t.m.g.Name(a.targets[0])
	best := outcome{}
	for h := range a.hoods {
		if o := t.best(i, int32(h)); o.better(&best) { //nolint:gosec // bounded
			best = o
		}
	}
	score := best.worth
	s.Score, s.Met = &score, score >= t.m.policy.MetAt
	t.explain(&s, &best, i)
	return s
}

// outcome is the best that an applicant has for a requirement, and what makes it.
type outcome struct {
	worth float64
	hops  int
	parts []part
}

// part is what is used, and the share of the requirement that it is.
type part struct {
	used
	share float64
}

func (o *outcome) better(than *outcome) bool {
	if o.worth != than.worth {
		return o.worth > than.worth
	}
	return o.worth > 0 && o.hops < than.hops
}

// best is the best of one piece of evidence, and of parts together: never their sum.
func (t *tally) best(i int, h int32) outcome {
	hood := t.m.asked[i].hoods[h]
	leaves := make([][]outcome, len(hood.covers))
	best := outcome{}
	for _, u := range t.hits[i] {
		switch {
		case u.hood != h, u.beyond, t.held[u.held].Against != "", u.worth == 0:
		case u.cover < 0:
			best.take(outcome{u.worth, u.hops, []part{{u, 1}}})
		default:
			count := hood.covers[u.cover].leaves.count
			leaves[u.cover] = covered(leaves[u.cover], count, u.leaves, outcome{u.worth, u.hops, []part{{u, 1}}})
		}
	}
	for c := len(leaves) - 1; c >= 0; c-- {
		if leaves[c] == nil {
			continue
		}
		o := together(leaves[c], hood.covers[c].worth)
		if parent := hood.covers[c].parent; parent >= 0 {
			leaves[parent] = covered(leaves[parent], hood.covers[parent].leaves.count, hood.covers[c].of, o)
		} else {
			best.take(o)
		}
	}
	return best
}

func (o *outcome) take(other outcome) {
	if other.better(o) {
		*o = other
	}
}

// covered notes for some leaves of a cover what is held of them, where it is the best.
func covered(all []outcome, count int, which []int32, by outcome) []outcome {
	if all == nil {
		all = make([]outcome, count)
	}
	for _, k := range which {
		all[k].take(by)
	}
	return all
}

// together is what leaves make of the whole.
func together(all []outcome, worth float64) outcome {
	o := outcome{}
	shares := map[int]int{} // by what is held, the place among the parts
	for k := range all {
		if all[k].worth == 0 {
			continue
		}
		o.worth += all[k].worth
		for _, p := range all[k].parts {
			at, ok := shares[p.held]
			if !ok {
				at = len(o.parts)
				shares[p.held] = at
				o.parts = append(o.parts, part{used: p.used})
			}
			o.parts[at].share += p.share / float64(len(all))
			o.hops = max(o.hops, all[k].hops)
		}
	}
	o.worth = worth * o.worth / float64(len(all))
	return o
}
