package match

// Gap is a requirement that an applicant does not meet, with what would close it.
type Gap struct {
	ID        string `json:"id"`
	Item      string `json:"item"` // what is asked for
	Mandatory bool   `json:"mandatory"`
	// Score is what is there, nil where it is not known what is asked for: nobody can close
	// such a gap.
	Score *float64 `json:"score"`
	// Missing are identifiers of what closes the gap when all of it is held, at the level
	// that is asked for: the parts that nothing held covers, where some are covered, else what
	// is asked for itself.
	Missing []string `json:"missing"`
	// Gain is how much closing it adds to the total.
	Gain float64 `json:"gain"`
}

// Gaps returns what an applicant lacks for the job, in the order of its requirements: for one
// applicant and many jobs, whose Matchers are made once. What is missing is named by the
// frameworks alone; whether a course leads there is not known here.
func (m *Matcher) Gaps(held []Held) []Gap {
	t := m.borrow()
	defer m.tallies.Put(t)
	t.count(held)
	var weights float64
	for i := range m.asked {
		if len(m.asked[i].targets) > 0 {
			weights += m.job.Requirements[i].weight()
		}
	}
	gaps := []Gap{}
	for i := range m.asked {
		a, r := &m.asked[i], &m.job.Requirements[i]
		g := Gap{ID: r.id(i), Item: m.name(i), Mandatory: r.Mandatory, Missing: []string{}}
		if len(a.targets) > 0 {
			score := t.of(i).worth
			if m.met(score) {
				continue
			}
			g.Score, g.Missing = &score, t.missing(i)
			if weights > 0 {
				g.Gain = r.weight() * (1 - score) / weights
			}
		}
		gaps = append(gaps, g)
	}
	return gaps
}

// missing is what closes a gap.
func (t *tally) missing(i int) []string {
	if best := t.of(i); best.by < 0 && best.worth > 0 {
		if parts := t.uncovered(-1 - best.by); parts != nil {
			return parts
		}
	}
	return []string{t.m.name(i)}
}

// uncovered are the leaves of a requirement that nothing held covers in full, nil where they
// are not what it takes: parts of something else, or farther away than the policy looks.
func (t *tally) uncovered(c int32) (names []string) {
	cover := &t.m.covers[c]
	if cover.parent >= 0 || cover.worth < 1 {
		return nil
	}
	for leaf, node := range cover.leaves.nodes {
		if t.leaves[c][leaf].worth >= 1 {
			continue
		}
		if !t.m.counts(node, c, int32(leaf)) { //nolint:gosec // bounded by MaxNodes
			return nil
		}
		names = append(names, t.m.g.Name(target(node)))
	}
	return names
}

// counts reports whether holding a leaf of a cover counts for it in full.
func (m *Matcher) counts(node, c, leaf int32) bool {
	for _, h := range m.hitsOf(node) {
		if h.cover >= 0 && h.in.first+h.cover == c && !h.beyond && h.worth >= 1 && len(h.leaves) == 1 && h.leaves[0] == leaf {
			return true
		}
	}
	return false
}
