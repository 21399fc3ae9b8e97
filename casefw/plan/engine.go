package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// Engine judges learners by a set of plans. It is immutable, and safe for concurrent use.
type Engine struct {
	config   Config
	groups   []*group // in the order in which they are judged: what is required first
	byID     map[string]*group
	bySubj   map[casefw.GUID][]*group // an item or criterion → the plans that its results may change
	byNeed   map[string][]*group      // an achievement → the plans that require it
	warnings []*vc.Problem
}

// group is a plan in all its versions.
type group struct {
	id       string
	rank     int
	versions []*version // the first published first
}

// version is one version of a plan, made ready.
type version struct {
	*Plan
	root      *cond
	subjects  map[casefw.GUID]bool
	framework Framework
}

// Framework says which state of a framework a plan was held against.
type Framework struct {
	Identifier string `json:"identifier"`
	Changed    string `json:"changed,omitempty"` // its lastChangeDateTime
}

// The operators of a condition that is made ready.
const (
	opAllOf       = "allOf"
	opAnyOf       = "anyOf"
	opAtLeast     = "atLeast"
	opNot         = "not"
	opDescendants = "descendants"
)

// cond is a condition made ready: a leaf, or an operator of which n are needed.
type cond struct {
	op      string
	n       int
	of      []*cond
	subject string // of descendants
	leaf    *leaf
}

// New makes an engine of plans, after [Validate] finds no error in them. Its error is an
// [*Error] of all that it finds.
//
// Several versions of a plan may be given. Evidence is judged by the version that was in
// force at its date; an award that was made by an older one is not judged by a newer.
func New(plans []Plan, c Config) (*Engine, error) {
	found := Validate(plans, c)
	if bad := vc.Errors(found); len(bad) > 0 {
		return nil, joined("plans", bad)
	}
	e := &Engine{config: c, byID: map[string]*group{}, bySubj: map[casefw.GUID][]*group{}, byNeed: map[string][]*group{}, warnings: found}
	plans = slices.Clone(plans)
	order, _ := ordered(plans)
	ranks := map[string]int{}
	for rank, i := range order {
		ranks[plans[i].ID] = max(ranks[plans[i].ID], rank)
	}
	m := maker{catalog: c.Frameworks}
	for i := range plans {
		p := &plans[i]
		g := e.byID[p.ID]
		if g == nil {
			g = &group{id: p.ID, rank: ranks[p.ID]}
			e.byID[p.ID], e.groups = g, append(e.groups, g)
		}
		v, err := m.version(p)
		if err != nil {
			return nil, err
		}
		g.versions = append(g.versions, v)
	}
	slices.SortFunc(e.groups, func(a, b *group) int { return cmp.Or(cmp.Compare(a.rank, b.rank), strings.Compare(a.id, b.id)) })
	for rank, g := range e.groups {
		g.rank = rank
		e.index(g)
	}
	return e, nil
}

// Warnings returns what [Validate] found that does not stand against using the plans.
func (e *Engine) Warnings() []*vc.Problem { return e.warnings }

// index notes what may change where a plan stands.
func (e *Engine) index(g *group) {
	slices.SortFunc(g.versions, func(a, b *version) int { return cmp.Compare(a.Version, b.Version) })
	for _, v := range g.versions {
		for id := range v.subjects {
			if !slices.Contains(e.bySubj[id], g) {
				e.bySubj[id] = append(e.bySubj[id], g)
			}
		}
		for achievement := range required(&v.Condition) {
			if !slices.Contains(e.byNeed[achievement], g) {
				e.byNeed[achievement] = append(e.byNeed[achievement], g)
			}
		}
	}
}

// inForce walks the versions that are published, each with the instant at which the next
// took over, zero for never. One that the next replaced from the beginning is left out.
func (g *group) inForce(now time.Time) func(yield func(*version, time.Time) bool) {
	return func(yield func(*version, time.Time) bool) {
		for i, v := range g.versions {
			if v.PublishedAt.After(now) {
				continue
			}
			if until, gone := g.until(i, now); !gone && !yield(v, until) {
				return
			}
		}
	}
}

func (g *group) until(i int, now time.Time) (until time.Time, gone bool) {
	for _, next := range g.versions[i+1:] {
		if !next.PublishedAt.After(now) {
			return next.PublishedAt, next.PublishedAt.IsZero()
		}
	}
	return time.Time{}, false
}

func (g *group) find(n int) *version {
	for _, v := range g.versions {
		if v.Version == n {
			return v
		}
	}
	return nil
}

// maxNodes bounds what a plan unfolds to by items below items: every event that touches
// it is judged by them.
const maxNodes = 20_000

// maker makes conditions ready.
type maker struct {
	catalog   *casefw.Catalog
	framework *casefw.Framework
	plan      *Plan
	subjects  map[casefw.GUID]bool
	nodes     int
}

