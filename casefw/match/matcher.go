package match

import (
	"slices"
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/casefw"
)

// Matcher holds a job against applicants. What the job's requirements are linked with is
// worked out once, by [Graph.Prepare]. It is immutable and safe for concurrent use.
type Matcher struct {
	g      *Graph
	policy Policy
	job    Job
	asked  []asked
	hoods  []*hood
	covers []placed // of all hoods
	hits   []hit    // by node
	near   map[int32]span
	marks  []uint64 // a bit for each node, set where it is near: most of what is held is not
	// tallies lends memory from one applicant to the next.
	tallies sync.Pool
}

// asked is a requirement with what it asks for.
type asked struct {
	targets     []Target // none where no framework knows it
	first, last int32    // its hoods
	flags       []Flag
	current     []string
	text        string // folded, to suggest by
}

// placed is a cover with the hood that it is of.
type placed struct {
	*cover
	hood int32
}

// hit is what a held node does for a requirement.
type hit struct {
	*entry
	in   *hood
	hood int32
}

// span are the hits of a node.
type span struct{ first, last int32 }

// Prepare makes a Matcher for a job. An error says that the job or the policy contradicts
// itself.
func (g *Graph) Prepare(job Job, p Policy) (*Matcher, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if err := job.check(); err != nil {
		return nil, err
	}
	m := &Matcher{g: g, policy: p, job: job}
	for i := range job.Requirements {
		m.ask(&job.Requirements[i])
	}
	m.index()
	return m, nil
}

// Job returns the job that the Matcher is for.
func (m *Matcher) Job() Job { return m.job }

// Policy returns the policy that it goes by.
func (m *Matcher) Policy() Policy { return m.policy }

// Graph returns the frameworks that it looks at.
func (m *Matcher) Graph() *Graph { return m.g }

func (m *Matcher) ask(r *Requirement) {
	a := asked{first: int32(len(m.hoods))} //nolint:gosec // a job is bounded
	for _, alignment := range append([]casefw.Alignment{r.Target}, r.Any...) {
		t, ok := m.g.Find(alignment)
		if !ok || slices.Contains(a.targets, t) {
			continue
		}
		h := m.g.search(t.node(), &m.policy)
		if h.budget {
			a.flags = append(a.flags, FlagBudget)
		}
		a.targets = append(a.targets, t)
		m.add(h)
	}
	a.last = int32(len(m.hoods)) //nolint:gosec // likewise
	if len(a.targets) == 0 {
		a.flags = append(a.flags, FlagUnknownItem)
	} else {
		a.describe(m.g.Item(a.targets[0]))
	}
	m.asked = append(m.asked, a)
}

// add numbers a hood and its covers.
func (m *Matcher) add(h *hood) {
	place := int32(len(m.hoods))                                 //nolint:gosec // a job is bounded
	h.asked, h.first = int32(len(m.asked)), int32(len(m.covers)) //nolint:gosec // likewise
	m.hoods = append(m.hoods, h)
	for i := range h.covers {
		m.covers = append(m.covers, placed{&h.covers[i], place})
	}
	for i := range h.entries {
		m.hits = append(m.hits, hit{&h.entries[i], h, place})
	}
}

// index puts the hits of each node side by side.
func (m *Matcher) index() {
	ends, distinct := make([]int32, len(m.g.nodes)+1), 0 // by node, of the hits of those before it
	for i := range m.hits {
		if ends[m.hits[i].node+1]++; ends[m.hits[i].node+1] == 1 {
			distinct++
		}
	}
	for n := 1; n < len(ends); n++ {
		ends[n] += ends[n-1]
	}
	sorted := make([]hit, len(m.hits))
	m.near, m.marks = make(map[int32]span, distinct), make([]uint64, len(m.g.nodes)/64+1)
	for _, h := range m.hits {
		at := ends[h.node]
		sorted[at] = h
		ends[h.node]++
		s, known := m.near[h.node]
		if !known {
			s.first = at
			m.marks[h.node/64] |= 1 << (h.node % 64)
		}
		m.near[h.node] = span{s.first, at + 1}
	}
	m.hits = sorted
}

func (m *Matcher) hitsOf(node int32) []hit {
	if at := int(node / 64); at >= len(m.marks) || m.marks[at]&(1<<(node%64)) == 0 {
		return nil
	}
	s := m.near[node]
	return m.hits[s.first:s.last]
}

// around is the cover that a cover's parts count for, -1 for the requirement.
func (m *Matcher) around(c int32) int32 {
	p := &m.covers[c]
	if p.parent < 0 {
		return -1
	}
	return m.hoods[p.hood].first + p.parent
}

// describe notes what is known of the item that is asked for.
func (a *asked) describe(item casefw.Item) {
	if item.IsZero() {
		return
	}
	a.text = folded(item.Statement())
	current, err := item.Current()
	if err != nil {
		return
	}
	for _, now := range current {
		if now.GUID() != item.GUID() {
			a.current = append(a.current, now.GUID().String())
		}
	}
	if len(a.current) > 0 {
		a.flags = append(a.flags, FlagRetired)
	}
}

func folded(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }

// Match holds the claims of an applicant against the job. The same claims give the same
// outcome, to the bit.
func (m *Matcher) Match(claims []Claim) *Outcome {
	return m.match(claims, judge(claims, m.policy.Accept))
}

func (m *Matcher) match(claims []Claim, verdicts []Verdict) *Outcome {
	held, ignored := m.g.hold(claims, verdicts)
	o := m.MatchHeld(held)
	o.Ignored = append(o.Ignored, ignored...)
	for i := range o.Requirements {
		for k := range o.Requirements[i].Used {
			e := &o.Requirements[i].Used[k]
			e.Credential, e.Issuer = claims[e.Claim].Credential, claims[e.Claim].Issuer
		}
	}
	return o
}

// MatchHeld is [Matcher.Match] of what is held, without what only claims say.
func (m *Matcher) MatchHeld(held []Held) *Outcome {
	o := &Outcome{Policy: m.policy.ID, Job: m.job.ID, Frameworks: m.g.versions(), MissingMandatory: []string{},
		Requirements: []Score{}, Ignored: []Ignored{}}
	t := m.borrow()
	defer m.tallies.Put(t)
	t.count(held)
	e := explainer{tally: t, used: make([]bool, len(held)), flags: []Flag{}}
	scores := make([]float64, 0, len(m.asked))
	for i := range m.asked {
		s := e.requirement(i)
		scores = append(scores, t.score(i))
		if m.job.Requirements[i].Mandatory && !s.Met {
			o.MissingMandatory = append(o.MissingMandatory, s.Item)
		}
		o.Requirements = append(o.Requirements, s)
	}
	if total, known := m.Total(scores); known {
		o.Total = &total
	}
	o.Qualified, o.Flags, o.Surplus = m.Qualified(scores), e.flags, e.surplus()
	return o
}
