package match

import (
	"cmp"
	"slices"
)

// tally is what one applicant holds near the requirements of a job. Its memory is used
// again for the next one.
type tally struct {
	m    *Matcher
	held []Held
	uses []use     // what of it is near something, in the order of what is held
	best []outcome // by hood

	leaves [][]outcome // by cover: the best for each of its leaves
	begun  []bool      // by cover: its leaves are those of this applicant
	open   []int32     // the covers that are begun
}

// use is what something that is held does for one requirement.
type use struct {
	hit
	held  int
	worth float64 // of the path and the level
	flag  Flag    // of the level
}

// outcome is the best that an applicant has for something.
type outcome struct {
	worth float64
	hops  int32
	by    int32 // the use that makes it, or -1 less the cover whose parts do
}

func (o outcome) better(than outcome) bool {
	if o.worth != than.worth {
		return o.worth > than.worth
	}
	return o.worth > 0 && o.hops < than.hops
}

func (o *outcome) take(other outcome) {
	if other.better(*o) {
		*o = other
	}
}

// count works out the best that there is for each requirement. The same things held in the
// same order give the same numbers, to the bit.
func (t *tally) count(held []Held) {
	t.held, t.uses = held, t.uses[:0]
	clear(t.best)
	for _, c := range t.open {
		t.begun[c] = false
	}
	t.open = t.open[:0]
	for k := range held {
		if held[k].Target == (Target{}) {
			continue
		}
		for _, h := range t.m.hitsOf(held[k].Target.node()) {
			t.use(k, h)
		}
	}
	// What parts make of a cover counts for the cover around it, which stands before it.
	slices.SortFunc(t.open, func(a, b int32) int { return cmp.Compare(b, a) })
	for _, c := range t.open {
		t.together(c)
	}
}

// use notes what something held does for a requirement.
func (t *tally) use(k int, h hit) {
	u := use{hit: h, held: k}
	u.worth, u.flag = t.m.level(&t.m.job.Requirements[h.in.asked], &t.held[k], h.entry)
	u.worth *= h.worth
	t.uses = append(t.uses, u)
	if h.beyond || t.held[k].Against != "" || u.worth == 0 {
		return
	}
	o := outcome{u.worth, h.hops, int32(len(t.uses) - 1)} //nolint:gosec // bounded by the claims of a record
	if h.cover < 0 {
		t.best[h.hood].take(o)
		return
	}
	t.cover(h.in.first+h.cover, h.leaves, o)
}

// cover notes for some leaves of a cover what is held of them, where it is the best.
func (t *tally) cover(c int32, which []int32, o outcome) {
	for at := c; at >= 0 && !t.begun[at]; at = t.m.around(at) {
		t.begin(at)
	}
	for _, leaf := range which {
		t.leaves[c][leaf].take(o)
	}
}

func (t *tally) begin(c int32) {
	t.begun[c], t.open = true, append(t.open, c)
	if t.leaves[c] == nil {
		t.leaves[c] = make([]outcome, t.m.covers[c].leaves.count)
		return
	}
	clear(t.leaves[c])
}

// together takes what the leaves of a cover make of it: never more than the whole, since
// each leaf counts once.
func (t *tally) together(c int32) {
	cover, all := &t.m.covers[c], t.leaves[c]
	o := outcome{by: -1 - c}
	for i := range all {
		if all[i].worth > 0 {
			o.worth, o.hops = o.worth+all[i].worth, max(o.hops, all[i].hops)
		}
	}
	o.worth = cover.worth * o.worth / float64(len(all))
	if around := t.m.around(c); around >= 0 {
		t.cover(around, cover.of, o)
	} else {
		t.best[cover.hood].take(o)
	}
}

// of is the best for a requirement, by what is asked for or by one of its alternatives.
func (t *tally) of(i int) (best outcome) {
	for h := t.m.asked[i].first; h < t.m.asked[i].last; h++ {
		best.take(t.best[h])
	}
	return best
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