func (m *maker) version(p *Plan) (*version, error) {
	m.plan, m.framework, m.subjects, m.nodes = p, frameworkOf(m.catalog, p), map[casefw.GUID]bool{}, 0
	root := m.condition(&p.Condition)
	root.name()
	if m.nodes > maxNodes {
		limit := words.Problem(CodeLimit, "", vc.Quote(p.ID))
		limit.Expected = fmt.Sprintf("at most %d items, with those below others", maxNodes)
		return nil, joined("plans", []*vc.Problem{limit})
	}
	of := Framework{Identifier: m.framework.GUID().String()}
	if d := m.framework.Document(); d != nil {
		of.Changed = d.LastChangeDateTime.String()
	}
	return &version{p, root, m.subjects, of}, nil
}

// name keeps the texts of the leaves, which each decision has.
func (c *cond) name() {
	for _, one := range c.of {
		one.name()
	}
	if l := c.leaf; l != nil && l.achievement == "" {
		l.subject, l.threshold = l.id.String(), l.kind.wanted(l)
	}
}

func (m *maker) condition(c *Condition) *cond {
	switch {
	case c.Not != nil:
		return &cond{op: opNot, of: []*cond{m.condition(c.Not)}}
	case c.AllOf != nil:
		return &cond{op: opAllOf, n: len(c.AllOf), of: m.group(c.AllOf)}
	case c.AnyOf != nil:
		return &cond{op: opAnyOf, n: 1, of: m.group(c.AnyOf)}
	case c.Of != nil:
		return &cond{op: opAtLeast, n: c.AtLeast, of: m.group(c.Of)}
	}
	l := leaf{kind: kindOf(c), times: max(c.MinOccurrences, 1), achievement: c.Achievement}
	switch {
	case c.RubricCriterion != "":
		l.levels, l.wanted = levelsOf(m.framework, c)
		l.id, _ = casefw.ParseGUID(c.RubricCriterion)
		l.accepts = []accepted{{id: l.id}}
		m.subjects[l.id] = true
	case c.Item != "":
		l.min = c.MinPercent
		if l.min.IsZero() {
			l.min = c.MinRaw
		}
		item, _ := m.framework.FindText(c.Item)
		return m.item(l, item, c.Via)
	}
	m.nodes++
	return &cond{leaf: &l}
}

func (m *maker) group(all []Condition) []*cond {
	made := make([]*cond, len(all))
	for i := range all {
		made[i] = m.condition(&all[i])
	}
	return made
}

// item makes a leaf for an item, and with descendants one for each leaf below it, too.
func (m *maker) item(l leaf, item casefw.Item, via Via) *cond {
	made := &cond{op: opDescendants, subject: item.GUID().String(), of: []*cond{m.leaf(l, item)}}
	if via != ViaDescendants || item.Leaf() {
		return made.of[0]
	}
	for below := range item.Leaves() {
		if m.nodes > maxNodes {
			break
		}
		made.of = append(made.of, m.leaf(l, below))
	}
	return made
}

func (m *maker) leaf(l leaf, item casefw.Item) *cond {
	l.id, l.accepts = item.GUID(), []accepted{{id: item.GUID()}}
	if m.plan.Equivalence == EquivalenceExactMatch {
		for match := range m.catalog.Equivalents(l.id, 0) {
			if !match.GUID.IsZero() {
				l.accepts = append(l.accepts, accepted{id: match.GUID, via: string(casefw.ExactMatchOf)})
			}
		}
	}
	if m.plan.Replacement == ReplacementFollow {
		l.accepts = append(l.accepts, replaced(item)...)
	}
	for _, a := range l.accepts {
		m.subjects[a.id] = true
	}
	m.nodes += len(l.accepts)
	return &cond{leaf: &l}
}

// replaced are the items that an item replaced, directly or by way of others.
func replaced(item casefw.Item) (all []accepted) {
	seen := map[casefw.GUID]bool{item.GUID(): true}
	for queue := []casefw.Item{item}; len(queue) > 0 && len(all) < maxNodes; queue = queue[1:] {
		for link := range queue[0].Incoming(casefw.ReplacedBy) {
			old := link.Origin().Item()
			if old.IsZero() || seen[old.GUID()] {
				continue
			}
			seen[old.GUID()] = true
			all = append(all, accepted{old.GUID(), string(casefw.ReplacedBy), endOf(old)})
			queue = append(queue, old)
		}
	}
	return all
}

// levelsOf returns the levels of the criterion that a condition names, and which of them
// it wants, -1 where there is no such level.
func levelsOf(f *casefw.Framework, c *Condition) (levels []level, wanted int) {
	criterion, _ := casefw.ParseGUID(c.RubricCriterion)
	least, _ := casefw.ParseGUID(c.MinLevel)
	wanted = -1
	for _, rubric := range f.Rubrics() {
		for _, one := range rubric.Criteria() {
			id, err := casefw.ParseGUID(one.Identifier)
			if err != nil || id != criterion {
				continue
			}
			for i, l := range one.Levels() {
				levels = append(levels, levelOf(l, int64(i)))
				if levels[i].id == least && !least.IsZero() {
					wanted = i
				}
			}
			return levels, wanted
		}
	}
	return nil, -1
}

func levelOf(l *casefw.CFRubricCriterionLevel, position int64) level {
	id, _ := casefw.ParseGUID(l.Identifier)
	score, _ := ParseNumber(string(l.Score))
	if l.Position != nil {
		position = *l.Position
	}
	return level{id, firstOf(l.Quality, l.Description, l.Identifier), string(l.URI), score, position}
}
