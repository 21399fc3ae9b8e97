package match

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
)

// Matcher holds a job against applicants. What the job's requirements are linked with is
// worked out once, by [Graph.Prepare]. It is immutable and safe for concurrent use.
type Matcher struct {
	g      *Graph
	policy Policy
	job    Job
	asked  []asked
	near   map[int32][]hit
}

// asked is a requirement with what it asks for.
type asked struct {
	targets []Target // none where no framework knows it
	hoods   []*hood
	flags   []Flag
	current []string
	text    string // folded, to suggest by
}

// hit is what a held node does for a requirement.
type hit struct {
	asked, hood int32
	*entry
}

// Prepare makes a Matcher for a job. An error says that the job or the policy contradicts
// itself.
func (g *Graph) Prepare(job Job, p Policy) (*Matcher, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if err := job.check(); err != nil {
		return nil, err
	}
	m := &Matcher{g: g, policy: p, job: job, near: map[int32][]hit{}}
	for i := range job.Requirements {
		m.ask(&job.Requirements[i])
	}
	return m, nil
}

func (m *Matcher) ask(r *Requirement) {
	a := asked{}
	for _, alignment := range append([]casefw.Alignment{r.Target}, r.Any...) {
		t, ok := m.g.Find(alignment)
		if !ok || slices.Contains(a.targets, t) {
			continue
		}
		h := m.g.search(t.node(), &m.policy)
		if h.budget {
			a.flags = append(a.flags, FlagBudget)
		}
		here := hit{asked: int32(len(m.asked)), hood: int32(len(a.hoods))} //nolint:gosec // a job is bounded
		a.targets, a.hoods = append(a.targets, t), append(a.hoods, h)
		for node, entries := range h.entries {
			for k := range entries {
				here.entry = &entries[k]
				m.near[node] = append(m.near[node], here)
			}
		}
	}
	if len(a.targets) == 0 {
		a.flags = append(a.flags, FlagUnknownItem)
	} else {
		a.describe(m.g.Item(a.targets[0]))
	}
	m.asked = append(m.asked, a)
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
	held, ignored := m.g.Hold(claims, m.policy.Accept)
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
	o := &Outcome{Policy: m.policy.ID, Job: m.job.ID, Qualified: true, MissingMandatory: []string{}, Ignored: []Ignored{}}
	t := m.tally(held)
	var sum, weights float64
	for i := range m.asked {
		s := t.score(i)
		r := &m.job.Requirements[i]
		if s.Score != nil {
			sum, weights = sum+r.weight()**s.Score, weights+r.weight()
		}
		if r.Mandatory && !s.Met {
			o.Qualified = false
			o.MissingMandatory = append(o.MissingMandatory, s.Item)
		}
		o.Requirements = append(o.Requirements, s)
	}
	if weights > 0 {
		total := sum / weights
		o.Total = &total
	}
	o.Flags, o.Surplus = t.flags, t.surplus()
	return o
}
