package match_test

import (
	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
)

// search scores one applicant and one requirement by a breadth-first search from what is asked
// for, over maps that were made beforehand. It knows nothing of the Matcher.
type search struct {
	policy match.Policy
	side   map[casefw.GUID][]leap
	up     map[casefw.GUID][]casefw.GUID
	down   map[casefw.GUID][]casefw.GUID
	leaves map[casefw.GUID][]casefw.GUID // below what has something below
	held   map[casefw.GUID]bool
}

// leap is a link by which holding its end is evidence.
type leap struct {
	to    casefw.GUID
	worth float64
	once  bool
}

func newSearch(c *country) *search {
	s := &search{policy: match.DefaultPolicy(), side: map[casefw.GUID][]leap{}, up: map[casefw.GUID][]casefw.GUID{},
		down: map[casefw.GUID][]casefw.GUID{}, leaves: map[casefw.GUID][]casefw.GUID{}}
	for _, l := range c.ties {
		from, to := c.guids[l.from], c.guids[l.to]
		if l.kind == casefw.IsChildOf {
			s.up[from], s.down[to] = append(s.up[from], to), append(s.down[to], from)
			continue
		}
		worth, once := s.policy.Links[l.kind], s.policy.Once[l.kind]
		s.side[to] = append(s.side[to], leap{from, worth, once})
		s.side[from] = append(s.side[from], leap{to, worth, once}) // both kinds here are symmetric
	}
	for i := len(c.guids) - 1; i >= 0; i-- { // parents stand before their children
		n := c.guids[i]
		for _, child := range s.down[n] {
			s.leaves[n] = append(s.leaves[n], s.below(child)...)
		}
	}
	return s
}

func (s *search) below(n casefw.GUID) []casefw.GUID {
	if all, ok := s.leaves[n]; ok {
		return all
	}
	return []casefw.GUID{n}
}

// scores are those of a set of identifiers for each that is asked for.
func (s *search) scores(asked []casefw.GUID, held map[casefw.GUID]bool) []float64 {
	all := make([]float64, len(asked))
	s.held = held
	for i, n := range asked {
		all[i] = s.best(&stop{n: n, worth: 1})
	}
	return all
}

// stop is where the search has come to.
type stop struct {
	n        casefw.GUID
	worth    float64
	hops     int
	once, up bool
	part     bool // its own parts are looked at by who looks at the whole
	covers   *trail
	path     *trail
}

type trail struct {
	n      casefw.GUID
	before *trail
}

func (t *trail) has(n casefw.GUID) bool {
	for ; t != nil; t = t.before {
		if t.n == n {
			return true
		}
	}
	return false
}

type visit struct {
	n        casefw.GUID
	once, up bool
}

// best is the best that is held for a node, from the nearest on.
func (s *search) best(start *stop) (best float64) {
	seen := map[visit]float64{}
	queue := []*stop{start}
	add := func(at *stop, to casefw.GUID, worth float64, once, up bool) {
		next := &stop{n: to, worth: worth, hops: at.hops + 1, once: once, up: up, covers: at.covers, path: &trail{at.n, at.path}}
		if key := (visit{to, once, up}); next.hops <= s.policy.MaxHops && worth > seen[key] && !next.path.has(to) {
			seen[key] = worth
			queue = append(queue, next)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if s.held[at.n] {
			best = max(best, at.worth)
		}
		for _, l := range s.side[at.n] {
			if l.worth > 0 && !(l.once && at.once) {
				add(at, l.to, at.worth*l.worth, at.once || l.once, at.up)
			}
		}
		if at.covers == nil {
			for _, parent := range s.up[at.n] {
				add(at, parent, at.worth*s.policy.Broader, at.once, true)
			}
		}
		if !at.up && !at.part && len(s.down[at.n]) > 0 && !at.covers.has(at.n) {
			best = max(best, at.worth*s.parts(at))
		}
	}
	return best
}

// parts is how much of a node its parts are, each leaf by the best that it is below of.
func (s *search) parts(at *stop) float64 {
	leaves := s.leaves[at.n]
	best := map[casefw.GUID]float64{}
	level := []*stop{{n: at.n, hops: at.hops, once: at.once, part: true, covers: &trail{at.n, at.covers}, path: at.path}}
	for ; len(level) > 0; level = level[1:] {
		whole := level[0]
		if whole.hops == s.policy.MaxHops {
			continue
		}
		for _, child := range s.down[whole.n] {
			path := &trail{whole.n, whole.path}
			if path.has(child) {
				continue
			}
			next := &stop{n: child, worth: 1, hops: whole.hops + 1, once: at.once, part: true, covers: whole.covers, path: path}
			if worth := s.best(next); worth > 0 {
				for _, leaf := range s.below(child) {
					best[leaf] = max(best[leaf], worth)
				}
			}
			level = append(level, next)
		}
	}
	sum := 0.0
	for _, leaf := range leaves { // in their order, as numbers are summed in one
		sum += best[leaf]
	}
	return sum / float64(len(leaves))
}
