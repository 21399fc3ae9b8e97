package match

import (
	"cmp"
	"math"
	"slices"
)

// Scores appends to dst how far each requirement is met, in their order: the numbers of
// [Matcher.MatchHeld] without the reasons, for ranking many of whom a few are looked at. A
// requirement of which it is not known what it asks for has NaN, and not zero. With room in
// dst it allocates nothing once the Matcher is warm.
func (m *Matcher) Scores(dst []float64, held []Held) []float64 {
	t := m.borrow()
	defer m.tallies.Put(t)
	t.count(held)
	for i := range m.asked {
		dst = append(dst, t.score(i))
	}
	return dst
}

// borrow is a tally whose memory may have been another applicant's.
func (m *Matcher) borrow() *tally {
	if t, ok := m.tallies.Get().(*tally); ok {
		return t
	}
	return &tally{m: m, best: make([]outcome, len(m.hoods)), leaves: make([][]outcome, len(m.covers)), begun: make([]bool, len(m.covers))}
}

// score is how far a requirement is met, NaN where it is not known what it asks for.
func (t *tally) score(i int) float64 {
	if len(t.m.asked[i].targets) == 0 {
		return math.NaN()
	}
	return t.of(i).worth
}

// Total is the weighted mean of the scores that are known, and false where none is. It says
// nothing of mandatory requirements: ask [Matcher.Qualified].
func (m *Matcher) Total(scores []float64) (total float64, known bool) {
	var sum, weights float64
	for i := range m.asked {
		if weight := m.job.Requirements[i].weight(); !math.IsNaN(scores[i]) {
			sum, weights = sum+weight*scores[i], weights+weight
		}
	}
	if weights == 0 {
		return 0, false
	}
	return sum / weights, true
}

// Qualified reports whether every mandatory requirement is met.
func (m *Matcher) Qualified(scores []float64) bool {
	for i := range m.asked {
		if m.job.Requirements[i].Mandatory && !m.met(scores[i]) {
			return false
		}
	}
	return true
}

func (m *Matcher) met(score float64) bool { return score >= m.policy.MetAt }

// Ranked is where an applicant stands among others.
type Ranked struct {
	Applicant int // the place among those that were given
	// Rank is 1 for the best. Who has the same total has the same rank, and the next one is as
	// many lower: there is no order among equals.
	Rank      int
	Total     float64
	Qualified bool // which the rank does not look at
}

// Rank holds applicants against the job and returns them in the order of their totals,
// equal ones as they were given. It returns none where nothing of what the job asks for is
// known: nobody is better than another then.
func (m *Matcher) Rank(applicants [][]Held) []Ranked {
	all := make([]Ranked, 0, len(applicants))
	scores := make([]float64, 0, len(m.asked))
	for i, held := range applicants {
		scores = m.Scores(scores[:0], held)
		total, known := m.Total(scores)
		if !known {
			return nil
		}
		all = append(all, Ranked{Applicant: i, Total: total, Qualified: m.Qualified(scores)})
	}
	slices.SortStableFunc(all, func(a, b Ranked) int { return cmp.Compare(b.Total, a.Total) })
	for i := range all {
		all[i].Rank = i + 1
		if i > 0 && all[i].Total == all[i-1].Total {
			all[i].Rank = all[i-1].Rank
		}
	}
	return all
}
